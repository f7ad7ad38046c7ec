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
import { PeopleInput } from '../form/PeopleInput.tsx';
import type { Named } from '../form/people.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { type Unit, UnitField } from '../ui/UnitField.tsx';

/** A new observation point, with who observes there. */
export function PointDialog({ cycleId, onClose }: { cycleId: string; onClose: () => void }) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const [given, setGiven] = useState({ code: '', name: '', place: '' });
  const [unit, setUnit] = useState<Unit | null>(null);
  const [observers, setObservers] = useState<Named[]>([]);
  const add = useChange(cycleId, () => {
    notify(t('found.recorded'), { type: 'success' });
    onClose();
  });
  const problem = add.error ? problemOf(add.error) : undefined;
  const wrongAt = (path: string) => {
    if (path === 'code' && problem?.id === 'observationPoint.codeTaken') return text(problem.title);
    const found = problem?.errors.find((one) => one.path === path);
    return found && text(found.message);
  };
  const fields = ['code', 'name', 'place'] as const;
  const elsewhere = problem && !fields.some((key) => wrongAt(key));
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="point-title">
      <DialogTitle id="point-title">{t('found.addPoint')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          {elsewhere ? <ProblemAlert error={add.error} /> : null}
          {fields.map((key) => (
            <TextField
              key={key}
              required={key !== 'place'}
              label={t(key === 'code' ? 'found.pointCode' : key === 'name' ? 'found.point' : 'found.place')}
              value={given[key]}
              error={wrongAt(key) !== undefined}
              helperText={wrongAt(key)}
              onChange={(event) => setGiven({ ...given, [key]: event.target.value })}
            />
          ))}
          <UnitField label={t('office.unit')} value={unit} required onChange={setUnit} />
          <PeopleInput id="observers" label={t('found.observers')} value={observers} onChange={setObservers} />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          variant="contained"
          disabled={given.code.trim() === '' || given.name.trim() === '' || unit === null || add.isPending}
          onClick={() =>
            add.mutate({
              path: '/observation-points',
              body: {
                code: given.code.trim(),
                name: given.name.trim(),
                orgId: unit?.id,
                ...(given.place.trim() && { place: given.place.trim() }),
                observers: observers.map(({ id }) => id),
              },
            })
          }
        >
          {t('common.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
