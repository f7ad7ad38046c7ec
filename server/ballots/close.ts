import type { Queryable } from '../engine/rows.ts';

/**
 * Closes the rounds of a cycle (or of one block): every sheet is marked, so that whoever hands in at this moment either comes
 * first and is counted, or is refused. May be repeated.
 */
export async function closeRounds(
  db: Queryable,
  { cycleId, at, block }: { cycleId: string; at: string; block?: string },
): Promise<void> {
  await db.query(
    `WITH ended AS (
       UPDATE ballot_rounds SET closed_at = $2 WHERE cycle_id = $1 AND closed_at IS NULL AND ($3::text IS NULL OR block = $3) RETURNING id
     ) UPDATE ballot_sheets s SET closed = true FROM ended WHERE s.round_id = ended.id AND NOT s.closed`,
    [cycleId, at, block ?? null],
  );
}
