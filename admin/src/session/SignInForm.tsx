import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { type FormEvent, useState } from 'react';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { PasswordField } from './PasswordField.tsx';

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
      <PasswordField
        size="medium"
        label={t('session.password')}
        value={password}
        onChange={setPassword}
        help={missing ? t('session.required') : undefined}
        error={missing && !password ? t('session.required') : undefined}
        autoComplete="current-password"
        autoFocus={fixed !== undefined}
      />
      <Button type="submit" variant="contained" size="large" disabled={busy} sx={{ minHeight: 46 }}>
        {t(busy ? 'session.signingIn' : 'session.signIn')}
      </Button>
    </Stack>
  );
}
