import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { allowed } from '../auth/sql.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { type TaskRow, taskColumns, taskJoins } from './rows.ts';

export type FoundTask = TaskRow & { round: number; draft: Record<string, unknown> | null; closed_by: string | null };

/** The case and the seat that a task id names. */
export const partsOf = (id: string): { caseId: string; seat: number } => {
  const dot = id.indexOf('.');
  return { caseId: id.slice(0, dot), seat: Number(id.slice(dot + 1)) };
};

/**
 * A task that the person may see. Who held it once, until someone else decided or took it over, still sees it: the record
 * of the case names everyone who was seated. Whom a decision was sent to sees that one.
 */
export const findTask = async (db: Database, id: string, me: Me): Promise<FoundTask> => {
  const { caseId, seat } = partsOf(id);
  if (seat > 2_147_483_647) throw problem('task.unknown');
  const named = `%"${me.id}"%`;
  const rows = await db.$queryRaw<FoundTask[]>(Prisma.sql`
    SELECT ${taskColumns(me)}, t.round, t.draft, t.closed_by::text FROM tasks t ${taskJoins}
    WHERE t.case_id = ${caseId}::uuid AND t.seat = ${seat} AND (${allowed(me, 'read', 'Task')}
      OR EXISTS (SELECT FROM copies k WHERE k.person_id = ${me.id}::uuid AND k.case_id = t.case_id AND k.seat = t.seat)
      OR EXISTS (SELECT FROM case_events e WHERE e.case_id = t.case_id AND e.body::text LIKE ${named}
        AND (e.body::jsonb - 'copies' #- '{events,0,cc}')::text LIKE ${named}))`);
  const row = rows[0];
  if (!row) throw problem('task.unknown');
  return row;
};
