import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished, vi } from 'vitest';
import { DEMO_PASSWORD } from '../../../prisma/seed/index.ts';
import { library } from '../../../workflows/library/index.ts';
import { projectRoot } from '../../support/cli.ts';
import { type Answer, type Client, expectProblem, makeClient } from '../../support/client.ts';
import { makeTestDatabase } from '../../support/database.ts';
import { enrol } from '../../support/factor.ts';

// Each test starts whole processes.
vi.setConfig({ testTimeout: 300_000 });
const database = await makeTestDatabase();

/** Runs `bihuan serve` as a user would and waits until it is ready. */
const serve = async (args: string[], env: Record<string, string> = {}) => {
  const data = await mkdtemp(join(tmpdir(), 'bihuan-serve-'));
  const child = spawn(
    process.execPath,
    [join(projectRoot, 'server/cli/bihuan.mjs'), 'serve', '--json', '--no-console', ...args],
    {
      cwd: projectRoot,
      env: { ...process.env, BIHUAN_DATA: data, DATABASE_URL: database.url, PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(data, { recursive: true, force: true });
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.done) throw new Error(`serve ended: ${stderr}`);
  return { child, ended, ready: JSON.parse(first.value), stderr: () => stderr };
};

it('S11 starts on an empty database without any account, makes the first ones by the code on its console, and stops cleanly', async () => {
  const { child, ended, ready, stderr } = await serve([]);
  expect(ready).toMatchObject({
    url: expect.stringMatching(/^http:\/\/localhost:\d+$/),
    setup: { code: expect.stringMatching(/^(\w{4}-){3}\w{4}$/) },
  });
  expect((await fetch(`${ready.url}/readyz`)).status).toBe(200);
  const client = makeClient(ready.url);
  await setsUp(client, ready.setup.code);
  const me = await client.signIn('xitong', 'first-Steps 的口令');
  expect(me.body).toMatchObject({ demo: false, duty: 'secondFactor.required' });
  await enrol(client, 'first-Steps 的口令');
  expect((await client.get('/session')).body.can).toContain('people.write');
  // Templates are none of the system administrator's business.
  const { rows: templates } = await database.pool.query<{ key: string; status: string }>(
    'SELECT key, status FROM templates',
  );
  expect(templates.map(({ key, status }) => `${key} ${status}`).sort()).toEqual(
    Object.keys(library)
      .map((key) => `${key} published`)
      .sort(),
  );
  const events = await fetch(`${client.base}/events`, { headers: { cookie: client.cookie ?? '' } });
  expect(events.status).toBe(200);
  await loadsSample(client, ready.url);
  child.kill('SIGTERM');
  const [code] = await ended;
  expect({ code, stderr: stderr() }).toMatchObject({ code: 0 });
  expect(stderr()).not.toMatch(/did not stop|error/i);
  await events.body?.cancel().catch(() => undefined);

  const again = await serve(['--no-worker']);
  expect(again.ready).not.toHaveProperty('setup');
  again.child.kill('SIGINT');
  expect((await again.ended)[0]).toBe(0);
});

/** Nobody gets in before the three administrators are made; that happens once. */
const setsUp = async (client: Client, code: string): Promise<void> => {
  expect((await client.get('/sign-in')).body).toMatchObject({ resetByMail: false, setup: true });
  expectProblem(await client.signIn('admin', 'admin'), 401, 'signin.failed');
  const password = 'first-Steps 的口令';
  const body = {
    code,
    city: '希望市',
    system: { username: 'xitong', name: '系统员', password },
    security: { username: 'anquan', name: '安全员', password: 'second-Steps 的口令' },
    audit: { username: 'shenji', name: '审计员', password: 'third-Steps 的口令' },
  };
  expectProblem(await client.post('/setup', { ...body, code: 'AAAA-BBBB-CCCC-DDDD' }), 403, 'setup.code');
  const same = { ...body, audit: { ...body.audit, username: 'XiTong' } };
  expectProblem(await client.post('/setup', same), 422, 'input.invalid');
  const weak = await client.post('/setup', { ...body, security: { ...body.security, password: 'anquan-123' } });
  expectProblem(weak, 422, 'password.weak');
  expect(weak.body.errors).toMatchObject([{ path: 'security.password' }]);
  const both = await Promise.all([1, 2].map(() => client.post('/setup', body)));
  expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
  expectProblem(await client.post('/setup', body), 409, 'setup.done');
  expect((await client.get('/sign-in')).body.setup).toBe(false);
};

/** A city with nobody but its administrators is filled with 示例市, once, under a password of its own. */
const loadsSample = async (admin: Client, url: string): Promise<void> => {
  expectProblem(await admin.post('/orgs/sample', { password: '12345678' }), 422, 'password.weak');
  expect((await admin.get('/orgs?limit=100')).body.total).toBe(1);
  const password = 'xiwang-2031-shi';
  const both = await Promise.all([1, 2].map(() => admin.post('/orgs/sample', { password })));
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  const refused = both.find(({ status }) => status === 409);
  expectProblem(refused as Answer, 409, 'sample.notEmpty');
  const made = both.find(({ status }) => status === 201)?.body;
  expect((await admin.get('/orgs?parentId=none')).body.items).toMatchObject([
    { code: 'city' },
    { code: 'shili', demo: true },
  ]);
  expect((await admin.get('/orgs?limit=1')).body.total).toBe(made.orgs + 1);
  expect((await admin.get('/people?limit=1')).body.total).toBe(made.people + 3);
  const office = makeClient(url);
  expectProblem(await office.signIn('office', DEMO_PASSWORD), 401, 'signin.failed');
  expect((await office.signIn('office', password)).body.can).toContain('cycles.launch');
  expectProblem(await office.post('/orgs/sample', { password }), 403, 'permission.denied');
};

it('says what to do when the port is taken', async () => {
  const { ready } = await serve(['--no-worker']);
  const second = await serve(['--no-worker'], { PORT: new URL(ready.url).port });
  expect(second.ready.error).toMatchObject({ id: 'serve.listen', hint: { en: expect.stringContaining('PORT') } });
  expect((await second.ended)[0]).toBe(1);
});
