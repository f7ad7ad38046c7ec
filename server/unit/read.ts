import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { allowed } from '../auth/sql.ts';
import type { Database } from '../http/deps.ts';
import { mineBy, reportedBy } from '../indicators/rights.ts';

export interface UnitCycle {
  id: string;
  name: string;
  year: number;
  status: string;
  caseId?: string;
  own: number;
  joint: number;
  monitored: number;
  due: number;
  missing: number;
  orders: number;
  flags: number;
  items: number;
}

interface Row extends Omit<UnitCycle, 'caseId'> {
  caseId: string | null;
}

/** The department of somebody: of a section, the one that it belongs to. */
const readUnit = async (db: Database, me: Me): Promise<{ id: string; name: string }> => {
  const [unit] = await db.$queryRaw<{ id: string; name: string }[]>(Prisma.sql`
    SELECT o.id, o.name FROM org_units o WHERE o.id = ANY(${me.house}::uuid[]) AND coalesce(o.parent_id <> ALL(${me.house}::uuid[]), true) LIMIT 1`);
  return unit ?? { id: me.org.id, name: me.org.name };
};

/**
 * The own unit and the cycles that concern it, the latest first, each with what waits there: values that are due (of periods that
 * have begun) and missing, orders to answer, suspicious values to explain, items to rectify.
 */
export const readOwnUnit = async (db: Database, me: Me, today: string) => {
  const unit = await readUnit(db, me);
  const mine = mineBy(me);
  const indicators = (which: Prisma.Sql) =>
    Prisma.sql`(SELECT count(*)::int FROM cycle_indicators c WHERE c.cycle_id = y.id AND ${which})`;
  const values = (
    which: Prisma.Sql,
  ) => Prisma.sql`(SELECT count(*)::int FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id
    WHERE c.cycle_id = y.id AND ${reportedBy(me)} AND v.state IN ('due', 'returned') AND ${which})`;
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT y.id, y.name, y.year, y.status,
      (SELECT c.id FROM cases c WHERE c.cycle_id = y.id AND c.kind = 'participant' AND c.org_id = ${unit.id}::uuid AND c.status <> 'cancelled' AND ${allowed(me, 'read', 'Case')}
       ORDER BY c.started_at DESC LIMIT 1) AS "caseId",
      ${indicators(mine.own)} AS own, ${indicators(mine.joint)} AS joint, ${indicators(mine.monitored)} AS monitored,
      ${values(Prisma.sql`v.ends_on <= ${today}::date`)} AS due, ${values(Prisma.sql`v.due_on < ${today}::date`)} AS missing,
      (SELECT count(*)::int FROM warnings w WHERE w.cycle_id = y.id AND w.org_id = ${unit.id}::uuid AND w.state IN ('open', 'returned')) AS orders,
      (SELECT count(*)::int FROM abnormal_flags f WHERE f.cycle_id = y.id AND f.org_id = ${unit.id}::uuid AND f.state = 'open') AS flags,
      (SELECT count(*)::int FROM rectification_items r WHERE r.cycle_id = y.id AND r.org_id = ${unit.id}::uuid AND r.state = 'open') AS items
    FROM cycles y WHERE y.status <> 'cancelled' ORDER BY y.year DESC, y.launched_at DESC LIMIT 50`);
  return {
    unit,
    cycles: rows
      .filter(({ caseId, own, joint, monitored, items }) => caseId !== null || own + joint + monitored + items > 0)
      .map(({ caseId, ...row }): UnitCycle => ({ ...row, ...(caseId !== null && { caseId }) })),
  };
};
