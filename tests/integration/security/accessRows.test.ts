import { beforeAll, describe, expect, test } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { approval, named, task, template, textField } from '../../support/blocks.ts';
import type { Client } from '../../support/client.ts';
import { exampleOf } from '../../support/exampleOf.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';
import { rowOf } from '../../support/rowOf.ts';

/** Unit A has one of everything; others try every address that names a row, and every list. */
const api = await makeTestApi();
const { pool } = api.database;
const SECRET = 'canary-of-unit-a';

interface Operation {
  operationId: string;
  method: string;
  path: string;
  description?: string;
  parameters?: { name: string; in: string; required?: boolean; schema: Record<string, unknown> }[];
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> };
}
type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let operations: Operation[];
let schemas: Record<string, Record<string, unknown>>;
let staff: Signed;
let office: Signed;
/** Ids of unit A's rows, by the address before them. */
let ids: Record<string, string>;
const strangers: Record<string, Client> = {};

const content = template(
  {
    plan: [
      task('draft', {
        fields: [textField('goal'), { key: 'papers', type: 'files', name: named('papers') }],
        allow: ['delegate'],
      }),
      approval('sign', { who: [{ kind: 'head' }], returnTo: 'draft', onReject: undefined }),
    ],
    evaluate: [
      {
        key: 'vote',
        type: 'ballots',
        per: 'cycle',
        name: named('vote'),
        groups: ['voters'],
        until: { from: 'opened', workingDays: 5 },
      },
    ],
  },
  {
    key: 'rows',
    assessors: [
      {
        key: 'voters',
        name: named('voters'),
        kind: 'superior',
        who: [{ kind: 'role', role: 'performanceOffice' }],
        minVotes: 1,
        scale: { min: '0', max: '100' },
      },
    ],
  },
);

