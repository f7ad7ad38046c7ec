import type { Task } from '../api/types.ts';
import { SOON } from '../ui/TimeLeft.tsx';

export type GroupKey = 'overdue' | 'soon' | 'later';
export const GROUPS: GroupKey[] = ['overdue', 'soon', 'later'];

/** Which group of the inbox a task belongs to; what has no deadline comes later. */
export function groupOf(task: Pick<Task, 'workingDaysLeft'>): GroupKey {
  const days = task.workingDaysLeft;
  if (days === undefined) return 'later';
  if (days < 0) return 'overdue';
  return days <= SOON ? 'soon' : 'later';
}

/** Tasks by group, most urgent group first, each keeping the order it came in; empty groups are left out. */
export function byUrgency<Row extends Pick<Task, 'workingDaysLeft'>>(tasks: Row[]): { key: GroupKey; tasks: Row[] }[] {
  return GROUPS.map((key) => ({ key, tasks: tasks.filter((task) => groupOf(task) === key) })).filter(
    (group) => group.tasks.length > 0,
  );
}
