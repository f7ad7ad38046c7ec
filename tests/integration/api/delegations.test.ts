import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { makeTestApi } from '../../support/api.ts';
import { approval, task, template, textField } from '../../support/blocks.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg, buildPerson } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const START = '2026-03-02T01:00:00.000Z';
const LATER = '2026-03-02T01:05:00.000Z';
const END = '2026-03-02T01:10:00.000Z';
const AFTER = '2026-03-02T01:12:00.000Z';

const content = template(
  {
    plan: [
      task('draft', { fields: [textField('goal')] }),
      approval('review', { who: [{ kind: 'head' }], returnTo: 'draft', allow: ['retrieve'] }),
      task('announce'),
    ],
  },
  { key: 'small' },
);

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let office: Signed;
let staff: Signed;
let chief: Signed;
let deputy: Signed;
let other: Signed;
let stranger: Signed;
let round = 0;

const publish = async (key: string, blocks = content.phases.plan.blocks) => {
  await office.post('/templates', { content: { ...content, key, phases: { ...content.phases, plan: { blocks } } } });
  await office.post(`/templates/${key}/versions/1/publish`);
};
/** A cycle of its own for a test: the case of the unit, and its first task. */
const launch = async (templateKey = 'small') => {
  round += 1;
  const body = { templateKey, version: 1, year: 2026, name: `第 ${round} 轮`, participants: 'all' };
  const { body: cycle } = await office.post('/cycles', body);
  await api.launcher.settled();
  await api.work();
  const { items } = (await office.get(`/cycles/${cycle.id}/cases`)).body;
  return { cycleId: cycle.id as string, caseId: items[0].id as string };
};
const taskOf = async (client: Client, caseId: string, block: string) =>
  (await client.get('/tasks?limit=100')).body.items.find(
    (row: { block: string; caseId: string }) => row.caseId === caseId && row.block === block,
  );
const todo = async (client: Client) => (await client.get('/tasks/counts')).body.todo;
const delegate = (client: Client, body: object) =>
  client.post('/delegations', { to: deputy.person.id, until: END, reason: '出差', ...body });

