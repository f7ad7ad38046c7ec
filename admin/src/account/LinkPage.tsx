import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearchParams } from 'react-router-dom';
import { call } from '../api/http.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { NewPassword } from './NewPassword.tsx';
import { OutsideFrame } from './OutsideFrame.tsx';

interface Found {
  kind: 'reset' | 'invitation';
  username: string;
  name: string;
}

/** Where the link of a mail leads: choosing a password, once. */
export default function LinkPage() {
  const t = useT();
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const token = params.get('token') ?? '';
  const title = t(pathname === '/invitation' ? 'account.link.invitation' : 'account.link.reset');
  return (
    <OutsideFrame title={title}>
      {token ? (
        <Choose token={token} />
      ) : (
        <Alert severity="warning">
          {t('account.link.missing')} {t('account.link.missingHelp')}
        </Alert>
      )}
    </OutsideFrame>
  );
}

function Choose({ token }: { token: string }) {
  const t = useT();
  const { data, error } = useQuery({
    queryKey: ['password-link', token],
    queryFn: () => call<Found>('/password-links/check', { method: 'POST', body: { token } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const use = useMutation({
    mutationFn: (password: string) => call('/password-links/use', { method: 'POST', body: { token, password } }),
  });
  if (error) return <ProblemAlert error={error} />;
  if (!data) return <Skeleton variant="rounded" height={220} aria-busy />;
  if (use.isSuccess)
    return (
      <Stack spacing={2} sx={{ alignItems: 'flex-start' }}>
        <Alert severity="success">{t('account.link.done')}</Alert>
        <Button component={Link} to="/login" variant="contained">
          {t('account.link.toSignIn')}
        </Button>
      </Stack>
    );
  return (
    <Stack spacing={2}>
      <Typography variant="body2" color="text.secondary">
        {t('account.link.whose', { name: data.name, username: data.username })}
      </Typography>
      <NewPassword
        label={t('account.link.use')}
        busy={use.isPending}
        error={use.error}
        onSubmit={(password) => use.mutate(password)}
      />
    </Stack>
  );
}
