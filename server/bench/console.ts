import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import type { BrowserContext, Page, Response } from 'playwright-core';
import { DEMO_PASSWORD, demoPersonId } from '../../prisma/seed/index.ts';
import { makePrisma } from '../db/prisma.ts';
import { seedDemo } from '../simulate/demo.ts';
import { launchBrowser } from './browser.ts';

export interface ConsoleBench {
  /** Scripts that the browser fetches from the sign-in page to the inbox, in 1000 bytes, each compressed by gzip. */
  firstLoadKbGzip: number;
  /** From the address to the first task that can be opened, nothing cached, signed in. Median. */
  inboxInteractiveMs: number;
  /** Open tasks of the person whose inbox the following is about. */
  tasks: number;
  /** The same with all those tasks: told, not judged. */
  fullInboxInteractiveMs: number;
  /** From the last key in the search box until the list shows what was found; 300 ms of it is the pause after typing. Median. */
  searchMs: number;
  /** Time between two pictures on the screen while the list is scrolled and grows: 95 of 100 are shorter. */
  scrollFrameP95Ms: number;
  ok: boolean;
}

export interface ConsoleBenchOptions {
  tasks: number;
  rounds: number;
  onProgress?: (share: number) => void;
}

/** Most that a first load may have, and longest until the inbox can be used. */
export const FIRST_LOAD_KB = 300;
export const INTERACTIVE_MS = 1500;
/** Longest search and longest usual picture with very many tasks. */
export const SEARCH_MS = 1500;
export const FRAME_MS = 100;

const USER = 'office';
const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Measures the console with a real browser on the real server, whose database (empty so far) gets the demo city and then
 * `tasks` open tasks for one person.
 */
export async function benchConsole(
  databaseUrl: string,
  { tasks, rounds, onProgress = () => {} }: ConsoleBenchOptions,
): Promise<ConsoleBench> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  const prisma = makePrisma(pool);
  await seedDemo({ pool, prisma, now: new Date(), cases: 8 });
  await prisma.$disconnect();
  onProgress(0.2);
  const server = await serve(databaseUrl);
  const browser = await launchBrowser();
  try {
    const signedIn = async (): Promise<BrowserContext> => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const data = { username: USER, password: DEMO_PASSWORD };
      const answer = await context.request.post(`${server.url}/api/v1/session`, { data });
      if (!answer.ok()) throw new Error(`cannot sign in: ${await answer.text()}`);
      return context;
    };
    const interactive = async (): Promise<number> => {
      const times: number[] = [];
      // The first one warms the server up and is not counted.
      for (let round = 0; round <= rounds; round++) {
        const context = await signedIn();
        const page = await context.newPage();
        await page.goto(`${server.url}/#/inbox`);
        await page.locator('[data-row]').first().waitFor();
        times.push(await page.evaluate(usable));
        await context.close();
      }
      return median(times.slice(1));
    };
    const context = await browser.newContext();
    const firstLoadKbGzip = await firstLoad(await context.newPage(), server.url);
    await context.close();
    await addTasks(pool, 20);
    const inboxInteractiveMs = await interactive();
    onProgress(0.5);
    await addTasks(pool, tasks - 20);
    onProgress(0.7);
    const fullInboxInteractiveMs = await interactive();
    onProgress(0.85);
    const page = await (await signedIn()).newPage();
    await page.goto(`${server.url}/#/inbox`);
    await page.locator('[data-row]').first().waitFor();
    const scrollFrameP95Ms = await scroll(page);
    const searchMs = await search(page, rounds, tasks);
    const result = {
      firstLoadKbGzip,
      inboxInteractiveMs,
      tasks,
      fullInboxInteractiveMs,
      searchMs,
      scrollFrameP95Ms,
    };
    const ok =
      firstLoadKbGzip <= FIRST_LOAD_KB &&
      inboxInteractiveMs < INTERACTIVE_MS &&
      searchMs < SEARCH_MS &&
      scrollFrameP95Ms < FRAME_MS;
    return { ...result, ok };
  } finally {
    await browser.close();
    await server.stop();
    await pool.end();
  }
}

/** When the first task could be opened, in milliseconds since the page was asked for. */
const usable = (): Promise<number> =>
  new Promise((resolve) => {
    // Once the main thread is free, a click would be heard.
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
  });

