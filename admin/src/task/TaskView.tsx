import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { onBack } from '../api/back.ts';
import { problemOf } from '../api/problem.ts';
import type { Action, TaskDetail } from '../api/types.ts';
import { ReadFields } from '../form/ReadFields.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { useKeys } from '../layout/shortcuts.ts';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Ring } from '../ui/Ring.tsx';
import { TimeLeft } from '../ui/TimeLeft.tsx';
import { UrgentTag } from '../ui/UrgentTag.tsx';
import { ActBar, mainAction } from './ActBar.tsx';
import { ActDialog, type Said } from './ActDialog.tsx';
import { Clock } from './Clock.tsx';
import { Conflict, isConflict } from './Conflict.tsx';
import { DraftNote } from './DraftNote.tsx';
import { OVERTAKEN } from './overtaken.ts';
import { ReturnBanner } from './ReturnBanner.tsx';
import { TaskForm } from './TaskForm.tsx';
import { TaskHistory } from './TaskHistory.tsx';
import { useAct } from './useAct.ts';
import { useTaskForm } from './useTaskForm.ts';

const AroundTask = lazy(() => import('../talk/AroundTask.tsx'));

/** One task: why it is here, what was said before, what to fill in, what may be done, and until when. */
export function TaskView({ task, gone, onReload }: { task: TaskDetail; gone: boolean; onReload: () => void }) {
  const t = useT();
  const text = useText();
  const form = useTaskForm(task);
  const act = useAct(task, form.draft.stop);
  const [asking, setAsking] = useState<Action>();
  const [wasOpen] = useState(task.state === 'open' && task.actions.length > 0);
  const overtaken = wasOpen && !act.isSuccess && (gone || task.state !== 'open');
  const problem = act.isError ? problemOf(act.error) : undefined;
  const conflict = overtaken ? OVERTAKEN : problem && isConflict(problem) ? problem : undefined;
  const actions = overtaken ? [] : task.actions;
  const fills = actions.length > 0 && task.state === 'open';
  const asked = asking && (actions.find(({ action }) => action === asking.action) ?? asking);
  const main = mainAction(actions);

  const sent = useRef<[Action, Said]>(undefined);
  const send = (action: Action, said: Said = {}) => {
    sent.current = [action, said];
    const decides = action.action === 'submit' || action.action === 'approve';
    const values = decides ? form.take() : undefined;
    if (decides && !values) return setAsking(undefined);
    act.mutate(
      {
        action: action.action,
        ...(values && task.fields.length ? { values } : {}),
        ...said,
      },
      {
        onSuccess: () => setAsking(undefined),
        onError: (error) => {
          const refused = problemOf(error);
          if (refused.errors.length) form.refuse(refused);
          if (refused.errors.length || isConflict(refused)) setAsking(undefined);
        },
      },
    );
  };
  const pick = (action: Action) => {
    act.reset();
    if (action.action === 'submit') return send(action);
    if (action.action === 'approve' && !form.take()) return;
    setAsking(action);
  };
  const again = () => sent.current && send(...sent.current);
  const silent = problem?.id === 'offline';
  const resend = useEffectEvent(again);
  useEffect(() => {
    if (silent) return onBack(resend);
  }, [silent]);
  const press = (action: Action | undefined) => () => {
    if (action && !act.isPending) pick(action);
  };
  useKeys({ a: press(main), r: press(actions.find(({ action }) => action === 'return')) });

  return (
    <Box
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || asking || !main || act.isPending) return;
        event.preventDefault();
        pick(main);
      }}
    >
      <Page
        title={text(task.blockName)}
        back="/inbox"
        over={<Over task={task} />}
        under={<Under task={task} />}
        lead={<Ring at={task.phase} size={40} />}
        width={1320}
      >
        <Box sx={{ display: 'grid', gridTemplateColumns: { lg: 'minmax(0, 1fr) 320px' }, gap: 3, alignItems: 'start' }}>
          <Box sx={{ minWidth: 0 }}>
            {conflict && <Conflict problem={conflict} caseId={task.caseId} onReload={onReload} />}
            {problem && !conflict && !asking && (
              <Box sx={{ mb: 2 }}>
                <ProblemAlert error={act.error} {...(silent ? { onRetry: again } : { onClose: () => act.reset() })} />
                {silent && (
                  <Typography variant="caption" color="text.secondary">
                    {t('task.act.resend')}
                  </Typography>
                )}
              </Box>
            )}
            {!overtaken && <State task={task} />}
            {task.returnReason && task.state === 'open' && <ReturnBanner reason={task.returnReason} />}
            {task.help && (
              <Typography color="text.secondary" sx={{ mb: 2, maxWidth: '68ch' }}>
                {text(task.help)}
              </Typography>
            )}
            <Stack spacing={2} useFlexGap>
              {task.shows.length > 0 && (
                <Panel title={t('task.context')}>
                  <ReadFields items={task.shows} evidence={task.evidence} />
                </Panel>
              )}
              {fills ? (
                <TaskForm task={task} form={form} />
              ) : (
                task.fields.length > 0 && (
                  <Panel>
                    <ReadFields
                      items={task.fields.map((field) => ({ field, value: task.values[field.key] ?? null }))}
                      evidence={task.evidence}
                    />
                  </Panel>
                )
              )}
            </Stack>
            {actions.length > 0 && (
              <ActBar
                actions={actions}
                busy={act.isPending}
                wrong={form.wrong}
                note={
                  fills && (
                    <DraftNote
                      state={form.draft.state}
                      restored={form.restored && task.fields.length > 0}
                      onDiscard={form.discard}
                    />
                  )
                }
                onPick={pick}
              />
            )}
          </Box>
          <Stack spacing={2} component="aside" sx={{ minWidth: 0, position: { lg: 'sticky' }, top: 24 }}>
            <Clock task={task} />
            <TaskHistory caseId={task.caseId} />
            <Suspense>
              <AroundTask task={task} />
            </Suspense>
          </Stack>
        </Box>
      </Page>
      {asked && !overtaken && (
        <ActDialog
          key={asked.action}
          action={asked}
          busy={act.isPending}
          error={conflict ? undefined : act.error}
          onClose={() => setAsking(undefined)}
          onAct={(said) => send(asked, said)}
        />
      )}
    </Box>
  );
}

