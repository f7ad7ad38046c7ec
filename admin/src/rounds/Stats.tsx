import Skeleton from '@mui/material/Skeleton';
import { useGet } from '../api/queries.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { meanOf } from './mean.ts';
import type { Round, RoundStats } from './types.ts';

/** What a round came to for each unit, once it is over. */
export function Stats({ round, nameOf }: { round: Round; nameOf: (group: string) => string }) {
  const t = useT();
  const { data, error, isPending, refetch } = useGet<{ items: RoundStats[] }>(
    ['ballots', 'stats', round.id],
    `/ballot-rounds/${round.id}/stats`,
  );
  if (isPending) return <Skeleton variant="rounded" height={160} aria-busy />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <ChartPanel
      title={t('rounds.stats')}
      table={{
        columns: [t('office.unit'), t('rounds.group'), t('rounds.cast'), t('rounds.valid'), t('rounds.mean')],
        words: [1],
        rows: data.items.map((one) => [
          one.participant.name,
          nameOf(one.group),
          one.cast,
          one.valid,
          one.shown ? wholeMean(one) : t('rounds.tooFew'),
        ]),
      }}
    />
  );
}

/** The mean of a group that scores units as a whole; items and options are told apart in the scores. */
function wholeMean({ items }: RoundStats): string | null {
  const all = Object.values(items);
  const only = all.length === 1 ? all[0] : undefined;
  return only?.sum && only.n ? meanOf(only.sum, only.n) : null;
}
