import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import type { Cycle } from '../api/types.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { type Result, useResults } from '../results/api.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

/** 结果运用: awards, talks and whatever else the template lets follow, each with the units that it reaches and why. */
export default function Uses({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const text = useText();
  const { data, error, isPending, refetch } = useResults(cycle.id);
  if (isPending) return <Skeleton variant="rounded" height={240} aria-busy />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  const uses = groupUses(data.items);
  if (uses.length === 0) return <Empty title={t('afterwards.noUses')} help={t('afterwards.noUsesHelp')} />;
  return (
    <Stack spacing={2.5}>
      {uses.map(({ key, name, units }) => (
        <ChartPanel
          key={key}
          title={text(name)}
          note={t('afterwards.units', { smart_count: units.length })}
          table={{
            columns: [t('office.unit'), t('afterwards.because'), t('afterwards.withheld')],
            words: [1, 2],
            rows: units.map(({ org, because, withheld }) => [org.name, text(because), withheld && text(withheld)]),
          }}
        />
      ))}
    </Stack>
  );
}

type Use = Result['uses'][number];

/** The uses of all units by what they are, in the order in which they come. */
function groupUses(items: readonly Result[]) {
  const found = new Map<string, Pick<Use, 'key' | 'name'> & { units: (Use & Pick<Result, 'org'>)[] }>();
  for (const { org, uses } of items)
    for (const use of uses) {
      const group = found.get(use.key) ?? { key: use.key, name: use.name, units: [] };
      group.units.push({ ...use, org });
      found.set(use.key, group);
    }
  return [...found.values()];
}
