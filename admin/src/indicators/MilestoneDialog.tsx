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
import { cityDay } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useChange } from '../unit/useChange.ts';
import { Files } from './Files.tsx';
import type { IndicatorDetail, Milestone } from './types.ts';

interface Props {
  indicator: IndicatorDetail;
  milestone: Milestone;
  onClose: () => void;
}

/** Says that a milestone is reached, with the day and what proves it. */
export function MilestoneDialog({ indicator, milestone, onClose }: Props) {
  const t = useT();
  const notify = useNotify();
  const [doneOn, setDoneOn] = useState(() => cityDay(new Date()));
  const [note, setNote] = useState('');
  const [evidence, setEvidence] = useState<string[]>([]);
  const [asked, setAsked] = useState(false);
  const saying = useChange(() => {
    notify(t('unit.reachedSaid'), { type: 'success' });
    onClose();
  });
  const day = readDay(doneOn);
  const submit = () => {
    setAsked(true);
    if (day && evidence.length > 0)
      saying.mutate({
        path: `/milestones/${milestone.id}/done`,
        body: { doneOn: day, evidence, ...(note.trim() && { note: note.trim() }) },
      });
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="milestone-title">
      <DialogTitle id="milestone-title">{milestone.name}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <Typography variant="body2" color="text.secondary">
            {milestone.standard ? `${t('unit.standard', { text: milestone.standard })} ` : ''}
            {t('unit.reachHelp')}
          </Typography>
          {saying.error ? <ProblemAlert error={saying.error} /> : null}
          <DateInput id="done-on" label={t('unit.doneOn')} value={doneOn} error={asked && !day} onChange={setDoneOn} />
          {asked && !day && (
            <Typography variant="caption" color="error" role="alert">
              {t('unit.needDate')}
            </Typography>
          )}
          <TextField
            label={t('unit.note')}
            multiline
            minRows={2}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
          <Files
            indicatorId={indicator.id}
            files={indicator.files}
            mayUpload
            chosen={evidence}
            onChoose={setEvidence}
          />
          {asked && evidence.length === 0 && (
            <Typography variant="caption" color="error" role="alert">
              {t('unit.needEvidence')}
            </Typography>
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button variant="contained" disabled={saying.isPending} onClick={submit}>
          {t('unit.reach')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
