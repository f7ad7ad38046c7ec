import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { call } from '../api/http.ts';
import type { TaskDetail } from '../api/types.ts';
import { NextSteps } from '../case/NextSteps.tsx';
import { DateInput } from '../form/DateInput.tsx';
import { isDay } from '../form/plainDate.ts';
import { ReassignButton } from '../handover/ReassignButton.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { useCan } from '../session/session.ts';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import Comments from './Comments.tsx';
import Copies from './Copies.tsx';
import { UrgeButton, Urged } from './Urge.tsx';
import { useSay } from './useTalk.ts';

/** What may be said and done around a task: urge, follow up, send copies, comment. Opening a copy is its receipt. */
export default function AroundTask({ task }: { task: TaskDetail }) {
  const read = useSay(task.caseId, () => call(`/tasks/${task.id}/read`, { method: 'POST' }));
  const unread = task.copy !== undefined && !task.copy.readAt;
  const { mutate } = read;
  useEffect(() => {
    if (unread) mutate(undefined);
  }, [unread, mutate]);
  const reassigns = useCan()('cases.control') && task.state === 'open';
  const urges = task.urged || task.around.includes('urge');
  return (
    <>
      {(urges || reassigns) && (
        <Panel screenOnly>
          <Stack direction="row" spacing={1} sx={{ alignItems: 'center', justifyContent: 'flex-end' }}>
            <Box sx={{ flex: 1 }}>
              <Urged task={task} />
            </Box>
            <ReassignButton task={task} />
            <UrgeButton task={task} />
          </Stack>
        </Panel>
      )}
      <NextSteps item={{ id: task.caseId, status: task.case.status }} shown={4} />
      {task.around.includes('followUp') && <FollowUp task={task} />}
      <Copies caseId={task.caseId} task={task} />
      <Comments caseId={task.caseId} />
    </>
  );
}

function FollowUp({ task }: { task: TaskDetail }) {
  const t = useT();
  const format = useFormat();
  const path = `/tasks/${task.id}/follow-up`;
  const [day, setDay] = useState(task.followUp?.day ?? '');
  // A day off becomes the next working day.
  const kept = task.followUp?.day ?? '';
  useEffect(() => setDay(kept), [kept]);
  const set = useSay(task.caseId, (day: string) => call(path, { method: 'PUT', body: { day } }));
  const drop = useSay(task.caseId, () => call(path, { method: 'DELETE' }));
  return (
    <Panel screenOnly>
      {set.isError && <ProblemAlert error={set.error} onClose={() => set.reset()} />}
      <Stack direction="row" useFlexGap spacing={1} sx={{ alignItems: 'center', flexWrap: 'wrap' }}>
        <DateInput
          id="follow-up"
          label={t('talk.followUp')}
          value={day}
          onChange={(next) => {
            setDay(next);
            if (isDay(next) && next !== task.followUp?.day && !set.isPending) set.mutate(next);
          }}
        />
        {task.followUp && (
          <Button size="small" disabled={drop.isPending} onClick={() => drop.mutate(undefined)}>
            {t('talk.followUpDrop')}
          </Button>
        )}
      </Stack>
      <Typography id="follow-up-help" variant="caption" color="text.secondary" component="p" sx={{ m: 0, mt: 0.75 }}>
        {task.followUp ? t('talk.followUpSet', { day: format.plainDay(task.followUp.day) }) : t('talk.followUpHelp')}
      </Typography>
    </Panel>
  );
}
