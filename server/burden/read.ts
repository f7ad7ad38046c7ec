import { Prisma } from '../../prisma/client/client.ts';
import { askedBy, SECONDS } from '../../workflows/burden/minutes.ts';
import { chinaCalendar } from '../../workflows/calendar/china.ts';
import { asksOwners } from '../../workflows/template/owners.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import type { Database } from '../http/deps.ts';
import { ownedElsewhere } from '../indicators/due.ts';

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

const month = (at: Prisma.Sql) =>
  Prisma.sql`to_char(${at} AT TIME ZONE 'UTC' + ${chinaCalendar().offset}::interval, 'YYYY-MM')`;

/** Tasks, each for whoever did or holds it, with as many rows as indicators are due of it in its period, and the files uploaded in it. */
const tasks = (cycleId: string, asked: string, asks: boolean) => Prisma.sql`
  SELECT coalesce(doer.org_id, holder.org_id, c.org_id) AS org_id, ${month(Prisma.sql`t.opened_at`)} AS month, 1 AS forms,
    a.fields + a."dueFields" * due.n AS fields, a.uploads AS uploads_asked, files.n AS uploads, a.seconds + a."dueSeconds" * due.n AS seconds
  FROM tasks t JOIN cases c ON c.id = t.case_id JOIN json_to_recordset(${asked}::json) AS a(block text, fields int, uploads int, seconds int, "dueFields" int, "dueSeconds" int, owned boolean) ON a.block = t.block
  LEFT JOIN people doer ON doer.id = t.closed_by
  LEFT JOIN LATERAL (SELECT p.org_id FROM task_candidates k JOIN people p ON p.id = k.person_id
    WHERE k.case_id = t.case_id AND k.seat = t.seat ORDER BY p.id LIMIT 1) holder ON TRUE
  CROSS JOIN LATERAL (SELECT count(*)::int AS n FROM evidence e WHERE e.case_id = t.case_id AND e.seat = t.seat) files
  CROSS JOIN LATERAL (SELECT count(*)::int AS n FROM cycle_indicators i JOIN indicator_values v ON v.cycle_indicator_id = i.id
    WHERE a."dueFields" > 0 AND i.cycle_id = c.cycle_id AND i.org_id = c.org_id AND i.applies AND i.formula IS NULL
      AND CASE WHEN a.owned THEN (c.snapshot->'context'->'facts'->'item'->>'id')::uuid = ANY(i.joint_owner_ids || i.owner_id)
        ELSE NOT (${asks} AND ${Prisma.raw(ownedElsewhere('i'))}) END AND v.ends_on = (SELECT coalesce(max(w.ends_on) FILTER (WHERE w.ends_on <= t.opened_at::date), min(w.ends_on)) FROM indicator_values w
        JOIN cycle_indicators j ON j.id = w.cycle_indicator_id WHERE j.cycle_id = c.cycle_id AND j.org_id = c.org_id AND j.applies)) due
  WHERE c.cycle_id = ${cycleId}::uuid`;

/** Ballot papers of assessors who are known. */
const ballots = (cycleId: string) => Prisma.sql`
  SELECT p.org_id, ${month(Prisma.sql`r.opened_at`)}, 1, s.expected, 0, 0, ${SECONDS.form} + s.expected * ${SECONDS.ballot}
  FROM ballot_sheets s JOIN ballot_rounds r ON r.id = s.round_id JOIN people p ON p.id = s.assessor_id
  WHERE r.cycle_id = ${cycleId}::uuid AND s.state IN ('open', 'submitted')`;

/** Values that came from elsewhere than a task: typed in, from a file, or pushed by a system. */
const values = (cycleId: string) => Prisma.sql`
  SELECT i.org_id, ${month(Prisma.sql`h.at`)}, 0, 1, 0, 0, CASE WHEN h.by_id IS NULL THEN 0 WHEN h.source = 'import' THEN ${SECONDS.imported} ELSE ${SECONDS.decimal} END
  FROM indicator_value_changes h JOIN cycle_indicators i ON i.id = h.cycle_indicator_id
  WHERE i.cycle_id = ${cycleId}::uuid AND h.action = 'reported' AND h.source IS DISTINCT FROM 'task'`;

/** Files that belong to no task: of values, milestones, the ledger. */
const files = (cycleId: string) => Prisma.sql`
  SELECT p.org_id, ${month(Prisma.sql`e.at`)}, 0, 0, 0, 1, ${SECONDS.files}
  FROM evidence e JOIN cases c ON c.id = e.case_id JOIN people p ON p.id = e.uploaded_by WHERE c.cycle_id = ${cycleId}::uuid AND e.seat = 0`;

/**
 * What a cycle asks of each unit in each month: forms, fields, uploads asked and given, and minutes by the stated estimate. A task counts
 * for the department of whoever did it, or of whoever holds it, in the month in which it was opened; a ballot paper in that of its
 * round; what comes outside of tasks when it came.
 */
export const readBurden = async (db: Database, cycleId: string, orgIds: readonly string[] | null) => {
  const template = await readCycleTemplate(db, cycleId);
  const asked = JSON.stringify(
    askedBy(template).map(({ due, ...each }) => ({
      ...each,
      dueFields: due.fields,
      dueSeconds: due.seconds,
      owned: due.owned,
    })),
  );
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    WITH RECURSIVE house AS (
      SELECT id AS org_id, id AS top FROM org_units WHERE kind <> 'section'
      UNION ALL SELECT o.id, h.top FROM org_units o JOIN house h ON o.parent_id = h.org_id WHERE o.kind = 'section'
    ), part AS (${tasks(cycleId, asked, asksOwners(template))} UNION ALL ${ballots(cycleId)} UNION ALL ${values(cycleId)} UNION ALL ${files(cycleId)})
    SELECT o.id AS org_id, o.name AS org_name, d.month, sum(d.forms)::int AS forms, sum(d.fields)::int AS fields, sum(d.uploads_asked)::int AS uploads_asked,
      sum(d.uploads)::int AS uploads, sum(d.seconds)::int AS seconds
    FROM part d JOIN house h ON h.org_id = d.org_id JOIN org_units o ON o.id = h.top
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
