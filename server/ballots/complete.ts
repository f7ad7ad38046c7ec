import type { Engine } from '../engine/index.ts';
import type { Queryable } from '../engine/rows.ts';
import { ProblemError } from '../http/problem.ts';
import type { Handed } from './cast.ts';

/**
 * Tells the cycle's case that every expected ballot is in. Asked after the commit, so that of several who hand in last at once
 * the later one sees all. A round that asks the public ends at its date only, and so does one that nobody could tell.
 */
export async function tellIfComplete(
  db: Queryable,
  engine: Engine,
  handed: Pick<Handed, 'nearEnd' | 'round' | 'caseId' | 'block' | 'roundNumber'>,
): Promise<boolean> {
  if (!handed.nearEnd || !(await isComplete(db, handed.round))) return false;
  try {
    await engine.apply({
      caseId: handed.caseId,
      event: { type: 'complete', block: handed.block, round: handed.roundNumber },
    });
    return true;
  } catch (error) {
    if (!(error instanceof ProblemError) || error.id === 'engine.unavailable') throw error;
    return false;
  }
}

/** No sheet is open, and no public survey runs. */
async function isComplete(db: Queryable, round: string): Promise<boolean> {
  const { rows } = await db.query<{ complete: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM ballot_sheets s WHERE s.round_id = r.id AND s.state = 'open')
        AND NOT EXISTS (SELECT FROM unnest(r.groups) g WHERE NOT EXISTS (
          SELECT FROM ballot_sheets s WHERE s.round_id = r.id AND s.group_key = g AND s.assessor_id IS NOT NULL)) AS complete
     FROM ballot_rounds r WHERE r.id = $1`,
    [round],
  );
  return rows[0]?.complete === true;
}
