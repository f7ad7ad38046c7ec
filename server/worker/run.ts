import type { Logger } from 'pino';
import { makeLiveCalendar } from '../calendar/live.ts';
import { makePool, openDatabase } from '../db/index.ts';
import { makeDirectory } from '../directory/directory.ts';
import { makeEngine } from '../engine/index.ts';
import { makeEnginePool } from '../engine/pool.ts';
import { announceCommits } from '../http/announce.ts';
import { makeListener } from '../http/listener.ts';
import { openSecrets } from '../secrets/index.ts';
import { services } from '../services.ts';
import type { Settings } from '../settings/index.ts';
import { makeWorkerPool, startWorker, type Worker, type WorkerOptions } from './worker.ts';

export interface WorkerNode {
  worker: Worker;
  stop(): Promise<void>;
}

export interface NodeOptions extends Pick<WorkerOptions, 'mail' | 'pace'> {
  settings: Settings;
  logger: Logger;
  notice: (zh: string, en: string) => void;
}

/** How long a worker waits for a database that is not there yet. */
const WAIT_MS = 60_000;

/** A worker as a process of its own: with an engine, a directory that hears of changes, and word to the others of its commits. */
export async function runWorkerNode({ settings, logger, notice, ...options }: NodeOptions): Promise<WorkerNode> {
  const database = await openDatabase(settings, { migrate: true, waitMs: WAIT_MS, notice });
  const onConnectionError = (error: Error) => logger.debug({ err: error }, 'a database connection broke');
  const pool = makePool(database.url, { max: 4, name: 'worker node', onConnectionError });
  const enginePool = makeEnginePool(database.url, settings.databasePool);
  try {
    const secrets = await openSecrets(settings);
    const directory = await makeDirectory(pool);
    const calendar = await makeLiveCalendar(pool);
    const engine = makeEngine({ pool: enginePool, directory, calendar: calendar.current, services });
    const quietly = (work: Promise<unknown>) => {
      work.catch((error) => logger.debug({ err: error }, 'news from other nodes wait for the database'));
    };
    const listener = makeListener({
      connection: pool.options,
      logger,
      moved: () => undefined,
      directoryChanged: () => quietly(directory.reload()),
      calendarChanged: () => quietly(calendar.reload()),
      resumed: () => quietly(Promise.all([directory.reload(), calendar.reload()])),
      desksChanged: () => undefined,
    });
    const announcer = announceCommits(engine, pool, logger);
    const jobs = makeWorkerPool(database.url, settings.jobConcurrency, logger);
    const worker = startWorker({ ...options, pool: jobs, engine, directory, calendar, settings, secrets, logger });
    return {
      worker,
      stop: async () => {
        await worker.stop();
        await Promise.all([listener.close(), announcer.close()]);
        await engine.close();
        await Promise.all([jobs.end(), pool.end(), enginePool.end()]);
        await database.close();
      },
    };
  } catch (error) {
    await Promise.all([pool.end(), enginePool.end()]);
    await database.close();
    throw error;
  }
}
