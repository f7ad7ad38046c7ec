import { describe, expect, it } from 'vitest';
import { KEYS, SQL } from '../../../server/fuzz/hostile.ts';
import { csvCell } from '../../../server/public/csv.ts';
import { makeTestApi } from '../../support/api.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const office = await api.signedIn({ roles: ['performanceOffice'] });
const system = await api.signedIn({ roles: ['systemAdministrator'] });
const { body: description } = await office.get('/openapi.json');

interface Parameter {
  name: string;
  in: string;
  required: boolean;
}
const ID = '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10';
const lists = Object.entries<Record<string, { operationId: string; parameters: Parameter[] }>>(
  description.paths,
).flatMap(([path, { get }]) =>
  get
    ? [
        {
          id: get.operationId,
          path: path.replace(/\{\w+\}/g, ID),
          names: get.parameters.filter((one) => one.in === 'query').map((one) => one.name),
        },
      ]
    : [],
);

describe('SQL in what is asked for', () => {
  it.each(lists.filter(({ names }) => names.length > 0).map(({ id, path, names }) => [id, path, names] as const))(
    'S48 %s finds nothing by it and does nothing',
    async (_id, path, names) => {
      const from = performance.now();
      for (const [n, name] of names.entries())
        for (const client of [office, system]) {
          const payload = SQL[(n * 2 + (client === office ? 0 : 1)) % SQL.length] ?? '';
          const { status } = await client.get(`${path}?${name}=${encodeURIComponent(payload)}`);
          expect(status, `${name}=${payload}`).toBeLessThan(500);
        }
      // None of the sleeps was slept.
      expect(performance.now() - from).toBeLessThan(10_000);
    },
  );

  it('S48 every payload as search, order and filter of a list gives what plain text gives', async () => {
    const before = await fingerprint(api.database.pool);
    for (const payload of SQL) {
      const text = encodeURIComponent(payload);
      expect((await system.get(`/people?q=${text}`)).body.items).toEqual([]);
      expect((await system.get(`/people?sort=${text}`)).body.id).toBe('sort.unknown');
      expect((await system.get(`/people?orgId=${text}`)).status).toBe(422);
      expect((await system.get(`/people/${text}`)).status).toBe(422);
    }
    expect(await fingerprint(api.database.pool)).toBe(before);
  });

  it('S48 what is kept comes back as it was written', async () => {
    for (const [n, payload] of SQL.entries()) {
      const made = await system.post('/orgs', { code: `sql${n}`, name: payload, kind: 'department' });
      expect(made.status, payload).toBe(201);
      expect((await system.get(`/orgs/${made.body.id}`)).body.name).toBe(payload);
      expect((await system.get(`/orgs?q=${encodeURIComponent(payload)}`)).body.items.length, payload).toBeGreaterThan(
        0,
      );
    }
  });
});

describe('names that reach behind an object', () => {
  it.each(KEYS.filter((key) => key !== ''))('S55 %s as a column to sort by, a filter and an id', async (key) => {
    const text = encodeURIComponent(key);
    for (const path of [
      `/orgs?sort=${text}`,
      `/orgs?${text}=1`,
      `/orgs/${text}`,
      `/templates/${text}/versions`,
      `/templates/${text}/versions/1`,
    ]) {
      const { status } = await office.get(path);
      expect([404, 422], path).toContain(status);
    }
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('cells of tables that are downloaded', () => {
  it.each(['=1+1', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', "=cmd|' /C calc'!A0"])('S49 %j is text', (cell) => {
    expect(csvCell(cell).replace(/^"|"$/g, '')).toBe(`'${cell}`);
  });

  it.each(['12.5', '-3', '+4', '', '市发改委', 'a=b', '1-2'])('S49 %j stays', (cell) => {
    expect(csvCell(cell)).toBe(cell);
  });
});
