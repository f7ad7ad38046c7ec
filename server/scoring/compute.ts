import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { ScoreData } from '../../workflows/scoring/data.ts';
import { evaluateRule } from '../../workflows/scoring/evaluate.ts';
import type { Rule } from '../../workflows/scoring/rule.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { countBallots, lastRounds } from '../ballots/count.ts';
import { type Participant, readParticipants } from '../ballots/participants.ts';
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
  const batches = Array.from({ length: Math.ceil(participants.length / BATCH) }, (_, i) =>
    participants.slice(i * BATCH, (i + 1) * BATCH),
  );
  let notApplicable = 0;
  // The database reads the next batch and writes the last one while the rule is evaluated here. One connection: in turn.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const own = turn.then(work);
    turn = own;
    // Whoever waits for it hears of a failure, if not of this one then of one before.
    own.catch(() => undefined);
    return own;
  };
  const read = (some: readonly Participant[] = []) => inTurn(() => readScoreData(client, sources, some));
  try {
    let next = read(batches[0]);
    for (const [i, some] of batches.entries()) {
      const data = await next;
      if (i + 1 < batches.length) next = read(batches[i + 1]);
      const scores: Row[] = [];
      for (const { caseId, name } of some) {
        const own = data.get(caseId);
        if (!own) throw new Error(`no data of ${name}`);
        const row = scoreOf(rule, own, caseId, () => `the score of ${name} by "${block}"`);
        if (row.value === null) notApplicable += 1;
        scores.push(row);
        // Others of this process come to their turn, the database among them.
        await new Promise(setImmediate);
      }
      inTurn(() => writeScores(client, runId, scores));
    }
  } finally {
    // Nothing of it may run on when the transaction ends.
    await turn.catch(() => undefined);
  }
  await turn;
  return { scored: participants.length - notApplicable, notApplicable };
}

interface Row {
  caseId: string;
  value: string | null;
  explanation: string;
  /** A veto that the rule found (一票否决), as JSON: it bears on the grade. */
  veto: string | null;
  inputs: string;
}

function scoreOf(rule: Rule, data: ScoreData, caseId: string, what: () => string): Row {
  try {
    const { value, veto, explanation } = evaluateRule(rule, data);
    return {
      caseId,
      value,
      explanation: JSON.stringify(explanation),
      veto: veto ? JSON.stringify(veto) : null,
      inputs: hashOf(data),
    };
  } catch (error) {
    throw new Error(`${what()}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Each explanation is a value by itself: as the elements of one array they would all be quoted once more. */
async function writeScores(client: pg.PoolClient, runId: string, scores: readonly Row[]): Promise<void> {
  const values = scores.map((_, i) => `($1, ${[2, 3, 4, 5, 6].map((n) => `$${i * 5 + n}`).join()})`);
  await client.query(
    `INSERT INTO scores (run_id, case_id, value, explanation, veto, inputs_hash) VALUES ${values.join()}`,
    [
      runId,
      ...scores.flatMap(({ caseId, value, explanation, veto, inputs }) => [caseId, value, explanation, veto, inputs]),
    ],
  );
}
