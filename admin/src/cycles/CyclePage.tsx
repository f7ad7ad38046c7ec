import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { Suspense, useEffect } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { useCycle } from '../api/queries.ts';
import { CaseActions } from '../case/CaseActions.tsx';
import { cycleViews } from '../features.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { useCan } from '../session/session.ts';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { CycleStatus } from './CycleStatus.tsx';

/** One run of a template for a year, in the views that the features bring. */
export default function CyclePage() {
  const { id = '' } = useParams();
  const t = useT();
  const text = useText();
  const format = useFormat();
  const can = useCan();
  const [params, setParams] = useSearchParams();
  const { data: cycle, error, isPending, refetch } = useCycle(id);
  const views = cycleViews.filter(({ needs }) => !needs || needs.some(can));
  const shown = views.find(({ key }) => key === params.get('view')) ?? views[0];
  const key = cycle && shown?.key;
  // On a phone the chosen tab may lie beyond the edge.
  useEffect(() => {
    if (key) document.getElementById(`cycle-tab-${key}`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [key]);
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
        value={shown?.key ?? false}
        onChange={(_, next: string) => setParams({ view: next }, { replace: true })}
        variant="scrollable"
        allowScrollButtonsMobile
        sx={{ borderBottom: '1px solid', borderColor: 'divider', mb: 2.5 }}
      >
        {views.map((one) => (
          <Tab
            key={one.key}
            value={one.key}
            id={`cycle-tab-${one.key}`}
            aria-controls="cycle-panel"
            label={t(one.label)}
          />
        ))}
      </Tabs>
      {shown && (
        <Box role="tabpanel" id="cycle-panel" aria-labelledby={`cycle-tab-${shown.key}`}>
          <Suspense fallback={<Waiting />}>
            <shown.view cycle={cycle} />
          </Suspense>
        </Box>
      )}
    </Page>
  );
}
