import type { Server } from 'node:https';
import type { Logger } from 'pino';
import { seedCalendar } from '../../prisma/seed/index.ts';
import { library } from '../../workflows/library/index.ts';
import type { DemoAccounts } from '../auth/schema.ts';
import { makeLiveCalendar } from '../calendar/live.ts';
import type { Output } from '../cli/output.ts';
import { makePool, openDatabase } from '../db/index.ts';
import { makePrisma } from '../db/prisma.ts';
import { makeDirectory } from '../directory/directory.ts';
import { makeEngine, systemClock } from '../engine/index.ts';
import { makeEnginePool } from '../engine/pool.ts';
import { makeApp } from '../http/app.ts';
import { openPress } from '../print/press.ts';
import { openSecrets } from '../secrets/index.ts';
import { services } from '../services.ts';
import type { Settings } from '../settings/index.ts';
import { issueSetupCode, type SetupCode } from '../setup/code.ts';
import { publishTemplate } from '../simulate/city.ts';
import { readDemoAccounts, seedDemo } from '../simulate/demo.ts';
import { makeWorkerPool, startWorker, type Worker } from '../worker/index.ts';
import { buildConsole } from './buildConsole.ts';
import { listen } from './listen.ts';
import { readTls, watchTls } from './tls.ts';

export interface ServeOptions {
  settings: Settings;
  logger: Logger;
  output: Output;
  /** Have the demo city, made now if it is not there. */
  demo: boolean;
  /** Run the background work in this process, too. */
  worker: boolean;
  /** Build the console when it is missing or stale. */
  console: boolean;
  /** The port was not chosen by anyone: the next free one will do. */
  anyPort: boolean;
  /** Another engine than the real one: fault runs build mistakes in, to see that they are caught. */
  engineOf?: typeof makeEngine;
}

export interface Serving {
  url: string;
  demo: DemoAccounts | undefined;
  /** Nobody has an account yet: what makes the first ones. */
  setup: SetupCode | undefined;
  /** Ends requests, background work, connections and the embedded database, in this order. */
  stop(): Promise<void>;
}

/** How long a node waits for a database that is not there yet. */
const WAIT_MS = 60_000;

/** How long requests and jobs that are under way may take when the server is told to stop. */
const GRACE_MS = 10_000;

/** Starts everything that a node is: database, engine, background work, API and console. */
export const serve = async (options: ServeOptions): Promise<Serving> => {
  const { logger } = options;
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (let step = undo.pop(); step; step = undo.pop()) {
      await step().catch((error) => logger.error({ err: error }, 'a part did not stop cleanly'));
    }
  };
  try {
    return { ...(await start(options, undo)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const start = async (
  { settings, logger, output, ...options }: ServeOptions,
  undo: (() => Promise<unknown>)[],
): Promise<Omit<Serving, 'stop'>> => {
  const tls = await readTls(settings);
  const folder = options.console ? startBuild(settings, output) : Promise.resolve(undefined);
  folder.catch(() => undefined);
  const press = openPress();
  press.catch(() => undefined);

  const database = await openDatabase(settings, {
    migrate: true,
    waitMs: WAIT_MS,
    notice: (zh, en) => output.note({ zh, en }),
  });
  undo.push(() => database.close());
  const onConnectionError = (error: Error) => logger.warn({ err: error }, 'a database connection broke');
  const pool = makePool(database.url, { max: settings.databasePool, name: 'serve', onConnectionError });
  undo.push(() => pool.end());
  const prisma = makePrisma(pool);
  await seedCalendar(prisma);
  for (const template of Object.values(library)) await publishTemplate(pool, template, new Date());
  if (options.demo) await fillDemo(pool, prisma, output);
  const demo = options.demo ? await readDemoAccounts(pool) : undefined;
  const setup = await issueSetupCode(prisma, new Date());

  const secrets = await openSecrets(settings);
  const directory = await makeDirectory(pool);
  const calendar = await makeLiveCalendar(pool);
  const clock = systemClock;
  const steps = makeEnginePool(database.url, settings.databasePool, onConnectionError);
  undo.push(() => steps.end());
  const engine = (options.engineOf ?? makeEngine)({
    pool: steps,
    directory,
    calendar: calendar.current,
    clock,
    services,
  });
  undo.push(() => engine.close());
  const consoleFolder = await folder;
  await press;
  let worker: Worker | undefined;
  const app = makeApp({
    prisma,
    pool,
    engine,
    directory,
    calendar: calendar.current,
    reloadCalendar: calendar.reload,
    settings,
    secrets,
    clock,
    logger,
    workerMetrics: () => worker?.metrics,
    ...(demo && { demo }),
    ...(consoleFolder !== undefined && { consoleFolder }),
  });
  undo.push(() => app.close());
  const { host, port } = settings;
  const listening = await listen(app.express, { host, port, anyNear: options.anyPort, tls });
  if (tls) undo.push(watchTls(tls, listening.server as Server, logger));
  undo.push(async () => {
    // Live updates never end by themselves, so they are ended while the other requests finish.
    await Promise.all([app.close(), listening.close(GRACE_MS)]);
  });
  if (options.worker) {
    const jobs = makeWorkerPool(database.url, settings.jobConcurrency, logger);
    const actual = { ...settings, port: listening.port };
    worker = startWorker({ pool: jobs, engine, directory, calendar, settings: actual, secrets, clock, logger });
    const { stop } = worker;
    // Before the requests in this list, so after them when it is undone.
    undo.splice(-1, 0, async () => {
      await stop();
      await jobs.end();
    });
  }
  await app.launcher.resume();
  return { url: settings.url ?? `${tls ? 'https' : 'http'}://${shownHost(host)}:${listening.port}`, demo, setup };
};

const startBuild = async (settings: Settings, output: Output): Promise<string> => {
  const { folder } = await buildConsole(settings.data, () =>
    output.note({ zh: '正在构建控制台……', en: 'building the console …' }),
  );
  return folder;
};

const fillDemo = async (
  pool: Parameters<typeof seedDemo>[0]['pool'],
  prisma: Parameters<typeof seedDemo>[0]['prisma'],
  output: Output,
): Promise<void> => {
  const bar = output.progress({ zh: '准备示例市', en: 'preparing the demo city' }, 1000);
  await seedDemo({
    pool,
    prisma,
    now: new Date(),
    onProgress: ({ day, share, steps }) => bar.update(Math.round(share * 1000), `${day} · ${steps}`),
  });
  bar.end();
};

const shownHost = (host: string): string => {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
};
