import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTaskList } from '../api/queries.ts';
import type { Task, TaskCounts } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { useKeys } from '../layout/shortcuts.ts';
import { Empty } from '../ui/Empty.tsx';
import { GrowMore } from '../ui/GrowMore.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { focusSearch } from '../ui/SearchField.tsx';
import { SOON } from '../ui/TimeLeft.tsx';
import { BatchBar } from './BatchBar.tsx';
import { byUrgency, type GroupKey } from './groups.ts';
import { focusedRow, moveFocus } from './moveFocus.ts';
import { TaskRow } from './TaskRow.tsx';
import type { Filter } from './useFilter.ts';

interface Props {
  filter: Filter;
  filtered: boolean;
  change: (part: Partial<Filter>) => void;
  counts: TaskCounts | undefined;
}

type Tick = (id: string, on: boolean) => void;

/** The most that the API decides at once. */
const MOST = 100;
const isBatch = (task: Task, box: Filter['box']): boolean =>
  box === 'todo' && task.batch && task.can.includes('approve');

/** The tasks of a box; 待办 ordered by deadline stands in groups. */
export function TaskList({ filter, filtered, change, counts }: Props) {
  const { box, q, cycleId, sort } = filter;
  const grouped = box === 'todo' && sort === 'dueAt';
  const list = useTaskList(box, { q, cycleId, sort: grouped ? 'urgency' : sort });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const ticked = list.items.filter((task) => isBatch(task, box) && chosen.has(task.id)).map(({ id }) => id);
  const tick: Tick = (id, on) =>
    setChosen((now) => new Set(on ? [...now, id] : [...now].filter((other) => other !== id)));
  useKeys({
    j: () => moveFocus(1),
    k: () => moveFocus(-1),
    '/': focusSearch,
    x: () => focusedRow()?.querySelector<HTMLInputElement>('input[type="checkbox"]')?.click(),
    a: () => document.querySelector<HTMLButtonElement>('[data-batch]')?.click(),
  });

  if (list.isError) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Loading />;
  if (list.items.length === 0)
    return <Nothing box={box} filtered={filtered} onClear={() => change({ q: '', cycleId: '' })} />;

  return (
    <Box aria-busy={list.isPlaceholderData} sx={{ opacity: list.isPlaceholderData ? 0.6 : 1 }}>
      {grouped ? (
        byUrgency(list.items).map((group) => (
          <Group
            key={group.key}
            group={group.key}
            tasks={group.tasks}
            chosen={chosen}
            onTick={tick}
            total={filtered ? undefined : counts?.byDue[group.key]}
          />
        ))
      ) : (
        <Sheet tasks={list.items} box={box} chosen={chosen} onTick={tick} />
      )}
      <GrowMore list={list} />
      <BatchBar ids={ticked.slice(0, MOST)} onClear={() => setChosen(new Set())} />
    </Box>
  );
}

interface Ticking {
  chosen: ReadonlySet<string>;
  onTick: Tick;
}

function Group({
  group,
  tasks,
  total,
  ...ticking
}: { group: GroupKey; tasks: Task[]; total: number | undefined } & Ticking) {
  const t = useT();
  const id = `group-${group}`;
  return (
    <Box component="section" aria-labelledby={id} sx={{ mb: 3 }}>
      <Typography id={id} variant="h3" component="h2" sx={{ mb: 1, display: 'flex', alignItems: 'baseline', gap: 1 }}>
        <Box component="span" sx={{ color: group === 'overdue' ? 'error.main' : 'text.primary' }}>
          {t(`inbox.group.${group}`)}
        </Box>
        <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
          {total ?? tasks.length}
        </Box>
        {group === 'soon' && (
          <Typography component="span" variant="caption" color="text.secondary" sx={{ fontWeight: 400 }}>
            {t('inbox.groupHelp.soon', { days: SOON })}
          </Typography>
        )}
      </Typography>
      <Sheet tasks={tasks} box="todo" {...ticking} />
    </Box>
  );
}

function Sheet({ tasks, box, chosen, onTick }: { tasks: Task[]; box: Filter['box'] } & Ticking) {
  return (
    <Paper variant="outlined" component="ul" sx={{ listStyle: 'none', m: 0, p: 0, overflow: 'hidden' }}>
      {tasks.map((task) => (
        <TaskRow
          key={task.id}
          task={task}
          box={box}
          {...(isBatch(task, box) && { chosen: chosen.has(task.id), onTick })}
        />
      ))}
    </Paper>
  );
}

function Loading() {
  return (
    <Paper variant="outlined" aria-busy sx={{ p: 2 }}>
      {[0, 1, 2, 3, 4].map((row) => (
        <Box key={row} sx={{ py: 1 }}>
          <Skeleton width="45%" height={24} />
          <Skeleton width="30%" />
        </Box>
      ))}
    </Paper>
  );
}

function Nothing({ box, filtered, onClear }: { box: Filter['box']; filtered: boolean; onClear: () => void }) {
  const t = useT();
  if (filtered) {
    return (
      <Empty
        title={t('inbox.empty.filtered')}
        help={t('inbox.empty.filteredHelp')}
        action={<Button onClick={onClear}>{t('inbox.empty.clear')}</Button>}
      />
    );
  }
  return <Empty title={t(`inbox.empty.${box}`)} {...(box === 'todo' ? { help: t('inbox.empty.todoHelp') } : {})} />;
}