beforeAll(async () => {
  const a = await buildOrg(api.prisma, { category: 'all', name: '甲局' });
  const b = await buildOrg(api.prisma, { category: 'all', name: '乙局' });
  staff = await api.signedIn({ orgId: a.id, roles: [{ role: 'staff', orgId: a.id }] });
  const chief = await api.signedIn({ orgId: a.id });
  office = await api.signedIn({ roles: ['performanceOffice'] });
  const headOfB = await api.signedIn({ orgId: b.id, roles: [{ role: 'head', orgId: b.id }] });
  await api.prisma.orgUnit.update({ where: { id: a.id }, data: { headId: chief.person.id } });
  await api.prisma.orgUnit.update({ where: { id: b.id }, data: { headId: headOfB.person.id } });
  strangers['head of B'] = headOfB;
  strangers['staff of B'] = await api.signedIn({ orgId: b.id, roles: [{ role: 'staff', orgId: b.id }] });
  strangers.nobody = await api.signedIn();
  for (const role of ['leaders', 'committee', 'inspector', 'hotline', 'surveyTeam'])
    strangers[role] = await api.signedIn({ roles: [role] });
  for (const role of ['systemAdministrator', 'securityAdministrator', 'auditAdministrator'])
    strangers[role] = await api.signedIn({ roles: [role] });
  await api.directory.reload();
  await office.post('/templates', { content });
  await office.post('/templates/rows/versions/1/publish');
  const participants = [{ orgId: a.id, category: 'all' }];
  const cycle = { templateKey: 'rows', version: 1, year: 2026, name: '2026', participants };
  const cycleId = (await office.post('/cycles', cycle)).body.id as string;
  await api.launcher.settled();
  await api.work();
  const row = (await staff.get('/tasks')).body.items[0];
  const caseId = row.caseId as string;
  const form = new FormData();
  form.set('field', 'papers');
  form.set('file', new Blob([`%PDF-1.7\n${SECRET}`], { type: 'application/pdf' }), `${SECRET}.pdf`);
  const file = await staff.request('POST', `/tasks/${row.id}/evidence`, { form });
  expect(file.status, JSON.stringify(file.body)).toBe(201);
  const comment = await staff.post(`/cases/${caseId}/comments`, { text: SECRET });
  expect(comment.status).toBe(201);
  const phrase = await staff.post('/me/phrases', { text: SECRET });
  const delegation = await staff.post('/delegations', {
    to: chief.person.id,
    until: '2026-03-20T00:00:00Z',
    reason: SECRET,
  });
  expect(delegation.status, JSON.stringify(delegation.body)).toBe(201);
  await staff.put(`/tasks/${row.id}/draft`, { values: { goal: SECRET } });
  const of = { cycle_id: cycleId, org_id: a.id };
  const put = (table: string, given: object) => rowOf(pool, table, SECRET, { ...given });
  const indicator = await put('cycle_indicators', {
    ...of,
    case_id: caseId,
    direction: 'up',
    frequency: 'year',
    unit: '件',
  });
  const person = staff.person.id;
  const round = await put('ballot_rounds', { cycle_id: cycleId, case_id: caseId, block: 'vote', round: 1 });
  const point = await put('observation_points', { org_id: a.id });
  const finding = await put('findings', {
    ...of,
    source: 'inspection',
    severity: 'minor',
    state: 'open',
    found_by: person,
  });
  ids = {
    cases: caseId,
    tasks: row.id,
    evidence: file.body.id,
    comments: comment.body.id,
    phrases: phrase.body.id,
    delegations: delegation.body.id,
    'assigned-indicators': indicator,
    milestones: await put('milestones', { cycle_indicator_id: indicator }),
    flags: await put('abnormal_flags', { ...of, cycle_indicator_id: indicator, because: '{"zh":"x","en":"x"}' }),
    warnings: await put('warnings', {
      ...of,
      kind: 'order',
      source: 'hand',
      state: 'open',
      because: '{"zh":"x","en":"x"}',
    }),
    letters: await put('letters', { ...of, case_id: caseId }),
    adjustments: await put('adjustments', {
      ...of,
      case_id: caseId,
      kind: 'bonus',
      state: 'proposed',
      proposed_by: person,
    }),
    complaints: await put('complaints', { org_id: a.id, state: 'assigned' }),
    findings: finding,
    inspections: await put('inspections', { ...of, made_by: person }),
    'observation-points': point,
    observations: await put('observations', { point_id: point, observer_id: person }),
    rectification: await put('rectification_items', { ...of, case_id: caseId, source: 'unit', state: 'open' }),
    'ballot-sheets': await put('ballot_sheets', {
      round_id: round,
      group_key: 'voters',
      assessor_id: person,
      state: 'open',
    }),
    imports: await put('value_imports', { cycle_id: cycleId, started_by: person, state: 'done' }),
    sessions: (await api.prisma.session.findFirstOrThrow({ where: { personId: person } })).id,
    notices: await put('notices', { id: 'notice-of-a', person_id: person, subject: `{"zh":"${SECRET}"}` }),
    // Everybody's: not a row of unit A.
    cycles: cycleId,
  };
  const { body } = await staff.get('/openapi.json');
  schemas = body.components.schemas;
  operations = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })),
  );
}, 300_000);

/** Addresses that name something which is nobody's in particular: whoever may call the route may see it. */
const SHARED = ['orgs', 'people', 'templates', 'cycles', 'indicators', 'calendar', 'public', 'surveys', 'session'];
/** What only those are let to who have the ability; the table of routes and roles says who. */
const GUARDED = (operation: Operation) => /^ability: (?!business)/.test(operation.description ?? '');

const first = ({ path }: Operation): string => path.split('/').filter((part) => part !== 'me')[1] as string;
const namesRow = (operation: Operation): boolean =>
  operation.path.includes('{') && !SHARED.includes(first(operation)) && !GUARDED(operation);

const fill = (operation: Operation): string =>
  operation.path
    .replace('{id}', ids[first(operation)] ?? 'no row of it')
    .replace('{version}', '1')
    .replace('{file}', '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10');

const KNOWN = {
  value: '1',
  day: '2026-03-20',
  dueOn: '2026-06-30',
  doneOn: '2026-03-01',
  weight: '100',
  date: '2026-03-20',
  action: 'submit',
};

