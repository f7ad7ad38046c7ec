import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { call } from '../api/http.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Answers } from './Answers.tsx';
import { Downloads } from './Downloads.tsx';
import { PublicFrame } from './PublicFrame.tsx';
import { PublicResults } from './PublicResults.tsx';
import { Reports } from './Reports.tsx';
import type { PublicCycle } from './types.ts';
import { Units } from './Units.tsx';

/** What is public of a cycle: goals with definitions and numbers, results, reports, answers; and all of it as data. */
export default () => (
  <PublicFrame>
    <Shown />
  </PublicFrame>
);

function Shown() {
  const t = useT();
  const { id = '' } = useParams();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['public', id],
    queryFn: ({ signal }) => call<PublicCycle>(`/public/cycles/${id}`, { signal }),
  });
  if (data) return <Cycle cycle={data} />;
  return (
    <Page title={t('public.title')} back="/public">
      {isPending ? (
        <Skeleton variant="rounded" height={320} aria-busy />
      ) : (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      )}
    </Page>
  );
}

const VIEWS = ['goals', 'results', 'reports', 'answers'] as const;
type View = (typeof VIEWS)[number];

function Cycle({ cycle }: { cycle: PublicCycle }) {
  const t = useT();
  const text = useText();
  const has: Record<View, boolean> = {
    goals: cycle.units.some(({ indicators, consultation }) => indicators.length > 0 || consultation !== null),
    results: cycle.results !== null,
    reports: cycle.texts.length > 0,
    answers: cycle.shows.includes('answers'),
  };
  const views = VIEWS.filter((view) => has[view]);
  const [chosen, choose] = useState<View>(views[0] ?? 'goals');
  return (
    <Page
      title={cycle.name}
      over={`${t('public.year', { year: cycle.year })} · ${text(cycle.template.name)}`}
      under={text(cycle.template.description ?? undefined)}
      back="/public"
      actions={<Downloads cycle={cycle} />}
    >
      <Stack spacing={2.5}>
        {views.length > 1 && (
          <Tabs
            value={chosen}
            onChange={(_, next: View) => choose(next)}
            variant="scrollable"
            allowScrollButtonsMobile
            aria-label={cycle.name}
          >
            {views.map((view) => (
              <Tab key={view} value={view} label={t(`public.tabs.${view}`)} />
            ))}
          </Tabs>
        )}
        {chosen === 'goals' && <Units cycle={cycle} />}
        {chosen === 'results' && <PublicResults cycle={cycle} />}
        {chosen === 'reports' && <Reports cycle={cycle} />}
        {chosen === 'answers' && <Answers cycle={cycle} />}
      </Stack>
    </Page>
  );
}
