import type pg from 'pg';
import type { Amount } from '../../workflows/grades/schema.ts';

type Queryable = Pick<pg.Pool, 'query'>;

/** A grade that was decided for a participant, whatever the rule gives. */
export interface DecidedGrade {
  caseId: string;
  grade: string;
  document: string;
  reason: string;
}

/** The decisions about grades that are in force in a cycle. */
export async function decisionsOf(
  db: Queryable,
  cycleId: string,
): Promise<{ exceptions: DecidedGrade[]; raised: Record<string, Amount> }> {
  const [exceptions, raises] = await Promise.all([
    db.query<DecidedGrade>(
      'SELECT case_id AS "caseId", grade, document, reason FROM grade_exceptions WHERE cycle_id = $1 AND revoked_at IS NULL ORDER BY id',
      [cycleId],
    ),
    db.query<{ quota: string; amount: Amount }>(
      'SELECT quota, amount FROM quota_raises WHERE cycle_id = $1 AND revoked_at IS NULL ORDER BY quota',
      [cycleId],
    ),
  ]);
  return {
    exceptions: exceptions.rows,
    raised: Object.fromEntries(raises.rows.map(({ quota, amount }) => [quota, amount])),
  };
}
