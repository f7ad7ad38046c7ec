import { describe, expect, it } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { expectProblem } from '../../support/client.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const office = await api.signedIn({ roles: ['performanceOffice'] });
const system = await api.signedIn({ roles: ['systemAdministrator'] });
const { body: description } = await office.get('/openapi.json');

const ID = '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10';
const routes = Object.entries<Record<string, { operationId: string; security: object[] }>>(description.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security }]) => ({
      id: operationId,
      method: method.toUpperCase(),
      path: path
        .replace('/tasks/{id}', `/tasks/${ID}.1`)
        .replace(/\{version\}|\{year\}/, '2026')
        .replace(/\{\w+\}/g, ID),
      session: security.some((way) => 'session' in way),
    })),
);
const changes = routes.filter(({ method }) => method !== 'GET');

/** Tables that reading adds to: who looked at what is on record. */
const afterwards = async () => (await fingerprint(api.database.pool)).replace(/"audit\w*":(null|"[^"]*")/g, '');

describe('a change that another site sends', () => {
  it.each(changes.map(({ id, method, path }) => [id, method, path] as const))(
    'S21 %s from a foreign origin is 403',
    async (_id, method, path) => {
      expectProblem(
        await office.request(method, path, { headers: { origin: 'https://evil.example' } }),
        403,
        'origin.foreign',
      );
      expectProblem(await office.request(method, path, { headers: { origin: 'null' } }), 403, 'origin.foreign');
      expectProblem(
        await office.request(method, path, { headers: { 'sec-fetch-site': 'cross-site' } }),
        403,
        'origin.foreign',
      );
    },
  );

  it.each(changes.filter(({ session }) => session).map(({ id, method, path }) => [id, method, path] as const))(
    'S21 %s as a form sends it, without the token, is 403',
    async (_id, method, path) => {
      const raw = { type: 'text/plain', body: '{"name":"x"}' };
      expectProblem(await office.request(method, path, { raw, headers: { 'x-csrf-token': '' } }), 403, 'csrf.missing');
    },
  );

  it('S21 nothing of that changed anything', async () => {
    const before = await afterwards();
    const body = { code: 'x1', name: '示例', kind: 'department' };
    const raw = { type: 'text/plain', body: JSON.stringify(body) };
    expectProblem(
      await system.post('/orgs', body, { headers: { origin: 'https://evil.example' } }),
      403,
      'origin.foreign',
    );
    expectProblem(
      await system.post('/orgs', body, { headers: { 'x-csrf-token': office.me?.csrf ?? '' } }),
      403,
      'csrf.missing',
    );
    // The type alone gives it away, even with the token.
    expectProblem(await system.request('POST', '/orgs', { raw }), 415, 'body.type');
    expect(await afterwards()).toBe(before);
    expect((await system.post('/orgs', body)).status).toBe(201);
  });
});

it('S21 reading changes nothing', async () => {
  const before = await afterwards();
  for (const { id, method, path } of routes) {
    if (method !== 'GET' || id === 'events.listen') continue;
    const { status } = await office.get(path);
    expect(status, id).toBeLessThan(500);
  }
  expect(await afterwards()).toBe(before);
});
