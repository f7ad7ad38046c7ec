import type { Bar } from '../../workflows/adjustments/withheld.ts';
import type { Sql } from '../db/sql.ts';

/** What lights withhold from the units of a cycle, by unit; what the office took back withholds nothing. */
export async function readBars(sql: Sql, cycleId: string, orgId?: string): Promise<Map<string, Bar[]>> {
  const rows = await sql.query<Bar & { org: string }>(
    `SELECT org_id::text AS org, number, detail->>'of' AS of, period FROM warnings
     WHERE cycle_id = $1::uuid AND kind = 'noBonus' AND state <> 'withdrawn' AND ($2::uuid IS NULL OR org_id = $2::uuid) ORDER BY number`,
    [cycleId, orgId ?? null],
  );
  const bars = new Map<string, Bar[]>();
  for (const { org, ...bar } of rows) bars.set(org, [...(bars.get(org) ?? []), bar]);
  return bars;
}
