import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router-dom';
import { call } from '../api/http.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { OutsideFrame } from './OutsideFrame.tsx';

/** Asks for a link to choose a new password. It says the same whether there is such an account or not. */
export default function ForgottenPage() {
  const t = useT();
  const [who, setWho] = useState('');
  const ask = useMutation({
    mutationFn: () => call('/password-resets', { method: 'POST', body: { who: who.trim() } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <OutsideFrame title={t('account.forgotten.title')}>
      {ask.isSuccess ? (
        <Alert severity="success">{t('account.forgotten.asked')}</Alert>
      ) : (
        <Stack component="form" spacing={2} onSubmit={submit} noValidate>
          {ask.error ? <ProblemAlert error={ask.error} /> : null}
          <Typography variant="body2" color="text.secondary">
            {t('account.forgotten.help')}
          </Typography>
          <TextField
            label={t('account.forgotten.who')}
            value={who}
            onChange={(event) => setWho(event.target.value)}
            autoComplete="username"
            autoFocus
          />
          <Button
            type="submit"
            variant="contained"
            disabled={ask.isPending || who.trim() === ''}
            sx={{ alignSelf: 'flex-start', minHeight: 44 }}
          >
            {t('account.forgotten.ask')}
          </Button>
        </Stack>
      )}
      <Button component={Link} to="/login" size="small" sx={{ mt: 2 }}>
        {t('account.link.toSignIn')}
      </Button>
    </OutsideFrame>
  );
}
