import Button from '@mui/material/Button';
import Chip from '@mui/material/Chip';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/http.ts';
import type { Phrase } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { refreshPhrases, usePhrases } from './useTalk.ts';

interface Props {
  /** Offered to everyone, after the person's own. */
  usual: string[];
  reason: string;
  onPick: (phrase: string) => void;
}

/** 常用意见: one's own phrases first, then the usual ones; what is written can be kept. */
export function Phrases({ usual, reason, onPick }: Props) {
  const t = useT();
  const { data } = usePhrases();
  const [editing, setEditing] = useState(false);
  const own = data?.items ?? [];
  const keep = useMutation({ mutationFn: addPhrase, onSuccess: refreshPhrases });
  const texts = own.map(({ text }) => text);
  const said = reason.trim();
  const keepable = data && said !== '' && said.length <= 200 && !texts.includes(said) && !usual.includes(said);
  return (
    <>
      <Stack
        direction="row"
        useFlexGap
        spacing={0.75}
        sx={{ flexWrap: 'wrap', alignItems: 'center' }}
        role="group"
        aria-label={t('task.act.phrases')}
      >
        {[...texts, ...usual.filter((text) => !texts.includes(text))].map((phrase) => (
          <Chip key={phrase} size="small" variant="outlined" label={phrase} onClick={() => onPick(phrase)} />
        ))}
        {keepable && (
          <Button size="small" disabled={keep.isPending} onClick={() => keep.mutate(said)}>
            {t('talk.keep')}
          </Button>
        )}
        <Button size="small" onClick={() => setEditing(true)}>
          {t('talk.edit')}
        </Button>
      </Stack>
      {keep.isError && <ProblemAlert error={keep.error} onClose={() => keep.reset()} />}
      {editing && <Edit phrases={own} onClose={() => setEditing(false)} />}
    </>
  );
}

const addPhrase = (text: string) => call<Phrase>('/me/phrases', { method: 'POST', body: { text } });

function Edit({ phrases, onClose }: { phrases: Phrase[]; onClose: () => void }) {
  const t = useT();
  const [text, setText] = useState('');
  const change = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onSuccess: refreshPhrases });
  const add = () => change.mutate(() => addPhrase(text.trim()), { onSuccess: () => setText('') });
  const drop = (id: string) => change.mutate(() => call(`/me/phrases/${id}`, { method: 'DELETE' }));
  const up = (at: number) => {
    const ids = phrases.map(({ id }) => id);
    ids.splice(at - 1, 0, ...ids.splice(at, 1));
    change.mutate(() => call('/me/phrases', { method: 'PUT', body: { ids } }));
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="phrases-title">
      <DialogTitle id="phrases-title">{t('talk.editTitle')}</DialogTitle>
      <DialogContent>
        {change.isError && <ProblemAlert error={change.error} onClose={() => change.reset()} />}
        {phrases.map(({ id, text: phrase }, at) => (
          <Stack key={id} direction="row" spacing={1} sx={{ py: 0.5, alignItems: 'center' }}>
            <Typography variant="body2" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
              {phrase}
            </Typography>
            <Button size="small" disabled={at === 0 || change.isPending} onClick={() => up(at)}>
              {t('talk.up')}
            </Button>
            <Button size="small" disabled={change.isPending} onClick={() => drop(id)}>
              {t('talk.drop')}
            </Button>
          </Stack>
        ))}
        <Stack direction="row" spacing={1} sx={{ mt: 1.5 }}>
          <TextField
            size="small"
            fullWidth
            label={t('talk.phrase')}
            value={text}
            onChange={(event) => setText(event.target.value)}
            slotProps={{ htmlInput: { maxLength: 200 } }}
          />
          <Button disabled={!text.trim() || change.isPending} onClick={add}>
            {t('talk.add')}
          </Button>
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('talk.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
