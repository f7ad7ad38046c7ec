import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Ref } from '../api/types.ts';
import { DateInput } from '../form/DateInput.tsx';
import { addDays, isDay } from '../form/plainDate.ts';
import { cityDay } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { MONO } from '../theme/theme.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { UnitField } from '../ui/UnitField.tsx';
import type { Scope, Token } from './types.ts';

const SCOPES: Scope[] = ['values', 'complaints'];

const listed = (text: string): string[] =>
  text
    .split(/[\s,，、;；]+/)
    .map((one) => one.trim())
    .filter(Boolean);

/** Makes a token. Its text is shown here and never again. */
export function NewToken({ mostDays, onClose }: { mostDays: number; onClose: () => void }) {
  const t = useT();
  const notify = useNotify();
  const today = cityDay(new Date());
  const last = addDays(today, mostDays - 1);
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>('values');
  const [orgs, setOrgs] = useState<Ref[]>([]);
  const [codes, setCodes] = useState('');
  const [channels, setChannels] = useState('');
  const [until, setUntil] = useState(last);
  const make = useMutation({
    mutationFn: () =>
      call<Token & { token: string }>('/push-tokens', {
        method: 'POST',
        body: {
          name: name.trim(),
          scope,
          expiresAt: new Date(`${until}T23:59:59+08:00`).toISOString(),
          ...(scope === 'values'
            ? { codes: listed(codes), orgIds: orgs.map(({ id }) => id) }
            : { channels: listed(channels) }),
        },
      }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['tokens'] }),
  });
  const text = make.data?.token;
  const ready = name.trim() !== '' && isDay(until) && until >= today && until <= last && !make.isPending;
  const copy = () =>
    navigator.clipboard
      .writeText(text ?? '')
      .then(() => notify(t('tokens.copied'), { type: 'success' }))
      .catch(() => notify(t('tokens.copyFailed'), { type: 'warning' }));
  return (
    <Dialog open onClose={text ? undefined : onClose} fullWidth maxWidth="sm" aria-labelledby="token-title">
      <DialogTitle id="token-title">{t('tokens.add')}</DialogTitle>
      <DialogContent>
        {text ? (
          <Stack spacing={2} sx={{ pt: 1 }}>
            <Alert severity="warning" variant="outlined">
              {t('tokens.once')}
            </Alert>
            <TextField
              fullWidth
              label={t('tokens.token')}
              value={text}
              slotProps={{ htmlInput: { readOnly: true, style: { fontFamily: MONO, fontSize: '0.8125rem' } } }}
            />
          </Stack>
        ) : (
          <Stack spacing={2} sx={{ pt: 1 }}>
            {make.error ? <ProblemAlert error={make.error} /> : null}
            <TextField
              required
              autoFocus
              label={t('tokens.name')}
              helperText={t('tokens.nameHelp')}
              value={name}
              onChange={(event) => setName(event.target.value)}
              slotProps={{ htmlInput: { maxLength: 100 } }}
            />
            <TextField
              select
              label={t('tokens.scope')}
              value={scope}
              onChange={(event) => setScope(event.target.value as Scope)}
              slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
            >
              {SCOPES.map((one) => (
                <option key={one} value={one}>
                  {t(`tokens.scopes.${one}`)}
                </option>
              ))}
            </TextField>
            {scope === 'values' ? (
              <>
                <UnitField
                  label={t('tokens.units')}
                  value={null}
                  onChange={(unit) =>
                    unit && setOrgs((was) => (was.some(({ id }) => id === unit.id) ? was : [...was, unit]))
                  }
                />
                {orgs.length > 0 && (
                  <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap' }}>
                    {orgs.map((org) => (
                      <Chip
                        key={org.id}
                        label={org.name}
                        onDelete={() => setOrgs((was) => was.filter(({ id }) => id !== org.id))}
                      />
                    ))}
                  </Stack>
                )}
                <TextField
                  label={t('tokens.codes')}
                  helperText={t('tokens.codesHelp')}
                  value={codes}
                  onChange={(event) => setCodes(event.target.value)}
                />
              </>
            ) : (
              <TextField
                label={t('tokens.channels')}
                helperText={t('tokens.channelsHelp')}
                value={channels}
                onChange={(event) => setChannels(event.target.value)}
              />
            )}
            <DateInput
              id="until"
              label={t('tokens.untilDay', { days: mostDays })}
              value={until}
              onChange={setUntil}
              required
            />
          </Stack>
        )}
      </DialogContent>
      <DialogActions>
        {text ? (
          <>
            <Button onClick={() => void copy()}>{t('common.copy')}</Button>
            <Button variant="contained" onClick={onClose}>
              {t('tokens.taken')}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button variant="contained" disabled={!ready} onClick={() => make.mutate()}>
              {t('tokens.make')}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}
