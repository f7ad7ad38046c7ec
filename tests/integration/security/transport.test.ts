import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import express from 'express';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { makeLogger, withoutSecrets } from '../../../server/http/logging.ts';
import { listen } from '../../../server/serve/listen.ts';
import { readTls, type Tls, watchTls } from '../../../server/serve/tls.ts';
import { makeTestApi } from '../../support/api.ts';
import { makeCertificate } from '../../support/certificate.ts';
import type { Client } from '../../support/client.ts';
import { TEST_PASSWORD } from '../../support/factories.ts';
import { makeTestFolder } from '../../support/folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'bihuan-console-'));
mkdirSync(join(folder, 'assets'));
mkdirSync(join(folder, '.git'));
for (const [name, text] of Object.entries({
  'index.html': '<style nonce="__CSP_NONCE__"></style><script src="/assets/a.js"></script>',
  'assets/a.js': 'a()',
  '.git/config': 'secret',
  '.env': 'secret',
}))
  writeFileSync(join(folder, name), text);
afterAll(() => rmSync(folder, { recursive: true }));

const lines: string[] = [];
const settings = { BIHUAN_METRICS_TOKEN: 'a token of metrics' };
const logger = makeLogger('trace', { write: (line) => void lines.push(line) });
const api = await makeTestApi({ consoleFolder: folder, settings, logger });
const behindHttps = await makeTestApi({ consoleFolder: folder, settings: { BIHUAN_URL: 'https://jx.city.invalid' } });
let office: Client;
beforeAll(async () => {
  office = await api.signedIn({ roles: ['performanceOffice'] });
});

/** A request as it is, with any method and header. */
const raw = (origin: string, method: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<IncomingMessage & { text: string }>((resolve, reject) => {
    const sent = request(`${origin}${path}`, { method, headers }, (answer) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve(Object.assign(answer, { text })));
    });
    sent.on('error', reject);
    sent.end();
  });

const PATHS = [
  '/',
  '/healthz',
  '/readyz',
  '/api/v1/session',
  '/api/v1/nothing',
  '/nothing',
  '/metrics',
  '/docs',
  '/assets/a.js',
];

test('S59 every answer has the secure headers, and a policy for content without unsafe-inline', async () => {
  for (const path of PATHS) {
    for (const [name, { origin }] of Object.entries({ api, behindHttps })) {
      const { headers } = await raw(origin, 'GET', path);
      const policy = String(headers['content-security-policy']);
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(policy, path).toContain("script-src 'self'");
      expect(policy, path).not.toMatch(/unsafe|\*/);
      expect(headers, path).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
      expect(headers['x-powered-by'], path).toBeUndefined();
      expect(headers['access-control-allow-origin'], path).toBeUndefined();
      if (name === 'behindHttps') expect(headers['strict-transport-security'], path).toMatch(/max-age=31536000/);
      if (!path.startsWith('/assets')) expect(headers['cache-control'], path).toBe('no-store');
    }
  }
  const { text, headers } = await raw(api.origin, 'GET', '/');
  const nonce = /nonce="([^"]+)"/.exec(text)?.[1];
  expect(headers['content-security-policy']).toContain(`'nonce-${nonce}'`);
  const again = await raw(api.origin, 'GET', '/');
  expect(again.text).not.toContain(nonce);
});