beforeAll(async () => {
  const org = await buildOrg(api.prisma, { category: 'all' });
  const elsewhere = await buildOrg(api.prisma, { kind: 'group' });
  office = await api.signedIn({ orgId: elsewhere.id, roles: ['performanceOffice'] });
  staff = await api.signedIn({ orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
  chief = await api.signedIn({ orgId: org.id });
  await api.prisma.orgUnit.update({ where: { id: org.id }, data: { headId: chief.person.id } });
  deputy = await api.signedIn({ orgId: elsewhere.id });
  other = await api.signedIn({ orgId: elsewhere.id });
  stranger = await api.signedIn({ orgId: elsewhere.id });
  await publish('small');
  await publish('second');
});

/** Each test begins at the start, with nobody standing in. */
const fresh = async () => {
  await api.prisma.delegation.deleteMany();
  await api.prisma.notice.deleteMany();
  api.clock.set(START);
};

describe('while a window is open', () => {
  it('the stand-in sees the tasks, says for whom, and may act; the record keeps both names', async () => {
    await fresh();
    const { caseId } = await launch();
    const before = await todo(staff);
    expect(await taskOf(deputy, caseId, 'draft')).toBeUndefined();
    expect((await deputy.get(`/cases/${caseId}`)).status).toBe(404);
    const made = await delegate(staff, { from: LATER });
    expect(made).toMatchObject({
      status: 201,
      body: {
        state: 'planned',
        person: { id: staff.person.id },
        to: { id: deputy.person.id },
        reason: '出差',
        can: ['revoke'],
      },
    });
    expect(await todo(deputy)).toBe(0);
    api.clock.set(LATER);
    expect(await todo(deputy)).toBe(before);
    const row = await taskOf(deputy, caseId, 'draft');
    const who = { id: staff.person.id, name: staff.person.name };
    expect(row).toMatchObject({ onBehalfOf: who, can: ['submit', 'transfer'] });
    expect(await taskOf(staff, caseId, 'draft')).not.toHaveProperty('onBehalfOf');
    const { body: shown } = await staff.get(`/tasks/${row.id}`);
    expect(shown).toMatchObject({
      candidates: [who],
      standIns: [{ person: { id: deputy.person.id }, onBehalfOf: who }],
    });
    expect((await deputy.put(`/tasks/${row.id}/draft`, { values: { goal: '一半' } })).status).toBe(204);
    const acted = await deputy.post(`/tasks/${row.id}/act`, { action: 'submit', values: { goal: '目标' } });
    expect(acted.status).toBe(200);
    const { body: timeline } = await staff.get(`/cases/${caseId}/timeline`);
    const names = `${deputy.person.name}代${who.name}提交了“draft”`;
    expect(timeline.items.at(-1)).toMatchObject({
      actor: { id: deputy.person.id },
      onBehalfOf: who,
      text: { zh: names, en: `${deputy.person.name}, for ${who.name}, submitted "draft"` },
    });
    // Both find it among what is done, also when the window is over.
    api.clock.set(AFTER);
    for (const client of [deputy, staff]) {
      const done = (await client.get('/tasks?box=done&limit=100')).body.items;
      expect(done.map(({ id }: { id: string }) => id)).toContain(row.id);
    }
    expect((await deputy.get(`/cases/${caseId}`)).status).toBe(200);
    expect((await api.engine.read(caseId)).context).toMatchObject({ initiator: staff.person.id });
    expect(await verify(api.database.pool)).toMatchObject({ ok: true });
  });

  it('what came of it goes back with it when the window ends', async () => {
    await fresh();
    const { caseId } = await launch();
    await delegate(chief, {});
    await staff.post(`/tasks/${(await taskOf(staff, caseId, 'draft')).id}/act`, { action: 'submit' });
    const row = await taskOf(deputy, caseId, 'review');
    expect(row).toMatchObject({ onBehalfOf: { id: chief.person.id } });
    const hers = await todo(deputy);
    api.clock.set(END);
    expect(await taskOf(deputy, caseId, 'review')).toBeUndefined();
    expect(await todo(deputy)).toBeLessThan(hers);
    const before = await fingerprint(api.database.pool);
    expectProblem(await deputy.post(`/tasks/${row.id}/act`, { action: 'approve' }), 404, 'task.unknown');
    expect(await fingerprint(api.database.pool)).toBe(before);
    expect((await chief.post(`/tasks/${row.id}/act`, { action: 'approve' })).status).toBe(200);
  });

  it('who has acted still sees the case when it is over, and may not act', async () => {
    await fresh();
    const { caseId } = await launch();
    await delegate(staff, {});
    const draft = await taskOf(deputy, caseId, 'draft');
    await deputy.post(`/tasks/${draft.id}/act`, { action: 'submit' });
    await chief.post(`/tasks/${(await taskOf(chief, caseId, 'review')).id}/act`, { action: 'return', reason: '重报' });
    const again = await taskOf(deputy, caseId, 'draft');
    api.clock.set(AFTER);
    const before = await fingerprint(api.database.pool);
    const body = { action: 'submit' };
    expectProblem(await deputy.post(`/tasks/${again.id}/act`, body), 403, 'task.notYours');
    expectProblem(await deputy.put(`/tasks/${again.id}/draft`, { values: {} }), 403, 'task.notYours');
    const named = { ...body, onBehalfOf: staff.person.id };
    expectProblem(await deputy.post(`/tasks/${again.id}/act`, named), 403, 'delegation.none');
    expect(await fingerprint(api.database.pool)).toBe(before);
  });

  it('a decision is taken back for whom it was made, as long as the window is open', async () => {
    await fresh();
    await publish('both', [
      approval('sign', {
        who: [{ kind: 'head' }, { kind: 'role', role: 'performanceOffice' }],
        mode: 'all',
        allow: ['retrieve'],
      }),
    ]);
    const { caseId } = await launch('both');
    await delegate(chief, {});
    const { id } = await taskOf(deputy, caseId, 'sign');
    const act = (action: string) => deputy.post(`/tasks/${id}/act`, { action });
    expect((await act('approve')).status).toBe(200);
    expect((await act('retrieve')).body).toMatchObject({ task: { state: 'open' } });
    expect((await act('approve')).status).toBe(200);
    api.clock.set(AFTER);
    expectProblem(await act('retrieve'), 409, 'retrieve.late');
    expect((await chief.post(`/tasks/${id}/act`, { action: 'retrieve' })).status).toBe(200);
    expect(await verify(api.database.pool)).toMatchObject({ ok: true });
  });

  it('is for a scope: another block or template is not covered', async () => {
    await fresh();
    const { caseId } = await launch();
    const second = await launch('second');
    await delegate(staff, { scope: ['small/announce', 'second'] });
    expect(await taskOf(deputy, caseId, 'draft')).toBeUndefined();
    expect(await taskOf(deputy, second.caseId, 'draft')).toMatchObject({ onBehalfOf: { id: staff.person.id } });
    const draft = await taskOf(staff, caseId, 'draft');
    const before = await fingerprint(api.database.pool);
    expectProblem(await deputy.post(`/tasks/${draft.id}/act`, { action: 'submit' }), 404, 'task.unknown');
    expect(await fingerprint(api.database.pool)).toBe(before);
    await staff.post(`/tasks/${draft.id}/act`, { action: 'submit' });
    await chief.post(`/tasks/${(await taskOf(chief, caseId, 'review')).id}/act`, { action: 'approve' });
    const announce = await taskOf(deputy, caseId, 'announce');
    expect(announce).toMatchObject({ onBehalfOf: { id: staff.person.id } });
    // The case is seen now, but the office's right to see all is not a right to act.
    const forStaff = { action: 'submit', onBehalfOf: staff.person.id };
    expectProblem(await office.post(`/tasks/${announce.id}/act`, forStaff), 403, 'delegation.none');
    expect((await deputy.post(`/tasks/${announce.id}/act`, forStaff)).status).toBe(200);
  });

  it('a chain is followed: whoever stands in for the stand-in may act for the first', async () => {
    await fresh();
    const { caseId } = await launch();
    await delegate(staff, { scope: ['small'] });
    await delegate(deputy, { to: other.person.id, scope: ['small/draft'] });
    const row = await taskOf(other, caseId, 'draft');
    expect(row).toMatchObject({ onBehalfOf: { id: staff.person.id } });
    const { body } = await staff.get(`/tasks/${row.id}`);
    expect(body.standIns.map(({ person }: { person: { id: string } }) => person.id)).toEqual([
      deputy.person.id,
      other.person.id,
    ]);
    expect((await other.post(`/tasks/${row.id}/act`, { action: 'submit' })).status).toBe(200);
    const { body: timeline } = await office.get(`/cases/${caseId}/timeline`);
    expect(timeline.items.at(-1)).toMatchObject({
      actor: { id: other.person.id },
      onBehalfOf: { id: staff.person.id },
    });
  });

  it('a repeat by its key gets the first answer, also when the window is over', async () => {
    await fresh();
    const { caseId } = await launch();
    await delegate(staff, {});
    const row = await taskOf(deputy, caseId, 'draft');
    const act = () => deputy.post(`/tasks/${row.id}/act`, { action: 'submit' }, { key: `once-${round}` });
    const first = await act();
    api.clock.set(AFTER);
    const repeat = await act();
    expect([first.status, repeat.status]).toEqual([200, 200]);
    expect(repeat.body.revision).toBe(first.body.revision);
    expect((await api.engine.read(caseId)).revision).toBe(first.body.revision);
  });

  it('what is also the own task is done in the own name, unless another is named', async () => {
    await fresh();
    const { caseId } = await launch();
    await delegate(staff, { to: chief.person.id });
    await chief.get(`/cases/${caseId}`);
    const draft = await taskOf(chief, caseId, 'draft');
    await chief.post(`/tasks/${draft.id}/act`, { action: 'transfer', to: chief.person.id });
    const mine = await taskOf(chief, caseId, 'draft');
    expect(mine).not.toHaveProperty('onBehalfOf');
    const named = { action: 'submit', onBehalfOf: staff.person.id };
    expectProblem(await chief.post(`/tasks/${mine.id}/act`, named), 403, 'delegation.none');
    expect((await chief.post(`/tasks/${mine.id}/act`, { action: 'submit' })).status).toBe(200);
    const { body: timeline } = await chief.get(`/cases/${caseId}/timeline`);
    expect(timeline.items.at(-1)).not.toHaveProperty('onBehalfOf');
  });

  it('revoked, it ends now', async () => {
    await fresh();
    const { caseId } = await launch();
    const { body } = await delegate(staff, {});
    const row = await taskOf(deputy, caseId, 'draft');
    expectProblem(await stranger.post(`/delegations/${body.id}/revoke`), 404, 'delegation.unknown');
    const revoked = await staff.post(`/delegations/${body.id}/revoke`);
    expect(revoked).toMatchObject({
      status: 200,
      body: { state: 'ended', revokedBy: { id: staff.person.id }, can: [] },
    });
    expectProblem(await deputy.post(`/tasks/${row.id}/act`, { action: 'submit' }), 404, 'task.unknown');
    expectProblem(await staff.post(`/delegations/${body.id}/revoke`), 409, 'delegation.ended');
    expect((await delegate(staff, {})).status).toBe(201);
  });
});

describe('who may make one', () => {
  it('everybody their own; the office for others, and both hear of it', async () => {
    await fresh();
    expectProblem(await delegate(deputy, { person: staff.person.id, to: other.person.id }), 403, 'permission.denied');
    const made = await delegate(office, { person: staff.person.id, reason: '病假' });
    expect(made).toMatchObject({
      status: 201,
      body: { person: { id: staff.person.id }, madeBy: { id: office.person.id } },
    });
    for (const client of [staff, deputy]) {
      const [notice] = (await client.get('/notices')).body.items;
      expect(notice).toMatchObject({
        kind: 'delegation',
        subject: { zh: `${deputy.person.name}将代${staff.person.name}办理` },
      });
    }
    const ids = async (client: Client, query = '') =>
      (await client.get(`/delegations${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids(staff)).toEqual([made.body.id]);
    expect(await ids(deputy, '?state=open')).toEqual([made.body.id]);
    expect(await ids(deputy, '?state=ended')).toEqual([]);
    expect(await ids(stranger)).toEqual([]);
    expect(await ids(office)).toEqual([]);
    expect(await ids(office, '?of=all')).toEqual([made.body.id]);
    expectProblem(await stranger.get('/delegations?of=all'), 403, 'permission.denied');
    expectProblem(await stranger.get(`/delegations/${made.body.id}`), 404, 'delegation.unknown');
    expect((await deputy.get(`/delegations/${made.body.id}`)).body).toEqual({ ...made.body });
  });
});

describe('what is wrong is refused, and nothing changes', () => {
  it('self, windows, people, overlaps, circles, scopes', async () => {
    await fresh();
    const closed = await buildPerson(api.prisma, { active: false });
    await delegate(staff, { scope: ['small'] });
    await delegate(deputy, { to: other.person.id, scope: ['small/draft'] });
    const before = await fingerprint(api.database.pool);
    const cases: [Signed, object, number, string][] = [
      [chief, { to: chief.person.id }, 422, 'delegation.self'],
      [chief, { from: END, until: LATER }, 422, 'delegation.window'],
      [chief, { from: END, until: END }, 422, 'delegation.window'],
      [chief, { from: '2026-03-01T01:00:00Z' }, 422, 'delegation.window'],
      [chief, { until: START }, 422, 'delegation.window'],
      [chief, { to: closed.id }, 422, 'delegation.inactive'],
      [chief, { to: '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10' }, 404, 'person.unknown'],
      [chief, { to: 'deputy' }, 422, 'input.invalid'],
      [chief, { until: 'tomorrow' }, 422, 'input.invalid'],
      [chief, { reason: ' ' }, 422, 'input.invalid'],
      [chief, { scope: [] }, 422, 'input.invalid'],
      [chief, { scope: ['small/draft/x'] }, 422, 'input.invalid'],
      [chief, { scope: ['small', 'small/none', 'nothing'] }, 422, 'input.invalid'],
      [staff, { to: other.person.id }, 409, 'delegation.overlap'],
      [staff, { to: other.person.id, scope: ['small/review'] }, 409, 'delegation.overlap'],
      [other, { to: staff.person.id }, 409, 'delegation.loop'],
      [other, { to: deputy.person.id, scope: ['small/draft'], from: LATER }, 409, 'delegation.loop'],
    ];
    for (const [client, body, status, id] of cases) expectProblem(await delegate(client, body), status, id);
    expect(await fingerprint(api.database.pool)).toBe(before);
    const wrong = await delegate(chief, { scope: ['small', 'small/none', 'nothing'] });
    expect(wrong.body.errors.map(({ path }: { path: string }) => path)).toEqual(['scope[1]', 'scope[2]']);
    expect((await delegate(other, { to: staff.person.id, scope: ['second'] })).status).toBe(201);
  });

  it('two that together would close a circle are not both let in', async () => {
    await fresh();
    const answers = await Promise.all([
      delegate(staff, { to: chief.person.id }),
      delegate(chief, { to: staff.person.id }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('nobody approves for another what they began, where the template does not let them approve it themselves', async () => {
    await fresh();
    await publish('own', [task('draft'), approval('review', { who: [{ kind: 'head' }], auto: { initiator: 'skip' } })]);
    const { caseId } = await launch('own');
    await delegate(chief, { to: staff.person.id });
    await staff.post(`/tasks/${(await taskOf(staff, caseId, 'draft')).id}/act`, { action: 'submit' });
    const review = await taskOf(staff, caseId, 'review');
    const before = await fingerprint(api.database.pool);
    expectProblem(await staff.post(`/tasks/${review.id}/act`, { action: 'approve' }), 403, 'delegation.own');
    expect(await fingerprint(api.database.pool)).toBe(before);
    expect((await chief.post(`/tasks/${review.id}/act`, { action: 'approve' })).status).toBe(200);
  });
});
