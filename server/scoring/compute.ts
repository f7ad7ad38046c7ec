import { createHash } from 'node:crypto';
import type pg from 'pg';
import { evaluateRule } from '../../workflows/scoring/evaluate.ts';
import type { Rule } from '../../workflows/scoring/rule.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { countBallots, lastRounds } from '../ballots/count.ts';
import { readParticipants } from '../ballots/participants.ts';
import { readHistory } from '../results/history.ts';
import { earlierInMeeting } from '../results/values.ts';
import { readScoreData, type Sources } from './data.ts';

/** So many participants are read, scored and written at a time: memory does not grow with their number. */
const BATCH = 50;

export const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url');

export interface Scoring {
  cycleId: string;
  template: CycleTemplate;
  /** The key of the block whose rule it is. */
  block: string;
  rule: Rule;
}

/**
 * Computes every participant's score and writes it under a run, in the caller's transaction: ballots are counted in one statement,
 * then the participants follow in batches.
 * @throws when a score cannot be computed, naming the unit
 */
export async function computeScores(
  client: pg.PoolClient,
  runId: string,
  { cycleId, template, block, rule }: Scoring,
): Promise<{ scored: number; notApplicable: number }> {
  const participants = await readParticipants(client, cycleId);
  const text = JSON.stringify(rule);
  const rounds = text.includes('ballots') ? await lastRounds(client, cycleId, template.assessors ?? []) : [];
  if (rounds.length > 0) await countBallots(client, rounds);
  const history = text.includes('history') ? await readHistory(client, cycleId) : new Map();
  const sources: Sources = { cycleId, rule, rounds, earlier: earlierInMeeting(template, block), history };
  let notApplicable = 0;
  for (let i = 0; i < participants.length; i += BATCH) {
    const some = participants.slice(i, i + BATCH);
    const data = await readScoreData(client, sources, some);
    const scores = some.map(({ caseId, name }) => {
      const own = data.get(caseId);
      if (!own) throw new Error(`no data of ${name}`);
      try {
        const { value, explanation } = evaluateRule(rule, own);
        if (value === null) notApplicable += 1;
        return { caseId, value, explanation: JSON.stringify(explanation), inputs: hashOf(own) };
      } catch (error) {
        throw new Error(`the score of ${name} by "${block}": ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      }
    });
    await client.query(
      `INSERT INTO scores (run_id, case_id, value, explanation, inputs_hash)
       SELECT $1, s.* FROM unnest($2::uuid[], $3::numeric[], $4::text[]::json[], $5::text[]) AS s
       ON CONFLICT (run_id, case_id) DO UPDATE SET value = excluded.value, explanation = excluded.explanation, inputs_hash = excluded.inputs_hash`,
      [
        runId,
        scores.map(({ caseId }) => caseId),
        scores.map(({ value }) => value),
        scores.map(({ explanation }) => explanation),
        scores.map(({ inputs }) => inputs),
      ],
    );
  }
  return { scored: participants.length - notApplicable, notApplicable };
}
