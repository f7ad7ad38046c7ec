import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { useChange } from '../cycles/useChange.ts';
import { cityDay } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { DayField } from '../ui/DayField.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { type Unit, UnitField } from '../ui/UnitField.tsx';

/** Puts an inspection on record; what it found is added to it afterwards. */
export function InspectionDialog({ cycleId, onClose }: { cycleId: string; onClose: () => void }) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const [unit, setUnit] = useState<Unit | null>(null);
  const [title, setTitle] = useState('');
  const [day, setDay] = useState(() => cityDay(new Date()));
  const [inspectors, setInspectors] = useState('');
  const record = useChange(cycleId, () => {
    notify(t('found.recorded'), { type: 'success' });
    onClose();
  });
  const errors = record.error ? problemOf(record.error).errors : [];
  const wrongAt = (path: string) => {
    const found = errors.find((one) => one.path === path);
    return found && text(found.message);
  };
  const ready = unit !== null && title.trim() !== '' && day !== '' && inspectors.trim() !== '';
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="inspection-title">
      <DialogTitle id="inspection-title">{t('found.addInspection')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          {record.error && !errors.some(({ path }) => path === 'day') ? <ProblemAlert error={record.error} /> : null}
          <UnitField label={t('office.unit')} value={unit} cycleId={cycleId} required onChange={setUnit} />
          <TextField
            required
            label={t('found.title')}
            value={title}
            error={wrongAt('title') !== undefined}
            helperText={wrongAt('title')}
            onChange={(event) => setTitle(event.target.value)}
            slotProps={{ htmlInput: { maxLength: 200 } }}
          />
          <DayField label={t('found.day')} value={day} required error={wrongAt('day')} onChange={setDay} />
          <TextField
            required
            label={t('found.inspectors')}
            value={inspectors}
            onChange={(event) => setInspectors(event.target.value)}
            slotProps={{ htmlInput: { maxLength: 500 } }}
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          variant="contained"
          disabled={!ready || record.isPending}
          onClick={() =>
            record.mutate({
              path: '/inspections',
              body: { cycleId, orgId: unit?.id, title: title.trim(), day, inspectors: inspectors.trim() },
            })
          }
        >
          {t('common.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