async function firstLoad(page: Page, url: string): Promise<number> {
  const scripts: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response);
  });
  await page.goto(`${url}/#/login`);
  await page.locator('input[type="password"]').waitFor();
  await page.locator('input[autocomplete="username"]').fill(USER);
  await page.locator('input[type="password"]').fill(DEMO_PASSWORD);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL((to) => to.hash.startsWith('#/inbox'));
  await page.waitForLoadState('networkidle');
  const sizes = await Promise.all(scripts.map(async (script) => gzipSync(await script.body(), { level: 9 }).length));
  return round(sizes.reduce((sum, size) => sum + size, 0) / 1000);
}

/** Open tasks for the office, each of a case of its own: copies of one that there is. */
async function addTasks(pool: pg.Pool, count: number): Promise<void> {
  await pool.query(
    `WITH one AS (
       SELECT c.*, t.seat, t.block AS at_block, t.round, t.kind AS task_kind FROM cases c JOIN tasks t ON t.case_id = c.id
       WHERE c.kind = 'participant' AND c.status = 'active' AND t.state = 'open' ORDER BY c.id, t.seat LIMIT 1
     ), orgs AS (
       SELECT id AS of_org, name, row_number() OVER (ORDER BY id) - 1 AS k, count(*) OVER () AS m FROM org_units WHERE kind = 'department'
     ), many AS (
       SELECT one.*, gen_random_uuid() AS new_id, n, of_org, name FROM one, generate_series(1, $1::int) n JOIN orgs ON k = n % m
     ), new_cases AS (
       INSERT INTO cases (id, kind, cycle_id, org_id, title, definition, status, revision, snapshot, blocks, waits, phase, started_at, updated_at)
       SELECT new_id, 'plain', cycle_id, of_org, name || ' ' || n, definition, status, revision, snapshot, blocks, waits, phase, started_at, updated_at FROM many
     ), new_tasks AS (
       INSERT INTO tasks (case_id, seat, block, round, kind, state, opened_at, due_at)
       SELECT new_id, seat, at_block, round, task_kind, 'open', started_at, now() + (n % 400 - 40) * interval '1 day' FROM many
     ) INSERT INTO task_candidates (person_id, case_id, seat) SELECT $2::uuid, new_id, seat FROM many`,
    [count, demoPersonId(USER)],
  );
  await pool.query('ANALYZE cases; ANALYZE tasks; ANALYZE task_candidates');
}

/** Scrolls to the end of what is there, again and again as more comes, and looks at the time between pictures. */
async function scroll(page: Page): Promise<number> {
  const frames = page.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const gaps: number[] = [];
        let last = performance.now();
        const end = last + ms;
        const tick = (now: number) => {
          gaps.push(now - last);
          last = now;
          if (now < end) requestAnimationFrame(tick);
          else resolve(gaps);
        };
        requestAnimationFrame(tick);
      }),
    5000,
  );
  const until = Date.now() + 4500;
  while (Date.now() < until) await page.mouse.wheel(0, 700);
  const sorted = (await frames).sort((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN);
}

/** Searches for single cases by their number. */
async function search(page: Page, rounds: number, tasks: number): Promise<number> {
  const box = page.locator('[data-search]');
  const times: number[] = [];
  for (let n = 0; n < rounds; n++) {
    const wanted = String(tasks - 21 - n * 7);
    const answered = page.waitForResponse((answer) => answer.url().includes(`q=${wanted}`));
    await box.fill(wanted);
    const from = performance.now();
    await answered;
    await page.waitForFunction(
      () => document.querySelectorAll('[data-row]').length > 0 && !document.querySelector('[aria-busy="true"]'),
      undefined,
      { polling: 'raf' },
    );
    times.push(performance.now() - from);
  }
  return median(times);
}

const round = (value: number): number => Math.round(value * 10) / 10;

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

/** The product as it is started, without background work: the copies are nobody's real cases. */
async function serve(databaseUrl: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const data = await mkdtemp(join(tmpdir(), 'bihuan-bench-'));
  const child = spawn(process.execPath, [join(root, 'server/cli/bihuan.mjs'), 'serve', '--no-worker', '--json'], {
    cwd: root,
    env: { ...process.env, BIHUAN_DATA: data, DATABASE_URL: databaseUrl, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const first = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  const { url } = JSON.parse(first.value ?? '{}') as { url?: string };
  if (!url) throw new Error(`serve did not start: ${first.value}`);
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}
