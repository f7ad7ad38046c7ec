import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { type FormEvent, useState } from 'react';
import { useT } from '../i18n/useT.ts';
import { PasswordField } from '../session/PasswordField.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Props {
  /** The present password is asked for, too. */
  withCurrent?: boolean;
  label: string;
  busy: boolean;
  error: unknown;
  onSubmit: (password: string, current: string) => void;
}

/** Choosing a password, typed twice. */
export function NewPassword({ withCurrent = false, label, busy, error, onSubmit }: Props) {
  const t = useT();
  const [current, setCurrent] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const differs = again !== '' && again !== fresh;
  const ready = fresh !== '' && again === fresh && (!withCurrent || current !== '') && !busy;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onSubmit(fresh, current);
  };
  return (
    <Stack component="form" spacing={2} onSubmit={submit} noValidate sx={{ maxWidth: 440 }}>
      {error ? <ProblemAlert error={error} /> : null}
      {withCurrent && (
        <PasswordField
          label={t('account.password.current')}
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
        />
      )}
      <PasswordField
        label={t('account.password.fresh')}
        value={fresh}
        onChange={setFresh}
        autoComplete="new-password"
        help={t('account.password.help')}
      />
      <PasswordField
        label={t('account.password.again')}
        value={again}
        onChange={setAgain}
        autoComplete="new-password"
        error={differs ? t('account.password.differs') : undefined}
      />
      <Button type="submit" variant="contained" disabled={!ready} sx={{ alignSelf: 'flex-start', minHeight: 44 }}>
        {label}
      </Button>
    </Stack>
  );
}
