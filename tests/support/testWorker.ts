import type pg from 'pg';
import { pino } from 'pino';
import { afterAll, onTestFinished } from 'vitest';
import type { LiveCalendar } from '../../server/calendar/live.ts';
import type { Clock } from '../../server/engine/types.ts';
import { makeSecrets } from '../../server/secrets/index.ts';
import { readSettings } from '../../server/settings/index.ts';
import { makeWorkerPool, startWorker, type Worker, type WorkerOptions } from '../../server/worker/index.ts';
import { type EngineWorld, testCalendar } from './engineWorld.ts';

const logger = pino({ level: process.env.TEST_LOG ?? 'silent' });

/** Quick enough to wait for in a test. */
const QUICK = {
  poll: 50,
  lease: 200,
  reap: 200,
  overdue: 200,
  sweep: 3_600_000,
  digest: 3_600_000,
  checkpoint: Number.POSITIVE_INFINITY,
};

/** A worker on a test's world, stopped after the test (or the file, when it is started outside of one). */
export function startTestWorker(
  world: Pick<EngineWorld, 'database' | 'engine' | 'directory'> & { clock: Clock },
  { wrapPool = (pool) => pool, ...options }: Partial<WorkerOptions> & { wrapPool?: (pool: pg.Pool) => pg.Pool } = {},
): Worker {
  const settings = readSettings({ BIHUAN_URL: 'https://jx.city.invalid', BIHUAN_JOB_CONCURRENCY: '3' });
  const pool = makeWorkerPool(world.database.url, settings.jobConcurrency, logger);
  const { engine, directory, clock } = world;
  const calendar: LiveCalendar = { current: () => testCalendar, reload: async () => undefined };
  const worker = startWorker({
    pool: wrapPool(pool),
    engine,
    directory,
    calendar,
    settings,
    secrets: makeSecrets([Buffer.alloc(32, 7)]),
    clock,
    logger,
    mail: null,
    ...options,
    pace: { ...QUICK, ...options.pace },
  });
  const stop = async () => {
    await worker.stop();
    await pool.end();
  };
  try {
    onTestFinished(stop);
  } catch {
    afterAll(stop);
  }
  return worker;
}
