import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import type { CalendarDay } from '../api/types.ts';
import { DateInput } from '../form/DateInput.tsx';
import { isDay } from '../form/plainDate.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { type Kind, kindOf } from './draft.ts';

interface Props {
  day: string;
  special: CalendarDay | undefined;
  onClose: () => void;
  onSet: (until: string, kind: Kind, name: string) => void;
}

/** Says what a day is, or all days up to another one. */
export function DayDialog({ day, special, onClose, onSet }: Props) {
  const t = useT();
  const format = useFormat();
  const [until, setUntil] = useState(day);
  const [kind, setKind] = useState<Kind>(special ? kindOf(special) : 'off');
  const [name, setName] = useState(special?.name ?? '');
  const bad = !isDay(until) || until < day || until.slice(0, 4) !== day.slice(0, 4);
  const ready = !bad && (kind === 'week' || name.trim() !== '');
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="day-title">
      <DialogTitle id="day-title">{t('calendar.day.title', { day: format.plainDay(day) })}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          <DateInput id="day-until" label={t('calendar.day.until')} value={until} error={bad} onChange={setUntil} />
          <TextField
            select
            label={t('calendar.day.kind')}
            value={kind}
            onChange={(event) => setKind(event.target.value as Kind)}
          >
            {(['off', 'work', 'week'] as const).map((one) => (
              <MenuItem key={one} value={one}>
                {t(`calendar.day.${one}`)}
              </MenuItem>
            ))}
          </TextField>
          {kind !== 'week' && (
            <TextField
              autoFocus
              required
              label={t('calendar.day.name')}
              helperText={bad ? t('calendar.day.badUntil') : t('calendar.day.nameHelp')}
              value={name}
              onChange={(event) => setName(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && ready && onSet(until, kind, name.trim())}
              slotProps={{ htmlInput: { maxLength: 40 } }}
            />
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button variant="contained" disabled={!ready} onClick={() => onSet(until, kind, name.trim())}>
          {t('calendar.day.apply')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
