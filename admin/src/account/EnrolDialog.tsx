import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import { useT } from '../i18n/useT.ts';
import { PasswordField } from '../session/PasswordField.tsx';
import { reloadMe } from '../session/session.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Codes } from './Codes.tsx';
import { QrPicture } from './QrPicture.tsx';

/** Setting up the second factor: the password, the picture to scan and its first code, the recovery codes. */
export function EnrolDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const begin = useMutation({
    mutationFn: () => call<{ secret: string; uri: string }>('/second-factor', { method: 'POST', body: { password } }),
  });
  const confirm = useMutation({
    mutationFn: () => call<{ codes: string[] }>('/second-factor/confirm', { method: 'POST', body: { code } }),
  });
  const close = async () => {
    onClose();
    await Promise.all([queryClient.invalidateQueries({ queryKey: ['second-factor'] }), reloadMe()]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (begin.data) confirm.mutate();
    else begin.mutate();
  };
  const error = begin.data ? confirm.error : begin.error;
  const busy = begin.isPending || confirm.isPending;
  return (
    <Dialog open onClose={confirm.data ? undefined : onClose} fullWidth maxWidth="sm" aria-labelledby="enrol-title">
      <DialogTitle id="enrol-title">{t(confirm.data ? 'account.factor.codes' : 'account.factor.begin')}</DialogTitle>
      {confirm.data ? (
        <Codes codes={confirm.data.codes} onKept={() => void close()} />
      ) : (
        <form onSubmit={submit} noValidate>
          <DialogContent>
            <Stack spacing={2} sx={{ pt: 0.5 }}>
              {error ? <ProblemAlert error={error} /> : null}
              {begin.data ? (
                <>
                  <Typography variant="body2">{t('account.factor.scan')}</Typography>
                  <QrPicture text={begin.data.uri} label={t('account.factor.picture')} />
                  <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
                    {t('account.factor.secret')} <code>{begin.data.secret}</code>
                  </Typography>
                  <TextField
                    label={t('session.code')}
                    value={code}
                    onChange={(event) => setCode(event.target.value.trim())}
                    autoComplete="one-time-code"
                    autoFocus
                    slotProps={{ htmlInput: { inputMode: 'numeric' } }}
                  />
                </>
              ) : (
                <PasswordField
                  label={t('account.password.current')}
                  help={t('account.factor.passwordFirst')}
                  value={password}
                  onChange={setPassword}
                  autoComplete="current-password"
                  autoFocus
                />
              )}
            </Stack>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose} disabled={busy}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              variant="contained"
              disabled={busy || (begin.data ? code.length !== 6 : password === '')}
            >
              {t(begin.data ? 'account.factor.confirm' : 'session.confirm')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
