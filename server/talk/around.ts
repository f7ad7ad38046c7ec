import { Prisma } from '../../prisma/client/client.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Me } from '../auth/me.ts';
import { seesAll } from '../auth/policy.ts';
import { allowed } from '../auth/sql.ts';
import type { TaskRow } from '../tasks/rows.ts';
import type { Task } from '../tasks/schema.ts';
import { nextUrge } from './workday.ts';

/** What is around a task, as columns of a query on `tasks t`, `cases c` and its unit `o`. */
export const aroundColumns = (me: Me): Prisma.Sql => Prisma.sql`
  (SELECT json_build_object('times', count(*), 'lastAt', max(u.at)) FROM urges u
   WHERE u.case_id = t.case_id AND u.seat = t.seat HAVING count(*) > 0) AS urged,
  (SELECT json_build_object('day', f.day, 'note', f.note) FROM follow_ups f
   WHERE f.person_id = ${me.id}::uuid AND f.case_id = t.case_id AND f.seat = t.seat AND f.told_at IS NULL) AS follow_up,
  (SELECT json_build_object('id', p.id, 'name', p.name, 'at', k.at, 'readAt', k.read_at)
   FROM copies k LEFT JOIN people p ON p.id = k.sent_by
   WHERE k.person_id = ${me.id}::uuid AND k.case_id = t.case_id AND k.seat = t.seat ORDER BY k.at DESC LIMIT 1) AS copy,
  (t.state = 'open' AND ${allowed(me, 'lead', 'Case')}
   AND EXISTS (SELECT FROM task_candidates h WHERE h.case_id = t.case_id AND h.seat = t.seat)
   AND NOT EXISTS (SELECT FROM task_candidates h
                   WHERE h.case_id = t.case_id AND h.seat = t.seat AND h.person_id = ${me.id}::uuid)) AS urgeable,
  (t.state = 'done' AND (${seesAll(me)} OR t.closed_by IS NOT DISTINCT FROM ${me.id}::uuid)) AS sendable`;

type Around = Pick<
  TaskRow,
  'state' | 'case_status' | 'priority' | 'urged' | 'follow_up' | 'copy' | 'urgeable' | 'sendable'
>;

/** The same, as a task shows it. */
export const presentAround = (
  { state, case_status: status, priority, urged, follow_up: followUp, copy, urgeable, sendable }: Around,
  calendar: Calendar,
): Pick<Task, 'priority' | 'urged' | 'followUp' | 'copy' | 'around'> => ({
  around: [
    ...(urgeable && status === 'active' ? (['urge'] as const) : []),
    ...(sendable ? (['copy'] as const) : []),
    ...(state === 'open' ? (['followUp'] as const) : []),
  ],
  priority,
  ...(urged && {
    urged: {
      times: urged.times,
      lastAt: instant(urged.lastAt),
      nextAt: nextUrge(new Date(urged.lastAt), calendar).toISOString(),
    },
  }),
  ...(followUp && { followUp: { day: followUp.day, ...(followUp.note !== null && { note: followUp.note }) } }),
  ...(copy && {
    copy: {
      ...(copy.id !== null && { by: { id: copy.id, name: copy.name ?? '' } }),
      at: instant(copy.at),
      ...(copy.readAt !== null && { readAt: instant(copy.readAt) }),
    },
  }),
});

/** PostgreSQL writes instants in JSON with an offset. */
const instant = (text: string): string => new Date(text).toISOString();
