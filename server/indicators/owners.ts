import type { Json } from '../../workflows/json.ts';
import { spanOf } from '../../workflows/machine/items.ts';
import { overPg } from '../db/sql.ts';
import type { Service } from '../engine/service.ts';
import { dueIndicators } from './due.ts';

/**
 * `owners`: the other units that own indicators of the unit whose values are due at the end of the item's period (else of the year) and
 * not verified yet, by code. Each row is called by the unit and the period, for that is what its case is called.
 */
export const owners: Service = async ({ pool, cycleId, orgId, template, block, context, item }): Promise<Json> => {
  if (block.type !== 'compute' || block.rule.kind !== 'owners') throw new Error(`"${block.key}" looks for no owners`);
  if (orgId === null) throw new Error(`"${block.key}" is no block of a participant`);
  const { year } = context.facts.period;
  const { start, end } = spanOf(item, context.facts.period);
  const period = typeof item?.end === 'string' ? item.name : String(year);
  const sql = overPg(pool);
  const due = await dueIndicators(sql, { cycleId, orgId, template, year, endsOn: end });
  const asked = new Set(due.flatMap((one) => (one.verified ? [] : one.owners)));
  const units = await sql.query<{ id: string; name: string; code: string }>(
    'SELECT id::text, name, code FROM org_units WHERE id = ANY($1::uuid[]) ORDER BY code',
    [[...asked]],
  );
  return units.map(({ id, name, code }) => ({ id, name: `${name} ${period}`, code, start, end }));
};
