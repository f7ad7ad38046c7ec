import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { tidy } from '../../../server/http/housekeeping.ts';
import { makeTestApi } from '../../support/api.ts';
import { expectProblem } from '../../support/client.ts';
import { buildPerson } from '../../support/factories.ts';

const folder = await mkdtemp(join(tmpdir(), 'bihuan-console-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
await mkdir(join(folder, 'assets'));
await writeFile(
  join(folder, 'index.html'),
  '<meta property="csp-nonce" nonce="__CSP_NONCE__"><script type="module" src="/assets/a-1.js"></script>',
);
await writeFile(join(folder, 'assets', 'a-1.js'), 'export {};');
await writeFile(join(folder, 'assets', 'a-1.js.gz'), gzipSync('export {};'));
await writeFile(join(folder, '.built-from'), 'x');

const api = await makeTestApi({ consoleFolder: folder, demo: true });
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${api.origin}${path}`, { headers, redirect: 'manual' });

describe('health', () => {
  it('says that the process lives, and that it can work', async () => {
    expect(await (await get('/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await get('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({
      ready: true,
      checks: { database: 'ok', migrations: 'ok', engine: 'ok', audit: 'ok' },
    });
  });

  it('counts requests and what is in the database', async () => {
    await get('/api/v1/session');
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/bihuan_http_request_seconds_count\{method="get",route="\/session",status="401"\} \d+/);
    for (const name of ['bihuan_tasks_open', 'bihuan_incidents_open 0', 'bihuan_steps_total', 'bihuan_jobs'])
      expect(text).toContain(name);
  });
});

describe('the console', () => {
  it('comes with a policy that lets no foreign script in, and a nonce of its own each time', async () => {
    const pages = await Promise.all([get('/'), get('/')]);
    const texts = await Promise.all(pages.map((page) => page.text()));
    const policies = pages.map((page) => page.headers.get('content-security-policy') ?? '');
    const nonces = texts.map((text) => /nonce="([^"]+)"/.exec(text)?.[1] ?? '');
    expect(nonces[0]).not.toBe(nonces[1]);
    policies.forEach((policy, at) => {
      expect(policy).toContain(`style-src 'self' 'nonce-${nonces[at]}'`);
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
    });
    expect(pages[0]?.headers.get('cache-control')).toBe('no-store');
    expect(pages[0]?.headers.get('x-content-type-options')).toBe('nosniff');
    expect(pages[0]?.headers.get('x-powered-by')).toBeNull();
  });

  it('keeps its assets in the cache, compressed where the browser takes it', async () => {
    const asset = await get('/assets/a-1.js', { 'accept-encoding': 'gzip' });
    expect(asset.headers.get('content-encoding')).toBe('gzip');
    expect(asset.headers.get('content-type')).toMatch(/javascript/);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await asset.text()).toBe('export {};');
    const plain = await get('/assets/a-1.js', { 'accept-encoding': 'identity' });
    expect(plain.headers.get('content-encoding')).toBeNull();
  });

  it.each(['/.built-from', '/../package.json', '/%2e%2e/package.json', '/assets/nothing.js', '/.git/config'])(
    'has no %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('answers strange methods with 405', async () => {
    const answer = await fetch(`${api.origin}/`, { method: 'DELETE' });
    expect(answer.status).toBe(405);
  });
});

it('shows the demo accounts and the description to everyone in a demo', async () => {
  expect((await api.anonymous().get('/demo-accounts')).body).toEqual({ password: 'demo', accounts: [] });
  expect((await api.anonymous().get('/openapi.json')).status).toBe(200);
  expect((await get('/docs')).headers.get('location')).toBe('/api/v1/docs/');
});

it('has no demo accounts elsewhere', async () => {
  const other = await makeTestApi();
  expectProblem(await other.anonymous().get('/demo-accounts'), 404, 'route.unknown');
});

it('throws away what nobody can ask for any more', async () => {
  const { id: personId } = await buildPerson(api.prisma);
  const old = new Date(api.clock.now().getTime() - 8 * 24 * 3_600_000);
  const session = { idHash: 'x', personId, csrf: 'x', createdAt: old, seenAt: old, expiresAt: old };
  await api.prisma.session.create({ data: session });
  const answer = { actor: personId, route: 'x', bodyHash: 'x', status: 0, response: {} };
  await api.prisma.idempotency.create({ data: { ...answer, key: 'old', at: old } });
  await api.prisma.idempotency.create({ data: { ...answer, key: 'new', at: api.clock.now() } });
  await tidy(api);
  expect(await api.prisma.session.count({ where: { personId } })).toBe(0);
  expect(await api.prisma.idempotency.findMany({ where: { actor: personId } })).toMatchObject([{ key: 'new' }]);
});
