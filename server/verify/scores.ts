import type pg from 'pg';
import { checkExplanation } from '../../workflows/scoring/check.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import type { Explanation } from '../../workflows/scoring/explanation.ts';
import type { Verification } from './verify.ts';

const BATCH = 50;
const NOWHERE = '00000000-0000-0000-0000-000000000000';

interface Row {
  run: string;
  id: string;
  block: string;
  value: string | null;
  explanation: Explanation;
}

/** Computes every score again from its own explanation: a line that does not follow from its inputs, and a score that is not the first line's, are named. */
export async function checkScores(client: pg.PoolClient, since: Date, result: Verification): Promise<void> {
  for (let [run, id] = [NOWHERE, NOWHERE]; ; ) {
    const { rows } = await client.query<Row>(
      `SELECT s.run_id AS run, s.case_id AS id, r.block, s.value::text, s.explanation FROM scores s JOIN score_runs r ON r.id = s.run_id
       WHERE (s.run_id, s.case_id) > ($1::uuid, $2::uuid) AND r.made_at >= $3 ORDER BY s.run_id, s.case_id LIMIT $4`,
      [run, id, since, BATCH],
    );
    for (const row of rows)
      for (const detail of wrongIn(row)) result.mismatches.push({ caseId: row.id, what: 'score', detail });
    const last = rows.at(-1);
    if (!last) return;
    ({ run, id } = last);
  }
}

function wrongIn({ block, value, explanation }: Row): string[] {
  const lines = checkExplanation(explanation).map(
    (line) => `"${block}": ${line.path || 'the first line'} says ${line.value}, and comes to ${line.again}`,
  );
  const same =
    value === null || explanation.value === null ? value === explanation.value : new Exact(value).eq(explanation.value);
  return same ? lines : [...lines, `"${block}": the score is ${value}, its explanation says ${explanation.value}`];
}
