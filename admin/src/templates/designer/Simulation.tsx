import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import { useMemo } from 'react';
import type { Text } from '../../api/types.ts';
import { BarChart } from '../../chart/BarChart.tsx';
import { ChartPanel } from '../../chart/ChartPanel.tsx';
import { useT, useText } from '../../i18n/useT.ts';
import { Tag } from '../../ui/Tag.tsx';

export interface SimulationResult {
  cases: number;
  closed: number;
  steps: number;
  seconds: number;
  tasks: number;
  late: number;
  returned: number;
  escalations: number;
  incidents: number;
  vacant: number;
  days: { first: string; last: string };
  blocks: { block: string; name: Text; tasks: number; late: number; medianDays: number; p90Days: number }[];
  lateByOrg: { org: string; late: number; tasks: number }[];
}

/** How a simulated cycle went, and where its time goes. */
export function Simulation({ result }: { result: SimulationResult }) {
  const t = useT();
  const text = useText();
  const {
    cases,
    closed,
    steps,
    seconds,
    tasks,
    late,
    returned,
    escalations,
    incidents,
    vacant,
    days,
    blocks,
    lateByOrg,
  } = result;
  const names = useMemo(() => blocks.map(({ name }) => text(name)), [blocks, text]);
  const bars = useMemo(
    () => [
      { name: t('designer.trial.median'), values: blocks.map(({ medianDays }) => medianDays) },
      { name: t('designer.trial.p90'), values: blocks.map(({ p90Days }) => p90Days) },
    ],
    [blocks, t],
  );
  return (
    <>
      <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: 'wrap' }} role="status">
        <Tag tone={closed < cases ? 'late' : 'done'}>{t('designer.trial.closed', { cases, closed })}</Tag>
        <Tag>{t('designer.trial.days', days)}</Tag>
        <Tag>{t('designer.trial.steps', { steps, seconds })}</Tag>
        <Tag tone={late > 0 ? 'soon' : 'plain'}>{t('designer.trial.late', { late, tasks })}</Tag>
        <Tag>{t('designer.trial.returned', { returned })}</Tag>
        <Tag>{t('designer.trial.escalations', { escalations })}</Tag>
        {incidents > 0 && <Tag tone="late">{t('designer.trial.incidents', { incidents })}</Tag>}
        {vacant > 0 && <Tag tone="late">{t('designer.trial.vacant', { vacant })}</Tag>}
      </Stack>
      {closed < cases && <Alert severity="warning">{t('designer.trial.open')}</Alert>}
      <ChartPanel
        title={t('designer.trial.time')}
        note={t('designer.trial.timeNote')}
        table={{
          columns: [
            t('designer.trial.block'),
            t('designer.trial.median'),
            t('designer.trial.p90'),
            t('designer.trial.lateColumn'),
            t('designer.trial.tasks'),
          ],
          rows: blocks.map((one) => [text(one.name), one.medianDays, one.p90Days, one.late, one.tasks]),
        }}
      >
        <BarChart label={t('designer.trial.time')} names={names} bars={bars} lying />
      </ChartPanel>
      <ChartPanel
        title={t('designer.trial.lateByOrg')}
        table={{
          columns: [t('designer.trial.org'), t('designer.trial.lateColumn'), t('designer.trial.tasks')],
          rows: lateByOrg.map((one) => [one.org, one.late, one.tasks]),
        }}
      />
    </>
  );
}
