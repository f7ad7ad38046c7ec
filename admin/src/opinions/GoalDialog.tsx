import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import type { Ref } from '../api/types.ts';
import { useChange } from '../cycles/useChange.ts';
import { useT, useText } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { UnitField } from '../ui/UnitField.tsx';
import type { Opinion } from './types.ts';

interface Props {
  cycleId: string;
  opinions: Opinion[];
  onDone: () => void;
  onClose: () => void;
}

/** Merges opinions into one improvement goal, for the units that they are about and for others. */
export function GoalDialog({ cycleId, opinions, onDone, onClose }: Props) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const [given, setGiven] = useState({ title: '', what: '', indicator: '' });
  const [units, setUnits] = useState<Ref[]>(() => unitsOf(opinions));
  const merge = useChange(cycleId, () => {
    notify(t('opinions.drafted'), { type: 'success' });
    onDone();
    onClose();
  });
  const wrong = merge.error ? problemOf(merge.error).errors.find(({ path }) => path === 'indicator') : undefined;
  const ready = given.title.trim() !== '' && given.what.trim() !== '' && units.length > 0 && !merge.isPending;
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="goal-title">
      <DialogTitle id="goal-title">{t('opinions.merge')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          {merge.error && !wrong ? <ProblemAlert error={merge.error} /> : null}
          <TextField
            required
            label={t('opinions.title')}
            value={given.title}
            onChange={(event) => setGiven({ ...given, title: event.target.value })}
            slotProps={{ htmlInput: { maxLength: 300 } }}
          />
          <TextField
            required
            multiline
            minRows={3}
            label={t('opinions.what')}
            value={given.what}
            onChange={(event) => setGiven({ ...given, what: event.target.value })}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
          />
          <TextField
            label={t('found.indicatorCode')}
            value={given.indicator}
            error={wrong !== undefined}
            helperText={wrong ? text(wrong.message) : t('found.indicatorHelp')}
            onChange={(event) => setGiven({ ...given, indicator: event.target.value })}
          />
          <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap' }}>
            {units.map((unit) => (
              <Chip
                key={unit.id}
                label={unit.name}
                onDelete={() => setUnits(units.filter(({ id }) => id !== unit.id))}
              />
            ))}
          </Stack>
          <UnitField
            key={units.length}
            label={t('opinions.addUnit')}
            value={null}
            cycleId={cycleId}
            error={units.length === 0 ? t('opinions.unitMissing') : undefined}
            onChange={(unit) =>
              unit && !units.some(({ id }) => id === unit.id) && setUnits([...units, { id: unit.id, name: unit.name }])
            }
          />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button
          variant="contained"
          disabled={!ready}
          onClick={() =>
            merge.mutate({
              path: '/improvement-goals',
              body: {
                cycleId,
                title: given.title.trim(),
                what: given.what.trim(),
                ...(given.indicator.trim() && { indicator: given.indicator.trim() }),
                opinions: opinions.map(({ id }) => id),
                units: units.map(({ id }) => id),
              },
            })
          }
        >
          {t('opinions.merge')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** The units that opinions are about, each once. */
const unitsOf = (opinions: readonly Opinion[]): Ref[] => [
  ...new Map(opinions.flatMap(({ org }) => (org ? [[org.id, org] as const] : []))).values(),
];
