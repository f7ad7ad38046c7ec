import Box from '@mui/material/Box';
import { lazy, Suspense } from 'react';
import { useCounts } from '../api/queries.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { page } from '../page.ts';
import { useCan, useMe } from '../session/session.ts';
import { Page } from '../ui/Page.tsx';
import { BoxTabs } from './BoxTabs.tsx';
import { NoticeList } from './NoticeList.tsx';
import { TaskList } from './TaskList.tsx';
import { Toolbar } from './Toolbar.tsx';
import { useFilter } from './useFilter.ts';

const SavedFilters = page(() => import('./SavedFilters.tsx'), 'keys');
const Welcome = page(() => import('./Welcome.tsx'), 'keys');
const Start = page(() => import('./Start.tsx'), 'start');
const Received = lazy(() => import('../talk/Received.tsx'));

const TITLES = {
  todo: 'layout.menu.inbox',
  done: 'layout.menu.done',
  started: 'layout.menu.started',
  told: 'layout.menu.told',
} as const;

/** An administrator has no tasks, only notices; and where there are no units yet, something to begin with. */
function Told() {
  const t = useT();
  const can = useCan();
  return (
    <Page title={t('layout.menu.told')} width={1080}>
      <Suspense>{can('people.write') && <Start />}</Suspense>
      <NoticeList q="" />
    </Page>
  );
}

/** 待办 · 已办 · 我发起 · 抄送: the page that most people open first, and many open only. */
export default function InboxPage() {
  const t = useT();
  const format = useFormat();
  const state = useFilter();
  const can = useCan();
  const { data: counts } = useCounts();
  const { box } = state.filter;
  const preferences = useMe()?.preferences;
  if (!can('business')) return <Told />;
  const names = (preferences?.filters?.length ?? 0) > 0 || state.filtered;
  return (
    <Page title={t(TITLES[box])} under={format.dayWeekday(new Date().toISOString())} width={1080}>
      <BoxTabs box={box} counts={counts} />
      <Box sx={{ my: 2 }}>
        <Toolbar {...state} />
      </Box>
      <Suspense>
        {names && <SavedFilters {...state} />}
        {preferences && !preferences.toured && <Welcome />}
      </Suspense>
      {box === 'told' ? (
        <Suspense>
          <Received q={state.filter.q} />
          <NoticeList q={state.filter.q} />
        </Suspense>
      ) : (
        <TaskList {...state} counts={counts} />
      )}
    </Page>
  );
}
