import type pg from 'pg';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { makePool } from '../db/index.ts';
import { makePrisma } from '../db/prisma.ts';
import type { Settings } from '../settings/index.ts';
import { makeActors } from './actors.ts';
import { type Audit, audit } from './audit.ts';
import { launchWorld, publishTemplate, seedCity } from './city.ts';
import { type CycleReport, reportOf } from './report.ts';
import { run } from './run.ts';
import { openScratch } from './scratch.ts';
import { nothingYet } from './world.ts';

export interface SimulateOptions {
  settings: Pick<Settings, 'databaseUrl' | 'data'>;
  template: CycleTemplate;
  year: number;
  seed: number;
  cases?: number | undefined;
  /** Leave the database for a look at it. */
  keep?: boolean;
  /** Told of each instant; `share` is a guess from the days gone by, for nobody knows when the last case will be closed. */
  onProgress?: (progress: { day: string; share: number; steps: number }) => void;
}

export interface Simulation extends Omit<CycleReport, 'ranking' | 'blocks' | 'lateByOrg'>, Omit<Audit, 'mismatches'> {
  template: string;
  version: number;
  year: number;
  seed: number;
  /** Steps in the record, over all cases. */
  steps: number;
  overtaken: number;
  told: number;
  vacant: number;
  /** First and last day of the run in virtual time. */
  days: { first: string; last: string };
  mismatches: Audit['mismatches'];
  blocks: CycleReport['blocks'];
  lateByOrg: CycleReport['lateByOrg'];
  ranking: CycleReport['ranking'];
  seconds: number;
  /** Where the database is, if it was kept. */
  database?: string;
}

/** Nothing lasts longer: a cycle that is not closed by then is stuck. */
const LONGEST_DAYS = 3 * 366;

/** Runs a whole cycle of a template's demo organisation through the real engine, on a database of its own, in virtual time. */
export async function simulate(options: SimulateOptions): Promise<Simulation> {
  const { settings, year, seed, keep = false } = options;
  const scratch = await openScratch(settings, { name: `bihuan_simulation_${year}_${seed}`, keep });
  const pool = makePool(scratch.url, { max: 8, name: 'simulate' });
  try {
    const result = await simulateOn(pool, options);
    return { ...result, ...(keep && { database: scratch.address }) };
  } finally {
    await pool.end();
    await scratch.close();
  }
}

/** The same on a migrated database without cycles. */
export async function simulateOn(
  pool: pg.Pool,
  {
    template,
    year,
    seed,
    cases,
    onProgress,
    people = () => seedCity(makePrisma(pool), template.key),
  }: Omit<SimulateOptions, 'settings' | 'keep'> & {
    /** Makes the organisation that it runs in, with its calendar; by default the template's demo organisation. */
    people?: () => Promise<unknown>;
  },
): Promise<Simulation> {
  const started = performance.now();
  await people();
  await publishTemplate(pool, template, new Date(Date.UTC(year, 0, 1)));
  const world = await launchWorld({ pool, template, year, seed, cases, name: `${year} ${template.name.zh}` });
  const launched = world.clock.now();
  const day = (at: Date) => world.calendar.dayOf(at.toISOString());
  const until = new Date(launched.getTime() + LONGEST_DAYS * 86_400_000);
  const ran = nothingYet();
  try {
    await run(world, ran, makeActors(world, ran), until, ({ now, steps }) => {
      const gone = (now.getTime() - launched.getTime()) / 86_400_000;
      onProgress?.({ day: day(now), share: Math.min(0.99, gone / USUAL_DAYS), steps });
    });
  } finally {
    await world.engine.close();
  }
  const { ranking, blocks, lateByOrg, ...counts } = await reportOf(pool, world);
  const { mismatches, ...found } = await audit(pool, ran, world.clock.now());
  const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM case_events');
  return {
    template: template.key,
    version: template.version,
    year,
    seed,
    ...counts,
    ...found,
    steps: rows[0]?.n ?? 0,
    overtaken: ran.overtaken,
    told: ran.told,
    vacant: ran.vacant,
    days: { first: day(launched), last: day(world.clock.now()) },
    mismatches,
    blocks,
    lateByOrg,
    ranking,
    seconds: Math.round(performance.now() - started) / 1000,
  };
}

const USUAL_DAYS = 600;
