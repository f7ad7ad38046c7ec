import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { settle } from '../audit/record.ts';
import { templateOf } from '../ballots/template.ts';
import { overPg } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import type { Queryable } from '../engine/rows.ts';
import { problem } from '../http/problem.ts';
import { computeScores, hashOf } from './compute.ts';
import { applyRun, meetingOf, type Standing, standingsOf } from './follow.ts';
import { acceptedRun, lockScores, type ScoreBlock, scoreBlocks } from './runs.ts';

/** What a recomputation would change: units whose score, rank or grade differs. */
export interface Diff {
  /** The run that it was compared with. */
  base: string;
  changed: { case: string; name: string; before: Standing; after: Standing }[];
  unchanged: number;
}

const NONE: Standing = { score: null, rank: null, grade: null };

/**
 * Computes the scores of a block again, by the rule of the cycle's own template version, as a draft: what would change is worked
 * out in full, ranks and grades too, and taken back. Nothing counts until somebody accepts it.
 */
export async function recompute(
  pool: pg.Pool,
  { cycleId, block: key, by, at }: { cycleId: string; block?: string | undefined; by: string; at: string },
): Promise<string> {
  const template = await templateOfCycle(pool, cycleId);
  return transaction(pool, async (client) => {
    const block = await scoredBlock(client, cycleId, template, key);
    await lockScores(client, cycleId, block.key);
    const base = await acceptedRun(client, cycleId, block.key);
    if (!base) throw problem('score.none');
    const runId = uuidv7();
    const { rule } = block.rule;
    await client.query(
      `INSERT INTO score_runs (id, cycle_id, block, round, state, rule_hash, made_by, made_at) VALUES ($1, $2, $3, $4, 'draft', $5, $6, $7)`,
      [runId, cycleId, block.key, base.round, hashOf(rule), by, at],
    );
    await computeScores(client, runId, { cycleId, template, block: block.key, rule });
    const diff = await compare(client, runId, base.id, { cycleId, template, block, at });
    await client.query('UPDATE score_runs SET diff = $2 WHERE id = $1', [runId, JSON.stringify(diff)]);
    await settle(overPg(client), { made: runId });
    return runId;
  });
}

async function compare(
  client: pg.PoolClient,
  runId: string,
  base: string,
  place: Parameters<typeof applyRun>[2],
): Promise<Diff> {
  const before = await standingsOf(client, place);
  await client.query('SAVEPOINT tried');
  await supersede(client, base);
  await client.query(`UPDATE score_runs SET state = 'accepted' WHERE id = $1`, [runId]);
  await applyRun(client, runId, place);
  const after = await standingsOf(client, place);
  await client.query('ROLLBACK TO SAVEPOINT tried');
  const { rows } = await client.query<{ id: string; name: string }>(
    'SELECT s.case_id AS id, o.name FROM scores s JOIN cases c ON c.id = s.case_id JOIN org_units o ON o.id = c.org_id WHERE s.run_id = $1 ORDER BY o.code',
    [runId],
  );
  const changed = rows.flatMap(({ id, name }) => {
    const [was, is] = [before.get(id) ?? NONE, after.get(id) ?? NONE];
    return same(was, is) ? [] : [{ case: id, name, before: was, after: is }];
  });
  return { base, changed, unchanged: rows.length - changed.length };
}

/**
 * Makes a draft count: its scores, and the ranks and grades that follow, take the place of those before, which stay as history.
 * Only while the results are not handed out: what the cases know already is corrected by a block of the template that scores again.
 */
