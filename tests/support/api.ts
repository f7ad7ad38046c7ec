import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { afterAll } from 'vitest';
import type { Person, PrismaClient } from '../../prisma/client/client.ts';
import { seedCalendar } from '../../prisma/seed/index.ts';
import { type LiveCalendar, makeLiveCalendar } from '../../server/calendar/live.ts';
import type { Launcher } from '../../server/cycles/launcher.ts';
import { loginUrl, makePool } from '../../server/db/index.ts';
import { makePrisma } from '../../server/db/prisma.ts';
import { type LiveDirectory, makeDirectory } from '../../server/directory/directory.ts';
import { type Engine, type Job, makeEngine } from '../../server/engine/index.ts';
import { makeApp } from '../../server/http/app.ts';
import { openSecrets } from '../../server/secrets/index.ts';
import { services } from '../../server/services.ts';
import { readSettings, type Settings } from '../../server/settings/index.ts';
import { tell } from '../../server/worker/tell.ts';
import { type Client, makeClient } from './client.ts';
import { makeTestDatabase, type TestDatabase } from './database.ts';
import { type BuildPerson, buildPerson, TEST_PASSWORD } from './factories.ts';

/** The whole API over real HTTP on a database of its own. */
export interface TestApi {
  origin: string;
  database: TestDatabase;
  prisma: PrismaClient;
  engine: Engine;
  directory: LiveDirectory;
  calendar: LiveCalendar;
  settings: Settings;
  /** Moves the clock; it stands still otherwise. */
  clock: { now(): Date; set(instant: string): void };
  launcher: Launcher;
  /** Does the jobs of the engine until none is left, as a worker would. */
  work(): Promise<void>;
  /** A client that nobody has signed in with. */
  anonymous(): Client;
  /** Makes a person and signs in. */
  signedIn(person?: BuildPerson): Promise<Client & { person: Person }>;
  /** Signs in someone who exists. */
  as(person: Person): Promise<Client & { person: Person }>;
}

/** Starts the API for this test file and stops it afterwards. */
export const makeTestApi = async (
  options: { settings?: Record<string, string>; demo?: boolean; consoleFolder?: string; logger?: Logger } = {},
): Promise<TestApi> => {
  const database = await makeTestDatabase();
  const data = await mkdtemp(join(tmpdir(), 'bihuan-api-'));
  // What an administrator must do first is the affair of the tests that are about it.
  const lenient = { BIHUAN_SECOND_FACTOR: 'false', BIHUAN_PASSWORD_DAYS: '0' };
  const settings = readSettings({ BIHUAN_DATA: data, LOG_LEVEL: 'silent', ...lenient, ...options.settings });
  // The application works as its own role; tests reach around it as the owner.
  const pool = makePool(loginUrl(database.url), { max: 10, name: 'test api' });
  const appPrisma = makePrisma(pool);
  const prisma = makePrisma(database.pool);
  await seedCalendar(prisma);
  const calendar = await makeLiveCalendar(pool);
  const directory = await makeDirectory(pool);
  let now = new Date('2026-03-02T01:00:00Z');
  const clock = {
    now: () => new Date(now),
    set: (instant: string) => {
      now = new Date(instant);
    },
  };
  const jobs: Job[] = [];
  const engine = makeEngine({
    pool,
    directory,
    calendar: calendar.current,
    clock,
    services,
    jobSink: (job) => void jobs.push(job),
  });
  const app = makeApp({
    prisma: appPrisma,
    pool,
    engine,
    directory,
    calendar: calendar.current,
    reloadCalendar: calendar.reload,
    settings,
    secrets: await openSecrets(settings),
    clock,
    logger: options.logger ?? pino({ level: process.env.TEST_LOG ?? 'silent' }),
    checkAnswers: true,
    ...(options.consoleFolder && { consoleFolder: options.consoleFolder }),
    ...(options.demo && { demo: { password: 'demo', accounts: [] } }),
  });
  const server = createServer(app.express);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(async () => {
    await app.close();
    await stop(server);
    await engine.close();
    await Promise.all([prisma.$disconnect(), appPrisma.$disconnect()]);
    await pool.end();
    await rm(data, { recursive: true, force: true });
  });
  const as = async (person: Person) => {
    const client = makeClient(origin);
    const answer = await client.signIn(person.username, TEST_PASSWORD);
    if (answer.status !== 200) throw new Error(`cannot sign in: ${JSON.stringify(answer.body)}`);
    return Object.assign(client, { person });
  };
  return {
    origin,
    database,
    prisma,
    engine,
    directory,
    calendar,
    settings,
    clock,
    launcher: app.launcher,
    work: async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) {
        if (job.task === 'gates.check') await engine.checkGates(job.payload.cycleId);
        else if (job.task === 'serve') await engine.serve(job.payload);
        else if (job.task === 'timers.fire') await engine.fireDue();
        else await tell({ pool, engine, directory, clock, mailLinks: null }, job.payload);
      }
    },
    anonymous: () => makeClient(origin),
    as,
    signedIn: async (person) => {
      const built = await buildPerson(prisma, person);
      await directory.reload();
      return as(built);
    },
  };
};

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
