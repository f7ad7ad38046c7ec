import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Sql } from '../db/sql.ts';
import type { Place } from '../indicators/compute.ts';
import { recordLights } from './record.ts';

interface Unit {
  org_id: string;
  ends_on: string;
}

/**
 * Judges anew what changed values touch, beside the cases: the units' indicators in those periods, and in later ones that have
 * been judged already, for they count what came before. A period that is not over is judged when it is (by the sweep). Give the same
 * transaction that changed the values; the same outcome adds nothing.
 */
export async function judgeValues(
  sql: Sql,
  cycleId: string,
  touched: readonly Place[],
  { at, calendar }: { at: string; calendar: Calendar },
): Promise<void> {
  if (touched.length === 0) return;
  const template = await readRules(sql, cycleId);
  if (!template) return;
  const units = await sql.query<Unit>(
    `SELECT DISTINCT c.org_id::text, later.ends_on::text FROM json_to_recordset($1::json) AS g(id uuid, period text)
     JOIN cycle_indicators c ON c.id = g.id JOIN indicator_values v ON v.cycle_indicator_id = c.id AND v.period = g.period
     JOIN indicator_values later ON later.cycle_indicator_id = c.id AND later.ends_on <= $2::date AND (later.ends_on = v.ends_on
       OR (later.ends_on > v.ends_on AND EXISTS (SELECT FROM lights l WHERE l.cycle_indicator_id = c.id AND l.ends_on = later.ends_on)))
     WHERE c.cycle_id = $3::uuid ORDER BY 1, 2`,
    [JSON.stringify(touched.map(({ id, period }) => ({ id, period }))), calendar.dayOf(at), cycleId],
  );
  for (const { org_id: orgId, ends_on: endsOn } of units)
    await recordLights(sql, { cycleId, orgId, endsOn, template, calendar, at, only: 'settled' });
}

/**
 * Judges the last period that an indicator was judged for anew: after its target or a milestone changed. Earlier ones keep the light of
 * what held then.
 */
export async function judgeLast(
  sql: Sql,
  { id, cycleId }: { id: string; cycleId: string },
  when: { at: string; calendar: Calendar },
): Promise<void> {
  const last = await sql.query<Place>(
    `SELECT cycle_indicator_id::text AS id, period FROM lights WHERE cycle_indicator_id = $1::uuid ORDER BY ends_on DESC, id DESC LIMIT 1`,
    [id],
  );
  await judgeValues(sql, cycleId, last, when);
}

/** What a template says of lights, suspicious values and what follows; null where it has no such rules. */
async function readRules(sql: Sql, cycleId: string): Promise<Rules | null> {
  const [row] = await sql.query<{ [Part in keyof Rules]: Rules[Part] | null }>(
    `SELECT t.content->'lights' AS lights, t.content->'warnings' AS warnings, t.content->'adjustments' AS adjustments
     FROM cycles y JOIN templates t ON t.key = y.template_key AND t.version = y.template_version WHERE y.id = $1::uuid`,
    [cycleId],
  );
  return row && (row.lights || row.warnings?.flags) ? rulesOf(row) : null;
}

export type Rules = Pick<CycleTemplate, 'lights' | 'warnings' | 'adjustments'>;

/** What is not in the template is null in a row. */
export const rulesOf = ({ lights, warnings, adjustments }: { [Part in keyof Rules]: Rules[Part] | null }): Rules => ({
  ...(lights && { lights }),
  ...(warnings && { warnings }),
  ...(adjustments && { adjustments }),
});
