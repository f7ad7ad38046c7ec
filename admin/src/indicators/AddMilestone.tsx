import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { DateInput } from '../form/DateInput.tsx';
import { readDay } from '../form/plainDate.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useChange } from '../unit/useChange.ts';

/** A step beside those of the plan, with the day until which it is promised. */
export function AddMilestone({ indicatorId, onClose }: { indicatorId: string; onClose: () => void }) {
  const t = useT();
  const notify = useNotify();
  const [name, setName] = useState('');
  const [standard, setStandard] = useState('');
  const [dueOn, setDueOn] = useState('');
  const [asked, setAsked] = useState(false);
  const adding = useChange(() => {
    notify(t('unit.milestoneAdded'), { type: 'success' });
    onClose();
  });
  const day = readDay(dueOn);
  const submit = () => {
    setAsked(true);
    if (!day || !name.trim()) return;
    adding.mutate({
      path: `/assigned-indicators/${indicatorId}/milestones`,
      body: { name: name.trim(), dueOn: day, ...(standard.trim() && { standard: standard.trim() }) },
    });
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="add-milestone-title">
      <DialogTitle id="add-milestone-title">{t('unit.addMilestone')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2} sx={{ pt: 1 }}>
          {adding.error ? <ProblemAlert error={adding.error} /> : null}
          <TextField
            autoFocus
            required
            label={t('unit.milestoneName')}
            value={name}
            error={asked && !name.trim()}
            helperText={asked && !name.trim() ? t('unit.needName') : undefined}
            onChange={(event) => setName(event.target.value)}
            slotProps={{ htmlInput: { maxLength: 200 } }}
          />
          <TextField
            multiline
            label={t('unit.milestoneStandard')}
            value={standard}
            onChange={(event) => setStandard(event.target.value)}
            slotProps={{ htmlInput: { maxLength: 500 } }}
          />
          <DateInput
            id="milestone-due"
            label={t('unit.milestoneUntil')}
            value={dueOn}
            error={asked && !day}
            onChange={setDueOn}
          />
          {asked && !day && (
            <Typography variant="caption" color="error" role="alert">
              {t('unit.needDate')}
            </Typography>
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button variant="contained" disabled={adding.isPending} onClick={submit}>
          {t('common.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
