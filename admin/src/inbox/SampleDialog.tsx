import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { type FormEvent, useState } from 'react';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

/** Asks for the password of the sample accounts, and loads them. */
export function SampleDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const notify = useNotify();
  const [password, setPassword] = useState('');
  const load = useMutation({
    mutationFn: () => call<{ orgs: number; people: number }>('/orgs/sample', { method: 'POST', body: { password } }),
    onSuccess: (made) => {
      onClose();
      notify(t('start.loaded', made), { type: 'success' });
      void queryClient.invalidateQueries();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password && !load.isPending) load.mutate();
  };
  return (
    <Dialog open onClose={load.isPending ? () => {} : onClose} fullWidth maxWidth="sm" aria-labelledby="sample-title">
      <form onSubmit={submit} noValidate>
        <DialogTitle id="sample-title">{t('start.sample')}</DialogTitle>
        <DialogContent>
          <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
            {t('start.sampleHelp')}
          </Typography>
          {load.isError && <ProblemAlert error={load.error} />}
          <TextField
            autoFocus
            fullWidth
            type="password"
            autoComplete="new-password"
            label={t('start.password')}
            helperText={t('start.passwordHelp')}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            sx={{ mt: 1 }}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={load.isPending}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" variant="contained" disabled={!password || load.isPending}>
            {t(load.isPending ? 'start.loading' : 'start.load')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
