import { readFile, writeFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { problemsTable } from '../../../server/http/problems/table.ts';
import { makeTestApi } from '../../support/api.ts';
import { expectProblem } from '../../support/client.ts';

const api = await makeTestApi();
const admin = await api.signedIn({ roles: ['systemAdministrator'] });
const clerk = await api.signedIn();
const { body: description } = await admin.get('/openapi.json');

interface Operation {
  operationId: string;
  security: object[];
  description?: string;
  parameters: { name: string; in: string; schema: unknown }[];
  requestBody?: unknown;
}
const operations = Object.entries(description.paths as Record<string, Record<string, Operation>>).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
);
const id = '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10';
const fill = (path: string) =>
  path
    .replace('/tasks/{id}', `/tasks/${id}.1`)
    .replace('{id}', id)
    .replace('{key}', 'some-key')
    .replace('{version}', '1');

describe('the description of the API', () => {
  it('is valid OpenAPI 3.1 and names every operation once', async () => {
    const { valid, errors } = await new Validator().validate(description);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(45);
  });

  it('takes no whole number that the database cannot hold', () => {
    const unbounded: string[] = [];
    const look = (place: string, schema: unknown): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { type, minimum, maximum, $ref } = schema as Record<string, unknown>;
      if (type === 'integer' && !(Number(minimum) >= -(2 ** 31) && Number(maximum) < 2 ** 31)) unbounded.push(place);
      if (typeof $ref === 'string') look(place, description.components.schemas[$ref.split('/').at(-1) ?? '']);
      else for (const [key, part] of Object.entries(schema)) look(`${place}.${key}`, part);
    };
    for (const { operationId, parameters, requestBody } of operations) {
      for (const { name, schema } of parameters) look(`${operationId} ${name}`, schema);
      look(operationId, requestBody);
    }
    expect(unbounded).toEqual([]);
  });

  it('refers only to schemas that it has', () => {
    const text = JSON.stringify(description);
    const refs = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? ''));
    const schemas = Object.keys(description.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...refs].filter((ref) => !schemas.includes(ref))).toEqual([]);
    expect(schemas.filter((name) => name.includes('__'))).toEqual([]);
    const empty = Object.entries<{ $ref?: string }>(description.components.schemas).filter(([, { $ref }]) => $ref);
    expect(empty).toEqual([]);
  });

  it('is drawn by a page of our own', async () => {
    const page = await admin.get('/docs/');
    expect(page.status).toBe(200);
    expect(page.body).not.toMatch(/<script>|onclick|https?:/);
    for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css', 'start.js']) {
      expect((await admin.get(`/docs/${file}`)).status).toBe(200);
    }
  });

  it('is not shown to strangers, unless this is a demo', async () => {
    expectProblem(await api.anonymous().get('/openapi.json'), 401, 'session.missing');
    expectProblem(await api.anonymous().get('/docs/'), 401, 'session.missing');
    expect((await api.anonymous().request('GET', '/api/v1/docs')).status).toBe(401);
  });
});

describe('every route', () => {
  const guarded = operations.filter(({ security }) => security.some((way) => 'session' in way));
  const withTokens = operations.filter(({ security }) => security.some((way) => 'bearer' in way));

  it('but those for strangers asks for a session', () => {
    const open = operations.filter(({ security }) => security.length === 0).map(({ operationId }) => operationId);
    expect(open.sort()).toEqual([
      'oidc.finish',
      'oidc.start',
      'passwordLink.ask',
      'passwordLink.read',
      'passwordLink.use',
      'public.cycle',
      'public.cycles',
      'public.download',
      'public.say',
      'session.demoAccounts',
      'session.offers',
      'session.open',
      'session.secondFactor',
      'setup',
      'surveys.answer',
      'surveys.read',
    ]);
  });

  it('that systems push to asks for a token', async () => {
    expect(withTokens.map(({ operationId }) => operationId).sort()).toEqual(['complaints.take', 'values.push']);
    for (const { method, path } of withTokens)
      expectProblem(
        await api.anonymous().request(method, fill(path), { headers: { authorization: 'Bearer bh_x' } }),
        401,
        'token.invalid',
      );
  });

  it.each(guarded.map(({ method, path, operationId }) => [operationId, method, path] as const))(
    '%s without a session is 401',
    async (_id, method, path) => {
      expectProblem(await api.anonymous().request(method, fill(path), {}), 401, 'session.missing');
    },
  );

  it.each(
    guarded
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path, operationId }) => [operationId, method, path] as const),
  )('%s without the token is 403', async (_id, method, path) => {
    expectProblem(await admin.request(method, fill(path), { headers: { 'x-csrf-token': 'x' } }), 403, 'csrf.missing');
  });

  it.each(
    guarded
      .filter(({ description: text }) => text?.startsWith('ability') && !text.includes('business'))
      .map(({ method, path, operationId }) => [operationId, method, path] as const),
  )('%s for a clerk is 403', async (_id, method, path) => {
    expectProblem(await clerk.request(method, fill(path), {}), 403, 'permission.denied');
  });
});

describe('the documentation', () => {
  it('lists every problem (UPDATE_DOCS=1 writes the table)', async () => {
    const file = new URL('../../../docs/api.md', import.meta.url);
    const page = await readFile(file, 'utf8');
    const [before] = page.split('| id | status |');
    const wanted = `${before}${problemsTable()}\n`;
    if (process.env.UPDATE_DOCS) await writeFile(file, wanted);
    else expect(page).toBe(wanted);
  });
});
