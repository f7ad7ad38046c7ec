import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router-dom';
import { keys, useFlow } from '../api/queries.ts';
import type { Case } from '../api/types.ts';
import { FlowPicture } from '../flow/FlowPicture.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { PriorityButton } from '../talk/Priority.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { PrintButton } from '../ui/PrintButton.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Ring } from '../ui/Ring.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { UrgentTag } from '../ui/UrgentTag.tsx';
import { CaseActions } from './CaseActions.tsx';
import { CaseData } from './CaseData.tsx';
import { Children, OpenTasks } from './CaseLists.tsx';
import { NextSteps } from './NextSteps.tsx';
import { Timeline } from './Timeline.tsx';
import { useCaseFields } from './useCaseFields.ts';

const AroundCase = lazy(() => import('../talk/AroundCase.tsx'));
const ScorePanel = lazy(() => import('../score/ScorePanel.tsx'));

const TABS = ['flow', 'timeline', 'data'] as const;

/** One participant's run through the cycle: where it stands, what happened, what was entered. */
export function CaseView({ item }: { item: Case }) {
  const t = useT();
  const desk = useMediaQuery('(min-width: 1100px)');
  const paper = useMediaQuery('print');
  const [tab, setTab] = useState<(typeof TABS)[number]>('flow');
  const fields = useCaseFields(item.cycle?.id);
  const flow = <FlowPart id={item.id} narrow={!desk} />;
  const timeline = <Timeline caseId={item.id} />;
  const data = <CaseData data={item.data} fields={fields} />;
  const around = (
    <Suspense>
      <AroundCase caseId={item.id} />
    </Suspense>
  );
  const score = item.kind === 'participant' && item.result && (
    <Suspense>
      <ScorePanel caseId={item.id} />
    </Suspense>
  );
  const lists = (
    <>
      <OpenTasks item={item} />
      <NextSteps item={item} />
      <Children item={item} />
    </>
  );

  return (
    <Page
      title={item.kind === 'participant' ? (item.org?.name ?? item.title) : item.title}
      over={<Over item={item} />}
      under={<Under item={item} />}
      lead={<Ring at={item.status === 'done' ? 'all' : item.phase} paused={item.status === 'suspended'} size={44} />}
      actions={
        <>
          <PrintButton />
          <PriorityButton item={item} />
          <CaseActions path={`/cases/${item.id}`} can={item.can} actions={item.actions} refresh={keys.case(item.id)} />
        </>
      }
    >
      {desk || paper ? (
        <Box
          sx={{
            display: 'grid',
            gridTemplateColumns: 'minmax(0, 1fr) 380px',
            gap: 3,
            alignItems: 'start',
            '@media print': { gridTemplateColumns: 'minmax(0, 1fr)' },
          }}
        >
          <Stack spacing={2} sx={{ minWidth: 0 }}>
            {score}
            <Panel title={t('cases.flow')}>{flow}</Panel>
            <Panel title={t('cases.data')}>{data}</Panel>
          </Stack>
          <Stack spacing={2} sx={{ minWidth: 0 }}>
            {lists}
            <Panel title={t('cases.timeline')}>{timeline}</Panel>
            {around}
          </Stack>
        </Box>
      ) : (
        <Stack spacing={2}>
          {lists}
          {score}
          <Box>
            <Tabs
              value={tab}
              onChange={(_, next) => setTab(next)}
              sx={{ borderBottom: '1px solid', borderColor: 'divider', mb: 2 }}
            >
              {TABS.map((name) => (
                <Tab
                  key={name}
                  value={name}
                  id={`case-tab-${name}`}
                  aria-controls="case-panel"
                  label={t(`cases.${name}`)}
                />
              ))}
            </Tabs>
            <Box role="tabpanel" id="case-panel" aria-labelledby={`case-tab-${tab}`}>
              <Panel>{{ flow, timeline, data }[tab]}</Panel>
            </Box>
          </Box>
          {around}
        </Stack>
      )}
    </Page>
  );
}

function FlowPart({ id, narrow }: { id: string; narrow: boolean }) {
  const { data, isError, error, refetch } = useFlow(id);
  if (data) return <FlowPicture flow={data} narrow={narrow} />;
  return isError ? (
    <ProblemAlert error={error} onRetry={() => void refetch()} />
  ) : (
    <Skeleton variant="rounded" height={240} />
  );
}

function Over({ item }: { item: Case }) {
  const t = useT();
  if (item.parent) {
    return (
      <>
        {t('cases.parent')} <Link to={`/cases/${item.parent.id}`}>{item.parent.title}</Link>
      </>
    );
  }
  return item.cycle ? <Link to={`/cycles/${item.cycle.id}`}>{item.cycle.name}</Link> : null;
}

function Under({ item }: { item: Case }) {
  const t = useT();
  const format = useFormat();
  return (
    <Stack direction="row" useFlexGap spacing={1.5} sx={{ alignItems: 'center', flexWrap: 'wrap' }}>
      <StatusTag status={item.status} />
      <UrgentTag priority={item.priority} />
      <span>
        {item.endedAt
          ? t('cases.ended', { day: format.day(item.endedAt) })
          : t('cases.started', { day: format.day(item.startedAt) })}
      </span>
      {item.result && (
        <Typography component="span" variant="body2">
          {t('cases.score')} <b>{item.result.score}</b> · {t('cases.rank')}{' '}
          <b>
            {item.result.rank === null ? '—' : t('cases.rankOf', { rank: item.result.rank, of: item.result.rankOf })}
          </b>
        </Typography>
      )}
    </Stack>
  );
}
