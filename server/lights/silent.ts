import type pg from 'pg';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { overPg } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import { BY_HAND } from '../indicators/byHand.ts';
import { type Rules, rulesOf } from './judge.ts';
import { recordLights } from './record.ts';

/** So many units in one sweep. */
const AT_ONCE = 200;

type Silent = { [Part in keyof Rules]: Rules[Part] | null } & { cycle_id: string; org_id: string; ends_on: string };

/**
 * Judges the periods of units that have not reported although the day has passed: their cases put nothing on record, and without this
 * silence would be no light at all. What was submitted in a task is no silence, and is judged when it is verified; what came
 * beside the cases before its period was over is judged now. Each period once; what is reported later is judged anew. Gives how
 * many were judged.
 */
export async function judgeSilent(pool: pg.Pool, now: Date, calendar: Calendar): Promise<number> {
  const at = now.toISOString();
  const { rows } = await pool.query<Silent>(
    `SELECT s.cycle_id::text, s.org_id::text, s.ends_on::text, t.content->'lights' AS lights, t.content->'warnings' AS warnings, t.content->'adjustments' AS adjustments
     FROM (
       SELECT DISTINCT c.cycle_id, c.org_id, v.ends_on, y.template_key, y.template_version
       FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id JOIN cycles y ON y.id = c.cycle_id
       WHERE c.applies AND y.status = 'running'
         AND ((v.state = 'due' AND v.due_on < $1::date AND ${BY_HAND})
           OR (v.state IN ('reported', 'verified') AND v.source IN ('api', 'import', 'push', 'pull') AND v.ends_on < $1::date))
         AND NOT EXISTS (SELECT FROM lights l WHERE l.cycle_indicator_id = c.id AND l.ends_on = v.ends_on)
     ) s JOIN templates t ON t.key = s.template_key AND t.version = s.template_version
     WHERE t.content->'lights' IS NOT NULL ORDER BY s.cycle_id, s.org_id, s.ends_on LIMIT ${AT_ONCE}`,
    [calendar.dayOf(at)],
  );
  for (const { cycle_id: cycleId, org_id: orgId, ends_on: endsOn, ...rules } of rows) {
    const template = rulesOf(rules);
    await transaction(pool, (client) =>
      recordLights(overPg(client), { cycleId, orgId, endsOn, template, calendar, at, only: 'settled' }),
    );
  }
  return rows.length;
}
