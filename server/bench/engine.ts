import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type Engine, type EngineOptions, makeEngine } from '../engine/index.ts';
import { makeEnginePool } from '../engine/pool.ts';
import { median, percentile, runCallers } from './callers.ts';
import { benchCalendar as calendar, benchDirectory as directory } from './city.ts';
import { floorCases, floorStep } from './floor.ts';
import { newStandardCase, STEPS, standardEvent, standardTemplate } from './standardCase.ts';

const round = (value: number, places = 2) => Number(value.toFixed(places));
export const CALLERS = 32;
const CONNECTIONS = 8;
const ALONE = { connections: CONNECTIONS, batch: 1 };
const TOGETHER = { connections: 2, batch: 128 };

interface Speed {
  stepsPerS: number;
  p50Ms: number;
  p99Ms: number;
}

export interface EngineBenchOptions {
  /** Rounds; each measures the floor and the engine in turn, and the ratios are medians over the rounds. */
  rounds: number;
  /** Standard cases a measurement at 32 callers runs; one caller runs a fifth of them. */
  cases: number;
  onProgress?: (done: number, total: number) => void;
}

/** Times the engine against the same rows written by hand, on one database, in turn. */
export async function benchEngine(url: string, { rounds, cases, onProgress }: EngineBenchOptions) {
  const pool = makeEnginePool(url, CALLERS);
  const engineOf = (commit: NonNullable<EngineOptions['commit']>) =>
    makeEngine({ pool, directory, calendar: () => calendar, commit });
  const total = rounds * 5 + 5;
  let done = 0;
  const tick = <T>(value: T): T => {
    done += 1;
    onProgress?.(done, total);
    return value;
  };
  try {
    await warmUp(pool, engineOf, cases);
    const seen = {
      floor1: [] as Speed[],
      floor32: [] as Speed[],
      engine1: [] as Speed[],
      engine32: [] as Speed[],
      batched32: [] as Speed[],
    };
    for (let i = 0; i < rounds; i += 1) {
      seen.floor32.push(tick(await floorSpeed(pool, CALLERS, cases)));
      seen.engine32.push(tick(await engineSpeed(engineOf(ALONE), CALLERS, cases)));
      seen.batched32.push(tick(await engineSpeed(engineOf(TOGETHER), CALLERS, cases)));
      seen.floor1.push(tick(await floorSpeed(pool, 1, Math.ceil(cases / 5))));
      seen.engine1.push(tick(await engineSpeed(engineOf(TOGETHER), 1, Math.ceil(cases / 5))));
    }
    const ratios = (of: (i: number) => number) => round(median(Array.from({ length: rounds }, (_, i) => of(i))));
    const at = <K extends keyof typeof seen>(key: K, i: number) => seen[key][i] as Speed;
    const openTasks = [];
    for (const open of [10, 100, 1000]) openTasks.push(tick(await stepAmongOpenTasks(pool, engineOf(TOGETHER), open)));
    const launch = [];
    for (const count of [141, 3000]) launch.push(tick(await launchOf(pool, engineOf(TOGETHER), count)));
    return {
      floor: { c1: middle(seen.floor1), c32: middle(seen.floor32) },
      engine: { c1: middle(seen.engine1), c32: middle(seen.engine32) },
      batched: { c32: middle(seen.batched32) },
      ratio: {
        c1P50: ratios((i) => at('engine1', i).p50Ms / at('floor1', i).p50Ms),
        c32: ratios((i) => at('engine32', i).stepsPerS / at('floor32', i).stepsPerS),
        c32Batched: ratios((i) => at('batched32', i).stepsPerS / at('floor32', i).stepsPerS),
      },
      perCase: await costOfACase(pool, engineOf(TOGETHER)),
      openTasks,
      launch,
      rounds,
      casesPerRound: cases,
    };
  } finally {
    await pool.end();
  }
}

async function warmUp(
  pool: pg.Pool,
  engineOf: (commit: { connections: number; batch: number }) => Engine,
  cases: number,
) {
  await engineOf(ALONE).startCase(newStandardCase());
  await floorSpeed(pool, CALLERS, cases);
  await engineSpeed(engineOf(ALONE), CALLERS, cases);
  await engineSpeed(engineOf(TOGETHER), CALLERS, cases);
}

const speed = (seconds: number, latencies: number[]): Speed => ({
  stepsPerS: latencies.length / seconds,
  p50Ms: median(latencies),
  p99Ms: percentile(latencies, 0.99),
});

const middle = (speeds: Speed[]): Speed => ({
  stepsPerS: Math.round(median(speeds.map((s) => s.stepsPerS))),
  p50Ms: round(median(speeds.map((s) => s.p50Ms)), 3),
  p99Ms: round(median(speeds.map((s) => s.p99Ms)), 3),
});

