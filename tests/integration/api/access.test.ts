import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { makeTestApi } from '../../support/api.ts';
import { approval, decimal, named, task, template, textField } from '../../support/blocks.ts';
import { type Answer, type Client, expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const head = { kind: 'head' } as const;
const office = { kind: 'role', role: 'performanceOffice' } as const;

/** The head may correct the goal, must settle the target, sees the budget, and is not told the secret. */
const content = template(
  {
    plan: [
      task('draft', {
        fields: [
          textField('goal', { required: true }),
          decimal('target', { required: false, max: '100' }),
          textField('budget'),
          textField('secret'),
          { key: 'papers', type: 'files', name: named('papers') },
        ],
      }),
      approval('sign', {
        who: [head],
        returnTo: 'draft',
        onReject: undefined,
        fields: [textField('note')],
        access: { goal: 'write', target: 'required', budget: 'read', secret: 'hidden', papers: 'hidden' },
      }),
      approval('review', { who: [office], returnTo: 'draft', onReject: undefined, shows: ['goal', 'secret'] }),
    ],
  },
  { key: 'access' },
);

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let admin: Signed;
let staff: Signed;
let chief: Signed;
let caseId: string;
let paper: string;

const taskOf = async (client: Client, block: string): Promise<string> => {
  const { items } = (await client.get('/tasks?limit=100')).body;
  return items.find((row: { block: string }) => row.block === block).id;
};
const unchanged = async (answer: () => Promise<Answer>, status: number, id: string) => {
  const before = await fingerprint(api.database.pool);
  const got = await answer();
  expectProblem(got, status, id);
  expect(await fingerprint(api.database.pool)).toBe(before);
  return got.body;
};

beforeAll(async () => {
  const org = await buildOrg(api.prisma, { category: 'all' });
  admin = await api.signedIn({ roles: ['performanceOffice'] });
  staff = await api.signedIn({ orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
  chief = await api.signedIn({ orgId: org.id, roles: ['performanceOffice'] });
  await api.prisma.orgUnit.update({ where: { id: org.id }, data: { headId: chief.person.id } });
  await api.directory.reload();
  const made = await admin.post('/templates', { content });
  expect(made.body.findings).toEqual([]);
  await admin.post('/templates/access/versions/1/publish');
  const participants = [{ orgId: org.id, category: 'all' }];
  const cycle = { templateKey: 'access', version: 1, year: 2026, name: '2026', participants };
  const { id } = (await admin.post('/cycles', cycle)).body;
  await api.launcher.settled();
  caseId = (await admin.get(`/cycles/${id}/cases`)).body.items[0].id;
  const draft = await taskOf(staff, 'draft');
  const form = new FormData();
  form.set('field', 'papers');
  form.set('file', new Blob(['%PDF-1.7\n机密附件'], { type: 'application/pdf' }), '机密.pdf');
  const uploaded = await staff.request('POST', `/tasks/${draft}/evidence`, { form });
  expect(uploaded.status, JSON.stringify(uploaded.body)).toBe(201);
  paper = uploaded.body.id;
  const values = { goal: '种树一千棵', budget: '三百万', secret: '机密内容', papers: [paper] };
  expect((await staff.post(`/tasks/${draft}/act`, { action: 'submit', values })).status).toBe(200);
});

describe('whoever acts in a block', () => {
  it('gets earlier fields as the template says: to change, to read, or not at all', async () => {
    const { body } = await chief.get(`/tasks/${await taskOf(chief, 'sign')}`);
    expect(
      body.fields.map(({ key, required }: { key: string; required?: boolean }) => [key, required ?? false]),
    ).toEqual([
      ['goal', false],
      ['target', true],
      ['note', false],
    ]);
    expect(body.edits).toEqual(['goal', 'target']);
    expect(body.values).toEqual({ goal: '种树一千棵' });
    expect(body.shows).toMatchObject([{ field: { key: 'budget' }, value: '三百万' }]);
  });

  it('is not sent a hidden field by any address, while others are', async () => {
    const sign = await taskOf(chief, 'sign');
    for (const path of [
      `/tasks/${sign}`,
      '/tasks',
      `/cases/${caseId}`,
      `/cases/${caseId}/timeline`,
      `/cases/${caseId}/flow`,
    ]) {
      const answer = await chief.get(path);
      expect(answer.status).toBe(200);
      expect(JSON.stringify(answer.body), path).not.toMatch(/机密|secret/);
    }
    expectProblem(await chief.get(`/evidence/${paper}/content`), 404, 'evidence.unknown');
    for (const other of [admin, staff]) {
      expect(JSON.stringify((await other.get(`/cases/${caseId}`)).body)).toContain('机密内容');
      expect((await other.get(`/evidence/${paper}/content`)).status).toBe(200);
    }
  });

  it('cannot write what is read only, hidden or unknown, nor leave out what is required', async () => {
    const act = (values?: object) => async () =>
      chief.post(`/tasks/${await taskOf(chief, 'sign')}/act`, { action: 'approve', ...(values && { values }) });
    const at = (path: string, text: string) =>
      expect.objectContaining({ path, message: expect.objectContaining({ zh: text }) });
    expect((await unchanged(act({ target: '1', budget: '一亿' }), 422, 'form.invalid')).errors).toEqual([
      at('budget', '这一项在这里只能看，不能改。'),
    ]);
    expect((await unchanged(act({ target: '1', secret: 'x' }), 422, 'form.invalid')).errors).toEqual([
      at('secret', '没有名为“secret”的字段。'),
    ]);
    expect((await unchanged(act({ target: '101' }), 422, 'form.invalid')).errors).toMatchObject([{ path: 'target' }]);
    expect((await unchanged(act(), 422, 'form.invalid')).errors).toEqual([at('target', '必填。')]);
    const draft = async () => chief.put(`/tasks/${await taskOf(chief, 'sign')}/draft`, { values: { budget: '一亿' } });
    await unchanged(draft, 422, 'form.invalid');
    const form = new FormData();
    form.set('field', 'papers');
    form.set('file', new Blob(['%PDF-1.7\n'], { type: 'application/pdf' }), 'a.pdf');
    const sign = await taskOf(chief, 'sign');
    await unchanged(() => chief.request('POST', `/tasks/${sign}/evidence`, { form }), 422, 'form.invalid');
  });

  it('changes values, and the record says what, from what, and who', async () => {
    const sign = await taskOf(chief, 'sign');
    const values = { goal: '种树两千棵', target: '99.50', note: '按上年实绩调整' };
    const body = { action: 'approve', values };
    const done = await chief.post(`/tasks/${sign}/act`, body, { key: 'sign' });
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    expect((await chief.post(`/tasks/${sign}/act`, body, { key: 'sign' })).body.revision).toBe(done.body.revision);
    const { items } = (await admin.get(`/cases/${caseId}/timeline`)).body;
    expect(items.at(-1)).toMatchObject({
      actor: { id: chief.person.id },
      block: 'sign',
      changes: [
        { field: 'goal', from: '种树一千棵', to: '种树两千棵' },
        { field: 'target', from: null, to: '99.5' },
        { field: 'note', from: null, to: '按上年实绩调整' },
      ],
    });
    const { rows } = await api.database.pool.query<{ before: object }>(
      `SELECT body->'events'->0->'before' AS before FROM case_events WHERE case_id = $1 ORDER BY seq DESC LIMIT 1`,
      [caseId],
    );
    expect(rows[0]?.before).toEqual({ goal: '种树一千棵' });
  });

  it('may clear what is not required, and what is not named stays', async () => {
    const review = await taskOf(admin, 'review');
    expect((await admin.get(`/tasks/${review}`)).body.shows).toMatchObject([
      { value: '种树两千棵' },
      { value: '机密内容' },
    ]);
    await admin.post(`/tasks/${review}/act`, { action: 'return', reason: '再议' });
    const draft = await taskOf(staff, 'draft');
    expect((await staff.post(`/tasks/${draft}/act`, { action: 'submit', values: { goal: '造林' } })).status).toBe(200);
    const sign = await taskOf(chief, 'sign');
    // The target is there already, so what requires it is satisfied.
    expect((await chief.post(`/tasks/${sign}/act`, { action: 'approve', values: { goal: '' } })).status).toBe(200);
    const { body } = await admin.get(`/cases/${caseId}`);
    expect(body.data).toMatchObject({ goal: null, target: '99.5', budget: '三百万', note: '按上年实绩调整' });
    const { items } = (await admin.get(`/cases/${caseId}/timeline`)).body;
    expect(items.at(-1).changes).toEqual([{ field: 'goal', fieldName: named('goal'), from: '造林', to: null }]);
    expect(await verify(api.database.pool)).toMatchObject({ ok: true, mismatches: [] });
  });
});
