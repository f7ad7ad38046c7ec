import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router-dom';
import { call } from '../api/http.ts';
import { problemOf } from '../api/problem.ts';
import { queryClient } from '../api/queryClient.ts';
import { useT, useText } from '../i18n/useT.ts';
import { PasswordField } from '../session/PasswordField.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { OutsideFrame } from './OutsideFrame.tsx';

const DUTIES = ['system', 'security', 'audit'] as const;
type Duty = (typeof DUTIES)[number];

interface Administrator {
  username: string;
  name: string;
  password: string;
}

const NOBODY: Administrator = { username: '', name: '', password: '' };

/** The first steps on an empty instance: the three administrators. */
export default function SetupPage() {
  const t = useT();
  const text = useText();
  const [code, setCode] = useState('');
  const [city, setCity] = useState('');
  const [people, setPeople] = useState<Record<Duty, Administrator>>({
    system: NOBODY,
    security: NOBODY,
    audit: NOBODY,
  });
  const make = useMutation({
    mutationFn: () =>
      call('/setup', { method: 'POST', body: { code, ...(city.trim() && { city: city.trim() }), ...people } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['sign-in'] }),
  });
  const errors = make.error ? problemOf(make.error).errors : [];
  const errorAt = (path: string) => {
    const found = errors.filter((one) => one.path === path).map(({ message }) => text(message));
    return found.length > 0 ? found.join(' · ') : undefined;
  };
  const change = (duty: Duty, part: Partial<Administrator>) =>
    setPeople({ ...people, [duty]: { ...people[duty], ...part } });
  const ready = code.trim() !== '' && DUTIES.every((duty) => Object.values(people[duty]).every(Boolean));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) make.mutate();
  };
  if (make.isSuccess)
    return (
      <OutsideFrame title={t('account.setup.title')}>
        <Alert severity="success">{t('account.setup.done')}</Alert>
        <Button component={Link} to="/login" variant="contained" sx={{ mt: 2 }}>
          {t('account.link.toSignIn')}
        </Button>
      </OutsideFrame>
    );
  return (
    <OutsideFrame title={t('account.setup.title')} width={640}>
      <Stack component="form" spacing={2.5} onSubmit={submit} noValidate>
        <Typography variant="body2" color="text.secondary">
          {t('account.setup.help')}
        </Typography>
        {make.error ? <ProblemAlert error={make.error} /> : null}
        <TextField
          label={t('account.setup.code')}
          helperText={t('account.setup.codeHelp')}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          autoComplete="off"
          autoFocus
        />
        <TextField label={t('account.setup.city')} value={city} onChange={(event) => setCity(event.target.value)} />
        {DUTIES.map((duty) => (
          <Stack key={duty} component="fieldset" spacing={1.5} sx={{ border: 0, p: 0, m: 0, minWidth: 0 }}>
            <Typography component="legend" variant="h3" sx={{ mb: 1.5, p: 0 }}>
              {t(`account.setup.${duty}`)}{' '}
              <Typography component="span" variant="caption" color="text.secondary">
                {t(`account.setup.${duty}Help`)}
              </Typography>
            </Typography>
            <Stack direction={{ xs: 'column', sm: 'row' }} spacing={1.5}>
              <TextField
                fullWidth
                label={t('people.name')}
                value={people[duty].name}
                onChange={(event) => change(duty, { name: event.target.value })}
                error={errorAt(`${duty}.name`) !== undefined}
                helperText={errorAt(`${duty}.name`)}
                autoComplete="off"
              />
              <TextField
                fullWidth
                label={t('people.username')}
                value={people[duty].username}
                onChange={(event) => change(duty, { username: event.target.value })}
                error={errorAt(`${duty}.username`) !== undefined}
                helperText={errorAt(`${duty}.username`)}
                autoComplete="off"
              />
            </Stack>
            <PasswordField
              label={t('session.password')}
              value={people[duty].password}
              onChange={(password) => change(duty, { password })}
              autoComplete="new-password"
              error={errorAt(`${duty}.password`)}
            />
          </Stack>
        ))}
        <Button
          type="submit"
          variant="contained"
          disabled={!ready || make.isPending}
          sx={{ alignSelf: 'flex-start', minHeight: 44 }}
        >
          {t('account.setup.make')}
        </Button>
      </Stack>
    </OutsideFrame>
  );
}
