import type pg from 'pg';

type Queryable = Pick<pg.Pool, 'query'>;

/** What a participant's year came to: the last score, rank and grade that the cycle gave it. */
export interface FinalResult {
  cycleId: string;
  year: number;
  orgId: string;
  caseId: string;
  category: string;
  score: string | null;
  rank: number | null;
  rankOf: number | null;
  grade: string | null;
}

const last = (column: string, where: string) =>
  `(array_agg(${column} ORDER BY r.at DESC, r.block) FILTER (WHERE ${where}))[1]`;

const FINAL = `SELECT r.cycle_id AS "cycleId", y.year, r.org_id AS "orgId", r.case_id AS "caseId", ${last('r.category', 'true')} AS category,
    trim_scale(${last('r.score', 'r.score IS NOT NULL')})::text AS score, ${last('r.rank', 'r.rank_of IS NOT NULL')} AS rank,
    ${last('r.rank_of', 'r.rank_of IS NOT NULL')} AS "rankOf", ${last('r.grade', 'r.because IS NOT NULL')} AS grade
  FROM results r JOIN cycles y ON y.id = r.cycle_id`;

export type YearResult = Pick<FinalResult, 'year' | 'score' | 'grade' | 'rank'>;

/** The results of a cycle as they stand now, by participant. A result that came later, such as after appeals, takes the place of an earlier one. */
export const finalResults = async (db: Queryable, cycleId: string): Promise<FinalResult[]> =>
  (
    await db.query<FinalResult>(
      `${FINAL} JOIN cases c ON c.id = r.case_id
       WHERE r.cycle_id = $1 AND c.status <> 'cancelled' GROUP BY r.cycle_id, y.year, r.org_id, r.case_id ORDER BY r.case_id`,
      [cycleId],
    )
  ).rows;

/** The results of earlier cycles of the same template, oldest first: of each year, the cycle launched last. */
export const earlierResults = async (db: Queryable, cycleId: string): Promise<FinalResult[]> =>
  (
    await db.query<FinalResult>(
      `${FINAL} WHERE r.cycle_id IN (
         SELECT DISTINCT ON (former.year) former.id FROM cycles now JOIN cycles former ON former.template_key = now.template_key
         WHERE now.id = $1 AND former.year < now.year AND former.status <> 'cancelled' ORDER BY former.year, former.launched_at DESC, former.id)
       GROUP BY r.cycle_id, y.year, r.org_id, r.case_id ORDER BY y.year, r.case_id`,
      [cycleId],
    )
  ).rows;

/** Earlier years of each participant of a cycle for its scoring rules, by case, oldest first. Who has none is left out. */
export async function readHistory(db: Queryable, cycleId: string): Promise<Map<string, YearResult[]>> {
  const { rows } = await db.query<{ orgId: string; caseId: string }>(
    'SELECT org_id AS "orgId", case_id AS "caseId" FROM cycle_participants WHERE cycle_id = $1 AND case_id IS NOT NULL',
    [cycleId],
  );
  const caseOf = new Map(rows.map(({ orgId, caseId }) => [orgId, caseId]));
  const history = new Map<string, YearResult[]>();
  for (const { orgId, year, score, grade, rank } of await earlierResults(db, cycleId)) {
    const caseId = caseOf.get(orgId);
    if (caseId === undefined) continue;
    history.set(caseId, [...(history.get(caseId) ?? []), { year, score, grade, rank }]);
  }
  return history;
}
