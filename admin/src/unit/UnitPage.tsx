import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import TextField from '@mui/material/TextField';
import { type ComponentType, Suspense } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { useT } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { page } from '../page.ts';
import { Empty } from '../ui/Empty.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { type OwnUnit, type UnitCycle, useOwnUnit } from './api.ts';

export interface UnitViewProps {
  cycle: UnitCycle;
  unit: OwnUnit['unit'];
}

const VIEWS = {
  indicators: page<UnitViewProps>(() => import('../indicators/IndicatorList.tsx')),
  report: page<UnitViewProps>(() => import('../reporting/ReportView.tsx')),
  verify: page<UnitViewProps>(() => import('./VerifyView.tsx'), 'office', 'supervision'),
  warnings: page<UnitViewProps>(() => import('./WarningsView.tsx')),
  results: page<UnitViewProps>(() => import('./ResultsView.tsx')),
  rectification: page<UnitViewProps>(() => import('./BoardView.tsx')),
  burden: page<UnitViewProps>(() => import('./BurdenView.tsx')),
} satisfies Record<string, ComponentType<UnitViewProps>>;
type View = keyof typeof VIEWS;
const NAMES = Object.keys(VIEWS) as View[];

/** What a department's clerk and head need of a cycle, in one place. */
export default function UnitPage() {
  const t = useT();
  const { data, error, isPending, refetch } = useOwnUnit();
  const [params, setParams] = useSearchParams();
  if (isPending) return <Waiting />;
  if (!data)
    return (
      <Page title={t('unit.title')}>
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  const cycle = data.cycles.find(({ id }) => id === params.get('cycle')) ?? usual(data.cycles);
  if (!cycle)
    return (
      <Page title={t('unit.title')} under={data.unit.name}>
        <Empty
          title={t('unit.noCycle')}
          help={t('unit.noCycleHelp')}
          action={
            <Stack direction="row" spacing={1}>
              <Button component={Link} to="/inbox">
                {t('unit.toInbox')}
              </Button>
              <Button component={Link} to="/cycles">
                {t('unit.toCycles')}
              </Button>
            </Stack>
          }
        />
      </Page>
    );
  const shown = NAMES.filter((name) => name !== 'verify' || cycle.monitored > 0);
  const view = shown.find((name) => name === params.get('view')) ?? 'indicators';
  const Shown = VIEWS[view];
  const go = (next: { view?: View; cycle?: string }) =>
    setParams({ view, cycle: cycle.id, ...next }, { replace: true });
  return (
    <Page
      title={t('unit.title')}
      under={data.unit.name}
      actions={
        <TextField
          select
          label={t('unit.cycle')}
          value={cycle.id}
          onChange={(event) => go({ cycle: event.target.value })}
          slotProps={{ select: { native: true } }}
          sx={{ width: { xs: '100%', sm: 320 } }}
        >
          {data.cycles.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </TextField>
      }
    >
      <Tabs
        value={view}
        onChange={(_, next: View) => go({ view: next })}
        variant="scrollable"
        allowScrollButtonsMobile
        aria-label={t('unit.views')}
        sx={{ borderBottom: '1px solid', borderColor: 'divider', mb: 2.5 }}
      >
        {shown.map((name) => (
          <Tab
            key={name}
            value={name}
            id={`unit-tab-${name}`}
            aria-controls="unit-panel"
            label={
              <Waits
                count={waiting(cycle, name)}
                late={name === 'report' && cycle.missing > 0}
                label={t(`unit.view.${name}`)}
              />
            }
          />
        ))}
      </Tabs>
      <Box role="tabpanel" id="unit-panel" aria-labelledby={`unit-tab-${view}`}>
        <Suspense fallback={<Waiting />}>
          <Shown key={cycle.id} cycle={cycle} unit={data.unit} />
        </Suspense>
      </Box>
    </Page>
  );
}

/** The cycle to begin with: the latest that runs and has given the unit indicators, else the latest. */
function usual(cycles: UnitCycle[]): UnitCycle | undefined {
  return cycles.find(({ status, own, joint }) => status === 'running' && own + joint > 0) ?? cycles[0];
}

function waiting({ due, orders, flags, items }: UnitCycle, view: View): number {
  if (view === 'report') return due;
  if (view === 'warnings') return orders + flags;
  return view === 'rectification' ? items : 0;
}

function Waits({ count, late, label }: { count: number; late: boolean; label: string }) {
  if (count === 0) return label;
  return (
    <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.75 }}>
      {label}
      <Tag tone={late ? 'late' : 'calm'}>{count}</Tag>
    </Box>
  );
}
