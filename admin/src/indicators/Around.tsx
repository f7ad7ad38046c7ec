import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { DataTable } from '../chart/DataTable.tsx';
import { LineChart } from '../chart/LineChart.tsx';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { Tag } from '../ui/Tag.tsx';
import { useRead } from '../unit/api.ts';
import type { BenchmarkView, IndicatorDetail } from './types.ts';
import { numberOf } from './words.ts';

/** What lies below the indicator, before it and beside it: parts of lower units, earlier years, values of other cities. */
export function Around({ indicator }: { indicator: IndicatorDetail }) {
  const t = useT();
  return (
    <Stack spacing={2.5}>
      {indicator.parts.length > 0 && (
        <Panel title={t('unit.parts')} note={indicator.byHand ? undefined : t('unit.rolledUp')} flush>
          <DataTable
            caption={t('unit.parts')}
            table={{
              columns: [t('unit.org'), t('unit.weightName'), t('unit.verified')],
              rows: indicator.parts.map(({ org, weight, actual }) => [org.name, weight ?? null, actual ?? null]),
            }}
          />
        </Panel>
      )}
      {indicator.history.length > 0 && (
        <Panel title={t('unit.years')} flush>
          <DataTable
            caption={t('unit.years')}
            table={{
              columns: [t('unit.year'), t('unit.verified'), t('unit.breaks')],
              rows: indicator.history.map(({ year, value, breaks }) => [
                String(year),
                value,
                breaks.length > 0 ? t('unit.broken') : null,
              ]),
            }}
          />
        </Panel>
      )}
      {indicator.places.length > 0 && <Compared indicator={indicator} />}
    </Stack>
  );
}

function Compared({ indicator }: { indicator: IndicatorDetail }) {
  const t = useT();
  const [place, setPlace] = useState(indicator.places[0] ?? '');
  const { data } = useRead<BenchmarkView>(`/assigned-indicators/${indicator.id}/benchmark`, { place });
  const lines = data?.lines ?? [];
  return (
    <ChartPanel
      title={`${t('unit.benchmark')} · ${place}`}
      note={
        data?.trend && (
          <Tag tone={data.trend === 'fallingBehind' ? 'soon' : 'done'}>{t(`unit.trendOf.${data.trend}`)}</Tag>
        )
      }
      table={{
        columns: [t('unit.period'), t('unit.own'), place, t('unit.gap')],
        rows: lines.map(({ period, own, benchmark, gap }) => [period, own, benchmark, gap]),
      }}
    >
      {indicator.places.length > 1 && (
        <TextField
          select
          label={t('unit.place')}
          value={place}
          onChange={(event) => setPlace(event.target.value)}
          slotProps={{ select: { native: true } }}
          sx={{ mb: 1.5, minWidth: 200 }}
        >
          {indicator.places.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </TextField>
      )}
      <LineChart
        label={`${indicator.name}: ${t('unit.benchmark')} ${place}`}
        names={lines.map(({ period }) => period)}
        lines={[
          { name: t('unit.own'), values: lines.map(({ own }) => numberOf(own)) },
          { name: place, values: lines.map(({ benchmark }) => numberOf(benchmark)), dashed: true },
        ]}
        height={220}
      />
    </ChartPanel>
  );
}
