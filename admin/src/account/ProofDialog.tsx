import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { type FormEvent, useState } from 'react';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import { useT } from '../i18n/useT.ts';
import { PasswordField } from '../session/PasswordField.tsx';
import { reloadMe } from '../session/session.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Codes } from './Codes.tsx';

const PATHS = { renew: '/second-factor/recovery-codes', remove: '/second-factor/removal' } as const;

/** What password and code are asked for: drawing new recovery codes, removing the second factor. */
export function ProofDialog({ kind, onClose }: { kind: keyof typeof PATHS; onClose: () => void }) {
  const t = useT();
  const notify = useNotify();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const close = async () => {
    onClose();
    await Promise.all([queryClient.invalidateQueries({ queryKey: ['second-factor'] }), reloadMe()]);
  };
  const prove = useMutation({
    mutationFn: () => call<{ codes: string[] } | undefined>(PATHS[kind], { method: 'POST', body: { password, code } }),
    onSuccess: (answer) => {
      if (answer?.codes) return;
      notify(t('account.factor.removed'), { type: 'success' });
      void close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    prove.mutate();
  };
  const codes = prove.data?.codes;
  return (
    <Dialog open onClose={codes ? undefined : onClose} fullWidth maxWidth="sm" aria-labelledby="proof-title">
      <DialogTitle id="proof-title">{t(`account.factor.${kind}`)}</DialogTitle>
      {codes ? (
        <Codes codes={codes} onKept={() => void close()} />
      ) : (
        <form onSubmit={submit} noValidate>
          <DialogContent>
            <Stack spacing={2} sx={{ pt: 0.5 }}>
              {prove.error ? <ProblemAlert error={prove.error} /> : null}
              <PasswordField
                label={t('account.password.current')}
                value={password}
                onChange={setPassword}
                autoComplete="current-password"
                autoFocus
              />
              <TextField
                label={t('session.code')}
                helperText={t('session.codeHelp')}
                value={code}
                onChange={(event) => setCode(event.target.value)}
                autoComplete="one-time-code"
              />
            </Stack>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose} disabled={prove.isPending}>
              {t('common.cancel')}
            </Button>
            <Button
              type="submit"
              variant="contained"
              color={kind === 'remove' ? 'error' : 'primary'}
              disabled={prove.isPending || password === '' || code.trim().length < 6}
            >
              {t(`account.factor.${kind}`)}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
