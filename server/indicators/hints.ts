import type { Aggregation, Direction } from '../../workflows/indicators/schema.ts';
import type { Sql } from '../db/sql.ts';
import { FIGURES } from './score.ts';

/** What an indicator's value would be, for those who make up values: the simulator. */
export interface Hint {
  code: string;
  direction: Direction;
  aggregation: Aggregation;
  target: string | null;
  low: string | null;
  high: string | null;
  min: string | null;
  max: string | null;
  /** How many values the year has. */
  periods: number;
}

/** What the units' indicators of a cycle are about, by code. */
export async function indicatorHints(sql: Sql, cycleId: string, orgId: string): Promise<Map<string, Hint>> {
  const rows = await sql.query<Hint>(
    `SELECT c.code, c.direction, c.aggregation, target.value::text AS target, coalesce(target.low, c.low)::text AS low, coalesce(target.high, c.high)::text AS high,
       c.plausible_min::text AS min, c.plausible_max::text AS max,
       (CASE c.frequency WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 WHEN 'half' THEN 2 ELSE 1 END) AS periods
     FROM cycle_indicators c ${FIGURES} WHERE c.cycle_id = $1::uuid AND c.org_id = $2::uuid`,
    [cycleId, orgId],
  );
  return new Map(rows.map((row) => [row.code, row]));
}
