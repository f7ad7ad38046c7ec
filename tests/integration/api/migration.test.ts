import { beforeAll, expect, it } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { makeTestApi } from '../../support/api.ts';
import { approval, task, template } from '../../support/blocks.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const ladder = { escalate: [{ after: 1, do: 'office' as const }] };
const content = template({ plan: [task('draft', ladder), approval('check')] }, { key: 'moving' });
const next = template({ plan: [task('write', ladder), task('extra', ladder), approval('check')] }, { key: 'moving' });

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let office: Signed;
let staff: Signed;
let cycleId: string;

const publish = async (what: object) => {
  const { body } = await office.post('/templates', { content: what });
  expect((await office.post(`/templates/moving/versions/${body.version}/publish`)).status).toBe(200);
};
const path = (what = '') => `/cycles/${cycleId}/migration${what}`;

beforeAll(async () => {
  const org = await buildOrg(api.prisma, { category: 'all' });
  office = await api.signedIn({ roles: ['performanceOffice'] });
  staff = await api.signedIn({ orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
  await publish(content);
  const participants = [{ orgId: org.id, category: 'all' }];
  const launch = { templateKey: 'moving', version: 1, year: 2026, name: '2026', participants };
  cycleId = (await office.post('/cycles', launch)).body.id;
  await api.launcher.settled();
  await publish(next);
  await office.post('/templates', { content: next }); // version 3 stays a draft
});

it('refuses what cannot be, with the reason, and changes nothing', async () => {
  const before = await fingerprint(api.database.pool);
  const move = (body: object) => office.post(path(), { version: 2, dryRun: false, ...body });
  expectProblem(await move({ version: 3 }), 409, 'template.draft');
  expectProblem(await move({ version: 9 }), 404, 'template.unknown');
  expectProblem(await move({ version: 1 }), 422, 'migration.version');
  expectProblem(await move({ dryRun: undefined }), 422, 'input.invalid');
  expectProblem(await move({ template: 'other' }), 422, 'input.invalid');
  const wrong = await move({ mapping: { nothing: 'write' } });
  expectProblem(wrong, 422, 'input.invalid');
  expect(wrong.body.errors[0]).toMatchObject({ path: 'mapping.nothing' });
  expectProblem(await move({ mapping: { draft: 'write', check: 'write' } }), 422, 'input.invalid');
  const unsafe = await move({});
  expectProblem(unsafe, 409, 'migration.unsafe');
  expect(unsafe.body.errors[0].message.en ?? unsafe.body.errors[0].message).toContain('draft');
  expectProblem(await staff.post(path(), { version: 2, dryRun: true }), 403, 'permission.denied');
  expectProblem(
    await office.post(`/cycles/${staff.person.id}/migration`, { version: 2, dryRun: true }),
    404,
    'cycle.unknown',
  );
  expectProblem(await office.post(path('/undo')), 409, 'migration.none');
  expect(await fingerprint(api.database.pool)).toEqual(before);
});

it('is tried, done, undone and done again; then the people go on under the new version', async () => {
  const body = { version: 2, mapping: { draft: 'write' } };
  const dry = await office.post(path(), { ...body, dryRun: true });
  expect(dry).toMatchObject({
    status: 200,
    body: { state: 'planned', safe: true, from: 1, to: 2, moved: 0, total: 1 },
  });
  expect((await office.get(`/cycles/${cycleId}`)).body.template.version).toBe(1);
  const done = await office.post(path(), { ...body, dryRun: false });
  expect(done).toMatchObject({ status: 200, body: { state: 'done', moved: 1, cases: dry.body.cases } });
  expect((await office.get(`/cycles/${cycleId}`)).body.template.version).toBe(2);
  expect((await office.post(path('/undo'))).body).toMatchObject({ state: 'undone', moved: 1, from: 2, to: 1 });
  expect((await office.get(`/cycles/${cycleId}`)).body.template.version).toBe(1);
  expect((await office.post(path(), { ...body, dryRun: false })).body).toMatchObject({ state: 'done', moved: 1 });

  const [own] = (await office.get(`/cycles/${cycleId}/cases`)).body.items;
  expect(own.blocks).toEqual(['write']);
  const [todo] = (await staff.get('/tasks')).body.items;
  expect(todo).toMatchObject({ block: 'write' });
  expect((await staff.post(`/tasks/${todo.id}/act`, { action: 'submit' })).status).toBe(200);
  expect((await office.get(`/cycles/${cycleId}/cases`)).body.items[0].blocks).toEqual(['extra']);
  const { items } = (await office.get(`/cases/${own.id}/timeline`)).body;
  expect(items.map(({ type }: { type: string }) => type)).toEqual(['start', 'migrate', 'unmigrate', 'migrate', 'act']);
  expect(items.at(-1).blockName.en).toBe('write');
  const undo = await office.post(path('/undo'));
  expectProblem(undo, 409, 'migration.passed');
  expect(undo.body.errors[0].path).toBe(`cases.${own.id}`);
  expect((await verify(api.database.pool)).mismatches).toEqual([]);
});

it('of a cycle that has ended is refused', async () => {
  await office.post(`/cycles/${cycleId}/cancel`, { reason: 'over' });
  await publish(next);
  expectProblem(await office.post(path(), { version: 4, dryRun: false }), 409, 'cycle.state');
  expectProblem(await office.post(path('/undo')), 409, 'cycle.state');
});
