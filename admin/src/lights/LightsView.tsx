import Chip from '@mui/material/Chip';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { Cycle } from '../api/types.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { Light, type LightColour } from '../ui/Light.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useHeatmap } from './api.ts';
import { gridOf } from './grid.ts';
import { HeatTable } from './HeatTable.tsx';
import { OutlookDialog } from './OutlookDialog.tsx';

const COLOURS: LightColour[] = ['red', 'orange', 'yellow', 'blue', 'green'];

/** Where the indicators of a cycle stand: units × indicators, each with its latest light and the reason for it. */
export default function LightsView({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const { data, error, isPending, refetch } = useHeatmap(cycle.id);
  const [params, setParams] = useSearchParams();
  const [open, setOpen] = useState<{ org: string; name: string; code: string }>();
  const asked = params.get('colour') ?? '';
  const grid = useMemo(() => data && gridOf(data, asked ? asked.split(',') : []), [data, asked]);
  if (isPending) return <Skeleton variant="rounded" height={360} />;
  if (!data || !grid) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (data.cells.length === 0) return <Empty title={t('lights.empty')} help={t('lights.emptyHelp')} />;
  const chosen = asked ? asked.split(',') : [];
  const toggle = (colour: string) => {
    const next = chosen.includes(colour) ? chosen.filter((one) => one !== colour) : [...chosen, colour];
    setParams({ view: 'lights', ...(next.length > 0 && { colour: next.join(',') }) }, { replace: true });
  };
  return (
    <Stack spacing={2.5}>
      <Stack direction="row" useFlexGap role="group" aria-label={t('lights.filter')} sx={{ gap: 1, flexWrap: 'wrap' }}>
        {COLOURS.filter((colour) => data.counts[colour]).map((colour) => (
          <Chip
            key={colour}
            variant={chosen.includes(colour) ? 'filled' : 'outlined'}
            aria-pressed={chosen.includes(colour)}
            onClick={() => toggle(colour)}
            label={
              <>
                <Light colour={colour} /> {data.counts[colour]}
              </>
            }
          />
        ))}
      </Stack>
      <ChartPanel
        title={t('lights.heatmap')}
        note={t('lights.size', { units: grid.rows.length, indicators: grid.columns.length })}
        table={{
          columns: [t('lights.org'), ...grid.columns.map(({ name }) => name)],
          rows: grid.rows.map((row) => [
            row.name,
            ...row.cells.map((cell) => (cell?.colour ? t(`common.light.${cell.colour}`) : null)),
          ]),
        }}
      >
        <HeatTable {...grid} onOpen={setOpen} />
      </ChartPanel>
      {open && <OutlookDialog cycleId={cycle.id} {...open} onClose={() => setOpen(undefined)} />}
    </Stack>
  );
}
