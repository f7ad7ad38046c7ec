import type { Break } from '../../workflows/indicators/breaks.ts';
import type { Sql } from '../db/sql.ts';
import { brokenSince, enteredBefore } from './breaks.ts';
import { FIGURES } from './score.ts';

/** What a year before came to, and why it does not compare with this one; empty where it does. */
export interface EarlierYear {
  year: number;
  value: string;
  /** A cycle of the same template, or what was entered from before. */
  from: 'cycle' | 'history';
  breaks: Break[];
}

/** How many years back the record of an indicator goes. */
export const LOOK_BACK = 50;

/**
 * The years before an assigned indicator's own: verified values of the earlier cycles of the same template, else the history that was
 * entered. Where both are there the cycle's counts, unless it does not compare and the entered one does (restated by today's
 * definition).
 * @param years how many to look back
 * @returns oldest first; years of which nothing is known are left out
 */
export const earlierYears = async (sql: Sql, cycleIndicatorId: string, years: number): Promise<EarlierYear[]> =>
  (await earlierYearsOf(sql, [cycleIndicatorId], years)).get(cycleIndicatorId) ?? [];

/** The same of many indicators in one statement; those of which nothing is known are left out. */
export async function earlierYearsOf(
  sql: Sql,
  cycleIndicatorIds: readonly string[],
  years: number,
): Promise<Map<string, EarlierYear[]>> {
  const rows = await sql.query<EarlierYear & { id: string }>(
    `WITH now AS (SELECT c.*, y.year, y.template_key FROM cycle_indicators c JOIN cycles y ON y.id = c.cycle_id WHERE c.id = ANY($1::uuid[])),
     known AS (
       SELECT DISTINCT ON (now.id, earlier.year) now.id, earlier.year, trim_scale(round(actual.value, 12))::text AS value, 'cycle' AS "from",
         ${brokenSince('c', 'now')} AS breaks
       FROM now JOIN cycles earlier ON earlier.template_key = now.template_key AND earlier.year < now.year AND earlier.year >= now.year - $2::int
         AND earlier.status <> 'cancelled'
       JOIN cycle_indicators c ON c.cycle_id = earlier.id AND c.org_id = now.org_id AND c.code = now.code ${FIGURES}
       WHERE actual.value IS NOT NULL ORDER BY now.id, earlier.year, earlier.launched_at DESC
     ), entered AS (
       SELECT now.id, h.year, trim_scale(h.value)::text AS value, 'history' AS "from", ${enteredBefore('h', 'now')} AS breaks
       FROM now JOIN indicator_history h ON h.org_id = now.org_id AND h.code = now.code AND h.year < now.year AND h.year >= now.year - $2::int
     )
     SELECT DISTINCT ON (id, year) * FROM (SELECT * FROM known UNION ALL SELECT * FROM entered) every
     ORDER BY id, year, cardinality(breaks) > 0, "from"`,
    [cycleIndicatorIds, years],
  );
  const found = new Map<string, EarlierYear[]>();
  for (const { id, ...one } of rows) found.set(id, [...(found.get(id) ?? []), one]);
  return found;
}
