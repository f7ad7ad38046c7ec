import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useRef, useState } from 'react';
import { call } from '../api/http.ts';
import { makeKey } from '../api/key.ts';
import type { TalkComment } from '../api/types.ts';
import { PeopleInput } from '../form/PeopleInput.tsx';
import type { Named } from '../form/people.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useComments, useSay } from './useTalk.ts';

/** What was said about a case, and a place to say more. */
export default function Comments({ caseId }: { caseId: string }) {
  const t = useT();
  const list = useComments(caseId);
  return (
    <Panel title={t('talk.comments')} note={list.data?.total || undefined}>
      <Write caseId={caseId} />
      {list.isError && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && (
        <Typography variant="body2" color="text.secondary" sx={{ mt: 2 }}>
          {t('talk.none')}
        </Typography>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {list.data?.items.map((comment) => (
          <One key={comment.id} caseId={caseId} comment={comment} />
        ))}
      </Box>
    </Panel>
  );
}

function Write({ caseId }: { caseId: string }) {
  const t = useT();
  const [text, setText] = useState('');
  const [people, setPeople] = useState<Named[]>([]);
  // The same words sent again after a lost answer are said once.
  const key = useRef(makeKey());
  const say = useSay(caseId, (body: object) =>
    call(`/cases/${caseId}/comments`, { method: 'POST', body, key: key.current }),
  );
  const edit = (change: () => void) => {
    key.current = makeKey();
    change();
  };
  const send = () =>
    say.mutate(
      { text: text.trim(), ...(people.length > 0 && { mentions: people.map(({ id }) => id) }) },
      {
        onSuccess: () =>
          edit(() => {
            setText('');
            setPeople([]);
          }),
      },
    );
  return (
    <Stack className="no-print" spacing={1.5}>
      {say.isError && <ProblemAlert error={say.error} onClose={() => say.reset()} />}
      <TextField
        multiline
        minRows={2}
        maxRows={8}
        fullWidth
        label={t('talk.comment')}
        value={text}
        onChange={(event) => edit(() => setText(event.target.value))}
        slotProps={{ htmlInput: { maxLength: 2000 } }}
      />
      {text.trim() !== '' && (
        <>
          <PeopleInput
            id="comment-mentions"
            label={t('talk.mention')}
            value={people}
            onChange={(next) => edit(() => setPeople(next))}
          />
          <Button variant="outlined" disabled={say.isPending} onClick={send} sx={{ alignSelf: 'flex-end' }}>
            {t(say.isPending ? 'talk.sending' : 'talk.send')}
          </Button>
        </>
      )}
    </Stack>
  );
}

function One({ caseId, comment }: { caseId: string; comment: TalkComment }) {
  const t = useT();
  const format = useFormat();
  const withdraw = useSay(caseId, () => call(`/comments/${comment.id}/withdraw`, { method: 'POST' }));
  return (
    <Box component="li" sx={{ mt: 2, overflowWrap: 'anywhere' }}>
      <Stack direction="row" spacing={1} useFlexGap sx={{ alignItems: 'baseline', flexWrap: 'wrap' }}>
        {!comment.withdrawnAt && (
          <Typography variant="body2" sx={{ fontWeight: 600 }}>
            {comment.author.name}
          </Typography>
        )}
        <Typography variant="caption" color="text.secondary" title={format.full(comment.at)}>
          {format.ago(comment.at)}
        </Typography>
        {comment.can.includes('withdraw') && (
          <Button size="small" disabled={withdraw.isPending} onClick={() => withdraw.mutate(undefined)}>
            {t('talk.withdraw')}
          </Button>
        )}
      </Stack>
      {withdraw.isError && <ProblemAlert error={withdraw.error} onClose={() => withdraw.reset()} />}
      <Typography
        variant="body2"
        sx={{ whiteSpace: 'pre-line', color: comment.withdrawnAt ? 'text.secondary' : 'text.primary' }}
      >
        {comment.text ?? t('talk.withdrawn', { name: comment.author.name })}
      </Typography>
      {comment.mentions.length > 0 && (
        <Typography variant="caption" color="text.secondary">
          {t('talk.mentions', { names: format.list(comment.mentions.map(({ name }) => name)) })}
        </Typography>
      )}
    </Box>
  );
}
