import type { Rule } from '../../workflows/scoring/rule.ts';
import type { ComputeBlock } from '../../workflows/template/block.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Queryable } from '../engine/rows.ts';

export type ScoreBlock = ComputeBlock & { rule: { kind: 'score'; rule: Rule } };

export const isScore = (block: { type: string }): block is ScoreBlock =>
  block.type === 'compute' && (block as ComputeBlock).rule.kind === 'score';

/** The blocks of a template that score, in order. */
export const scoreBlocks = (template: CycleTemplate): ScoreBlock[] =>
  [...blocksOf(template)].flatMap(({ block }) => (isScore(block) ? [block] : []));

/** While one computes the scores of a block, others wait: until the end of the transaction. */
export async function lockScores(db: Queryable, cycleId: string, block: string): Promise<void> {
  await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`score/${cycleId}/${block}`]);
}

/** The run that counts. */
export async function acceptedRun(
  db: Queryable,
  cycleId: string,
  block: string,
): Promise<{ id: string; round: number } | null> {
  const { rows } = await db.query<{ id: string; round: number }>(
    `SELECT id, round FROM score_runs WHERE cycle_id = $1 AND block = $2 AND state = 'accepted'`,
    [cycleId, block],
  );
  return rows[0] ?? null;
}

/** Puts the scores of a run into the results, as what each participant is handed. */
export async function writeResults(
  db: Queryable,
  { runId, cycleId, block, into }: { runId: string; cycleId: string; block: string; into: string },
): Promise<void> {
  await db.query(
    `INSERT INTO results (cycle_id, block, case_id, org_id, category, score, handed)
     SELECT $1, $2, s.case_id, c.org_id, p.category, round(s.value, 6), json_build_object($3::text, s.value::text)
     FROM scores s JOIN cases c ON c.id = s.case_id JOIN cycle_participants p ON p.case_id = c.id WHERE s.run_id = $4
     ON CONFLICT (cycle_id, block, case_id) DO UPDATE SET score = excluded.score, handed = excluded.handed, at = excluded.at`,
    [cycleId, block, into, runId],
  );
}
