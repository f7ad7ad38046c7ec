import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { call } from '../api/http.ts';
import type { Task } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useSay } from './useTalk.ts';

/** How often a task was urged. */
export function Urged({ task }: { task: Pick<Task, 'urged'> }) {
  const t = useT();
  const format = useFormat();
  if (!task.urged) return null;
  return (
    <Typography variant="caption" color="text.secondary" component="div">
      {t('talk.urged', { times: task.urged.times, when: format.ago(task.urged.lastAt) })}
    </Typography>
  );
}

/** 催办: asks the holders of a task to act, where this person may. */
export function UrgeButton({ task }: { task: Pick<Task, 'id' | 'caseId' | 'around'> }) {
  const t = useT();
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const urge = useSay(
    task.caseId,
    (body: object) => call(`/tasks/${task.id}/urge`, { method: 'POST', body }),
    t('talk.urgeDone'),
  );
  if (!task.around.includes('urge')) return null;
  const send = () =>
    urge.mutate(note.trim() ? { note: note.trim() } : {}, {
      onSuccess: () => {
        setAsking(false);
        setNote('');
      },
    });
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        onClick={() => {
          urge.reset();
          setAsking(true);
        }}
      >
        {t('talk.urge')}
      </Button>
      {asking && (
        <Dialog open onClose={() => setAsking(false)} fullWidth maxWidth="sm" aria-labelledby="urge-title">
          <DialogTitle id="urge-title">{t('talk.urge')}</DialogTitle>
          <DialogContent>
            <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
              {t('talk.urgeHelp')}
            </Typography>
            {urge.isError && <ProblemAlert error={urge.error} />}
            <TextField
              autoFocus
              fullWidth
              multiline
              label={t('talk.urgeNote')}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              slotProps={{ htmlInput: { maxLength: 500 } }}
              sx={{ mt: 1 }}
            />
          </DialogContent>
          <DialogActions>
            <Button onClick={() => setAsking(false)}>{t('common.cancel')}</Button>
            <Button variant="contained" disabled={urge.isPending} onClick={send}>
              {t('talk.urge')}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
