import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { LineChart } from '../chart/LineChart.tsx';
import { useT } from '../i18n/useT.ts';
import { Tag } from '../ui/Tag.tsx';
import type { Outlook as Data } from './api.ts';

const number = (value: string | null): number | null => (value === null ? null : Number(value));

/** An estimate has no more than two places that mean anything. */
const short = (value: string): number => Math.round(Number(value) * 100) / 100;

/** An indicator of a unit over the periods: reported values, the running figure, the target, and the forecast with its interval. */
export function Outlook({ outlook }: { outlook: Data }) {
  const t = useT();
  const { points, forecast, target } = outlook;
  const end = t('lights.end');
  const names = [...points.map(({ period }) => period), ...(forecast ? [end] : [])];
  const gap = points.map(() => null);
  const running = points.map(({ running }) => number(running));
  const last = running.findLastIndex((value) => value !== null);
  const anchored = (value: string) => [
    ...gap.map((_, at) => (at === last ? (running[last] ?? null) : null)),
    Number(value),
  ];
  const lines = [
    { name: t('lights.running'), values: [...running, ...(forecast ? [null] : [])] },
    ...(forecast ? [{ name: t('lights.forecast'), values: anchored(forecast.value), dashed: true }] : []),
  ];
  return (
    <Stack spacing={2}>
      <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
        {target !== null && (
          <Tag>
            {t('lights.target')} {target} {outlook.unit}
          </Tag>
        )}
        {outlook.value !== null && (
          <Tag>
            {t('lights.now')} {outlook.value} {outlook.unit}
          </Tag>
        )}
        {forecast && (
          <Tag tone={forecast.meets === false ? 'late' : 'done'}>
            {t('lights.expected', {
              value: short(forecast.value),
              low: short(forecast.low),
              high: short(forecast.high),
            })}
          </Tag>
        )}
        {outlook.improving !== null && (
          <Tag tone={outlook.improving ? 'done' : 'soon'}>
            {t(outlook.improving ? 'lights.better' : 'lights.worse')}
          </Tag>
        )}
      </Stack>
      <ChartPanel
        title={t('lights.course')}
        table={{
          columns: [t('lights.period'), t('lights.value'), t('lights.running'), t('lights.light')],
          rows: points.map((one) => [
            one.period,
            one.value,
            one.running,
            one.colour && t(`common.light.${one.colour}`),
          ]),
        }}
      >
        <LineChart
          label={`${outlook.indicator.name}: ${t('lights.course')}`}
          names={names}
          lines={lines}
          {...(target !== null && { target: { name: t('lights.target'), value: Number(target) } })}
          {...(forecast && {
            band: { name: t('lights.interval'), low: anchored(forecast.low), high: anchored(forecast.high) },
          })}
        />
      </ChartPanel>
      {outlook.years.length > 1 && (
        <ChartPanel
          title={t('lights.years')}
          table={{
            columns: [t('lights.year'), t('lights.value')],
            rows: outlook.years.map(({ year, value }) => [String(year), value]),
          }}
        >
          <LineChart
            label={`${outlook.indicator.name}: ${t('lights.years')}`}
            names={outlook.years.map(({ year }) => String(year))}
            lines={[{ name: t('lights.value'), values: outlook.years.map(({ value }) => Number(value)) }]}
            height={180}
          />
        </ChartPanel>
      )}
      {forecast && (
        <Typography variant="caption" color="text.secondary">
          {t('lights.basis', { smart_count: forecast.n })}
        </Typography>
      )}
    </Stack>
  );
}
