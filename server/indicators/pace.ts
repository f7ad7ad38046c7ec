import type { Aggregation } from '../../workflows/indicators/schema.ts';
import { aggregate } from '../../workflows/indicators/series.ts';
import type { Json } from '../../workflows/json.ts';
import { spanOf } from '../../workflows/machine/items.ts';
import { type PaceFacts, paceOf } from '../../workflows/series/pace.ts';
import { overPg, type Sql } from '../db/sql.ts';
import type { Service } from '../engine/service.ts';
import { brokenSince } from './breaks.ts';

interface Row extends Omit<PaceFacts, 'value' | 'before'> {
  aggregation: Aggregation;
  values: (string | null)[];
  before: (string | null)[];
  /** Whether the period that ends on the day has a value, this year and the year before. */
  here: boolean;
  there: boolean;
}

/** Verified values of an indicator up to a day, in order. */
const VALUES = (indicator: string, until: string) =>
  `(SELECT coalesce(json_agg(trim_scale(v.verified)::text ORDER BY v.ends_on), '[]') FROM indicator_values v
    WHERE v.cycle_indicator_id = ${indicator} AND v.ends_on <= ${until} AND v.verified IS NOT NULL)`;
const KNOWN = (indicator: string, day: string) =>
  `EXISTS (SELECT FROM indicator_values v WHERE v.cycle_indicator_id = ${indicator} AND v.ends_on = ${day} AND v.verified IS NOT NULL)`;

/** The same day a year before; the end of February is the end of February. */
const YEAR_BEFORE = `CASE WHEN $3::date = (date_trunc('month', $3::date) + interval '1 month - 1 day')::date
  THEN (date_trunc('month', $3::date - interval '1 year') + interval '1 month - 1 day')::date ELSE ($3::date - interval '1 year')::date END`;

/** The unit's indicators (of a group) at the end of a period, beside the same period of the cycle of the same template a year before. */
async function paceFacts(
  sql: Sql,
  { cycleId, orgId, endsOn, group }: { cycleId: string; orgId: string; endsOn: string; group: string | null },
): Promise<PaceFacts[]> {
  const rows = await sql.query<Row>(
    `SELECT c.code, c.name, c.direction, c.aggregation, trim_scale(c.weight)::text AS weight,
       (SELECT trim_scale(t.value)::text FROM indicator_targets t WHERE t.cycle_indicator_id = c.id AND t.state = 'approved' ORDER BY t.version DESC LIMIT 1) AS target,
       ${VALUES('c.id', '$3::date')} AS values, ${VALUES('former.id', YEAR_BEFORE)} AS before, ${KNOWN('c.id', '$3::date')} AS here, ${KNOWN('former.id', YEAR_BEFORE)} AS there
     FROM cycle_indicators c JOIN cycles y ON y.id = c.cycle_id
     LEFT JOIN LATERAL (
       SELECT e.id FROM cycle_indicators e JOIN cycles earlier ON earlier.id = e.cycle_id
       WHERE earlier.template_key = y.template_key AND earlier.year = y.year - 1 AND earlier.status <> 'cancelled' AND e.org_id = c.org_id AND e.code = c.code
         AND cardinality(${brokenSince('e', 'c')}) = 0 ORDER BY earlier.launched_at DESC LIMIT 1
     ) former ON true
     WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid AND c.applies AND ($4::text IS NULL OR c."group" = $4) ORDER BY c.position, c.code`,
    [cycleId, orgId, endsOn, group],
  );
  return rows.map(({ aggregation, values, before, here, there, ...one }) => ({
    ...one,
    value: here ? aggregate(aggregation, values) : null,
    before: there ? aggregate(aggregation, before) : null,
  }));
}

/**
 * `pace`: growth on the year before, progress rate and weighted index of the unit's indicators at the end of the item's period (else of
 * the year), from verified values. Gives `{growth, progress, index, rows, text}`; what is not known is null.
 */
export const pace: Service = async ({ pool, cycleId, orgId, block, context, item }): Promise<Json> => {
  if (block.type !== 'compute' || block.rule.kind !== 'pace') throw new Error(`"${block.key}" computes no pace`);
  if (orgId === null) throw new Error(`"${block.key}" is no block of a participant`);
  const { end: endsOn } = spanOf(item, context.facts.period);
  const facts = await paceFacts(overPg(pool), { cycleId, orgId, endsOn, group: block.rule.group ?? null });
  const { rows, ...whole } = paceOf(facts);
  const told = rows.map(
    ({ name, growth, progress }) =>
      `${name}：进度 ${progress === null ? '—' : `${progress}%`}，同比 ${growth === null ? '—' : `${growth}%`}`,
  );
  return { ...whole, rows: rows.map((row) => ({ ...row })), text: told.join('；') };
};
