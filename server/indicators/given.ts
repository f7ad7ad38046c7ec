import { plannedSet } from '../../workflows/indicators/set.ts';
import type { JsonObject } from '../../workflows/json.ts';
import type { Item } from '../../workflows/machine/context.ts';
import { asksOwners } from '../../workflows/template/owners.ts';
import { overPrisma } from '../db/sql.ts';
import type { Given } from '../forms/given.ts';
import { BY_HAND } from './byHand.ts';
import { AT } from './corrected.ts';
import { type DueIndicator, dueIndicators } from './due.ts';
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

const until = (item: Item | undefined): string | undefined => (typeof item?.end === 'string' ? item.end : undefined);

const asRow = ({ owners, elsewhere, verified, ...row }: DueIndicator): JsonObject => row;

/**
 * `due`: the unit's indicators whose value is due when the period of the item ends (without an item: the year). A value that is there
 * already, from a business system or another owner, is where the form begins. Where the template asks the owners, what is another
 * unit's alone is asked of it alone.
 */
export const dueRows: Given = async ({ db, cycleId, orgId, template, context, item }) => {
  const { year } = context.facts.period;
  const rows = await dueIndicators(overPrisma(db), { cycleId, orgId, template, year, endsOn: until(item) });
  return rows.filter(({ elsewhere }) => !(elsewhere && asksOwners(template))).map(asRow);
};

/** `owned`: of these, those that the unit of the item owns, alone or jointly. */
export const ownedRows: Given = async ({ db, cycleId, orgId, template, context, item }) => {
  const { year } = context.facts.period;
  const rows = await dueIndicators(overPrisma(db), { cycleId, orgId, template, year, endsOn: until(item) });
  return rows.filter(({ owners }) => typeof item?.id === 'string' && owners.includes(item.id)).map(asRow);
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
