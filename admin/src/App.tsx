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
import cases from './case/index.ts';
import { LanguageProvider } from './i18n/LanguageProvider.tsx';
import type { Messages } from './i18n/translate.ts';
import inbox from './inbox/index.ts';
import { NotFound } from './layout/NotFound.tsx';
import { Shell } from './layout/Shell.tsx';
import { Waiting } from './layout/Waiting.tsx';
import { authProvider } from './session/authProvider.ts';
import task from './task/index.ts';
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