test('S59 no other origin is let in, whatever it asks for', async () => {
  for (const method of ['GET', 'OPTIONS', 'POST']) {
    const { headers } = await raw(api.origin, method, '/api/v1/session', {
      origin: 'https://evil.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'x-csrf-token',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

test('S59 TRACE and methods that an address does not have are 405, with those it has', async () => {
  for (const path of PATHS) {
    for (const method of ['TRACE', 'PROPFIND', 'PURGE']) {
      const { statusCode, headers, text } = await raw(api.origin, method, path, { cookie: 'secret=1' });
      expect({ path, method, statusCode }).toEqual({ path, method, statusCode: 405 });
      expect(headers.allow).toContain('GET');
      expect(text).not.toContain('secret');
    }
  }
  const { statusCode, headers } = await raw(api.origin, 'PUT', '/api/v1/session');
  expect({ statusCode, allow: headers.allow }).toEqual({ statusCode: 405, allow: 'POST, GET, DELETE' });
  const post = await raw(api.origin, 'POST', '/assets/a.js');
  expect({ statusCode: post.statusCode, allow: post.headers.allow }).toEqual({ statusCode: 405, allow: 'GET, HEAD' });
});

test('S60 a failure tells its request id and nothing else', async () => {
  const { pool } = api.database;
  await pool.query('ALTER TABLE phrases RENAME TO phrases_away');
  onTestFinished(async () => void (await pool.query('ALTER TABLE phrases_away RENAME TO phrases')));
  const answer = await office.get('/me/phrases');
  expect(answer.status).toBe(500);
  const id = answer.headers.get('x-request-id');
  expect(answer.body).toEqual({
    type: '/problems/server.error',
    id: 'server.error',
    status: 500,
    title: '服务器出错',
    hint: expect.any(String),
    titles: expect.any(Object),
    hints: expect.any(Object),
    requestId: id,
  });
  expect(JSON.stringify(answer.body)).not.toMatch(/prisma|relation|select| at .*\.ts/i);
  // The log has the cause under the same id.
  expect(lines.filter((line) => line.includes(String(id))).join()).toMatch(/phrases/);
});

test('S60 metrics are for this machine or who has the token, the description of the API for who is signed in', async () => {
  expect((await raw(api.origin, 'GET', '/metrics')).text).toContain('bihuan_cases');
  for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
    const passed = (authorization: string) =>
      raw(api.origin, 'GET', '/metrics', { [name]: '127.0.0.1', authorization });
    expect((await passed('')).statusCode).toBe(404);
    expect((await passed('Bearer another token')).statusCode).toBe(404);
    expect((await passed(`Bearer ${settings.BIHUAN_METRICS_TOKEN}`)).statusCode).toBe(200);
  }
  for (const path of ['/api/v1/docs/', '/api/v1/openapi.json', '/api/v1/docs/swagger-ui.css'])
    expect((await raw(api.origin, 'GET', path)).statusCode, path).toBe(401);
  expect((await office.get('/docs/')).status).toBe(200);
  expect((await office.get('/docs/swagger-ui-bundle.js')).status).toBe(200);
});

test('S60 no source maps, no dotfiles, no repository, nothing beside the console is served', async () => {
  const paths = [
    '/.git/config',
    '/.git/HEAD',
    '/.env',
    '/.built-from',
    '/assets/a.js.map',
    '/package.json',
    '/assets/../.env',
  ];
  for (const path of [
    ...paths,
    '/%2e%2e/package.json',
    '/assets/%2e%2e/.env',
    '/..%2fpackage.json',
    '/.%67it/config',
  ]) {
    const { statusCode, text } = await raw(api.origin, 'GET', path);
    expect({ path, statusCode }).toEqual({ path, statusCode: 404 });
    expect(text).not.toContain('secret');
  }
  for (const path of ['/docs/swagger-ui-bundle.js.map', '/docs/package.json', '/docs/README.md', '/docs/index.js'])
    expect((await office.get(path)).status, path).toBe(404);
});

test('S45 no password, token or identity-card number gets into the log, whatever fails', async () => {
  lines.length = 0;
  const [card, phone, secret] = ['11010519491231002X', '13812345678', `geheim-${randomUUID()}`];
  const person = await api.signedIn();
  const token = String(person.cookie).split('=')[1] ?? '';
  const csrf = String(person.me?.csrf);
  await api.anonymous().signIn(person.person.username, secret);
  await api.anonymous().signIn(`${card}`, secret);
  await person.get(`/people?q=${card}&token=${secret}`);
  await person.get(`/people/${card}`);
  await person.get(`/orgs/${encodeURIComponent(`${card} ${secret}`)}`);
  await person.put('/session/password', { current: secret, password: `${secret}-new` });
  await person.put('/session/password', { current: TEST_PASSWORD, password: card });
  await person.post('/me/phrases', { text: { [card]: secret } });
  await person.request('POST', '/me/phrases', {
    raw: { type: 'application/json', body: `{"password": "${secret}", ${card}` },
  });
  await person.get('/session', { headers: { authorization: `Bearer ${secret}`, 'x-csrf-token': csrf } });
  await fetch(`${api.origin}/survey/${'s'.repeat(43)}?${secret}`, { redirect: 'manual' });
  await fetch(`${api.origin}/api/v1/public/surveys/${'t'.repeat(43)}`);
  const { pool } = api.database;
  await pool.query(`ALTER TABLE phrases ADD CONSTRAINT refuses CHECK (text NOT LIKE '%${card}%')`);
  onTestFinished(async () => void (await pool.query('ALTER TABLE phrases DROP CONSTRAINT refuses')));
  expect((await person.post('/me/phrases', { text: `${card} ${secret} ${phone}` })).status).toBe(500);
  logger.error(
    { err: new Error(`row ${card} of postgres://bihuan:${secret}@db`, { cause: new Error(phone) }), password: secret },
    `Bearer ${secret}`,
  );
  const log = lines.join('\n');
  expect(log).toContain('request failed');
  expect(lines.length).toBeGreaterThan(10);
  for (const forbidden of [card, phone, secret, TEST_PASSWORD, token, csrf, 's'.repeat(43), 't'.repeat(43)])
    expect(log).not.toContain(forbidden);
});

test('S45 what looks like a secret is masked, and nothing else', () => {
  expect(withoutSecrets('11010519491231002X, 110105194912310021')).toBe('***, ***');
  expect(withoutSecrets('postgres://u:p@h/d smtp://a:b@c')).toBe('postgres://u:***@h/d smtp://a:***@c');
  const plain =
    '{"time":"2026-03-02T01:00:00.000Z","id":"0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10","ms":1772413200000,"at":"a.ts:13812"}';
  expect(withoutSecrets(plain)).toBe(plain);
});

const writePair = async (at: string, { cert, key }: { cert: string; key: string }) => {
  await writeFile(join(at, 'key.pem'), key);
  await writeFile(join(at, 'cert.pem'), cert);
};

const startTls = async () => {
  const at = await makeTestFolder('tls');
  const pair = makeCertificate();
  await writePair(at, pair);
  const tls = (await readTls({ tlsCert: join(at, 'cert.pem'), tlsKey: join(at, 'key.pem') })) as Tls;
  const app = express().get('/', (_request, response) => void response.send('ok'));
  const listening = await listen(app, { host: '127.0.0.1', port: 0, anyNear: false, tls });
  onTestFinished(() => listening.close(0));
  return { at, pair, tls, ...listening };
};

const handshake = (port: number, ca: string, options: object = {}) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca, ...options }, () => {
      resolve(String(socket.getProtocol()));
      socket.destroy();
    });
    socket.on('error', reject);
  });

