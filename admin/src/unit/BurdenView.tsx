import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { BarChart } from '../chart/BarChart.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { type Burden, useRead } from './api.ts';
import type { UnitViewProps } from './UnitPage.tsx';

/** What the cycle asks of the unit, month by month. */
export default function BurdenView({ cycle, unit }: UnitViewProps) {
  const t = useT();
  const { data, error, isPending, refetch } = useRead<Burden>(`/cycles/${cycle.id}/burden`);
  if (isPending) return <Skeleton variant="rounded" height={320} />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  const months = data.items.filter(({ org }) => org.id === unit.id);
  if (months.length === 0) return <Empty title={t('unit.noBurden')} help={t('unit.burdenHelp')} />;
  const total = Math.round(months.reduce((sum, { minutes }) => sum + minutes, 0));
  return (
    <Stack spacing={1.5}>
      <ChartPanel
        title={t('unit.burdenTitle')}
        note={t('unit.total', { minutes: total })}
        table={{
          columns: [t('unit.month'), t('unit.forms'), t('unit.fields'), t('unit.uploads'), t('unit.minutes')],
          rows: months.map((one) => [one.month, one.forms, one.fields, one.uploads, one.minutes]),
        }}
      >
        <BarChart
          label={`${t('unit.burdenTitle')}: ${t('unit.total', { minutes: total })}`}
          names={months.map(({ month }) => month)}
          bars={[{ name: t('unit.minutes'), values: months.map(({ minutes }) => minutes) }]}
        />
      </ChartPanel>
      <Typography variant="caption" color="text.secondary">
        {t('unit.burdenHelp')}
      </Typography>
    </Stack>
  );
}
