import VisibilityOff from '@mui/icons-material/VisibilityOffOutlined';
import Visibility from '@mui/icons-material/VisibilityOutlined';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { type FormEvent, useState } from 'react';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Props {
  username?: string;
  busy: boolean;
  error: unknown;
  onSubmit: (username: string, password: string) => void;
}

/** Name and password. With `username` given, only the password is asked. */
export function SignInForm({ username: fixed, busy, error, onSubmit }: Props) {
  const t = useT();
  const [username, setUsername] = useState(fixed ?? '');
  const [password, setPassword] = useState('');
  const [shown, setShown] = useState(false);
  const [missing, setMissing] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const empty = !username.trim() || !password;
    setMissing(empty);
    if (!empty) onSubmit(username.trim(), password);
  };

  return (
    <Stack component="form" spacing={2} onSubmit={submit} noValidate>
      {error !== null && error !== undefined && <ProblemAlert error={error} />}
      {!fixed && (
        <TextField
          size="medium"
          label={t('session.username')}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
          error={missing && !username.trim()}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
      )}
      <TextField
        size="medium"
        label={t('session.password')}
        type={shown ? 'text' : 'password'}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={missing && !password}
        helperText={missing ? t('session.required') : undefined}
        autoComplete="current-password"
        autoFocus={fixed !== undefined}
        slotProps={{
          input: {
            endAdornment: (
              <InputAdornment position="end">
                <IconButton
                  aria-label={t(shown ? 'session.hidePassword' : 'session.showPassword')}
                  onClick={() => setShown(!shown)}
                  edge="end"
                >
                  {shown ? <VisibilityOff fontSize="small" /> : <Visibility fontSize="small" />}
                </IconButton>
              </InputAdornment>
            ),
          },
        }}
      />
      <Button type="submit" variant="contained" size="large" disabled={busy} sx={{ minHeight: 46 }}>
        {t(busy ? 'session.signingIn' : 'session.signIn')}
      </Button>
    </Stack>
  );
}