test('S61 TLS 1.2 and 1.3 are spoken, older ones not, nor plain HTTP on the same port', async () => {
  const { port, pair } = await startTls();
  expect(await handshake(port, pair.cert)).toBe('TLSv1.3');
  expect(await handshake(port, pair.cert, { maxVersion: 'TLSv1.2' })).toBe('TLSv1.2');
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
  await expect(handshake(port, pair.cert, old)).rejects.toThrow();
  await expect(handshake(port, makeCertificate().cert)).rejects.toThrow();
  await expect(raw(`http://127.0.0.1:${port}`, 'GET', '/')).rejects.toThrow();
});

test('S61 a certificate that is replaced is taken up; one that does not fit its key is not', async () => {
  const { at, port, pair, tls, server } = await startTls();
  const told: string[] = [];
  const stop = watchTls(tls, server as never, makeLogger('info', { write: (line) => void told.push(line) }), 20);
  onTestFinished(stop);
  const next = makeCertificate();
  await writeFile(join(at, 'cert.pem'), next.cert);
  await vi.waitFor(() => expect(told.join()).toContain('not taken up'), { timeout: 10_000 });
  expect(await handshake(port, pair.cert)).toBe('TLSv1.3');
  await writePair(at, next);
  await vi.waitFor(() => expect(handshake(port, next.cert)).resolves.toBe('TLSv1.3'), { timeout: 10_000 });
});

test('S61 a certificate without its key, or with another one, is refused at the start', async () => {
  const at = await makeTestFolder('tls');
  await writePair(at, { cert: makeCertificate().cert, key: makeCertificate().key });
  const [tlsCert, tlsKey] = [join(at, 'cert.pem'), join(at, 'key.pem')];
  for (const given of [
    { tlsCert, tlsKey },
    { tlsCert, tlsKey: undefined },
    { tlsCert: undefined, tlsKey },
    { tlsCert: join(at, 'none'), tlsKey },
  ])
    await expect(readTls(given)).rejects.toMatchObject({ id: 'tls.invalid' });
  expect(await readTls({ tlsCert: undefined, tlsKey: undefined })).toBeUndefined();
});
