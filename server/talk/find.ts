import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { allowed } from '../auth/sql.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { partsOf } from '../tasks/find.ts';

interface CaseTask {
  case_id: string;
  seat: number;
  block: string;
  state: string;
  outcome: string | null;
  due_at: Date | null;
  closed_by: string | null;
  title: string;
  definition: string;
  case_status: string;
  leads: boolean;
}

/** A task of a case that the person may see, whether or not they may see its form. */
export const findCaseTask = async (db: Database, id: string, me: Me): Promise<CaseTask> => {
  const { caseId, seat } = partsOf(id);
  if (seat > 2_147_483_647) throw problem('task.unknown');
  const rows = await db.$queryRaw<CaseTask[]>(Prisma.sql`
    SELECT t.case_id, t.seat, t.block, t.state, t.outcome, t.due_at, t.closed_by, c.title, c.definition, c.status AS case_status,
      ${allowed(me, 'lead', 'Case')} AS leads
    FROM tasks t JOIN cases c ON c.id = t.case_id LEFT JOIN org_units o ON o.id = c.org_id
    WHERE t.case_id = ${caseId}::uuid AND t.seat = ${seat} AND ${allowed(me, 'read', 'Case')}`);
  const row = rows[0];
  if (!row) throw problem('task.unknown');
  return row;
};
