import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { makePool, migrate, startTemporaryCluster, type TemporaryCluster } from '../db/index.ts';
import { makeCrashCity } from './city.ts';
import type { Control } from './controls.ts';
import { type Judgement, judge, pending } from './judge.ts';
import { startLoad } from './load.ts';
import { freePort, type Node, startNode } from './nodes.ts';
import { ROUNDS } from './template.ts';

export type { Control } from './controls.ts';

export const FAULTS = ['server', 'worker', 'backend', 'postmaster'] as const;
export type Fault = (typeof FAULTS)[number];

export interface CrashOptions {
  kills: number;
  seed: number;
  /** Only these faults; all by default. */
  faults?: readonly Fault[];
  /** A mistake built in, which the run has to catch. */
  control?: Control;
  /** How long to wait in the end for timers and jobs. */
  settleMs?: number;
  onProgress?: (kills: number, acknowledged: number) => void;
}

export interface CrashResult extends Judgement {
  kills: number;
  acknowledged: number;
  /** Answers that no correct server gives. */
  wrong: string[];
  faults: Record<Fault, number>;
  seed: number;
  seconds: number;
}

/** At least and at most so many acknowledgements between two kills: a kill that hits nothing proves nothing. */
const BETWEEN = { least: 8, most: 15 };
const CALLERS = 8;

/** Kills server, worker and PostgreSQL at random points under load, then counts what is missing. */
export async function crash(options: CrashOptions): Promise<CrashResult> {
  const { kills, seed, faults = FAULTS, control, settleMs = 90_000, onProgress } = options;
  const began = performance.now();
  const random = seeded(seed);
  const data = await mkdtemp(join(tmpdir(), 'bihuan-crash-'));
  const cluster = await startTemporaryCluster(
    control === 'async'
      ? { settings: { synchronous_commit: 'off', wal_writer_delay: '10s', wal_writer_flush_after: '1GB' } }
      : {},
  );
  const undo: (() => Promise<unknown>)[] = [() => rm(data, { recursive: true, force: true }), () => cluster.close()];
  try {
    await migrate(cluster.url);
    const pool = makePool(cluster.url, { max: 4, name: 'crash run' });
    undo.push(() => pool.end());
    // Enough work for the whole run, also when a mistake loses steps: nobody takes up again what was answered as done.
    const perKill = control ? BETWEEN.most + CALLERS : (BETWEEN.most * 1.5) / ROUNDS;
    await makeCrashCity(pool, Math.ceil(kills * perKill) + CALLERS * 4);
    await pool.query('CHECKPOINT'); // what the run starts from is on the disk, whatever the control
    const port = await freePort();
    const env = {
      DATABASE_URL: cluster.url,
      PORT: String(port),
      HOST: '127.0.0.1',
      BIHUAN_DATA: data,
      LOG_LEVEL: 'silent',
    };
    const server = startNode({ role: 'server', env, control });
    const worker = startNode({ role: 'worker', env, control });
    undo.push(
      () => server.stop(),
      () => worker.stop(),
    );
    await Promise.all([server.ready(), worker.ready()]);
    const load = startLoad(`http://127.0.0.1:${port}`, CALLERS, random);
    undo.push(() => load.stop());
    const counts: Record<Fault, number> = { server: 0, worker: 0, backend: 0, postmaster: 0 };
    for (let kill = 0; kill < kills; kill += 1) {
      await load.more(BETWEEN.least + Math.floor(random() * (BETWEEN.most - BETWEEN.least + 1)));
      const fault = faults[Math.floor(random() * faults.length)] as Fault;
      await strike(fault, { server, worker, cluster, pool });
      counts[fault] += 1;
      onProgress?.(kill + 1, load.acknowledged.length);
    }
    await load.more(1);
    await load.stop();
    await settled(pool, settleMs);
    const judgement = await judge(pool, load.acknowledged);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    return {
      kills,
      acknowledged: load.acknowledged.length,
      ...judgement,
      wrong: load.wrong.slice(0, 20),
      faults: counts,
      seed,
      seconds,
    };
  } finally {
    for (let step = undo.pop(); step; step = undo.pop()) await step().catch(() => undefined);
  }
}

async function strike(
  fault: Fault,
  { server, worker, cluster, pool }: { server: Node; worker: Node; cluster: TemporaryCluster; pool: pg.Pool },
): Promise<void> {
  if (fault === 'server') return server.kill();
  // With work in its hands: a worker that dies idle proves nothing.
  if (fault === 'worker') return worker.killWhen(() => holding(pool));
  if (fault === 'backend') return killBackend(cluster);
  await cluster.kill();
  await cluster.start();
}

async function holding(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ held: boolean }>(
    'SELECT EXISTS (SELECT FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL) AS held',
  );
  return rows[0]?.held ?? false;
}

/** A backend that dies makes the postmaster end all the others and recover. */
async function killBackend(cluster: TemporaryCluster): Promise<void> {
  const pool = makePool(cluster.url, { max: 1, name: 'crash killer' });
  try {
    const { rows } = await pool.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'bihuan%' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1`,
    );
    if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
  } catch {
    // It is still recovering from the last blow; this one hits the postmaster's children all the same.
  } finally {
    await pool.end().catch(() => undefined);
  }
}

/** Waits until everything that the steps asked for has been done, or for too long. */
async function settled(pool: pg.Pool, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs;
  while (performance.now() < end) {
    const left = await pending(pool).catch(() => 1);
    if (left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
