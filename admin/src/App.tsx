import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { CoreAdminContext, CoreAdminUI, CustomRoutes } from 'ra-core';
import { lazy, Suspense, useMemo } from 'react';
import { createHashRouter, Navigate, Route, RouterProvider } from 'react-router-dom';
import type { Language } from '../../workflows/text.ts';
import { dataProvider } from './api/dataProvider.ts';
import { queryClient } from './api/queryClient.ts';
import ballots from './ballots/index.ts';
import calendar from './calendar/index.ts';
import cases from './case/index.ts';
import cycles from './cycles/index.ts';
import delegations from './delegations/index.ts';
import { LanguageProvider } from './i18n/LanguageProvider.tsx';
import type { Messages } from './i18n/translate.ts';
import inbox from './inbox/index.ts';
import incidents from './incidents/index.ts';
import { NotFound } from './layout/NotFound.tsx';
import { Shell } from './layout/Shell.tsx';
import { Waiting } from './layout/Waiting.tsx';
import orgs from './orgs/index.ts';
import people from './people/index.ts';
import { authProvider } from './session/authProvider.ts';
import task from './task/index.ts';
import templates from './templates/index.ts';
import { useShownMode } from './theme/mode.ts';
import { makeTheme } from './theme/theme.ts';

const SignInPage = lazy(() => import('./session/SignInPage.tsx'));

/** The page's nonce lets our style elements through the content security policy. */
const styles = createCache({
  key: 'b',
  nonce: document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '',
});

interface Props {
  language: Language;
  messages: Messages;
}

const LoginPage = () => (
  <Suspense fallback={null}>
    <SignInPage />
  </Suspense>
);

function Console({ language, messages }: Props) {
  const mode = useShownMode();
  const theme = useMemo(() => makeTheme(mode), [mode]);
  return (
    <CoreAdminContext authProvider={authProvider} dataProvider={dataProvider} queryClient={queryClient}>
      <LanguageProvider initial={language} messages={messages}>
        <ThemeProvider theme={theme}>
          <CssBaseline />
          <CoreAdminUI
            layout={Shell}
            loginPage={LoginPage}
            catchAll={NotFound}
            loading={Waiting}
            requireAuth
            disableTelemetry
          >
            <CustomRoutes>
              <Route path="/" element={<Navigate to="/inbox" replace />} />
              <Route path="/inbox" element={<inbox.page />} />
              <Route path="/tasks/:id" element={<task.page />} />
              <Route path="/cases/:id" element={<cases.page />} />
              <Route path="/cycles" element={<cycles.list />} />
              <Route path="/cycles/:id" element={<cycles.show />} />
              <Route path="/ballots" element={<ballots.list />} />
              <Route path="/ballots/:id" element={<ballots.sheet />} />
              <Route path="/calendar" element={<calendar.page />} />
              <Route path="/delegations" element={<delegations.list />} />
              <Route path="/templates" element={<templates.list />} />
              <Route path="/templates/:key/versions/:version" element={<templates.version />} />
              <Route path="/orgs" element={<orgs.list />} />
              <Route path="/orgs/create" element={<orgs.create />} />
              <Route path="/orgs/import" element={<orgs.importPage />} />
              <Route path="/orgs/:id" element={<orgs.show />} />
              <Route path="/orgs/:id/edit" element={<orgs.edit />} />
              <Route path="/people" element={<people.list />} />
              <Route path="/people/create" element={<people.create />} />
              <Route path="/people/import" element={<people.importPage />} />
              <Route path="/people/:id" element={<people.show />} />
              <Route path="/people/:id/edit" element={<people.edit />} />
              <Route path="/incidents" element={<incidents.list />} />
              <Route path="/incidents/:id" element={<incidents.show />} />
            </CustomRoutes>
          </CoreAdminUI>
        </ThemeProvider>
      </LanguageProvider>
    </CoreAdminContext>
  );
}

/** The console in one language to begin with. */
export function App({ language, messages }: Props) {
  const router = useMemo(
    () => createHashRouter([{ path: '*', element: <Console language={language} messages={messages} /> }]),
    [language, messages],
  );
  return (
    <CacheProvider value={styles}>
      <RouterProvider router={router} />
    </CacheProvider>
  );
}
