import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { Cycle } from '../api/types.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { isPhase } from '../ui/Ring.tsx';
import { type Handled, useHandling } from './api.ts';
import { HeatRow } from './HeatRow.tsx';
import { useHours } from './useHours.ts';

const OFFICES = 30;

/** Where the work is held up: how long each step takes and whose desk it lies on. */
export default function HandlingView({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const text = useText();
  const hours = useHours();
  const { data, error, isPending, refetch } = useHandling(cycle.id);
  if (isPending) return <Skeleton variant="rounded" height={400} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.blocks.length === 0) return <Empty title={t('operations.none')} help={t('operations.noneHelp')} />;
  const columns = [
    t('operations.done'),
    t('operations.median'),
    t('operations.p90'),
    t('operations.late'),
    t('operations.open'),
    t('operations.overdue'),
  ];
  const cells = (row: Handled) => [row.done, row.medianHours, row.p90Hours, row.late, row.open, row.overdue];
  const slowest = Math.max(1, ...data.blocks.map(({ p90Hours }) => p90Hours ?? 0));
  const slowestOffice = Math.max(1, ...data.offices.map(({ p90Hours }) => p90Hours ?? 0));
  const worst = [...data.blocks].sort((a, b) => (b.p90Hours ?? 0) - (a.p90Hours ?? 0))[0];
  return (
    <Stack spacing={2.5}>
      {worst?.p90Hours != null && (
        <Typography color="text.secondary">
          {t('operations.slowest', { block: text(worst.name), time: hours(worst.p90Hours) })}
        </Typography>
      )}
      <ChartPanel
        title={t('operations.blocks')}
        note={t('operations.clock')}
        table={{
          columns: [t('operations.block'), ...columns, t('operations.returned')],
          rows: data.blocks.map((row) => [text(row.name), ...cells(row), row.returned]),
        }}
      >
        <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {data.blocks.map((row, index) => (
            <Box component="li" key={row.block}>
              {data.blocks[index - 1]?.phase !== row.phase && (
                <Typography variant="overline" color="text.secondary" component="h3" sx={{ m: 0, mt: index ? 1.5 : 0 }}>
                  {isPhase(row.phase) ? t(`common.phase.${row.phase}`) : row.phase}
                </Typography>
              )}
              <HeatRow name={text(row.name)} row={row} most={slowest} />
            </Box>
          ))}
        </Box>
      </ChartPanel>
      <ChartPanel
        title={t('operations.offices')}
        note={t('operations.officesNote')}
        table={{
          columns: [t('operations.office'), ...columns],
          rows: data.offices.map((row) => [row.org.name, ...cells(row)]),
        }}
      >
        <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {data.offices.slice(0, OFFICES).map((row) => (
            <Box component="li" key={row.org.id}>
              <HeatRow name={row.org.name} row={row} most={slowestOffice} />
            </Box>
          ))}
        </Box>
        {data.offices.length > OFFICES && (
          <Typography variant="caption" color="text.secondary" component="p" sx={{ mb: 0 }}>
            {t('operations.more', { count: data.offices.length - OFFICES })}
          </Typography>
        )}
      </ChartPanel>
    </Stack>
  );
}
