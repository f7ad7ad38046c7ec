import Skeleton from '@mui/material/Skeleton';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { LineChart } from '../chart/LineChart.tsx';
import { useT } from '../i18n/useT.ts';
import { useOutlook } from '../lights/api.ts';
import { Outlook } from '../lights/Outlook.tsx';
import type { IndicatorDetail } from './types.ts';
import { numberOf } from './words.ts';

/** How the values went, and where they are heading; where the outlook is not ours to see, the values alone. */
export function Course({ indicator }: { indicator: IndicatorDetail }) {
  const { data, isPending } = useOutlook(indicator.cycleId, indicator.org.id, indicator.code);
  if (isPending) return <Skeleton variant="rounded" height={260} />;
  if (data && data.points.length > 0) return <Outlook outlook={data} />;
  return <Line indicator={indicator} />;
}

function Line({ indicator: { name, series, target } }: { indicator: IndicatorDetail }) {
  const t = useT();
  if (series.length === 0) return null;
  return (
    <ChartPanel
      title={t('lights.course')}
      table={{
        columns: [t('lights.period'), t('lights.value')],
        rows: series.map(({ period, value }) => [period, value]),
      }}
    >
      <LineChart
        label={`${name}: ${t('lights.course')}`}
        names={series.map(({ period }) => period)}
        lines={[{ name: t('lights.value'), values: series.map(({ value }) => numberOf(value)) }]}
        {...(target !== undefined && { target: { name: t('lights.target'), value: Number(target) } })}
      />
    </ChartPanel>
  );
}
