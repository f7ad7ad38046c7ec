import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useRef, useState } from 'react';
import { call } from '../api/http.ts';
import { makeKey } from '../api/key.ts';
import { queryClient } from '../api/queryClient.ts';
import type { BatchResult } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Props {
  ids: string[];
  onClose: () => void;
  onDone: () => void;
}

/** Before several tasks are approved: what each would do, and which cannot be and why. After: what came of it. */
export function BatchDialog({ ids, onClose, onDone }: Props) {
  const t = useT();
  const notify = useNotify();
  const [reason, setReason] = useState('');
  const sent = useRef({ what: '', key: '' });
  const preview = useQuery({
    queryKey: ['tasks', 'batch', ids],
    queryFn: ({ signal }) =>
      call<BatchResult>('/tasks/batch', { method: 'POST', body: { ids, action: 'approve', dryRun: true }, signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const possible = preview.data?.results.filter(({ ok }) => ok).map(({ id }) => id) ?? [];
  const act = useMutation({
    mutationFn: () => {
      const body = { ids: possible, action: 'approve', ...(reason.trim() && { reason: reason.trim() }) };
      // Sent again after a lost answer it carries the same key, so each counts once.
      const what = JSON.stringify(body);
      if (sent.current.what !== what) sent.current = { what, key: makeKey() };
      return call<BatchResult>('/tasks/batch', { method: 'POST', body, key: sent.current.key });
    },
    onSuccess: ({ done, refused }) => {
      void queryClient.invalidateQueries({ queryKey: ['tasks', 'list'] });
      void queryClient.invalidateQueries({ queryKey: ['tasks', 'counts'] });
      void queryClient.invalidateQueries({ queryKey: ['cases'] });
      if (refused > 0) return;
      notify(t('inbox.batch.done', { count: done }), { type: 'success' });
      onDone();
    },
  });
  const ready = possible.length > 0 && !act.isPending && !act.data;
  const error = act.error ?? preview.error;
  return (
    <Dialog
      open
      onClose={act.data ? onDone : onClose}
      fullWidth
      maxWidth="sm"
      aria-labelledby="batch-title"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && ready) act.mutate();
      }}
    >
      <DialogTitle id="batch-title" sx={{ pb: 0.5 }}>
        {t('inbox.batch.title')}
      </DialogTitle>
      <DialogContent>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
          {act.data
            ? t('inbox.batch.partly', { done: act.data.done, refused: act.data.refused })
            : t('inbox.batch.help')}
        </Typography>
        {error && <ProblemAlert error={error} />}
        {preview.isPending && <Skeleton variant="rounded" height={96} />}
        <Rows results={(act.data ?? preview.data)?.results ?? []} />
        {!act.data && (
          <TextField
            multiline
            minRows={2}
            fullWidth
            label={t('task.act.reasonOptional')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            slotProps={{ htmlInput: { maxLength: 2000 } }}
            sx={{ mt: 2 }}
          />
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={act.data ? onDone : onClose} disabled={act.isPending}>
          {t(act.data ? 'common.close' : 'common.cancel')}
        </Button>
        {!act.data && (
          <Button variant="contained" disabled={!ready} onClick={() => act.mutate()}>
            {act.isPending ? t('task.act.working') : t('inbox.batch.confirm', { count: possible.length })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Rows({ results }: { results: BatchResult['results'] }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: '40vh', overflowY: 'auto' }}>
      {results.map(({ id, ok, task, leadsTo, problem }) => (
        <Box component="li" key={id} sx={{ py: 1, '& + &': { borderTop: '1px solid', borderColor: 'divider' } }}>
          <Typography variant="body2" sx={{ fontWeight: 600 }}>
            {[task?.org?.name ?? task?.title, task && text(task.blockName)].filter(Boolean).join(' · ')}
          </Typography>
          <Typography variant="caption" color={ok ? 'text.secondary' : 'error'} component="p">
            {problem
              ? text(problem.titles)
              : leadsTo &&
                t(`inbox.batch.${leadsTo.state}`, {
                  blocks: format.list(leadsTo.blocks.map(({ name }) => text(name))),
                })}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
