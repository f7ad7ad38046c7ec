import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useGet } from '../api/queries.ts';
import { BarChart } from '../chart/BarChart.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { type Count, rowsOf } from './counts.ts';

const BY = ['unit', 'indicator', 'category', 'channel'] as const;
/** So many are drawn; the table has all. */
const DRAWN = 12;

/** How many complaints of a year there were, month by month: where the signals come from. */
export function ComplaintCounts({ cycleId, year }: { cycleId: string; year: number }) {
  const t = useT();
  const [by, setBy] = useState<(typeof BY)[number]>('unit');
  const { data, error, isPending, refetch } = useGet<{ items: Count[] }>(
    ['cycles', cycleId, 'complaints', 'counts', by],
    '/complaints/counts',
    { query: { by, grain: 'month', from: `${year}-01-01`, until: `${year}-12-31` } },
  );
  if (isPending) return <Skeleton variant="rounded" height={200} aria-busy />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return null;
  const { periods, rows } = rowsOf(data.items);
  const nameOf = ({ key, name }: (typeof rows)[number]) => name ?? (key || t('found.none'));
  const drawn = rows.slice(0, DRAWN);
  return (
    <Stack spacing={1.5}>
      <TextField
        select
        label={t('found.countBy')}
        value={by}
        onChange={(event) => setBy(event.target.value as typeof by)}
        slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
        sx={{ width: 180 }}
      >
        {BY.map((one) => (
          <option key={one} value={one}>
            {t(`found.by.${one}`)}
          </option>
        ))}
      </TextField>
      <ChartPanel
        title={t('found.counts')}
        table={{
          columns: [t(`found.by.${by}`), t('found.total'), t('found.solvedCount'), t('found.inTime'), ...periods],
          rows: rows.map((row) => [nameOf(row), row.total, row.solved, row.inTime, ...row.each]),
        }}
      >
        <BarChart
          label={t('found.counts')}
          lying
          stacked
          names={drawn.map(nameOf)}
          bars={[
            { name: t('found.solvedCount'), values: drawn.map(({ solved }) => solved) },
            { name: t('found.openCount'), values: drawn.map(({ total, solved }) => total - solved) },
          ]}
        />
      </ChartPanel>
    </Stack>
  );
}
