import { dueIn } from '../../workflows/indicators/period.ts';
import type { Direction, Frequency } from '../../workflows/indicators/schema.ts';
import { plannedSet } from '../../workflows/indicators/set.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { computedCodes } from '../../workflows/template/schema.ts';
import { overPrisma } from '../db/sql.ts';
import type { Given } from '../forms/given.ts';
import { BY_HAND } from './byHand.ts';
import { AT } from './corrected.ts';
import { knownBeside } from './keyTasks.ts';
import { sectionOf } from './planned.ts';
import { FIGURES } from './score.ts';

/** `plan`: what everyone of the category has; the unit adds its own. Inside a repeat over sections: what the unit has. */
export const planRows: Given = async ({ db, cycleId, orgId, template, context, item }) => {
  const sql = overPrisma(db);
  const { year } = context.facts.period;
  if (typeof item?.id === 'string') {
    const rows = await sql.query<{ row: JsonObject }>(
      `SELECT json_build_object('code', code, 'name', name, 'kind', kind, 'unit', unit) AS row FROM cycle_indicators
       WHERE cycle_id = $1::uuid AND org_id = $2::uuid AND applies AND formula IS NULL ORDER BY position`,
      [cycleId, orgId],
    );
    return rows.map(({ row }) => row);
  }
  const [unit] = await sql.query<{ code: string }>('SELECT code FROM org_units WHERE id = $1::uuid', [orgId]);
  const category = context.facts.participant?.category;
  const beside = await knownBeside(sql, { template, orgId, year, data: context.data });
  return plannedSet(sectionOf(template), { code: unit?.code ?? '', category }, year, beside).map(
    ({ code, name, kind, unit: measure, direction, frequency, weight, target }) => ({
      code,
      name: name.zh,
      kind,
      unit: measure,
      direction,
      frequency,
      ...(weight !== undefined && { weight }),
      ...(target !== undefined && { target }),
      dueDate: `${year}-12-31`,
    }),
  );
};

interface Due {
  code: string;
  name: string;
  unit: string;
  direction: Direction;
  frequency: Frequency;
  aggregation: string;
  target: string | null;
  weight: string | null;
  previous: string | null;
  /** Values that are there, by period. */
  known: Readonly<Record<string, string | null>> | null;
}

/**
 * `due`: the unit's indicators whose value is due when the period of the item ends (without an item: the year). A value that is there
 * already, from a business system or another owner, is where the form begins.
 */
export const dueRows: Given = async ({ db, cycleId, orgId, template, context, item }) => {
  const { year } = context.facts.period;
  const computed = computedCodes(template);
  const endsOn = typeof item?.end === 'string' ? item.end : undefined;
  const rows = await overPrisma(db).query<Due>(
    `SELECT c.code, c.name, c.unit, c.direction, c.frequency, c.aggregation, trim_scale(target.value)::text AS target, trim_scale(c.weight)::text AS weight,
       trim_scale(actual.value)::text AS previous,
       (SELECT json_object_agg(v.period, trim_scale(CASE v.state WHEN 'verified' THEN v.verified ELSE v.reported END)::text)
        FROM indicator_values v WHERE v.cycle_indicator_id = c.id AND v.state IN ('reported', 'verified')) AS known
     FROM cycle_indicators c ${FIGURES} WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND c.applies AND ${BY_HAND}
     ORDER BY c.position, c.code`,
    [cycleId, orgId],
  );
  return rows.flatMap(({ frequency, aggregation, known, ...row }): JsonObject[] => {
    const period = computed.has(row.code) ? undefined : dueIn(frequency, year, endsOn);
    return period ? [{ ...row, period: period.key, value: known?.[period.key] ?? null }] : [];
  });
};

/**
 * `recorded`: the value that each indicator of the unit has in the last period of the year, as verified; of what comes together over the
 * year (sum, mean, highest) also those of the periods before, whose rows are known by `code@period`.
 */
export const recordedRows: Given = async ({ db, cycleId, orgId, context }) => {
  const last = `${context.facts.period.year}-12-31`;
  const rows = await overPrisma(db).query<{ row: JsonObject }>(
    `SELECT json_strip_nulls(json_build_object('code', CASE WHEN v.ends_on = $3::date THEN c.code ELSE c.code || '${AT}' || v.period END,
       'name', c.name, 'unit', c.unit, 'period', v.period, 'target', trim_scale(target.value)::text, 'recorded', trim_scale(v.verified)::text)) AS row
     FROM cycle_indicators c JOIN indicator_values v ON v.cycle_indicator_id = c.id
       AND (v.ends_on = $3::date OR (v.ends_on < $3::date AND v.verified IS NOT NULL AND c.aggregation IN ('sum', 'mean', 'max'))) ${FIGURES}
     WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND c.applies AND ${BY_HAND} ORDER BY c.position, c.code, v.ends_on`,
    [cycleId, orgId, last],
  );
  return rows.map(({ row }) => row);
};
