import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { QueryClientProvider } from '@tanstack/react-query';
import { CoreAdminContext, CoreAdminUI, CustomRoutes } from 'ra-core';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { createHashRouter, Navigate, Route, RouterProvider } from 'react-router-dom';
import { dataProvider } from './api/dataProvider.ts';
import { queryClient } from './api/queryClient.ts';
import { outside, routes } from './features.ts';
import { LanguageProvider } from './i18n/LanguageProvider.tsx';
import { NotFound } from './layout/NotFound.tsx';
import { Shell } from './layout/Shell.tsx';
import { Waiting } from './layout/Waiting.tsx';
import { authProvider } from './session/authProvider.ts';
import { useShownMode } from './theme/mode.ts';
import { makeTheme } from './theme/theme.ts';

const SignInPage = lazy(() => import('./session/SignInPage.tsx'));

/** The page's nonce lets our style elements through the content security policy. */
const styles = createCache({
  key: 'b',
  nonce: document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '',
});

const LoginPage = () => (
  <Suspense fallback={null}>
    <SignInPage />
  </Suspense>
);

/** What everything stands in, signed in or not: words, colours, answers of the server. */
function Frame({ children }: { children: ReactNode }) {
  const mode = useShownMode();
  const theme = useMemo(() => makeTheme(mode), [mode]);
  return (
    <LanguageProvider>
      <ThemeProvider theme={theme}>
        <CssBaseline />
        {children}
      </ThemeProvider>
    </LanguageProvider>
  );
}

const Console = () => (
  <CoreAdminContext authProvider={authProvider} dataProvider={dataProvider} queryClient={queryClient}>
    <Frame>
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
          {Object.entries(routes).map(([path, Page]) => (
            <Route key={path} path={path} element={<Page />} />
          ))}
        </CustomRoutes>
      </CoreAdminUI>
    </Frame>
  </CoreAdminContext>
);

const router = createHashRouter([
  ...Object.entries(outside).map(([path, Page]) => ({
    path,
    element: (
      <QueryClientProvider client={queryClient}>
        <Frame>
          <Suspense fallback={null}>
            <Page />
          </Suspense>
        </Frame>
      </QueryClientProvider>
    ),
  })),
  { path: '*', element: <Console /> },
]);

/** The console, and the pages that need nobody signed in. */
export const App = () => (
  <CacheProvider value={styles}>
    <RouterProvider router={router} />
  </CacheProvider>
);
