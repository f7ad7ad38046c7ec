import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { onSessionLost } from '../api/http.ts';
import { useT } from '../i18n/useT.ts';
import { CodeForm, isExpired } from './CodeForm.tsx';
import { SignInForm } from './SignInForm.tsx';
import { type Step, signInAgain, signOut, useMe } from './session.ts';

/** Asks for the password on top of the page when the session ends under the user's hands. */
export function SignInAgain() {
  const t = useT();
  const me = useMe();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [asked, setAsked] = useState(false);

  useEffect(() => onSessionLost(() => setOpen(true)), []);
  if (!me) return null;

  const enter = async (step: Step) => {
    setBusy(true);
    setError(null);
    try {
      const entered = await signInAgain(step);
      setAsked(!entered);
      setOpen(!entered);
    } catch (failure) {
      if (isExpired(failure)) setAsked(false);
      setError(failure);
    }
    setBusy(false);
  };
  const leave = async () => {
    setOpen(false);
    await signOut();
    navigate('/login');
  };

  return (
    <Dialog open={open} maxWidth="xs" fullWidth aria-labelledby="sign-in-again">
      <DialogTitle id="sign-in-again" sx={{ pb: 0.5 }}>
        {t('session.again')}
      </DialogTitle>
      <DialogContent>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
          {me.person.name} · {me.person.username} · {t('session.againHelp')}
        </Typography>
        {asked ? (
          <CodeForm busy={busy} error={error} onSubmit={(code) => enter({ code })} />
        ) : (
          <SignInForm
            username={me.person.username}
            busy={busy}
            error={error}
            onSubmit={(username, password) => enter({ username, password })}
          />
        )}
        <Button size="small" onClick={leave} sx={{ mt: 1.5 }}>
          {t('session.other')}
        </Button>
      </DialogContent>
    </Dialog>
  );
}
