import type pg from 'pg';
import type { Text } from '../../workflows/text.ts';
import { lastYear } from '../calendar/range.ts';
import { transaction } from '../db/transaction.ts';
import { addJobs } from '../engine/jobs.ts';
import { problem } from '../http/problem.ts';
import type { Call } from '../http/route.ts';
import { findTask } from '../tasks/find.ts';
import type { FollowUp } from './schema.ts';
import { toldOf } from './tell.ts';
import { openingOf } from './workday.ts';

type Caller = Pick<Call<unknown, unknown, unknown>, 'db' | 'deps' | 'me' | 'now'>;

/** Sets one's own reminder of a task; a day off becomes the next working day, as with deadlines. */
export const setFollowUp = async (
  { db, deps, me, now }: Caller,
  taskId: string,
  { day: asked, note }: { day: string; note?: string | undefined },
): Promise<FollowUp> => {
  const task = await findTask(db, taskId, me);
  if (task.state !== 'open') throw problem('task.closed', { outcome: task.outcome ?? task.state });
  const calendar = deps.calendar();
  const today = calendar.dayOf(now.toISOString());
  if (asked <= today) throw problem('followUp.past', { day: asked, today });
  const to = `${lastYear(calendar.knownUntil)}-12-31`;
  if (asked >= to) throw problem('calendar.outside', { date: asked, from: today, to });
  const day = calendar.nextWorkingDay(asked);
  const { case_id: caseId, seat } = task;
  const row = { day: new Date(`${day}T00:00:00Z`), dueAt: openingOf(day, calendar), note: note ?? null, toldAt: null };
  await db.followUp.upsert({
    where: { personId_caseId_seat: { personId: me.id, caseId, seat } },
    create: { personId: me.id, caseId, seat, ...row },
    update: row,
  });
  return { day, ...(note !== undefined && { note }) };
};

/** Drops it; nothing happens if there is none. */
export const dropFollowUp = async ({ db, me }: Pick<Caller, 'db' | 'me'>, taskId: string): Promise<void> => {
  const { case_id: caseId, seat } = await findTask(db, taskId, me);
  await db.followUp.deleteMany({ where: { personId: me.id, caseId, seat } });
};

interface Due {
  person_id: string;
  case_id: string;
  seat: number;
  note: string | null;
  title: string;
  state: string;
}

/**
 * Reminds people of what they wanted to be reminded of by now: each row fires once, in the transaction that queues its notice.
 * What is closed by then needs no reminder. Returns how many people were reminded.
 */
export const remindFollowUps = (pool: pg.Pool, now: Date): Promise<number> =>
  transaction(pool, async (client) => {
    const { rows } = await client.query<Due>(
      `WITH due AS (
         UPDATE follow_ups SET told_at = $1 WHERE due_at <= $1 AND told_at IS NULL RETURNING person_id, case_id, seat, note
       ) SELECT due.*, c.title, t.state FROM due JOIN tasks t USING (case_id, seat) JOIN cases c ON c.id = due.case_id`,
      [now],
    );
    const open = rows.filter(({ state }) => state === 'open');
    const jobs = open.map(({ person_id: person, case_id: caseId, seat, note, title }) => ({
      task: 'tell' as const,
      payload: toldOf({ caseId, seat, people: [person], kind: 'followUp', message: reminder(title, note) }, now),
    }));
    await addJobs(client, jobs, now.toISOString());
    return open.length;
  });

const reminder = (title: string, note: string | null): { subject: Text; body: Text } => ({
  subject: { zh: `跟进提醒：${title}`, en: `Follow up: ${title}` },
  body: {
    zh: `您设定今天跟进这项任务。${note ? `\n${note}` : ''}`,
    en: `You wanted to follow this task up today.${note ? `\n${note}` : ''}`,
  },
});
