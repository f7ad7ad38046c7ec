import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { call } from '../api/http.ts';
import type { Task } from '../api/types.ts';
import { PeopleInput } from '../form/PeopleInput.tsx';
import type { Named } from '../form/people.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { useCopies, useSay } from './useTalk.ts';

/** 抄送: to whom decisions were sent and who has read them; of one task, also a way to send it. */
export default function Copies({ caseId, task }: { caseId: string; task?: Task }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { data } = useCopies(caseId);
  const sent = (data?.items ?? []).filter((copy) => !task || copy.taskId === task.id);
  const sends = task?.around.includes('copy') ?? false;
  if (sent.length === 0 && !sends) return null;
  return (
    <Panel title={t('talk.copies')} note={sent.length || undefined}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {sent.map((copy) => (
          <Stack key={copy.id} component="li" direction="row" spacing={1} sx={{ py: 0.5, alignItems: 'center' }}>
            <Typography variant="body2" sx={{ flex: 1, minWidth: 0 }}>
              {copy.person.name}
              {!task && format.paren(text(copy.blockName))}
            </Typography>
            <Tag tone={copy.readAt ? 'done' : 'plain'}>
              {copy.readAt ? t('talk.copyRead', { when: format.ago(copy.readAt) }) : t('talk.copyUnread')}
            </Tag>
          </Stack>
        ))}
      </Box>
      {task && sends && <Send task={task} />}
    </Panel>
  );
}

function Send({ task }: { task: Task }) {
  const t = useT();
  const [people, setPeople] = useState<Named[]>([]);
  const send = useSay(
    task.caseId,
    (to: string[]) => call(`/tasks/${task.id}/copies`, { method: 'POST', body: { to } }),
    t('talk.copySent'),
  );
  return (
    <Stack spacing={1} sx={{ mt: 1 }}>
      {send.isError && <ProblemAlert error={send.error} onClose={() => send.reset()} />}
      <PeopleInput id="copy-to" label={t('talk.copySend')} value={people} onChange={setPeople} />
      {people.length > 0 && (
        <>
          <Typography variant="caption" color="text.secondary">
            {t('talk.copyHelp')}
          </Typography>
          <Button
            size="small"
            variant="outlined"
            disabled={send.isPending}
            sx={{ alignSelf: 'flex-end' }}
            onClick={() =>
              send.mutate(
                people.map(({ id }) => id),
                { onSuccess: () => setPeople([]) },
              )
            }
          >
            {t('talk.send')}
          </Button>
        </>
      )}
    </Stack>
  );
}
