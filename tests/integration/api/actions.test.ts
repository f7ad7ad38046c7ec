import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { makeTestApi } from '../../support/api.ts';
import { approval, task, template, textField } from '../../support/blocks.ts';
import { type Answer, type Client, expectProblem } from '../../support/client.ts';
import { buildOrg, buildPerson } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const head = { kind: 'head' } as const;
const office = { kind: 'role', role: 'performanceOffice' } as const;

const content = template(
  {
    plan: [
      task('draft', { allow: ['withdraw'], fields: [textField('goal')] }),
      task('sign', { who: [head], allow: ['retrieve'] }),
      approval('review', {
        who: [office],
        returnTo: 'sign',
        returnChoice: 'earlier',
        onReject: undefined,
        allow: ['delegate', 'addBefore', 'addAfter', 'addParallel', 'remove', 'claim', 'retrieve'],
      }),
      approval('both', { mode: 'all', who: [office], allow: ['retrieve'] }),
    ],
  },
  { key: 'acting' },
);

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
/** Of the office, but nobody whom a step asks: the directory was read before. */
let watcher: Signed;
let one: Signed;
let two: Signed;
let staff: Signed;
let chief: Signed;
let stranger: Signed;
const cases: string[] = [];

beforeAll(async () => {
  const org = await buildOrg(api.prisma, { category: 'all' });
  one = await api.signedIn({ roles: ['performanceOffice'] });
  two = await api.signedIn({ roles: ['performanceOffice'] });
  staff = await api.signedIn({ orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
  chief = await api.signedIn({ orgId: org.id });
  stranger = await api.signedIn();
  await api.prisma.orgUnit.update({ where: { id: org.id }, data: { headId: chief.person.id } });
  await api.directory.reload();
  watcher = await api.as(await buildPerson(api.prisma, { roles: ['performanceOffice'] }));
  await watcher.post('/templates', { content });
  await watcher.post('/templates/acting/versions/1/publish');
  const participants = [{ orgId: org.id, category: 'all' }];
  for (let n = 0; n < 5; n += 1) {
    const body = { templateKey: 'acting', version: 1, year: 2026, name: `第${n}次`, participants };
    const { id } = (await watcher.post('/cycles', body)).body;
    await api.launcher.settled();
    cases.push((await watcher.get(`/cycles/${id}/cases`)).body.items[0].id);
  }
});

const taskOf = async (client: Client, caseId: string | undefined, block: string): Promise<string> => {
  const { items } = (await client.get('/tasks?limit=100')).body;
  const found = items.find((row: { block: string; caseId: string }) => row.block === block && row.caseId === caseId);
  if (!found) throw new Error(`no open task ${block}`);
  return found.id;
};
const act = async (client: Client, caseId: string | undefined, block: string, body: object): Promise<Answer> =>
  client.post(`/tasks/${await taskOf(client, caseId, block)}/act`, body);
const done = async (client: Client, caseId: string | undefined, block: string, body: object): Promise<Answer> => {
  const answer = await act(client, caseId, block, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer;
};
const actionsOf = async (client: Client, id: string) =>
  Object.fromEntries(
    (await client.get(`/tasks/${id}`)).body.actions.map((action: { action: string }) => [action.action, action]),
  );
const blocksOf = async (caseId: string | undefined) => (await watcher.get(`/cases/${caseId}`)).body.blocks;
const unchanged = async (answer: () => Promise<Answer>, status: number, id: string) => {
  const before = await fingerprint(api.database.pool);
  const got = await answer();
  expectProblem(got, status, id);
  expect(await fingerprint(api.database.pool)).toBe(before);
  return got;
};

describe('what the page of a task is told', () => {
  const id = () => cases[0];

  it('says which actions are possible, and what each needs', async () => {
    await done(staff, id(), 'draft', { action: 'submit' });
    await done(chief, id(), 'sign', { action: 'submit' });
    const review = await taskOf(one, id(), 'review');
    const actions = await actionsOf(one, review);
    expect(Object.keys(actions)).toEqual([
      'approve',
      'return',
      'transfer',
      'delegate',
      'addBefore',
      'addAfter',
      'addParallel',
      'claim',
    ]);
    expect(actions.return).toMatchObject({
      reasonRequired: true,
      to: { block: 'sign' },
      targets: [{ block: 'sign' }, { block: 'draft' }],
    });
    expect(actions.approve).toEqual({
      action: 'approve',
      reasonRequired: false,
      personRequired: false,
      name: { zh: '同意', en: 'Approve' },
    });
    expect(actions.transfer).toMatchObject({ personRequired: true, except: [] });
    expect(actions.addBefore.except.sort()).toEqual([one.person.id, two.person.id].sort());
    expect((await one.get(`/tasks/${review}`)).body.can).toEqual(Object.keys(actions));
    expect((await watcher.get(`/tasks/${review}`)).body).toMatchObject({ can: [], actions: [] });
  });

  it('names the seats that may be removed, and only while they may', async () => {
    await unchanged(
      () => act(one, id(), 'review', { action: 'remove', target: 999, reason: 'r' }),
      409,
      'approver.gone',
    );
    await unchanged(() => act(one, id(), 'review', { action: 'addAfter' }), 422, 'transfer.to.missing');
    await unchanged(() => act(one, id(), 'review', { action: 'addAfter', to: two.person.id }), 409, 'approver.there');
    await done(one, id(), 'review', { action: 'addAfter', to: stranger.person.id });
    const { remove } = await actionsOf(one, await taskOf(one, id(), 'review'));
    expect(remove).toMatchObject({ reasonRequired: true });
    expect(remove.seats).toEqual([
      { seat: expect.any(Number), people: [{ id: stranger.person.id, name: stranger.person.name }] },
    ]);
    const { seat } = remove.seats[0];
    await unchanged(() => act(one, id(), 'review', { action: 'remove', target: seat }), 422, 'reason.required');
    await done(one, id(), 'review', { action: 'remove', target: seat, reason: '不必了' });
    expect(await actionsOf(one, await taskOf(one, id(), 'review'))).not.toHaveProperty('remove');
  });

  it('claiming hides the claim and shows the way back', async () => {
    const review = await taskOf(one, id(), 'review');
    await done(one, id(), 'review', { action: 'claim' });
    expect(Object.keys(await actionsOf(one, review))).toContain('unclaim');
    expect(Object.keys(await actionsOf(one, review))).not.toContain('claim');
    await unchanged(() => two.post(`/tasks/${review}/act`, { action: 'approve' }), 403, 'task.notYours');
    await done(one, id(), 'review', { action: 'unclaim' });
  });

  it('returns to the block that was chosen', async () => {
    await unchanged(
      () => act(one, id(), 'review', { action: 'return', block: 'both', reason: 'r' }),
      422,
      'return.target',
    );
    await unchanged(() => act(one, id(), 'review', { action: 'return', block: 'draft' }), 422, 'reason.required');
    await done(one, id(), 'review', { action: 'return', block: 'draft', reason: '目标不清' });
    expect(await blocksOf(id())).toEqual(['draft']);
    expect((await staff.get(`/tasks/${await taskOf(staff, id(), 'draft')}`)).body.returnReason).toMatchObject({
      reason: '目标不清',
      by: { id: one.person.id },
    });
  });
});

describe('taking back', () => {
  const id = () => cases[1];

  it('is offered on the task that one has just done, and leads back to it', async () => {
    await done(staff, id(), 'draft', { action: 'submit' });
    const sign = await taskOf(chief, id(), 'sign');
    await done(chief, id(), 'sign', { action: 'submit' });
    expect(await actionsOf(chief, sign)).toMatchObject({ retrieve: { reasonRequired: false, personRequired: false } });
    expect(await actionsOf(watcher, sign)).toEqual({});
    const back = await chief.post(`/tasks/${sign}/act`, { action: 'retrieve' }, { key: 'back' });
    expect(back.status).toBe(200);
    expect(back.body.next).toBe(await taskOf(chief, id(), 'sign'));
    const again = await chief.post(`/tasks/${sign}/act`, { action: 'retrieve' }, { key: 'back' });
    expect(again.body.revision).toBe(back.body.revision);
    expect(await blocksOf(id())).toEqual(['sign']);
    expect(await actionsOf(chief, sign)).toEqual({});
  });

  it('is offered on the case, and refused to others and too late', async () => {
    await done(chief, id(), 'sign', { action: 'submit' });
    const { body } = await chief.get(`/cases/${id()}`);
    expect(body.can).toEqual(['retrieve']);
    expect(body.actions).toMatchObject([{ action: 'retrieve', reasonRequired: false, targets: [{ block: 'sign' }] }]);
    expect((await staff.get(`/cases/${id()}`)).body.can).toEqual([]);
    const retrieve =
      (client: Client, more: object = {}) =>
      () =>
        client.post(`/cases/${id()}/retrieve`, { block: 'sign', ...more });
    await unchanged(retrieve(staff), 409, 'retrieve.late');
    await unchanged(retrieve(stranger), 404, 'case.unknown');
    await unchanged(retrieve(chief, { block: 'draft' }), 409, 'retrieve.late');
    await unchanged(retrieve(chief, { block: 'nowhere' }), 409, 'retrieve.late');
    await unchanged(retrieve(chief, { block: 'no such key!' }), 422, 'input.invalid');
    await unchanged(retrieve(chief, { reason: ' ' }), 422, 'input.invalid');
    expect((await retrieve(chief, { reason: '还要改' })()).body).toMatchObject({ blocks: ['sign'] });
    await done(chief, id(), 'sign', { action: 'submit' });
    await done(one, id(), 'review', { action: 'approve' });
    await unchanged(retrieve(chief), 409, 'retrieve.late');
    const { items } = (await chief.get(`/cases/${id()}/timeline`)).body;
    expect(items.map(({ type }: { type: string }) => type)).toContain('retrieve');
  });

  it('works among several approvers, too', async () => {
    const both = await taskOf(two, id(), 'both');
    await done(two, id(), 'both', { action: 'approve' });
    expect(await actionsOf(two, both)).toHaveProperty('retrieve');
    expect((await two.get(`/cases/${id()}`)).body.actions[0]).toMatchObject({
      action: 'retrieve',
      targets: [{ block: 'both', task: both }],
    });
    const back = await two.post(`/tasks/${both}/act`, { action: 'retrieve' });
    expect(back.body.next).toBe(both);
    expect((await two.get(`/tasks/${both}`)).body.state).toBe('open');
  });
});

describe('withdrawing', () => {
  const id = () => cases[2];
  const withdraw =
    (client: Client, more: object = {}) =>
    () =>
      client.post(`/cases/${id()}/withdraw`, more);

  it('brings what one has begun back to oneself, while nobody has acted on it', async () => {
    await unchanged(withdraw(staff), 409, 'withdraw.late');
    await done(staff, id(), 'draft', { action: 'submit', values: { goal: '一' } });
    expect((await staff.get(`/cases/${id()}`)).body.can).toEqual(['withdraw']);
    await unchanged(withdraw(chief), 409, 'withdraw.late');
    await unchanged(withdraw(stranger), 404, 'case.unknown');
    await unchanged(withdraw(staff, { block: 'draft' }), 422, 'input.invalid');
    const sign = await taskOf(chief, id(), 'sign');
    const first = await staff.post(`/cases/${id()}/withdraw`, { reason: '写错了' }, { key: 'w' });
    expect(first.body).toMatchObject({ blocks: ['draft'] });
    expect((await staff.post(`/cases/${id()}/withdraw`, { reason: '写错了' }, { key: 'w' })).body.revision).toBe(
      first.body.revision,
    );
    expectProblem(await chief.post(`/tasks/${sign}/act`, { action: 'submit' }), 409, 'task.closed');
    expect((await staff.get(`/tasks/${await taskOf(staff, id(), 'draft')}`)).body.values).toEqual({ goal: '一' });
  });

  it('not once somebody has', async () => {
    await done(staff, id(), 'draft', { action: 'submit' });
    await done(chief, id(), 'sign', { action: 'submit' });
    expect((await staff.get(`/cases/${id()}`)).body.can).toEqual([]);
    await unchanged(withdraw(staff), 409, 'withdraw.late');
  });
});

describe('the office', () => {
  const id = () => cases[3];
  const jump = (client: Client, body: object) => () => client.post(`/cases/${id()}/jump`, body);

  it('puts a case at any block of its track, with a reason', async () => {
    const { body } = await one.get(`/cases/${id()}`);
    expect(body.can).toEqual(['suspend', 'cancel', 'jump']);
    for (const action of body.actions) expect(action).toMatchObject({ reasonRequired: true });
    expect(body.actions[2].targets.map(({ block }: { block: string }) => block)).toEqual([
      'draft',
      'sign',
      'review',
      'both',
    ]);
    await unchanged(jump(staff, { block: 'review', reason: 'r' }), 403, 'permission.denied');
    await unchanged(jump(one, { block: 'review' }), 422, 'input.invalid');
    await unchanged(jump(one, { block: 'review', reason: '  ' }), 422, 'input.invalid');
    const refused = await unchanged(jump(one, { block: 'nowhere', reason: 'r' }), 422, 'jump.target');
    expect(refused.body.hint).toContain('draft, sign, review, both');
    const draft = await taskOf(staff, id(), 'draft');
    expect((await jump(one, { block: 'review', reason: '已线下办完' })()).body).toMatchObject({ blocks: ['review'] });
    expectProblem(await staff.post(`/tasks/${draft}/act`, { action: 'submit' }), 409, 'task.closed');
    await jump(one, { block: 'draft', reason: '重新开始' })();
    expect(await taskOf(staff, id(), 'draft')).not.toBe(draft);
    const { items } = (await staff.get(`/cases/${id()}/timeline`)).body;
    expect(items.at(-1)).toMatchObject({ type: 'jump', block: 'draft', reason: '重新开始' });
  });

  it('needs a reason for whatever stops, restarts or ends a case', async () => {
    for (const verb of ['suspend', 'resume', 'cancel'])
      await unchanged(() => one.post(`/cases/${id()}/${verb}`, {}), 422, 'input.invalid');
    await one.post(`/cases/${id()}/suspend`, { reason: '等通知' });
    const { body } = await one.get(`/cases/${id()}`);
    expect(body.can).toEqual(['resume', 'cancel']);
    await unchanged(jump(one, { block: 'review', reason: 'r' }), 409, 'case.suspended');
    await one.post(`/cases/${id()}/cancel`, { reason: '撤并' });
    await unchanged(jump(one, { block: 'review', reason: 'r' }), 409, 'case.finished');
    expect((await one.get(`/cases/${id()}`)).body).toMatchObject({ can: [], actions: [] });
  });

  it('and the record of it all replays to the same cases', async () => {
    expect(await verify(api.database.pool)).toMatchObject({ ok: true, mismatches: [] });
  });
});
