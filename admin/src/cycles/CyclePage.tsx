import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { useCycle } from '../api/queries.ts';
import { CaseActions } from '../case/CaseActions.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { useCan } from '../session/session.ts';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { CaseTable } from './CaseTable.tsx';
import { CycleStatus } from './CycleStatus.tsx';
import { Overview } from './Overview.tsx';
import { Results } from './Results.tsx';

type View = 'overview' | 'cases' | 'results';

/** One run of a template for a year: where all units stand, each of them, and how they came out. */
export default function CyclePage() {
  const { id = '' } = useParams();
  const t = useT();
  const text = useText();
  const format = useFormat();
  const can = useCan();
  const [params, setParams] = useSearchParams();
  const { data: cycle, error, isPending, refetch } = useCycle(id);
  const views: View[] = can('cycles.watch') ? ['overview', 'cases', 'results'] : ['cases', 'results'];
  const view = views.find((one) => one === params.get('view')) ?? (views[0] as View);
  if (isPending) return <Waiting />;
  if (!cycle)
    return (
      <Page title={t('common.error.requestFailed')} back="/cycles">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  return (
    <Page
      title={cycle.name}
      back="/cycles"
      under={
        <Stack direction="row" useFlexGap spacing={1.5} sx={{ alignItems: 'center', flexWrap: 'wrap' }}>
          <CycleStatus status={cycle.status} />
          <span>
            {text(cycle.template.name)} v{cycle.template.version}
          </span>
          <span>{t('cases.started', { day: format.day(cycle.launchedAt) })}</span>
        </Stack>
      }
      actions={
        <>
          {cycle.case && can('cycles.watch') && (
            <Button size="small" component={Link} to={`/cases/${cycle.case}`}>
              {t('cycles.case')}
            </Button>
          )}
          <CaseActions path={`/cycles/${id}`} can={cycle.can} refresh={['cycles']} />
        </>
      }
    >
      <Tabs
        value={view}
        onChange={(_, next: View) => setParams({ view: next }, { replace: true })}
        sx={{ borderBottom: '1px solid', borderColor: 'divider', mb: 2.5 }}
      >
        {views.map((one) => (
          <Tab
            key={one}
            value={one}
            id={`cycle-tab-${one}`}
            aria-controls="cycle-panel"
            label={t(`cycles.tab.${one}`)}
          />
        ))}
      </Tabs>
      <Box role="tabpanel" id="cycle-panel" aria-labelledby={`cycle-tab-${view}`}>
        {view === 'overview' && <Overview cycle={cycle} />}
        {view === 'cases' && <CaseTable cycleId={id} />}
        {view === 'results' && <Results cycleId={id} />}
      </Box>
    </Page>
  );
}
