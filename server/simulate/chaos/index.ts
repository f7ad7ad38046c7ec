import type pg from 'pg';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { makePool } from '../../db/index.ts';
import { makePrisma } from '../../db/prisma.ts';
import { uuidOf } from '../../engine/index.ts';
import { verify } from '../../verify/verify.ts';
import { audit } from '../audit.ts';
import { launchIn, launchWorld, participantsFor, publishTemplate, seedCity } from '../city.ts';
import type { SimulateOptions } from '../index.ts';
import { run } from '../run.ts';
import { openScratch } from '../scratch.ts';
import { nothingYet, type World } from '../world.ts';
import { makeChaoticActors, type Tally } from './actors.ts';
import { unleash } from './unleash.ts';
import { readWaiting, type Waiting } from './waiting.ts';

export interface Chaos {
  template: string;
  version: number;
  year: number;
  seed: number;
  cases: number;
  /** Participants whose case has ended. */
  closed: number;
  /** Participants whose case waits for somebody with a name. */
  waiting: number;
  violations: number;
  /** The first of them. */
  found: Tally['violations'];
  /** For whom the first of them wait. */
  waitingFor: Waiting[];
  cycles: number;
  steps: number;
  done: Tally['done'];
  refused: Tally['refused'];
  timersFired: number;
  checkpoints: number;
  overtaken: number;
  vacant: number;
  days: { first: string; last: string };
  seconds: number;
  database?: string;
}

/** Nothing lasts longer, whatever people do. */
const LONGEST_DAYS = 4 * 366;
const USUAL_DAYS = 700;
const CHECK_EVERY_DAYS = 30;

/**
 * A year in which everyone does as they please, with every action switched on, and as many cycles of the city side by side as
 * there must be for the cases. Checks the tables against the cases every month, and the whole record at the end. A few people
 * never act: their cases wait for them, and must still come to an end once they do.
 */
export async function simulateChaos(options: SimulateOptions): Promise<Chaos> {
  const { settings, year, seed, keep = false } = options;
  const started = performance.now();
  const template = unleash(options.template);
  const scratch = await openScratch(settings, { name: `bihuan_chaos_${year}_${seed}`, keep });
  const pool = makePool(scratch.url, { max: 8, name: 'simulate' });
  try {
    await seedCity(makePrisma(pool), template.key);
    await publishTemplate(pool, template, new Date(Date.UTC(year, 0, 1)));
    const { world, cycles } = await launchCycles(pool, template, options);
    const tally: Tally = { done: {}, refused: {}, violations: [] };
    const ran = nothingYet();
    const actors = makeChaoticActors(world, ran, tally);
    const launched = world.clock.now();
    const until = new Date(launched.getTime() + LONGEST_DAYS * 86_400_000);
    const day = (at: Date) => world.calendar.dayOf(at.toISOString());
    let checked = launched;
    let checkpoints = 0;
    const look = async (now: Date) => {
      const { mismatches } = await verify(pool, { since: checked, replay: false });
      tally.violations.push(...mismatches);
      checked = now;
      checkpoints += 1;
    };
    const progress = async ({ now, steps }: { now: Date; steps: number }) => {
      const gone = (now.getTime() - launched.getTime()) / 86_400_000;
      options.onProgress?.({ day: day(now), share: Math.min(0.99, gone / USUAL_DAYS), steps });
      if (now.getTime() - checked.getTime() >= CHECK_EVERY_DAYS * 86_400_000) await look(now);
    };
    await run(world, ran, actors, until, progress);
    await look(world.clock.now());
    const last = day(world.clock.now());
    const counts = await readCounts(pool);
    const { waiting, stuck } = await readWaiting(pool);
    for (const caseId of stuck) tally.violations.push({ caseId, what: 'case', detail: 'waits for nobody' });

    // A case can always still end: those who kept silent act now, and all must close.
    actors.wake();
    await run(world, ran, actors, new Date(world.clock.now().getTime() + LONGEST_DAYS * 86_400_000));
    const { rows: open } = await pool.query<{ id: string; blocks: string[] }>(
      `SELECT id, blocks FROM cases WHERE status IN ('active', 'suspended')`,
    );
    for (const { id, blocks } of open)
      tally.violations.push({ caseId: id, what: 'case', detail: `does not end; it stands at ${blocks.join()}` });
    const { mismatches, missing, doubled, timersLeft } = await audit(pool, ran, world.clock.now());
    tally.violations.push(...mismatches);
    const lost = { missing, doubled, timersLeft, incidents: await readIncidents(pool) };
    for (const [what, n] of Object.entries(lost))
      if (n > 0) tally.violations.push({ caseId: world.cycleId, what, detail: String(n) });
    const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM case_events');
    await world.engine.close();
    return {
      template: template.key,
      version: template.version,
      year,
      seed,
      ...counts,
      waiting: new Set(waiting.map(({ caseId }) => caseId)).size,
      violations: tally.violations.length,
      found: tally.violations.slice(0, 20),
      waitingFor: waiting.slice(0, 20),
      cycles,
      steps: rows[0]?.n ?? 0,
      done: sorted(tally.done),
      refused: sorted(tally.refused),
      timersFired: ran.timersFired,
      checkpoints,
      overtaken: ran.overtaken,
      vacant: ran.vacant,
      days: { first: day(launched), last },
      seconds: Math.round(performance.now() - started) / 1000,
      ...(keep && { database: scratch.address }),
    };
  } finally {
    await pool.end();
    await scratch.close();
  }
}

const sorted = (table: Record<string, number>) =>
  Object.fromEntries(Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1)));

/** As many cycles of the city as there must be for that many cases, launched in the same hour. */
async function launchCycles(
  pool: pg.Pool,
  template: CycleTemplate,
  { year, seed, cases }: SimulateOptions,
): Promise<{ world: World; cycles: number }> {
  const units = (await participantsFor(pool, template)).length;
  let left = (cases ?? units) - units;
  const name = `${year} ${template.name.zh}`;
  const world = await launchWorld({ pool, template, year, seed, cases: Math.min(cases ?? units, units), name });
  let cycles = 1;
  for (; left > 0 && units > 0; left -= units) {
    cycles += 1;
    const cycleId = uuidOf('simulate', seed, template.key, template.version, year, cycles);
    await launchIn(world, {
      cycleId,
      name: `${name} ${cycles}`,
      launch: world.clock.now(),
      cases: Math.min(left, units),
    });
  }
  return { world, cycles };
}

async function readCounts(pool: pg.Pool): Promise<{ cases: number; closed: number }> {
  const { rows } = await pool.query<{ cases: number; closed: number }>(
    `SELECT count(*)::int AS cases, count(*) FILTER (WHERE status IN ('done', 'cancelled'))::int AS closed FROM cases WHERE kind = 'participant'`,
  );
  return rows[0] ?? { cases: 0, closed: 0 };
}

async function readIncidents(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM incidents WHERE state = 'open'`);
  return rows[0]?.n ?? 0;
}
