import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, inject } from 'vitest';
import { DEMO_PASSWORD } from '../../../prisma/seed/index.ts';
import { launchBrowser } from '../../../server/bench/browser.ts';
import { createScratchDatabase, databaseUrl, makePool, withClient } from '../../../server/db/index.ts';
import { makePrisma } from '../../../server/db/prisma.ts';
import { seedDemo } from '../../../server/simulate/demo.ts';
import { projectRoot } from '../../support/cli.ts';
import { type Client, makeClient } from '../../support/client.ts';
import { makeTestDatabase } from '../../support/database.ts';
import { TEMPLATE } from '../../support/template.ts';

export interface Look {
  language?: 'zh' | 'en';
  theme?: 'light' | 'dark';
  phone?: boolean;
}

/** The product as it is started, on a database of its own with the demo city, and a browser to use it with. */
export interface World {
  url: string;
  browser: Browser;
  password: string;
  /** Requests that left our origin; must stay empty. */
  outside: string[];
  /** Messages of the pages' consoles that are errors of ours. */
  faults: string[];
  /** A window that nobody has signed in with. */
  window(look?: Look): Promise<Page>;
  /** A window of someone who is signed in. */
  as(username: string, look?: Look): Promise<Page>;
  /** The API as someone. */
  client(username: string): Promise<Client>;
  close(page: Page): Promise<void>;
  /** Ends the server's process; its database stays. */
  stop(): Promise<void>;
  /** Starts the server again, on the same database, data and port. */
  start(): Promise<void>;
}

/** Starts the real server (with its worker and the freshly built console) for this test file; a small demo city is there. */
export const makeWorld = async (): Promise<World> => {
  const database = await makeTestDatabase({ template: await demoCity() });
  const { url, stop, start, remove } = await serve(database.url);
  const browser = await launchBrowser();
  const outside: string[] = [];
  const faults: string[] = [];
  afterAll(async () => {
    await browser.close();
    await stop();
    await remove();
  });

  // What the open windows showed when a test failed, to look at.
  afterEach(async ({ task }) => {
    const pages = browser.contexts().flatMap((context) => context.pages());
    if (task.result?.state === 'fail') {
      await Promise.all(
        pages.map((page, i) => page.screenshot({ path: join(projectRoot, '.ci/out', `e2e-${task.id}-${i}.png`) })),
      );
    }
    await Promise.all(browser.contexts().map((context) => context.close()));
  });

  const window = async ({ language = 'zh', theme = 'light', phone = false }: Look = {}): Promise<Page> => {
    const context = await browser.newContext({
      viewport: phone ? { width: 390, height: 844 } : { width: 1440, height: 900 },
      isMobile: phone,
      hasTouch: phone,
      locale: 'en-US',
      colorScheme: theme,
      // What a test presses stands still: a button that slides away between press and release is never clicked.
      reducedMotion: 'reduce',
    });
    await context.addInitScript((spoken) => {
      if (location.protocol === 'about:') return;
      localStorage.setItem('bihuan.language', localStorage.getItem('bihuan.language') ?? spoken);
    }, language);
    watch(context);
    return context.newPage();
  };
  const watch = (context: BrowserContext): void => {
    context.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== url) outside.push(request.url());
    });
    context.on('weberror', (error) => faults.push(String(error.error())));
    context.on('console', (message) => {
      // A refusal (4xx) is an answer; the browser logs it all the same.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        faults.push(message.text());
    });
  };

  return {
    url,
    browser,
    password: DEMO_PASSWORD,
    outside,
    faults,
    window,
    as: async (username, look) => {
      const page = await window(look);
      const answer = await page.request.post(`${url}/api/v1/session`, { data: { username, password: DEMO_PASSWORD } });
      if (!answer.ok()) throw new Error(`${username} cannot sign in: ${await answer.text()}`);
      return page;
    },
    client: async (username) => {
      const client = makeClient(url);
      const answer = await client.signIn(username, DEMO_PASSWORD);
      if (answer.status !== 200) throw new Error(`${username} cannot sign in: ${JSON.stringify(answer.body)}`);
      return client;
    },
    close: (page) => page.context().close(),
    stop,
    start,
  };
};

const DEMO_CITY = 'demo_city';

/** A database with a small demo city to clone from, made by whichever file is the first; the others wait for it. */
const demoCity = (): Promise<string> =>
  withClient(databaseUrl(inject('clusterUrl'), 'postgres'), async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [DEMO_CITY]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DEMO_CITY]);
    if (rowCount === 0) await client.query(`ALTER DATABASE ${await seeded()} RENAME TO ${DEMO_CITY}`);
    return DEMO_CITY;
  });

const seeded = async (): Promise<string> => {
  const cluster = inject('clusterUrl');
  const unfinished = `${DEMO_CITY}_${process.pid}`;
  const pool = makePool(await createScratchDatabase(cluster, unfinished, { template: TEMPLATE }), {
    max: 4,
    name: 'seed',
  });
  const prisma = makePrisma(pool);
  await seedDemo({ pool, prisma, now: new Date(), cases: 2 });
  await prisma.$disconnect();
  await pool.end();
  return unfinished;
};

interface Served {
  url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

const serve = async (database: string): Promise<Served> => {
  const data = await mkdtemp(join(tmpdir(), 'bihuan-e2e-'));
  let running = await run(database, data, '0');
  const { url } = running;
  return {
    url,
    stop: () => running.stop(),
    start: async () => {
      running = await run(database, data, new URL(url).port);
    },
    remove: () => rm(data, { recursive: true, force: true }),
  };
};

/** The server as a process of its own, once it answers. */
const run = async (database: string, data: string, port: string): Promise<Pick<Served, 'url' | 'stop'>> => {
  const child = spawn(process.execPath, [join(projectRoot, 'server/cli/bihuan.mjs'), 'serve', '--demo', '--json'], {
    cwd: projectRoot,
    env: { ...process.env, BIHUAN_DATA: data, DATABASE_URL: database, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  // A file that fails before its first test runs no hooks.
  process.once('exit', () => child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (first.done) throw new Error(`serve ended: ${stderr}`);
  const ready = JSON.parse(first.value) as { url?: string };
  if (!ready.url) throw new Error(`serve did not start: ${first.value}`);
  return {
    url: ready.url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
