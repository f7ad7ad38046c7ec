import { Prisma } from '../../prisma/client/client.ts';
import { askedBy } from '../../workflows/burden/minutes.ts';
import { chinaCalendar } from '../../workflows/calendar/china.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import type { Database } from '../http/deps.ts';

interface Row {
  org_id: string;
  org_name: string;
  month: string;
  forms: number;
  fields: number;
  uploads_asked: number;
  uploads: number;
  seconds: number;
}

/**
 * What a cycle asks of each unit in each month: forms, fields, uploads asked and given, and minutes by the stated estimate. A task counts
 * for the department of whoever did it, or of whoever holds it, in the month in which it was opened.
 */
export const readBurden = async (db: Database, cycleId: string, orgIds: readonly string[] | null) => {
  const template = await readCycleTemplate(db, cycleId);
  const asked = JSON.stringify(askedBy(template));
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    WITH RECURSIVE house AS (
      SELECT id AS org_id, id AS top FROM org_units WHERE kind <> 'section'
      UNION ALL SELECT o.id, h.top FROM org_units o JOIN house h ON o.parent_id = h.org_id WHERE o.kind = 'section'
    ), asked AS (
      SELECT * FROM json_to_recordset(${asked}::json) AS a(block text, fields int, uploads int, seconds int)
    ), done AS (
      SELECT t.case_id, t.seat, t.block, to_char(t.opened_at AT TIME ZONE 'UTC' + ${chinaCalendar().offset}::interval, 'YYYY-MM') AS month,
        coalesce(doer.org_id, holder.org_id, c.org_id) AS org_id
      FROM tasks t JOIN cases c ON c.id = t.case_id LEFT JOIN people doer ON doer.id = t.closed_by
      LEFT JOIN LATERAL (SELECT p.org_id FROM task_candidates k JOIN people p ON p.id = k.person_id
        WHERE k.case_id = t.case_id AND k.seat = t.seat ORDER BY p.id LIMIT 1) holder ON TRUE
      WHERE c.cycle_id = ${cycleId}::uuid
    ), files AS (
      SELECT e.case_id, e.seat, count(*)::int AS n FROM evidence e JOIN cases c ON c.id = e.case_id WHERE c.cycle_id = ${cycleId}::uuid GROUP BY 1, 2
    )
    SELECT o.id AS org_id, o.name AS org_name, d.month, count(*)::int AS forms, sum(a.fields)::int AS fields, sum(a.uploads)::int AS uploads_asked,
      coalesce(sum(f.n), 0)::int AS uploads, sum(a.seconds)::int AS seconds
    FROM done d JOIN asked a ON a.block = d.block JOIN house h ON h.org_id = d.org_id JOIN org_units o ON o.id = h.top
    LEFT JOIN files f ON f.case_id = d.case_id AND f.seat = d.seat
    WHERE ${orgIds === null ? Prisma.sql`TRUE` : Prisma.sql`o.id = ANY(${orgIds}::uuid[])`}
    GROUP BY o.id, d.month ORDER BY o.code, d.month`);
  return {
    items: rows.map((row) => ({
      org: { id: row.org_id, name: row.org_name },
      month: row.month,
      forms: row.forms,
      fields: row.fields,
      uploadsAsked: row.uploads_asked,
      uploads: row.uploads,
      minutes: Math.round(row.seconds / 6) / 10,
    })),
  };
};
