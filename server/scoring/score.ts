import { v7 as uuidv7 } from 'uuid';
import type { Json } from '../../workflows/json.ts';
import { closeRounds } from '../ballots/close.ts';
import { transaction } from '../db/transaction.ts';
import type { Service } from '../engine/service.ts';
import { computeScores, hashOf } from './compute.ts';
import { acceptedRun, isScore, lockScores, writeResults } from './runs.ts';

/**
 * Scores every participant: closes the rounds of ballots, so that nothing comes in while it counts, computes, and hands each its
 * value. All in one transaction; the same round of the block is computed once.
 */
export const score: Service = async ({ pool, cycleId, template, block, round, at }): Promise<Json> => {
  if (!isScore(block)) throw new Error(`"${block.key}" does not score`);
  const { rule } = block.rule;
  await closeRounds(pool, { cycleId, at });
  return transaction(pool, async (client) => {
    await lockScores(client, cycleId, block.key);
    const before = await acceptedRun(client, cycleId, block.key);
    if (before?.round === round) return countOf(client, before.id);
    if (before) await client.query(`UPDATE score_runs SET state = 'superseded' WHERE id = $1`, [before.id]);
    const runId = uuidv7();
    await client.query(
      `INSERT INTO score_runs (id, cycle_id, block, round, state, rule_hash, made_at) VALUES ($1, $2, $3, $4, 'accepted', $5, $6)`,
      [runId, cycleId, block.key, round, hashOf(rule), at],
    );
    await computeScores(client, runId, { cycleId, template, block: block.key, rule });
    await writeResults(client, { runId, cycleId, block: block.key, into: block.into });
    return countOf(client, runId);
  });
};

async function countOf(client: Parameters<typeof acceptedRun>[0], runId: string): Promise<Json> {
  const { rows } = await client.query<{ scored: number; notApplicable: number }>(
    'SELECT count(value)::int AS scored, (count(*) - count(value))::int AS "notApplicable" FROM scores WHERE run_id = $1',
    [runId],
  );
  return { scored: rows[0]?.scored ?? 0, notApplicable: rows[0]?.notApplicable ?? 0 };
}