function Over({ task }: { task: TaskDetail }) {
  return (
    <>
      {[task.org?.name, task.cycle?.name].filter(Boolean).join(' · ')} <UrgentTag priority={task.priority} />
    </>
  );
}

function Under({ task }: { task: TaskDetail }) {
  const t = useT();
  const format = useFormat();
  return (
    <>
      {task.state === 'open' && task.dueAt && (
        <Box component="span" sx={{ display: { lg: 'none' }, mr: 1 }}>
          <TimeLeft days={task.workingDaysLeft} />
        </Box>
      )}
      {t('inbox.opened', { when: format.ago(task.openedAt) })}
      {task.rounds > 1 && ` · ${t('task.round', { round: task.rounds })}`}
      {task.onBehalfOf && ` · ${t('inbox.onBehalfOf', { name: task.onBehalfOf.name })}`}
      {task.candidates.length > 1 &&
        ` · ${t('task.with')} ${format.list(task.candidates.slice(0, 4).map(({ name }) => name))}`}
      {' · '}
      <MuiLink component={Link} underline="always" to={`/cases/${task.caseId}`}>
        {t('task.openCase')}
      </MuiLink>
    </>
  );
}

function State({ task }: { task: TaskDetail }) {
  const t = useT();
  const text =
    task.case.status === 'suspended'
      ? t('task.closed.suspended')
      : task.state !== 'open'
        ? t('task.closed.title')
        : task.actions.length === 0
          ? t('task.closed.notYours')
          : undefined;
  return text ? (
    <Alert severity="info" variant="outlined" sx={{ mb: 2 }}>
      {text}
    </Alert>
  ) : null;
}
