import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Props {
  busy: boolean;
  error: unknown;
  onSubmit: (code: string) => void;
}

/** The second step of signing in: a code of the app, or one from paper. */
export function CodeForm({ busy, error, onSubmit }: Props) {
  const t = useT();
  const [code, setCode] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit(code.trim());
  };
  return (
    <Stack component="form" spacing={2} onSubmit={submit} noValidate>
      {error !== null && error !== undefined && <ProblemAlert error={error} />}
      <Typography variant="body2" color="text.secondary">
        {t('session.codeHelp')}
      </Typography>
      <TextField
        size="medium"
        label={t('session.code')}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        autoFocus
      />
      <Button
        type="submit"
        variant="contained"
        size="large"
        disabled={busy || code.trim().length < 6}
        sx={{ minHeight: 46 }}
      >
        {t('session.confirm')}
      </Button>
    </Stack>
  );
}

/** The question for the code was too long ago: signing in begins again. */
export const isExpired = (error: unknown): boolean => problemOf(error).id === 'signin.expired';
