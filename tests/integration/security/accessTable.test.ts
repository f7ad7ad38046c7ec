import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { accessTable, CALLERS, type Caller, INSIDE } from '../../../server/auth/table.ts';
import { describedRoutes } from '../../../server/http/routes.ts';
import { makeTestApi } from '../../support/api.ts';
import type { Client } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';

const api = await makeTestApi();
const file = new URL('../../../docs/access.md', import.meta.url);
const TABLE = '| route | needs |';

interface Operation {
  id: string;
  method: string;
  path: string;
}
let operations: Operation[];
const clients = {} as Record<Caller, Client>;

beforeAll(async () => {
  const org = await buildOrg(api.prisma);
  for (const caller of CALLERS) {
    if (caller === 'nobody') clients[caller] = api.anonymous();
    else if (caller === 'none') clients[caller] = await api.signedIn({ orgId: org.id });
    else if (INSIDE.includes(caller))
      clients[caller] = await api.signedIn({ orgId: org.id, roles: [{ role: caller, orgId: org.id }] });
    else clients[caller] = await api.signedIn({ roles: [caller] });
  }
  const { body } = await clients.none.get('/openapi.json');
  operations = Object.entries(body.paths as Record<string, Record<string, { operationId: string }>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({
        id: operationId,
        method: method.toUpperCase(),
        path,
      })),
  );
});

/** The rows of the table in the documentation, by route. */
const documented = async (): Promise<Map<string, Record<Caller, string>>> => {
  const text = await readFile(file, 'utf8');
  const lines = text
    .slice(text.indexOf(TABLE))
    .split('\n')
    .slice(2)
    .filter((line) => line.startsWith('|'));
  return new Map(
    lines.map((line) => {
      const [route = '', , ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [
        route.replaceAll('`', ''),
        Object.fromEntries(CALLERS.map((caller, i) => [caller, cells[i] ?? ''])) as Record<Caller, string>,
      ];
    }),
  );
};

const UNKNOWN = '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10';
const fill = (path: string) =>
  path
    .replace('/tasks/{id}', `/tasks/${UNKNOWN}.1`)
    .replace('{key}', 'some-key')
    .replace('{version}', '1')
    .replace('{year}', '2026')
    .replace(/\{[^}]+\}/g, UNKNOWN);

/** What the running server says: a key that is none stops a change right after the caller is let in. */
const ask = async (client: Client, { method, path }: Operation): Promise<string> => {
  const answer = await fetch(`${client.base}${fill(path)}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(client.cookie && { cookie: client.cookie }),
      ...(method !== 'GET' && { 'x-csrf-token': client.me?.csrf ?? '', 'idempotency-key': 'no key' }),
    },
  });
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
  const id: string = isProblem ? (await answer.json()).id : '';
  await answer.body?.cancel().catch(() => undefined);
  if (answer.status === 401) return '401';
  return answer.status === 403 && id === 'permission.denied' ? '–' : '✓';
};

describe('the table of routes and roles', () => {
  test('is the one in the documentation (UPDATE_DOCS=1 writes it)', async () => {
    const text = await readFile(file, 'utf8');
    const before = text.includes(TABLE) ? text.slice(0, text.indexOf(TABLE)) : text;
    const wanted = `${before}${accessTable(describedRoutes())}\n`;
    if (process.env.UPDATE_DOCS) await writeFile(file, wanted);
    else expect(text).toBe(wanted);
  });

  test('S01 S24 S27 S36 is what the server does: every route of the description as everybody', async () => {
    const table = await documented();
    expect([...table.keys()].sort()).toEqual(operations.map(({ id }) => id).sort());
    const wrong: string[] = [];
    for (const operation of operations)
      for (const caller of CALLERS) {
        const said = table.get(operation.id)?.[caller];
        const found = await ask(clients[caller], operation);
        if (found !== said) wrong.push(`${operation.id} as ${caller}: ${found}, documented ${said}`);
      }
    expect(wrong).toEqual([]);
  }, 300_000);
});
