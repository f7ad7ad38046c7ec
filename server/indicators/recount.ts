import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Sql } from '../db/sql.ts';
import { judgeValues } from '../lights/judge.ts';
import { computeUnits } from './compute.ts';

/**
 * Computes anew what depends on what citizens and observers see at these units, in every cycle that runs there, and judges the
 * periods that are over by it. To be called in the transaction that puts it on record: those at the same unit go one after the other, so
 * that each counts the ones before.
 */
export async function recount(
  sql: Sql,
  orgIds: readonly (string | null)[],
  { at, calendar }: { at: string; calendar: Calendar },
): Promise<void> {
  const units = [...new Set(orgIds.filter((id) => id !== null))].sort();
  if (units.length === 0) return;
  const found = await sql.query<{ cycle: string; unit: string }>(
    `SELECT DISTINCT i.cycle_id::text AS cycle, i.org_id::text AS unit FROM cycle_indicators i JOIN cycles y ON y.id = i.cycle_id
     WHERE i.org_id = ANY($1::uuid[]) AND i.applies AND i.formula ~ '(complaints|observations)\\.' AND y.status IN ('launching', 'running')
     ORDER BY 1, 2`,
    [units],
  );
  if (found.length === 0) return;
  await sql.query(
    `SELECT count(pg_advisory_xact_lock(hashtextextended('seen/' || unit, 0)))::int AS locked FROM unnest($1::text[]) AS unit`,
    [[...new Set(found.map(({ unit }) => unit))].sort()],
  );
  for (const cycle of new Set(found.map((one) => one.cycle))) {
    const here = found.flatMap((one) => (one.cycle === cycle ? [one.unit] : []));
    await judgeValues(sql, cycle, await computeUnits(sql, cycle, here, at), { at, calendar });
  }
}
