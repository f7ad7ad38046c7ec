import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { makeTestApi } from '../../support/api.ts';
import { approval, task, template } from '../../support/blocks.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg, buildPerson } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const units = 3;
const content = template(
  {
    plan: [
      task('draft'),
      approval('sign', {
        who: [
          { kind: 'role', role: 'performanceOffice' },
          { kind: 'role', role: 'staff', of: 'participant' },
        ],
        mode: 'sequential',
        returnTo: 'draft',
      }),
    ],
  },
  { key: 'moves' },
);

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let office: Signed;
let leaving: Signed;
let successor: Signed;

const open = async (client: Client) => (await client.get('/tasks?limit=100')).body.items;
const launch = async () => {
  const body = { templateKey: 'moves', version: 1, year: 2026, name: '2026', participants: 'all' };
  const { body: cycle } = await office.post('/cycles', body);
  await api.launcher.settled();
  await api.work();
  const { items } = (await office.get(`/cycles/${cycle.id}/cases`)).body;
  return { cycleId: cycle.id as string, cases: items.map(({ id }: { id: string }) => id) as string[] };
};
const handover = (body: object, key?: string) =>
  office.post(
    `/people/${leaving.person.id}/handover`,
    { to: successor.person.id, reason: '离岗', ...body },
    key === undefined ? {} : { key },
  );

beforeAll(async () => {
  office = await api.signedIn({ roles: ['performanceOffice'] });
  const orgs = await Promise.all(Array.from({ length: units }, () => buildOrg(api.prisma, { category: 'all' })));
  const roles = orgs.map(({ id }) => ({ role: 'staff', orgId: id }));
  leaving = await api.signedIn({ roles });
  successor = await api.signedIn();
  await office.post('/templates', { content });
  await office.post('/templates/moves/versions/1/publish');
  await launch();
});

describe('one task', () => {
  it('is given to somebody else by the office, and the record says why', async () => {
    const [row] = await open(leaving);
    const reassign = (body: object, client: Client = office) => client.post(`/tasks/${row.id}/reassign`, body);
    const body = { to: successor.person.id, reason: '岗位调整' };
    const closed = await buildPerson(api.prisma, { active: false });
    const before = await fingerprint(api.database.pool);
    expectProblem(await reassign(body, leaving), 403, 'permission.denied');
    expectProblem(await reassign({ ...body, reason: '' }), 422, 'input.invalid');
    expectProblem(await reassign({ ...body, to: closed.id }), 422, 'delegation.inactive');
    expectProblem(await reassign({ ...body, to: '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10' }), 404, 'person.unknown');
    expectProblem(await reassign({ ...body, from: office.person.id }), 409, 'reassign.from');
    expectProblem(await reassign({ ...body, to: leaving.person.id }), 422, 'transfer.to.same');
    expect(await fingerprint(api.database.pool)).toBe(before);
    expect((await reassign(body)).status).toBe(200);
    expect((await open(successor)).map(({ id }: { id: string }) => id)).toEqual([row.id]);
    const { body: timeline } = await office.get(`/cases/${row.caseId}/timeline`);
    expect(timeline.items.at(-1)).toMatchObject({
      type: 'reassign',
      actor: { id: office.person.id },
      reason: '岗位调整',
      text: { zh: `${office.person.name}将“draft”改派给${successor.person.name}` },
    });
    expect((await successor.post(`/tasks/${row.id}/act`, { action: 'submit' })).status).toBe(200);
    expectProblem(await reassign(body), 409, 'task.closed');
    expect(await verify(api.database.pool)).toMatchObject({ ok: true });
  });
});

describe('everything of somebody who leaves', () => {
  it('is shown by a dry run that changes nothing', async () => {
    const before = await fingerprint(api.database.pool);
    const { status, body } = await handover({ dryRun: true });
    expect(status).toBe(200);
    // Two drafts, and the seat whose turn has not come yet.
    expect(body).toMatchObject({ dryRun: true, moved: 3, left: 0, person: { id: leaving.person.id } });
    expect(body.tasks.map(({ block }: { block: string }) => block).sort()).toEqual(['draft', 'draft', 'sign']);
    expect(await fingerprint(api.database.pool)).toBe(before);
  });

  it('is refused to oneself, to the unknown or closed, and without the right', async () => {
    const closed = await buildPerson(api.prisma, { active: false });
    const before = await fingerprint(api.database.pool);
    expectProblem(await handover({ to: leaving.person.id }), 422, 'transfer.to.same');
    expectProblem(await handover({ to: closed.id }), 422, 'delegation.inactive');
    expectProblem(await handover({ to: '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10' }), 404, 'person.unknown');
    expectProblem(await handover({ reason: '' }), 422, 'input.invalid');
    const path = `/people/${leaving.person.id}/handover`;
    const body = { to: successor.person.id, reason: '离岗' };
    expectProblem(await leaving.post(path, body), 403, 'permission.denied');
    expect(await fingerprint(api.database.pool)).toBe(before);
  });

  it('moves step by step, says what stays and why, and goes on when it is asked again', async () => {
    const second = await launch();
    const [suspended] = second.cases;
    await office.post(`/cases/${suspended}/suspend`, { reason: '等待' });
    const inCycle = await handover({ cycleId: second.cycleId, dryRun: true });
    expect(inCycle.body).toMatchObject({ moved: units - 1, left: 1 });
    const first = await handover({}, 'leave-1');
    expect(first.body).toMatchObject({ moved: 3 + units - 1, left: 1 });
    expect(first.body.tasks.filter(({ moved }: { moved: boolean }) => !moved)).toMatchObject([
      { caseId: suspended, block: 'draft', why: { id: 'case.suspended', title: { zh: '流程已挂起' } } },
    ]);
    await office.post(`/cases/${suspended}/resume`, { reason: '继续' });
    const again = await handover({}, 'leave-1');
    expect(again.body).toMatchObject({ moved: 3 + units, left: 0 });
    const before = await fingerprint(api.database.pool);
    expect((await handover({}, 'leave-1')).body).toEqual(again.body);
    expectProblem(await handover({ reason: '另一个原因' }, 'leave-1'), 422, 'idempotency.mismatch');
    expect(await fingerprint(api.database.pool)).toBe(before);
    expect(await open(leaving)).toEqual([]);
    expect(await open(successor)).toHaveLength(2 + units);
    expect(await verify(api.database.pool)).toMatchObject({ ok: true });
  });

  it('leaves a task where the successor already has a seat', async () => {
    const { cases: more } = await launch();
    const [id] = more;
    const row = (await open(leaving)).find(({ caseId }: { caseId: string }) => caseId === id);
    await leaving.post(`/tasks/${row.id}/act`, { action: 'submit' });
    const sign = (await open(office)).find(({ caseId }: { caseId: string }) => caseId === id);
    await office.post(`/tasks/${sign.id}/reassign`, { to: successor.person.id, reason: '代签' });
    const { body } = await handover({});
    expect(body.tasks.filter(({ moved }: { moved: boolean }) => !moved)).toMatchObject([
      { caseId: id, block: 'sign', why: { id: 'approver.there' } },
    ]);
    expect(await verify(api.database.pool)).toMatchObject({ ok: true });
  });
});