async function floorSpeed(pool: pg.Pool, callers: number, count: number): Promise<Speed> {
  const cases = floorCases(count, calendar, new Date().toISOString());
  const latencies: number[] = [];
  const { seconds } = await runCallers(callers, cases, async (writes) => {
    for (const write of writes) {
      const began = performance.now();
      await floorStep(pool, write);
      latencies.push(performance.now() - began);
    }
  });
  return speed(seconds, latencies);
}

/** Runs standard cases from beginning to end, by so many callers at once. */
export async function engineSpeed(engine: Engine, callers: number, count: number): Promise<Speed> {
  const cases = Array.from({ length: count }, newStandardCase);
  const latencies: number[] = [];
  const timed = async (step: () => Promise<unknown>) => {
    const began = performance.now();
    await step();
    latencies.push(performance.now() - began);
  };
  const { seconds } = await runCallers(callers, cases, async (start) => {
    await timed(() => engine.startCase(start));
    for (let n = 1; n <= STEPS; n += 1) await timed(() => engine.apply({ caseId: start.id, event: standardEvent(n) }));
  });
  await engine.close();
  return speed(seconds, latencies);
}

/** Rows that one standard case writes, and the bytes of log and tables that it leaves. */
async function costOfACase(pool: pg.Pool, engine: Engine) {
  const count = 500;
  const rows = floorCases(1, calendar, new Date().toISOString())[0] ?? [];
  const rowsWritten = rows.reduce(
    (sum, w) => sum + 2 + w.opened.length * 2 + w.closed.length * 2 + w.timersSet.length + w.timersCancelled.length,
    0,
  );
  const sizes = `SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS wal, sum(pg_total_relation_size(oid)) AS bytes FROM pg_class
    WHERE relname IN ('cases', 'case_events', 'tasks', 'task_candidates', 'timers')`;
  const read = async () => {
    const { rows: found } = await pool.query<{ wal: string; bytes: string }>(sizes);
    return { wal: Number(found[0]?.wal), bytes: Number(found[0]?.bytes) };
  };
  const before = await read();
  await engineSpeed(engine, CALLERS, count);
  const after = await read();
  return {
    rowsWritten,
    walBytes: Math.round((after.wal - before.wal) / count),
    tableBytes: Math.round((after.bytes - before.bytes) / count),
  };
}

async function makeCycle(pool: pg.Pool, name: string): Promise<string> {
  const id = uuidv7();
  await pool.query(
    `INSERT INTO templates (key, version, status, content, updated_at) VALUES ($1, 1, 'published', $2, now()) ON CONFLICT DO NOTHING`,
    [standardTemplate.key, JSON.stringify(standardTemplate)],
  );
  await pool.query(
    `INSERT INTO cycles (id, template_key, template_version, name, year, status, launched_at) VALUES ($1, $2, 1, $3, 2026, 'launching', now())`,
    [id, standardTemplate.key, name],
  );
  return id;
}

/** What a step costs while so many tasks of the same cycle are open. */
async function stepAmongOpenTasks(pool: pg.Pool, engine: Engine, open: number) {
  const cycleId = await makeCycle(pool, `${open} open tasks`);
  const cases = Array.from({ length: open }, () => ({ ...newStandardCase(), cycleId }));
  await runCallers(CALLERS, cases, async (start) => void (await engine.startCase(start)));
  const latencies: number[] = [];
  const sample = Array.from({ length: 400 }, (_, i) => ({
    start: cases[i % Math.min(open, 100)] as (typeof cases)[number],
    n: Math.floor(i / Math.min(open, 100)) + 1,
  }));
  for (const { start, n } of sample.filter((one) => one.n <= STEPS)) {
    const began = performance.now();
    await engine.apply({ caseId: start.id, event: standardEvent(n) });
    latencies.push(performance.now() - began);
  }
  await engine.close();
  return { open, steps: latencies.length, p50Ms: round(median(latencies), 3) };
}

/** How long it takes to start a cycle with so many participants. */
async function launchOf(pool: pg.Pool, engine: Engine, count: number) {
  const cycleId = await makeCycle(pool, `${count} participants`);
  await pool.query(
    `WITH units AS (INSERT INTO org_units (id, code, name, kind) SELECT gen_random_uuid(), 'bench-' || $1 || '-' || n, 'unit ' || n, 'department' FROM generate_series(1, $2::int) n RETURNING id)
     INSERT INTO cycle_participants (cycle_id, org_id, category) SELECT $1::uuid, id, 'bench' FROM units`,
    [cycleId, count],
  );
  const began = performance.now();
  const { started } = await engine.launchCycle(cycleId);
  const seconds = (performance.now() - began) / 1000;
  await engine.close();
  return { cases: started, seconds: round(seconds, 3), msPerCase: round((seconds * 1000) / started, 3) };
}
