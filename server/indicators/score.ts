import type { Direction } from '../../workflows/indicators/schema.ts';
import type { Json } from '../../workflows/json.ts';
import type { Text } from '../../workflows/text.ts';
import type { Sql } from '../db/sql.ts';
import { brokenSince, enteredBefore } from './breaks.ts';

/** A participant's indicator as scoring rules see it. */
export interface ScoredIndicator {
  code: string;
  name: Text;
  kind: 'specific' | 'common';
  unit: string;
  direction: Direction;
  /** Its dimension. */
  group: string | null;
  weight: string | null;
  target: string | null;
  low: string | null;
  high: string | null;
  actual: string | null;
  previous: string | null;
  best: string | null;
  /** The place of `actual` among the units of the category, by direction; of a band, and without value, null. */
  rank: number | null;
  /** The verified values of the year with their places, where they are asked for. */
  periods?: { key: string; value: string; rank: number | null }[];
  na?: boolean;
  source: Json;
}

/** Decimal places of what is handed to the rules: as many as an endless value is written with. PostgreSQL divides with some to spare. */
const PLACES = 30;
const SPARE = 40;

/** Joined by `c` (cycle_indicators): the target in force as `target`, the value of the year as `actual`, from verified values (`mean`: with all places). */
export const FIGURES = `
  LEFT JOIN LATERAL (SELECT version, value, low, high FROM indicator_targets WHERE cycle_indicator_id = c.id AND state = 'approved' ORDER BY version DESC LIMIT 1) target ON true
  LEFT JOIN LATERAL (
    SELECT CASE c.aggregation WHEN 'sum' THEN sum(verified) WHEN 'mean' THEN avg(verified) WHEN 'max' THEN max(verified)
        ELSE (array_agg(verified ORDER BY ends_on DESC))[1] END AS value,
      CASE c.aggregation WHEN 'mean' THEN round(sum(verified), ${SPARE}) / nullif(count(*), 0) END AS mean,
      count(*)::int AS periods, max(period) AS last
    FROM indicator_values WHERE cycle_indicator_id = c.id AND verified IS NOT NULL
  ) actual ON true`;

const plain = (column: string) => `trim_scale(round(${column}, ${PLACES}))::text`;

/** The place of a value among those with the same `among`, the best first; equal values share the better one. */
const placeOf = (value: string, among: string) =>
  `CASE WHEN applies AND ${value} IS NOT NULL AND direction <> 'band'
     THEN rank() OVER (PARTITION BY ${among}, applies AND ${value} IS NOT NULL ORDER BY CASE direction WHEN 'up' THEN -${value} ELSE ${value} END) END`;

/** Places period by period: to be averaged over the twelve months of a year. */
const PERIODS = `, periods AS (
       SELECT f.id, v.period, v.verified, ${placeOf('v.verified', 'f.category, f.code, v.period')} AS place
       FROM figures f JOIN indicator_values v ON v.cycle_indicator_id = f.id WHERE v.verified IS NOT NULL
     )`;
const PERIODS_OF = `(SELECT coalesce(json_agg(json_build_object('key', p.period, 'value', ${plain('p.verified')}, 'rank', p.place) ORDER BY p.period), '[]')
       FROM periods p WHERE p.id = r.id)`;

/**
 * The indicators of every participant of a cycle with what they came to: targets in force, verified values of the year, last year's
 * (of the cycle of the same template a year before, else from the history; none across a break of the definition), and the best of the
 * category. One statement for all.
 *
 * A mean of the year, like every endless value, comes with 30 places.
 *
 * @param orgIds only these participants; the best of the category, and places in it, still are among all
 * @param periods with the values of the single periods and their places
 * @returns by unit, in the order of the plan
 */
export async function scoreIndicators(
  sql: Sql,
  cycleId: string,
  orgIds?: readonly string[],
  { periods = false }: { periods?: boolean } = {},
): Promise<Map<string, ScoredIndicator[]>> {
  const rows = await sql.query<{ org_id: string; indicator: ScoredIndicator & { na: boolean } }>(
    `WITH figures AS (
       SELECT c.*, p.category, target.value AS target_value, target.version AS target_version, coalesce(target.low, c.low) AS target_low,
         coalesce(target.high, c.high) AS target_high, coalesce(actual.mean, actual.value) AS actual, actual.periods, actual.last
       FROM cycle_indicators c JOIN cycle_participants p ON p.cycle_id = c.cycle_id AND p.org_id = c.org_id ${FIGURES}
       WHERE c.cycle_id = $1::uuid
     ), ranked AS (
       SELECT f.*, CASE direction WHEN 'up' THEN max(actual) FILTER (WHERE applies) OVER w WHEN 'down' THEN min(actual) FILTER (WHERE applies) OVER w END AS best,
         ${placeOf('actual', 'category, code')} AS place
       FROM figures f WINDOW w AS (PARTITION BY category, code)
     ), cycle AS (SELECT year, template_key FROM cycles WHERE id = $1::uuid)${periods ? PERIODS : ''}
     SELECT r.org_id::text, json_build_object('code', r.code, 'name', json_build_object('zh', r.name, 'en', coalesce(r.name_en, r.name)), 'kind', r.kind,
       'unit', r.unit, 'direction', r.direction, 'group', r."group", 'weight', ${plain('r.weight')}, 'target', ${plain('r.target_value')}, 'low', ${plain('r.target_low')},
       'high', ${plain('r.target_high')}, 'actual', ${plain('r.actual')}, 'previous', ${plain('coalesce(before.value, history.value)')},
       'best', ${plain('r.best')}, 'rank', r.place${periods ? `, 'periods', ${PERIODS_OF}` : ''}, 'na', NOT r.applies,
       'source', json_build_object('cycleIndicator', r.id, 'targetVersion', r.target_version, 'periods', r.periods, 'last', r.last)) AS indicator
     FROM ranked r CROSS JOIN cycle
     LEFT JOIN LATERAL (
       SELECT coalesce(actual.mean, actual.value) AS value FROM cycles earlier JOIN cycle_indicators c ON c.cycle_id = earlier.id AND c.org_id = r.org_id AND c.code = r.code ${FIGURES}
       WHERE earlier.template_key = cycle.template_key AND earlier.year = cycle.year - 1 AND earlier.status <> 'cancelled' AND actual.value IS NOT NULL
         AND cardinality(${brokenSince('c', 'r')}) = 0
       ORDER BY earlier.launched_at DESC LIMIT 1
     ) before ON true
     LEFT JOIN indicator_history history ON history.org_id = r.org_id AND history.code = r.code AND history.year = cycle.year - 1
       AND cardinality(${enteredBefore('history', 'r')}) = 0
     WHERE $2::uuid[] IS NULL OR r.org_id = ANY($2::uuid[])
     ORDER BY r.org_id, r.position, r.code`,
    [cycleId, orgIds ?? null],
  );
  const byUnit = new Map<string, ScoredIndicator[]>();
  for (const { org_id, indicator } of rows) {
    const { na, ...rest } = indicator;
    const list = byUnit.get(org_id) ?? [];
    list.push(na ? { ...rest, na } : rest);
    byUnit.set(org_id, list);
  }
  return byUnit;
}
