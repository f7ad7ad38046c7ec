import type { Problem } from '../api/problem.ts';
import type { TaskDetail } from '../api/types.ts';

/** Whether a task, read again, still asks the same: open, the same round, with the same things shown to decide on. */
export function sameMatter(before: TaskDetail, now: TaskDetail): boolean {
  return (
    now.state === 'open' &&
    now.rounds === before.rounds &&
    now.case.status === before.case.status &&
    JSON.stringify(now.shows) === JSON.stringify(before.shows)
  );
}

/** What is told when someone else acted on the task that one has open. */
export const OVERTAKEN: Problem = {
  id: 'task.closed',
  status: 409,
  title: { zh: '有人先一步办理了', en: 'Someone was faster' },
  detail: {
    zh: '这一步已经办结，无需再办；办理过程里写明了是谁、何时办的。',
    en: 'This step is closed and needs nothing more; the history says who acted, and when.',
  },
  errors: [],
  rows: [],
};
