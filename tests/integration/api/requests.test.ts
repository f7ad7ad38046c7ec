import { describe, expect, it } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { expectProblem, type RequestOptions } from '../../support/client.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const admin = await api.signedIn({ roles: ['systemAdministrator'] });
const json = (body: string | Buffer): RequestOptions => ({ raw: { type: 'application/json', body } });

/** Sends a broken request and makes sure that nothing in the database moved. */
const refused = async (options: RequestOptions, status: number, id: string, path = '/orgs', method = 'POST') => {
  const before = await fingerprint(api.database.pool);
  const answer = await admin.request(method, path, options);
  expectProblem(answer, status, id);
  expect(await fingerprint(api.database.pool)).toBe(before);
  return answer;
};

const org = '{"code":"x1","name":"示例","kind":"department"';

describe('S55 S57 a body that is no good', () => {
  it.each([
    ['cut off', json(`${org}`), 400, 'body.malformed'],
    ['empty', json(''), 400, 'body.malformed'],
    ['not UTF-8', json(Buffer.from([0x7b, 0x22, 0xd6, 0xd0, 0x22, 0x3a, 0x31, 0x7d])), 400, 'body.encoding'],
    ['10 000 levels deep', json(`${'['.repeat(10_000)}${']'.repeat(10_000)}`), 400, 'body.tooDeep'],
    ['with __proto__', json(`${org},"__proto__":{"active":false}}`), 400, 'body.forbiddenKey'],
    ['with an escaped __proto__', json(`${org},"\\u005f_proto__":{}}`), 400, 'body.forbiddenKey'],
    ['with constructor.prototype', json(`${org},"constructor":{"prototype":{"x":1}}}`), 400, 'body.forbiddenKey'],
    ['with a key twice', json(`${org},"name":"另一个"}`), 400, 'body.duplicateKey'],
    ['with a zero-width key', json(`${org},"na\u200bme":"x"}`), 400, 'body.uncleanKey'],
    ['with a non-NFC key', json(`${org},"e\u0301":"x"}`), 400, 'body.uncleanKey'],
    ['with NUL in a text', json(`${org.replace('示例', '示\\u0000例')}}`), 400, 'body.uncleanText'],
    ['with half a character', json(`${org.replace('示例', '\\ud83d')}}`), 400, 'body.uncleanText'],
    ['with a million elements', json(`[${'0,'.repeat(1_000_000)}0]`), 413, 'body.tooLarge'],
    ['of 10 MB', json(`{"name":"${'x'.repeat(10 * 1024 * 1024)}"}`), 413, 'body.tooLarge'],
    ['of another type', { raw: { type: 'text/plain', body: `${org}}` } }, 415, 'body.type'],
    ['compressed', { ...json(`${org}}`), headers: { 'content-encoding': 'gzip' } }, 415, 'body.type'],
    ['a list', json('[]'), 422, 'input.invalid'],
  ] as [string, RequestOptions, number, string][])('%s', async (_name, options, status, id) => {
    await refused(options, status, id);
  });

  it('leaves the server as well as before', async () => {
    expect((await fetch(`${api.origin}/healthz`)).status).toBe(200);
    expect((await admin.get('/orgs')).status).toBe(200);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('active');
  });

  it('without a length is stopped at the limit', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let part = 0; part < 40; part++) controller.enqueue(new TextEncoder().encode(' '.repeat(64 * 1024)));
        controller.close();
      },
    });
    const answer = await fetch(`${admin.base}/orgs`, {
      method: 'POST',
      headers: { cookie: admin.cookie ?? '', 'x-csrf-token': admin.me?.csrf ?? '', 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(answer.status).toBe(413);
  });
});

describe('fields that are no good', () => {
  const send = (fields: object) =>
    refused({ body: { code: 'x1', name: '示例', kind: 'department', ...fields } }, 422, 'input.invalid');

  it('name each wrong place in both languages', async () => {
    const { body } = await send({ kind: 'planet', code: 'no dots.\u200b', extra: 1, version: 9 });
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(
      expect.arrayContaining(['kind', 'code', 'extra', 'version']),
    );
    for (const { message } of body.errors) expect(message).toEqual({ zh: expect.any(String), en: expect.any(String) });
    expect(body.errors.find(({ path }: { path: string }) => path === 'extra').message.zh).toMatch(/没有这个字段/);
  });

  it.each([
    ['zero-width space', '示\u200b例'],
    ['non-NFC', 'Cafe\u0301'],
    ['right-to-left override', 'abc\u202efdp'],
    ['newline', '示\n例'],
    ['only spaces', '   '],
  ])('a name with %s', async (_name, name) => {
    await send({ name });
  });

  it('a unit that is not there', async () => {
    const { body } = await send({ parentId: '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10' });
    expect(body.errors[0].path).toBe('parentId');
  });
});

describe('an address that is no good', () => {
  it.each([
    ['GET', '/nothing', 404, 'route.unknown'],
    ['GET', '/orgs/not-an-id', 422, 'input.invalid'],
    ['GET', '/orgs/0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10', 404, 'org.unknown'],
    ['GET', '/orgs?limit=0', 422, 'input.invalid'],
    ['GET', '/orgs?limit=1000', 422, 'input.invalid'],
    ['GET', '/orgs?nonsense=1', 422, 'input.invalid'],
    ['GET', '/orgs?sort=passwordHash', 422, 'sort.unknown'],
    ['GET', '/orgs?sort=constructor', 422, 'sort.unknown'],
    ['GET', '/orgs?after=garbage', 422, 'cursor.invalid'],
    ['GET', `/orgs?q=%00`, 400, 'body.uncleanText'],
    ['GET', '/orgs/%E0%A4%A', 404, 'route.unknown'],
    ['DELETE', '/orgs', 405, 'method.notAllowed'],
    ['GET', '/calendar?year=1900', 422, 'calendar.outside'],
    ['GET', '/calendar?year=2999', 422, 'calendar.outside'],
  ])('%s %s → %i %s', async (method, path, status, id) => {
    await refused({}, status, id, path, method);
  });

  it('says which methods there are', async () => {
    const answer = await admin.request('PUT', '/orgs', {});
    expectProblem(answer, 405, 'method.notAllowed');
    expect(answer.headers.get('allow')).toBe('GET, POST');
  });
});

it('answers in the language that is asked for', async () => {
  const ask = (language: string) => admin.get('/nothing', { headers: { 'accept-language': language } });
  expect((await ask('en-GB,en;q=0.9')).body.title).toBe('no such address');
  expect((await ask('zh-TW')).body.title).toBe('没有这个地址');
  expect((await ask('fr')).body.title).toBe('没有这个地址');
});

it('says nothing of its inside when it fails', async () => {
  await api.database.pool.query('ALTER TABLE calendar_days RENAME TO calendar_gone');
  const answer = await admin.get('/calendar?year=2026');
  await api.database.pool.query('ALTER TABLE calendar_gone RENAME TO calendar_days');
  expectProblem(answer, 500, 'server.error');
  expect(Object.keys(answer.body).sort()).toEqual([
    'hint',
    'hints',
    'id',
    'requestId',
    'status',
    'title',
    'titles',
    'type',
  ]);
});
