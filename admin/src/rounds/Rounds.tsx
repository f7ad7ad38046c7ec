import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import { useGet } from '../api/queries.ts';
import type { Cycle } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { RoundPanel } from './RoundPanel.tsx';
import type { Round } from './types.ts';

/** 评价进度: the rounds of ballots of a cycle, the latest first; never what anybody said. */
export default function Rounds({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const { data, error, isPending, refetch } = useGet<{ items: Round[] }>(
    ['cycles', cycle.id, 'ballots'],
    `/cycles/${cycle.id}/ballots`,
  );
  if (isPending) return <Skeleton variant="rounded" height={300} aria-busy />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.items.length === 0) return <Empty title={t('rounds.none')} help={t('rounds.noneHelp')} />;
  return (
    <Stack spacing={2.5}>
      {data.items.toReversed().map((round) => (
        <RoundPanel key={round.id} cycleId={cycle.id} round={round} />
      ))}
    </Stack>
  );
}