const attack = async (client: Client, operation: Operation) => {
  const types = operation.requestBody?.content ?? {};
  const json = types['application/json']?.schema;
  const form = new FormData();
  form.set('field', 'papers');
  form.set('file', new Blob(['%PDF-1.7\n'], { type: 'application/pdf' }), 'a.pdf');
  const query = (operation.parameters ?? [])
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name, schema }) => `${name}=${encodeURIComponent(String(exampleOf(schema, schemas, KNOWN)))}`)
    .join('&');
  return client.request(operation.method, `${fill(operation)}${query && `?${query}`}`, {
    ...(json && { body: exampleOf(json, schemas, KNOWN) }),
    ...(types['multipart/form-data'] && { form }),
    ...((operation.parameters ?? []).some(({ name }) => name === 'If-Match') && { ifMatch: 1 }),
  });
};

/** Whoever keeps a register sees all of it. */
const KEEPS: Record<string, RegExp> = {
  inspector: /^(findings|inspections|observation-points|observations|rectification)$/,
  hotline: /^complaints$/,
  systemAdministrator: /^delegations$/,
};

describe('rows of another unit', () => {
  test('S24 S25 are unknown by every address, to read and to change, and nothing is changed', async () => {
    const rows = operations.filter(namesRow);
    expect(rows.filter((operation) => !ids[first(operation)]).map(({ operationId }) => operationId)).toEqual([]);
    const before = await fingerprint(pool);
    const wrong: string[] = [];
    for (const [name, client] of Object.entries(strangers))
      for (const operation of rows) {
        if (KEEPS[name]?.test(first(operation))) continue;
        const { status, body } = await attack(client, operation);
        const denied = status === 403 && body.id === 'permission.denied';
        if (status !== 404 && !denied)
          wrong.push(`${name}: ${operation.operationId} ${status} ${body?.id} ${JSON.stringify(body?.errors ?? '')}`);
        if (JSON.stringify(body).includes(SECRET)) wrong.push(`${name}: ${operation.operationId} tells`);
      }
    expect(wrong).toEqual([]);
    expect(await fingerprint(pool)).toBe(before);
  }, 600_000);

  test('S24 are known to those whose they are', async () => {
    const seen = operations.filter((operation) => operation.method === 'GET' && namesRow(operation));
    const statuses = await Promise.all(
      seen
        .filter((operation) =>
          ['cases', 'tasks', 'evidence', 'delegations', 'complaints', 'findings'].includes(first(operation)),
        )
        .filter(({ path }) => !path.includes('{file}') && !path.endsWith('/score'))
        .map(async (operation) => [operation.operationId, (await attack(staff, operation)).status] as const),
    );
    expect(statuses.filter(([, status]) => status !== 200)).toEqual([]);
    expect(statuses.length).toBeGreaterThan(8);
  });

  test('S26 leak into no list, count, search, sort, filter or export', async () => {
    const lists = operations.filter(
      (operation) =>
        operation.method === 'GET' && !namesRow(operation) && !/events|openapi|surveys/.test(operation.path),
    );
    const place = (path: string) => path.replace('/cycles/{id}', `/cycles/${ids.cycles}`).replace(/\{[^}]+\}/g, 'rows');
    const wrong: string[] = [];
    for (const [name, client] of Object.entries(strangers))
      for (const operation of lists) {
        if (GUARDED(operation) || KEEPS[name]?.test(first(operation))) continue;
        const has = (parameter: string) => (operation.parameters ?? []).some((one) => one.name === parameter);
        const query = new URLSearchParams({
          ...(has('cycleId') && { cycleId: ids.cycles as string }),
          ...(has('limit') && { limit: '100' }),
        });
        const plain = await client.get(`${place(operation.path)}?${query}`);
        if (JSON.stringify(plain.body).includes(SECRET)) wrong.push(`${name}: ${operation.operationId}`);
        if (!has('q')) continue;
        query.set('q', SECRET);
        const searched = await client.get(`${place(operation.path)}?${query}`);
        if (searched.status === 200 && searched.body.total !== 0)
          wrong.push(`${name}: ${operation.operationId} finds ${searched.body.total}`);
      }
    expect(wrong).toEqual([]);
  }, 600_000);
});
