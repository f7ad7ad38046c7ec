import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useDashboard } from '../api/queries.ts';
import type { Cycle } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Blocks } from './Blocks.tsx';
import { Funnel } from './Funnel.tsx';
import { Gates } from './Gates.tsx';
import { OverdueUnits } from './OverdueUnits.tsx';
import { WaitingPanel } from './Waiting.tsx';

/** The office's view of a running cycle. */
export default function Overview({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const { data, error, isPending, refetch } = useDashboard(cycle.id);
  if (isPending) return <Skeleton variant="rounded" height={360} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Stack spacing={2.5}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 6, rowGap: 2 }}>
        <Stat name={t('cycles.stat.active')} value={cycle.progress.active} of={cycle.progress.total} />
        <Stat name={t('cycles.stat.done')} value={cycle.progress.done} />
        <Stat name={t('cycles.stat.open')} value={data.openTasks} />
        <Stat name={t('cycles.stat.overdue')} value={data.overdueTasks} late={data.overdueTasks > 0} />
      </Box>
      <WaitingPanel waiting={data.waiting} />
      <Funnel cycle={cycle} phases={data.phases} />
      <Box
        sx={{
          display: 'grid',
          gap: 2.5,
          gridTemplateColumns: { lg: 'minmax(0, 3fr) minmax(0, 2fr)' },
          alignItems: 'start',
        }}
      >
        <Stack spacing={2.5} sx={{ minWidth: 0 }}>
          <Blocks blocks={data.blocks} />
          <Gates gates={data.gates} />
        </Stack>
        <OverdueUnits units={data.overdueByOrg} />
      </Box>
    </Stack>
  );
}

function Stat({ name, value, of, late = false }: { name: string; value: number; of?: number; late?: boolean }) {
  const format = useFormat();
  return (
    <Box>
      <Typography variant="caption" color="text.secondary">
        {name}
      </Typography>
      <Typography
        sx={{ fontSize: '1.75rem', fontWeight: 600, lineHeight: 1.2, color: late ? 'error.main' : 'text.primary' }}
      >
        {format.number(value)}
        {of !== undefined && (
          <Typography component="span" color="text.secondary">
            {' '}
            / {format.number(of)}
          </Typography>
        )}
      </Typography>
    </Box>
  );
}
