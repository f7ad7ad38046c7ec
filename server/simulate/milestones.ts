import { overPg, type Sql } from '../db/sql.ts';
import { reachMilestone, verifyMilestone } from '../indicators/milestones.ts';
import type { World } from './world.ts';

/** So many milestones are reached by their day, so many more late, the rest never. */
const [ON_TIME, LATE] = [0.84, 0.1];
/** Working days by which the late ones are late, and after which the monitoring unit has looked. */
const [LATE_DAYS, LOOK_DAYS] = [12, 3];

interface Due {
  id: string;
  indicator: string;
  org: string;
  code: string;
  position: number;
  due: string;
  said: string | null;
  unit: string | null;
  monitor: string | null;
}

/** Once a day: units say which milestones of their plans they have reached, and whoever monitors the indicator accepts it. */
export function makeMilestones({ pool, prisma, clock, calendar, draw, cycleId }: World): () => Promise<void> {
  let seen = '';
  return async () => {
    const at = clock.now();
    const today = calendar.dayOf(at.toISOString());
    if (today === seen) return;
    seen = today;
    for (const one of await readDue(overPg(pool), cycleId, today)) {
      const drawn = draw('milestone', one.org, one.code, String(one.position));
      const late = drawn >= ON_TIME;
      const by = one.said === null ? one.unit : one.monitor;
      const waited = calendar.workingDaysBetween(one.said === null ? one.due : calendar.dayOf(one.said), today);
      const meant =
        one.said === null ? drawn < ON_TIME + LATE && waited >= (late ? LATE_DAYS : 0) : waited >= LOOK_DAYS;
      if (by === null || !meant) continue;
      await prisma.$transaction(async (db) => {
        const found = { id: one.indicator, cycleId };
        const milestone = await db.milestone.findUniqueOrThrow({ where: { id: one.id } });
        const when = { by, at, calendar };
        if (one.said !== null) await verifyMilestone(db, found, milestone, { accept: true }, when);
        else await reachMilestone(db, found, milestone, { doneOn: late ? today : one.due, evidence: [] }, when);
      });
    }
  };
}

const readDue = (sql: Sql, cycleId: string, today: string): Promise<Due[]> =>
  sql.query<Due>(
    `SELECT m.id::text, i.id::text AS indicator, o.code AS org, i.code, m.position, m.due_on::text AS due,
       CASE WHEN m.done_on IS NOT NULL THEN to_char(m.set_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') END AS said,
       (SELECT r.person_id::text FROM roles r WHERE r.org_id = i.org_id AND r.role = 'staff' ORDER BY r.person_id LIMIT 1) AS unit,
       (SELECT p.id::text FROM people p WHERE p.org_id = i.monitoring_unit_id AND p.active AND p.id IS DISTINCT FROM m.set_by ORDER BY p.id LIMIT 1) AS monitor
     FROM milestones m JOIN cycle_indicators i ON i.id = m.cycle_indicator_id JOIN org_units o ON o.id = i.org_id
     WHERE i.cycle_id = $1::uuid AND m.verified_at IS NULL AND m.due_on <= $2::date ORDER BY m.due_on, m.id`,
    [cycleId, today],
  );
