import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { call, setSession } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Me } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { Mark } from '../ui/Mark.tsx';
import { useTitle } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Finished {
  next: string;
  session: Me | { secondFactor: true };
}

/** One answer of the provider is handed over once, however often the page is drawn. */
const handed = new Map<string, Promise<Finished>>();
const handOver = (brought: Record<string, string>): Promise<Finished> => {
  const key = brought.state ?? '';
  const known = handed.get(key) ?? call<Finished>('/session/oidc/answer', { method: 'POST', body: brought });
  handed.set(key, known);
  return known;
};

/** Where the provider of identities sends the browser back to. */
export default function ProviderPage() {
  const t = useT();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const [error, setError] = useState<unknown>(null);
  useTitle(t('session.title'));
  useEffect(() => {
    handOver(Object.fromEntries(params)).then(
      ({ next, session }) => {
        queryClient.clear();
        if ('csrf' in session) setSession({ csrf: session.csrf });
        const [pathname, search] = next.split(/(?=\?)/);
        if ('csrf' in session) navigate(next, { replace: true });
        else
          navigate('/login', {
            replace: true,
            state: { nextPathname: pathname, nextSearch: search, secondFactor: true },
          });
      },
      (failure: unknown) => setError(failure),
    );
  }, [params, navigate]);
  return (
    <Box component="main" sx={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', p: 3 }}>
      <Stack spacing={3} sx={{ width: '100%', maxWidth: 420 }}>
        <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center' }}>
          <Mark size={36} />
          <Typography variant="h1">{t('common.name')}</Typography>
        </Stack>
        {error ? (
          <>
            <ProblemAlert error={error} />
            <Button variant="contained" size="large" onClick={() => navigate('/login', { replace: true })}>
              {t('session.back')}
            </Button>
          </>
        ) : (
          <>
            <Typography variant="body2" color="text.secondary" aria-live="polite">
              {t('session.signingIn')}
            </Typography>
            <LinearProgress aria-label={t('session.signingIn')} />
          </>
        )}
      </Stack>
    </Box>
  );
}
