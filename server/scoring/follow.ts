import type pg from 'pg';
import { stopsOf } from '../../workflows/machine/track.ts';
import type { Block } from '../../workflows/template/block.ts';
import { type CycleTemplate, PHASES } from '../../workflows/template/schema.ts';
import type { Queryable } from '../engine/rows.ts';
import { grade } from '../results/grade.ts';
import { rank } from '../results/rank.ts';
import { uses } from '../results/uses.ts';
import { type ScoreBlock, writeResults } from './runs.ts';

/** Where a score block stands: the meeting that hands its results out, and what follows from it there. */
export function meetingOf(template: CycleTemplate, key: string): { meeting: string; after: Block[] } | null {
  for (const phase of PHASES)
    for (const stop of stopsOf(template, phase, 'participant')) {
      if (stop.type !== 'await') continue;
      const at = stop.blocks.findIndex((block) => block.key === key);
      if (at >= 0) return { meeting: stop.key, after: stop.blocks.slice(at + 1) };
    }
  return null;
}

export interface Standing {
  score: string | null;
  rank: number | null;
  grade: string | null;
}

interface Place {
  cycleId: string;
  template: CycleTemplate;
  block: ScoreBlock;
  at: string;
}

/** Puts a run's scores into the results and carries out again what follows from them, as far as it was carried out before. */
export async function applyRun(client: pg.PoolClient, runId: string, place: Place): Promise<void> {
  const { cycleId, template, block, at } = place;
  await writeResults(client, { runId, cycleId, block: block.key, into: block.into });
  const { rows } = await client.query<{ block: string }>('SELECT DISTINCT block FROM results WHERE cycle_id = $1', [
    cycleId,
  ]);
  const done = new Set(rows.map((row) => row.block));
  // These services ask their pool for single statements only, so a connection in a transaction will do.
  const pool = client as unknown as pg.Pool;
  for (const next of meetingOf(template, block.key)?.after ?? []) {
    if (next.type !== 'compute' || !done.has(next.key)) continue;
    const call = { pool, cycleId, template, block: next, at };
    if (next.rule.kind === 'rank') await rank(call as unknown as Parameters<typeof rank>[0]);
    if (next.rule.kind === 'grade') await grade(call);
    if (next.rule.kind === 'uses') await uses(call);
  }
}

/** Score, rank and grade of every participant as the results have them now, by case. */
export async function standingsOf(
  db: Queryable,
  { cycleId, template, block }: Omit<Place, 'at'>,
): Promise<Map<string, Standing>> {
  const after = meetingOf(template, block.key)?.after ?? [];
  const first = (kind: string) => after.find((one) => one.type === 'compute' && one.rule.kind === kind)?.key ?? '';
  const { rows } = await db.query<Standing & { id: string }>(
    `SELECT case_id AS id, max(handed->>$5) FILTER (WHERE block = $2) AS score, max(rank) FILTER (WHERE block = $3) AS rank,
       max(grade) FILTER (WHERE block = $4) AS grade
     FROM results WHERE cycle_id = $1 AND block IN ($2, $3, $4) GROUP BY case_id`,
    [cycleId, block.key, first('rank'), first('grade'), block.into],
  );
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}