export async function acceptRun(
  pool: pg.Pool,
  { runId, by, reason, at }: { runId: string; by: string; reason: string; at: string },
): Promise<void> {
  const { cycleId, block: key } = await readRun(pool, runId);
  const template = await templateOfCycle(pool, cycleId);
  await transaction(pool, async (client) => {
    await lockScores(client, cycleId, key);
    const { state, diff } = await readRun(client, runId);
    if (state !== 'draft') throw problem('scoreRun.state', { state });
    const block = await scoredBlock(client, cycleId, template, key);
    if (await isHanded(client, cycleId, template, key)) throw problem('scoreRun.handed');
    const base = await acceptedRun(client, cycleId, key);
    const place = { cycleId, template, block, at };
    const before = await standingsOf(client, place);
    if (!base || base.id !== diff?.base) throw problem('scoreRun.stale');
    await supersede(client, base.id);
    await decide(client, { runId, state: 'accepted', by, reason, at });
    await applyRun(client, runId, place);
    // What came in between, such as a veto or a raised quota, shows in ranks and grades: then nobody has seen what this would do.
    if (!asShown(diff, before, await standingsOf(client, place))) throw problem('scoreRun.stale');
    await settle(overPg(client));
  });
}

const same = (a: Standing, b: Standing): boolean => a.score === b.score && a.rank === b.rank && a.grade === b.grade;

/** Whether what an accepted draft did is what it showed: to those whom it changes, and to nobody else. */
function asShown(diff: Diff, before: ReadonlyMap<string, Standing>, after: ReadonlyMap<string, Standing>): boolean {
  const changed = new Map(diff.changed.map((one) => [one.case, one]));
  return [...new Set([...before.keys(), ...after.keys(), ...changed.keys()])].every((id) => {
    const [was, is] = [before.get(id) ?? NONE, after.get(id) ?? NONE];
    const shown = changed.get(id);
    return shown ? same(shown.before, was) && same(shown.after, is) : same(was, is);
  });
}

const supersede = (db: Queryable, runId: string) =>
  db.query(`UPDATE score_runs SET state = 'superseded' WHERE id = $1`, [runId]);

/** Drops a draft; it stays on record. */
export async function discardRun(
  pool: pg.Pool,
  { runId, by, reason, at }: { runId: string; by: string; reason: string; at: string },
): Promise<void> {
  await readRun(pool, runId);
  await transaction(pool, async (client) => {
    if (!(await decide(client, { runId, state: 'discarded', by, reason, at }))) throw problem('scoreRun.state');
    await settle(overPg(client));
  });
}

async function decide(
  db: Queryable,
  { runId, state, by, reason, at }: { runId: string; state: string; by: string; reason: string; at: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE score_runs SET state = $2, decided_by = $3, reason = $4, decided_at = $5 WHERE id = $1 AND state = 'draft'`,
    [runId, state, by, reason, at],
  );
  return rowCount === 1;
}

async function readRun(
  db: Queryable,
  id: string,
): Promise<{ cycleId: string; block: string; state: string; diff: Diff | null }> {
  const { rows } = await db.query<{ cycleId: string; block: string; state: string; diff: Diff | null }>(
    'SELECT cycle_id AS "cycleId", block, state, diff FROM score_runs WHERE id = $1',
    [id],
  );
  const row = rows[0];
  if (!row) throw problem('scoreRun.unknown');
  return row;
}

/** The template version that a cycle runs. */
async function templateOfCycle(db: Queryable, cycleId: string): Promise<CycleTemplate> {
  const { rows } = await db.query<{ definition: string }>(
    `SELECT definition FROM cases WHERE cycle_id = $1 AND kind = 'cycle'`,
    [cycleId],
  );
  const row = rows[0];
  if (!row) throw problem('cycle.unknown');
  return templateOf(db, row.definition);
}

/** The block named, or the last one that has scored. */
async function scoredBlock(
  db: Queryable,
  cycleId: string,
  template: CycleTemplate,
  key: string | undefined,
): Promise<ScoreBlock> {
  const blocks = scoreBlocks(template);
  if (key !== undefined) {
    const named = blocks.find((block) => block.key === key);
    if (!named) throw problem('score.block');
    return named;
  }
  for (const block of [...blocks].reverse()) if (await acceptedRun(db, cycleId, block.key)) return block;
  throw problem(blocks.length > 0 ? 'score.none' : 'score.block');
}

async function isHanded(db: Queryable, cycleId: string, template: CycleTemplate, key: string): Promise<boolean> {
  const { rowCount } = await db.query('SELECT FROM cycle_gates WHERE cycle_id = $1 AND block = $2', [
    cycleId,
    meetingOf(template, key)?.meeting,
  ]);
  return rowCount === 1;
}
