import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { Task } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { isPhase } from '../ui/Ring.tsx';
import { Tag } from '../ui/Tag.tsx';
import { TimeLeft } from '../ui/TimeLeft.tsx';
import { UrgentTag } from '../ui/UrgentTag.tsx';
import type { Filter } from './useFilter.ts';

interface Props {
  task: Task;
  box: Filter['box'];
  /** Given where the task may be approved together with others. */
  onTick?: (id: string, on: boolean) => void;
  chosen?: boolean;
}

/** One task in a line: what to do, for whom, and how long there is. */
export function TaskRow({ task, box, chosen = false, onTick }: Props) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const phase = isPhase(task.phase) ? t(`common.phase.${task.phase}`) : task.phase;
  return (
    <Box
      component="li"
      sx={{
        contentVisibility: 'auto',
        containIntrinsicSize: 'auto 65px',
        '& + &': { borderTop: '1px solid', borderColor: 'divider' },
        display: 'flex',
        alignItems: 'center',
      }}
    >
      {onTick && (
        <Checkbox
          checked={chosen}
          onChange={(_, on) => onTick(task.id, on)}
          slotProps={{
            input: {
              'aria-label': t('inbox.batch.choose', {
                what: `${task.org?.name ?? task.title} ${text(task.blockName)}`,
              }),
            },
          }}
          sx={{ ml: 0.5, mr: -1, width: 44, height: 44 }}
        />
      )}
      <Box
        component={Link}
        to={box === 'todo' ? `/tasks/${task.id}` : `/cases/${task.caseId}`}
        data-row
        sx={{ ...row, flex: 1, minWidth: 0 }}
      >
        <Box sx={{ gridArea: 'what', minWidth: 0 }}>
          <Typography component="div" sx={{ fontWeight: 600, lineHeight: 1.5 }}>
            {text(task.blockName)} <UrgentTag priority={task.priority} />
            {task.onBehalfOf && <Tag>{t('inbox.onBehalfOf', { name: task.onBehalfOf.name })}</Tag>}
          </Typography>
          <Typography
            variant="caption"
            color="text.secondary"
            component="div"
            noWrap
            sx={{ display: { xs: 'none', sm: 'block' } }}
          >
            {[
              task.cycle?.name,
              phase,
              task.urged && t('talk.urged', { times: task.urged.times, when: format.ago(task.urged.lastAt) }),
              task.followUp && t('talk.followUpSet', { day: format.plainDay(task.followUp.day) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Typography>
        </Box>
        <Typography variant="body2" sx={{ gridArea: 'who', minWidth: 0 }} noWrap>
          {task.org?.name ?? task.title}
        </Typography>
        <Typography
          variant="caption"
          color="text.secondary"
          sx={{ gridArea: 'when', textAlign: { sm: 'end' } }}
          noWrap
          title={title(task, format)}
        >
          {when(task, t, format)}
        </Typography>
        <Box sx={{ gridArea: 'left', justifySelf: 'end' }}>
          {task.state === 'open' ? <TimeLeft days={task.workingDaysLeft} /> : <Outcome task={task} />}
        </Box>
      </Box>
    </Box>
  );
}

function when(task: Task, t: ReturnType<typeof useT>, format: ReturnType<typeof useFormat>): string {
  if (task.closedAt) return t('inbox.closed', { when: format.ago(task.closedAt) });
  if (!task.dueAt) return t('inbox.opened', { when: format.ago(task.openedAt) });
  const due = t('inbox.due', { day: format.dayWeekday(task.dueAt) });
  return task.provisional ? due + format.paren(t('common.left.provisional')) : due;
}

function title(task: Task, format: ReturnType<typeof useFormat>): string {
  return format.full(task.closedAt ?? task.dueAt ?? task.openedAt);
}

function Outcome({ task }: { task: Task }) {
  const t = useT();
  if (task.state === 'superseded' || task.state === 'cancelled') return <Tag>{t(`inbox.state.${task.state}`)}</Tag>;
  switch (task.outcome) {
    case 'submit':
    case 'approve':
      return <Tag tone="done">{t(`inbox.outcome.${task.outcome}`)}</Tag>;
    case 'return':
    case 'reject':
      return <Tag tone="soon">{t(`inbox.outcome.${task.outcome}`)}</Tag>;
    case 'transfer':
      return <Tag>{t('inbox.outcome.transfer')}</Tag>;
    default:
      return <Tag>{t('inbox.outcome.other')}</Tag>;
  }
}

const row = {
  display: 'grid',
  gridTemplateColumns: { xs: 'minmax(0, 1fr) auto', sm: 'minmax(0, 5fr) minmax(0, 4fr) minmax(120px, 3fr) 96px' },
  gridTemplateAreas: { xs: '"what left" "who when"', sm: '"what who when left"' },
  columnGap: 2,
  rowGap: 0.25,
  alignItems: 'center',
  px: 2,
  py: 1.25,
  color: 'text.primary',
  textDecoration: 'none',
  '&:hover': { backgroundColor: 'action.hover' },
  '&:focus-visible': { outlineOffset: -2 },
} as const;
