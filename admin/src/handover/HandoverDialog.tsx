import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useRef, useState } from 'react';
import { call } from '../api/http.ts';
import { makeKey } from '../api/key.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Ref, Text } from '../api/types.ts';
import { PersonInput } from '../form/PersonInput.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';

interface Handover {
  person: Ref;
  to: Ref;
  moved: number;
  left: number;
  tasks: { caseId: string; title: string; seat: number; blockName: Text; moved: boolean; why?: { title: Text } }[];
}

/** 离岗移交: everything of somebody who leaves goes to somebody else, after a look at what that is. */
export default function HandoverDialog({ of = '', onClose }: { of?: string; onClose: () => void }) {
  const t = useT();
  const notify = useNotify();
  const [person, setPerson] = useState(of);
  const [to, setTo] = useState('');
  const sent = useRef({ what: '', key: '' });
  const send = (body: { to: string; reason: string; dryRun: boolean }) => {
    // Broken off, the same request goes on where it stopped.
    const what = JSON.stringify([person, body]);
    if (sent.current.what !== what) sent.current = { what, key: makeKey() };
    return call<Handover>(`/people/${person}/handover`, {
      method: 'POST',
      body,
      ...(!body.dryRun && { key: sent.current.key }),
    });
  };
  const look = useMutation({ mutationFn: () => send({ to, reason: t('handover.preview'), dryRun: true }) });
  const move = useMutation({
    mutationFn: (reason: string) => send({ to, reason, dryRun: false }),
    onSuccess: ({ moved, left }) => {
      notify(t(left > 0 ? 'handover.partly' : 'handover.done', { moved, left }), {
        type: left > 0 ? 'warning' : 'success',
      });
      void queryClient.invalidateQueries();
      if (left === 0) onClose();
    },
  });
  const choose = (set: (id: string) => void) => (id: string) => {
    set(id);
    look.reset();
    move.reset();
  };
  const both = person !== '' && to !== '';
  const shown = move.data ?? look.data;
  return (
    <ReasonDialog
      title={t('handover.handOver')}
      help={t('handover.handOverHelp')}
      label={t('handover.reason')}
      chosen={both && look.data !== undefined && look.data.moved > 0 && !move.data}
      busy={move.isPending}
      error={move.error ?? look.error}
      onClose={onClose}
      onConfirm={(reason) => move.mutate(reason)}
    >
      <Stack spacing={2} sx={{ my: 1 }}>
        <PersonInput id="of" label={t('handover.of')} value={person} except={[to]} onChange={choose(setPerson)} />
        <PersonInput id="handover-to" label={t('handover.to')} value={to} except={[person]} onChange={choose(setTo)} />
        <Button
          variant="outlined"
          disabled={!both || look.isPending}
          onClick={() => look.mutate()}
          sx={{ alignSelf: 'flex-start' }}
        >
          {t('handover.look')}
        </Button>
        {shown && <Moves handover={shown} />}
      </Stack>
    </ReasonDialog>
  );
}

function Moves({ handover: { tasks, moved, left } }: { handover: Handover }) {
  const t = useT();
  const text = useText();
  if (tasks.length === 0) return <Alert severity="info">{t('handover.nothing')}</Alert>;
  return (
    <Box>
      <Typography variant="body2" role="status" sx={{ mb: 1 }}>
        {t('handover.found', { moved, left })}
      </Typography>
      <Box
        component="ul"
        tabIndex={0}
        aria-label={t('handover.tasks')}
        sx={{
          m: 0,
          p: 0,
          listStyle: 'none',
          maxHeight: 240,
          overflowY: 'auto',
          border: '1px solid',
          borderColor: 'divider',
          borderRadius: 1,
        }}
      >
        {tasks.map((task) => (
          <Box
            component="li"
            key={`${task.caseId}.${task.seat}`}
            sx={{ px: 1.5, py: 0.75, '& + &': { borderTop: '1px solid', borderColor: 'divider' } }}
          >
            <Typography variant="body2">
              {task.title} · {text(task.blockName)}
            </Typography>
            {!task.moved && task.why && (
              <Typography variant="caption" color="error" component="p" sx={{ m: 0 }}>
                {t('handover.stays')} {text(task.why.title)}
              </Typography>
            )}
          </Box>
        ))}
      </Box>
    </Box>
  );
}
