import { beforeAll, describe, expect, it } from 'vitest';
import { makeTestApi } from '../../support/api.ts';
import { approval, decimal, named, rank, task, template, textField } from '../../support/blocks.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg, buildPerson } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const head = { kind: 'head' } as const;

/** A small cycle: draft a plan, the office reviews it, report, the office scores, ranking, acknowledge. */
const content = template(
  {
    plan: [
      task('draftPlan', {
        remind: [-1],
        fields: [textField('goal', { required: true }), { key: 'files', type: 'files', name: named('files') }],
      }),
      approval('reviewPlan', { returnTo: 'draftPlan', onReject: undefined, shows: ['goal', 'files'] }),
    ],
    evaluate: [
      task('scoring', {
        who: [{ kind: 'role', role: 'performanceOffice' }],
        fields: [decimal('score', { max: '100' })],
      }),
      rank('ranking', 'score'),
      task('announce', { per: 'cycle', who: [{ kind: 'role', role: 'performanceOffice' }] }),
    ],
    feedback: [task('acknowledge', { who: [head] })],
  },
  { key: 'small' },
);

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let office: Signed;
let staff: Signed;
let chief: Signed;
let stranger: Signed;
let org: { id: string };
let cycleId: string;
let caseId: string;

const findTask = async (client: Client, block: string) =>
  (await client.get('/tasks?limit=100')).body.items.find(
    (row: { block: string; caseId: string }) => row.block === block,
  );

beforeAll(async () => {
  org = await buildOrg(api.prisma, { category: 'all' });
  const other = await buildOrg(api.prisma, { category: 'all' });
  office = await api.signedIn({ roles: ['performanceOffice'] });
  staff = await api.signedIn({ orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
  chief = await api.signedIn({ orgId: org.id });
  await api.prisma.orgUnit.update({ where: { id: org.id }, data: { headId: chief.person.id } });
  const otherStaff = await buildPerson(api.prisma, { orgId: other.id, roles: [{ role: 'staff', orgId: other.id }] });
  await api.prisma.orgUnit.update({ where: { id: other.id }, data: { headId: otherStaff.id } });
  stranger = await api.as(otherStaff);
  await api.directory.reload();
});

describe('a template', () => {
  it('is drafted, linted, changed and published, and then never changes', async () => {
    const created = await office.post('/templates', { content });
    expect(created).toMatchObject({ status: 201, body: { key: 'small', version: 1, status: 'draft', revision: 1 } });
    expect(created.body.findings.filter(({ severity }: { severity: string }) => severity === 'error')).toEqual([]);
    const put = (body: object, ifMatch?: number) =>
      office.put('/templates/small/versions/1', body, ifMatch === undefined ? {} : { ifMatch });
    expectProblem(await put({ content }), 428, 'version.required');
    expectProblem(await put({ content }, 7), 412, 'version.stale');
    expectProblem(await put({ content: { ...content, key: 'another' } }, 1), 422, 'input.invalid');
    expect((await put({ content: { ...content, name: named('小周期') } }, 1)).headers.get('etag')).toBe('"2"');
    expectProblem(await stranger.get('/templates/small/versions/1'), 404, 'template.unknown');
    expect((await office.post('/templates/small/versions/1/publish')).body).toMatchObject({ status: 'published' });
    expectProblem(await put({ content }, 3), 409, 'template.published');
    expect((await stranger.get('/templates')).body.items).toMatchObject([{ key: 'small', version: 1, can: [] }]);
    expect((await office.get('/templates')).body.items[0].can).toEqual(['newVersion', 'launch']);
  });

  it('that lints red is not published, and says what is wrong', async () => {
    const red = {
      ...content,
      key: 'red',
      phases: { ...content.phases, plan: { blocks: [task('x', { who: [{ kind: 'role', role: 'nobody' }] })] } },
    };
    expect((await office.post('/templates', { content: red })).status).toBe(201);
    const before = await fingerprint(api.database.pool);
    const answer = await office.post('/templates/red/versions/1/publish');
    expectProblem(answer, 422, 'template.red');
    expect(answer.body.errors[0]).toMatchObject({
      path: 'phases.plan.blocks[0].who[0].role',
      message: { zh: expect.any(String) },
    });
    expect(await fingerprint(api.database.pool)).toBe(before);
    const cycle = { templateKey: 'red', version: 1, year: 2026, name: '红', participants: 'all' };
    expectProblem(await office.post('/cycles', cycle), 409, 'template.draft');
    expect((await office.post('/templates/lint', { content: red })).body.findings.length).toBeGreaterThan(0);
  });
});

describe('a cycle', () => {
  it('is refused with wrong participants or outside the calendar', async () => {
    const base = { templateKey: 'small', version: 1, year: 2026, name: '试', participants: 'all' };
    const before = await fingerprint(api.database.pool);
    expectProblem(await office.post('/cycles', { ...base, year: 1999 }), 422, 'calendar.outside');
    expectProblem(await office.post('/cycles', { ...base, year: 2999 }), 422, 'calendar.outside');
    expectProblem(await office.post('/cycles', { ...base, version: 9 }), 404, 'template.unknown');
    const participants = [
      { orgId: org.id, category: 'none' },
      { orgId: org.id, category: 'all' },
    ];
    const wrong = await office.post('/cycles', { ...base, participants });
    expectProblem(wrong, 422, 'cycle.participants');
    expect(wrong.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'participants[0].category',
      'participants[1].orgId',
    ]);
    expectProblem(await staff.post('/cycles', base), 403, 'permission.denied');
    expect(await fingerprint(api.database.pool)).toBe(before);
  });

  it('launches once however often it is asked with one key', async () => {
    const body = { templateKey: 'small', version: 1, year: 2026, name: '2026 年度', participants: 'all' };
    const answers = await Promise.all([1, 2, 3].map(() => office.post('/cycles', body, { key: 'launch-1' })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
    expectProblem(
      await office.post('/cycles', { ...body, name: '另一个' }, { key: 'launch-1' }),
      422,
      'idempotency.mismatch',
    );
    cycleId = answers[0]?.body.id;
    await api.launcher.settled();
    await api.work();
    const cycle = await office.get(`/cycles/${cycleId}`);
    expect(cycle.body).toMatchObject({ status: 'running', progress: { total: 2, started: 2, active: 2, done: 0 } });
    expect((await office.get(`/cycles/${cycleId}/cases`)).body).toMatchObject({ total: 2 });
    const mine = await staff.get(`/cycles/${cycleId}/cases`);
    expect(mine.body.items).toMatchObject([
      { org: { id: org.id }, phase: 'plan', blocks: ['draftPlan'], openTasks: 1 },
    ]);
    caseId = mine.body.items[0].id;
    expectProblem(await staff.get(`/cycles/${cycleId}/dashboard`), 403, 'permission.denied');
    expect((await office.get(`/cycles/${cycleId}/dashboard`)).body).toMatchObject({ openTasks: 2, overdueTasks: 0 });
  });
});

describe('a task', () => {
  it('shows its form, its deadline and what may be done', async () => {
    const row = await findTask(staff, 'draftPlan');
    expect(row).toMatchObject({
      kind: 'task',
      state: 'open',
      phase: 'plan',
      workingDaysLeft: 5,
      can: ['submit', 'transfer'],
    });
    const { body } = await staff.get(`/tasks/${row.id}`);
    expect(body.fields.map(({ key }: { key: string }) => key)).toEqual(['goal', 'files']);
    expect(body.candidates).toEqual([{ id: staff.person.id, name: staff.person.name }]);
    expect(body.ladder).toMatchObject([{ do: 'remind' }]);
    expect((await staff.get('/tasks/counts')).body).toMatchObject({
      todo: 1,
      overdue: 0,
      dueSoon: 0,
      started: 0,
      byDue: { later: 1 },
    });
  });

  it('keeps a draft', async () => {
    const { id } = await findTask(staff, 'draftPlan');
    expect((await staff.put(`/tasks/${id}/draft`, { values: { goal: '一半' } })).status).toBe(204);
    expect((await staff.get(`/tasks/${id}`)).body.draft).toEqual({ goal: '一半' });
    expectProblem(await staff.put(`/tasks/${id}/draft`, { values: { nonsense: 1 } }), 422, 'form.invalid');
    expectProblem(await office.put(`/tasks/${id}/draft`, { values: {} }), 403, 'task.notYours');
    expectProblem(await stranger.put(`/tasks/${id}/draft`, { values: {} }), 404, 'task.unknown');
  });

  it('refuses what is wrong, and nothing changes', async () => {
    const { id } = await findTask(staff, 'draftPlan');
    const act = `/tasks/${id}/act`;
    const submit = { action: 'submit', values: { goal: '目标' } };
    const before = await fingerprint(api.database.pool);
    const incomplete = await staff.post(act, { action: 'submit', values: { goal: '', extra: '1' } });
    expectProblem(incomplete, 422, 'form.invalid');
    expect(incomplete.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(['extra', 'goal']);
    const lost = { action: 'submit', values: { goal: 'x', files: ['0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10'] } };
    expectProblem(await staff.post(act, lost), 422, 'form.invalid');
    expectProblem(await staff.post(act, { action: 'explode' }), 422, 'input.invalid');
    const wrong = await staff.post(act, { action: 'approve', values: { goal: '目标' } });
    expectProblem(wrong, 409, 'event.refused');
    expect(wrong.body.detail).toContain('submit');
    expectProblem(await staff.post(act, { ...submit, revision: 77 }), 409, 'revision.stale');
    expectProblem(await office.post(act, submit), 403, 'task.notYours');
    expectProblem(await chief.post(act, submit), 404, 'task.unknown');
    expectProblem(await stranger.post(act, submit), 404, 'task.unknown');
    expectProblem(await staff.post(act, { action: 'transfer' }), 422, 'transfer.to.missing');
    expectProblem(
      await staff.post(act, { action: 'transfer', to: '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10' }),
      422,
      'form.invalid',
    );
    expectProblem(await staff.post(`/tasks/${caseId}.999/act`, submit), 404, 'task.unknown');
    expectProblem(await staff.post(`/tasks/${caseId}.99999999999/act`, submit), 422, 'input.invalid');
    expect(await fingerprint(api.database.pool)).toBe(before);
  });

  it('S24 S51 takes a file for a field, and only to the people of the case', async () => {
    const { id } = await findTask(staff, 'draftPlan');
    const upload = (client: Client, name: string, bytes: string, field = 'files') => {
      const form = new FormData();
      form.set('field', field);
      form.set('file', new Blob([bytes]), name);
      return client.request('POST', `/tasks/${id}/evidence`, { form });
    };
    const pdf = '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n';
    const kept = await upload(staff, '../../年度 计划\u202e.pdf', pdf);
    expect(kept).toMatchObject({
      status: 201,
      body: { name: '年度 计划.pdf', mime: 'application/pdf', size: pdf.length, can: ['delete'] },
    });
    const content = await chief.get(`/evidence/${kept.body.id}/content`);
    expect(content.body).toBe(pdf);
    expect(content.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''%E5/);
    expect(content.headers.get('x-content-type-options')).toBe('nosniff');
    const before = await fingerprint(api.database.pool);
    expectProblem(await upload(staff, 'evil.pdf', '<script>alert(1)</script>'), 422, 'file.type');
    expectProblem(await upload(staff, 'evil.html', '<script>'), 422, 'file.type');
    expectProblem(await upload(staff, 'note.txt', '%PDF-1.7\n'), 422, 'file.type');
    expectProblem(await upload(staff, 'a.pdf', pdf, 'goal'), 422, 'form.invalid');
    expectProblem(await upload(staff, 'a.pdf', pdf + ' '.repeat(21 * 1024 * 1024)), 413, 'file.tooLarge');
    expectProblem(await upload(office, 'a.pdf', pdf), 403, 'task.notYours');
    expectProblem(await stranger.get(`/evidence/${kept.body.id}/content`), 404, 'evidence.unknown');
    expectProblem(await stranger.delete(`/evidence/${kept.body.id}`), 404, 'evidence.unknown');
    expect(await fingerprint(api.database.pool)).toBe(before);
    const spare = await upload(staff, 'spare.txt', '多余');
    expect((await staff.delete(`/evidence/${spare.body.id}`)).status).toBe(204);

    const submit = { action: 'submit', values: { goal: '种树一千棵', files: [kept.body.id] } };
    const done = await staff.post(`/tasks/${id}/act`, submit, { key: 'submit-1' });
    expect(done).toMatchObject({ status: 200, body: { task: { id, state: 'done', outcome: 'submit', can: [] } } });
    const again = await staff.post(`/tasks/${id}/act`, submit, { key: 'submit-1' });
    expect(again.body).toEqual(done.body);
    expectProblem(
      await staff.post(`/tasks/${id}/act`, { ...submit, values: { goal: '别的' } }, { key: 'submit-1' }),
      422,
      'idempotency.mismatch',
    );
    expectProblem(await staff.post(`/tasks/${id}/act`, submit), 409, 'task.closed');
    expectProblem(await staff.delete(`/evidence/${kept.body.id}`), 409, 'evidence.used');
    expect((await staff.get('/tasks?box=done')).body.items).toMatchObject([{ id, outcome: 'submit' }]);
    expect((await staff.get('/tasks?box=started')).body.items).toMatchObject([{ block: 'reviewPlan', can: [] }]);
    expect((await staff.get('/tasks/counts')).body.started).toBe(1);
  });

  it('comes back with the reason when it is returned', async () => {
    const review = (await office.get('/tasks')).body.items.find((row: { caseId: string }) => row.caseId === caseId);
    const detail = await office.get(`/tasks/${review.id}`);
    expect(detail.body.shows[0]).toMatchObject({ field: { key: 'goal' }, value: '种树一千棵' });
    expect(detail.body.actions.find(({ action }: { action: string }) => action === 'return')).toMatchObject({
      reasonRequired: true,
      to: { block: 'draftPlan' },
    });
    expectProblem(await office.post(`/tasks/${review.id}/act`, { action: 'return' }), 422, 'reason.required');
    expect((await office.post(`/tasks/${review.id}/act`, { action: 'return', reason: '目标太低' })).status).toBe(200);
    const row = await findTask(staff, 'draftPlan');
    const { body } = await staff.get(`/tasks/${row.id}`);
    expect(body).toMatchObject({
      rounds: 2,
      returnReason: { reason: '目标太低', by: { id: office.person.id } },
      values: { goal: '种树一千棵' },
    });
    await staff.post(`/tasks/${row.id}/act`, { action: 'submit', values: { goal: '种树两千棵' } });
  });

  it('late on its day is late by one working day', async () => {
    const where = { caseId, state: 'open' };
    const { dueAt } = await api.prisma.task.findFirstOrThrow({ where });
    await api.prisma.task.updateMany({ where, data: { dueAt: new Date('2026-03-02T00:59:00Z') } });
    const { body } = await office.get('/tasks?due=overdue');
    expect(body).toMatchObject({ total: 1, items: [{ caseId, workingDaysLeft: -1 }] });
    expect((await office.get('/tasks/counts')).body).toMatchObject({ overdue: 1, byDue: { overdue: 1 } });
    await api.prisma.task.updateMany({ where, data: { dueAt } });
  });
});

describe('a case', () => {
  it('tells what happened, and draws where it stands', async () => {
    const { body } = await staff.get(`/cases/${caseId}`);
    expect(body).toMatchObject({
      kind: 'participant',
      status: 'active',
      phase: 'plan',
      blocks: ['reviewPlan'],
      data: { goal: '种树两千棵' },
    });
    expect(body.openTasks).toMatchObject([{ block: 'reviewPlan' }]);
    const timeline = await staff.get(`/cases/${caseId}/timeline`);
    expect(timeline.body.items.map(({ action, type }: { action?: string; type: string }) => action ?? type)).toEqual([
      'start',
      'submit',
      'return',
      'submit',
    ]);
    expect(timeline.body.items[3].changes).toMatchObject([{ field: 'goal', from: '种树一千棵', to: '种树两千棵' }]);
    expect(timeline.body.items[2]).toMatchObject({
      reason: '目标太低',
      text: { zh: expect.stringContaining('退回了') },
      blockName: named('reviewPlan'),
    });
    const page = await staff.get(`/cases/${caseId}/timeline?limit=3`);
    expect(page.body.next).toBe('3');
    expect((await staff.get(`/cases/${caseId}/timeline?after=3`)).body.items).toEqual([timeline.body.items[3]]);
    const flow = await staff.get(`/cases/${caseId}/flow`);
    const states = Object.fromEntries(
      flow.body.nodes.map(({ key, state }: { key: string; state: string }) => [key, state]),
    );
    expect(states).toMatchObject({ draftPlan: 'passed', reviewPlan: 'current', scoring: 'ahead' });
    const current = flow.body.nodes.find(({ key }: { key: string }) => key === 'reviewPlan');
    expect(current).toMatchObject({ who: [office.person.name], dueAt: expect.any(String) });
  });

  it('is unknown to those who have no part in it', async () => {
    for (const path of ['', '/timeline', '/flow'])
      expectProblem(await stranger.get(`/cases/${caseId}${path}`), 404, 'case.unknown');
    expectProblem(await stranger.post(`/cases/${caseId}/cancel`, { reason: 'x' }), 403, 'permission.denied');
  });

  it('stands still while it is suspended', async () => {
    const before = (await office.get(`/cases/${caseId}`)).body.revision;
    expectProblem(await office.post(`/cases/${caseId}/suspend`, {}), 422, 'input.invalid');
    const suspended = await office.post(`/cases/${caseId}/suspend`, { reason: '机构改革' }, { key: 's1' });
    expect(suspended.body).toMatchObject({ status: 'suspended', revision: before + 1, can: ['resume', 'cancel'] });
    expect((await office.post(`/cases/${caseId}/suspend`, { reason: '机构改革' }, { key: 's1' })).status).toBe(200);
    const review = (await office.get(`/cases/${caseId}`)).body.openTasks[0];
    expectProblem(await office.post(`/tasks/${review.id}/act`, { action: 'approve' }), 409, 'case.suspended');
    expect((await office.post(`/cases/${caseId}/resume`, { reason: '继续' })).body.status).toBe('active');
  });

  it('goes through evaluation, and its score stays hidden until it is past it', async () => {
    const act = async (client: Client, block: string, body: object) => {
      for (const row of (await client.get('/tasks?limit=100')).body.items.filter(
        (one: { block: string }) => one.block === block,
      )) {
        expect(await client.post(`/tasks/${row.id}/act`, body)).toMatchObject({ status: 200 });
      }
      await api.work();
    };
    await act(stranger, 'draftPlan', { action: 'submit', values: { goal: '修路' } });
    await act(office, 'reviewPlan', { action: 'approve' });
    await act(office, 'scoring', { action: 'submit', values: { score: '88.5' } });
    const seen = await staff.get(`/cases/${caseId}`);
    expect(seen.body).toMatchObject({ phase: 'evaluate' });
    expect(seen.body.data).not.toHaveProperty('score');
    expect(JSON.stringify((await staff.get(`/cases/${caseId}/timeline`)).body)).not.toContain('88.5');
    expect((await staff.get(`/cycles/${cycleId}/results`)).body.items).toEqual([]);
    expect((await office.get(`/cases/${caseId}`)).body.data).toHaveProperty('score');
    expect((await office.get(`/cycles/${cycleId}/results`)).body.items).toMatchObject([
      { score: '88.5', rank: 1, rankOf: 2 },
      { score: '88.5', rank: 1, rankOf: 2 },
    ]);
    await act(office, 'announce', { action: 'submit' });
    expect((await staff.get(`/cycles/${cycleId}/results`)).body.items).toMatchObject([
      { org: { id: org.id }, score: '88.5' },
    ]);
    expect((await staff.get(`/cases/${caseId}`)).body).toMatchObject({
      phase: 'feedback',
      result: { rank: 1 },
      data: { score: '88.5' },
    });
    await act(chief, 'acknowledge', { action: 'submit' });
    expect((await chief.get(`/cases/${caseId}`)).body).toMatchObject({ status: 'done', outcome: 'completed' });
  });

  it('that has ended refuses everything', async () => {
    const rows = (await office.get('/tasks?box=done')).body.items;
    const closed = rows.find((row: { caseId: string }) => row.caseId === caseId);
    expectProblem(await office.post(`/tasks/${closed.id}/act`, { action: 'approve' }), 409, 'case.finished');
    expectProblem(await office.post(`/cases/${caseId}/suspend`, { reason: 'x' }), 409, 'case.finished');
    expectProblem(
      await office.post('/cases/0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10/cancel', { reason: 'x' }),
      404,
      'case.unknown',
    );
  });
});

describe('how long it takes', () => {
  it('is told by block and by the unit of whoever handled it, in hours of the clock', async () => {
    const rows = await api.prisma.task.findMany({ where: { case: { cycleId }, block: 'draftPlan', state: 'done' } });
    expect(rows.length).toBeGreaterThanOrEqual(2);
    // One took a day, every other one three.
    for (const [at, { caseId: id, seat, openedAt }] of rows.entries())
      await api.prisma.task.update({
        where: { caseId_seat: { caseId: id, seat } },
        data: { closedAt: new Date(openedAt.getTime() + (at === 0 ? 24 : 72) * 3_600_000) },
      });
    const { body } = await office.get(`/cycles/${cycleId}/handling`);
    const draft = body.blocks.find(({ block }: { block: string }) => block === 'draftPlan');
    expect(draft).toMatchObject({ phase: 'plan', done: rows.length, returned: 0, open: 0 });
    expect(draft.medianHours).toBe(rows.length === 2 ? 48 : 72);
    expect(draft.p90Hours).toBeLessThanOrEqual(72);
    expect(draft.p90Hours).toBeGreaterThanOrEqual(67.2);
    const review = body.blocks.find(({ block }: { block: string }) => block === 'reviewPlan');
    expect(review.returned).toBeGreaterThanOrEqual(1);
    const own = body.offices.find(({ org: { id } }: { org: { id: string } }) => id === office.person.orgId);
    expect(own.done).toBeGreaterThanOrEqual(review.done);
    const all = (key: 'done' | 'open') =>
      body.blocks.reduce((sum: number, row: Record<string, number>) => sum + (row[key] ?? 0), 0);
    expect(all('done')).toBe(await api.prisma.task.count({ where: { case: { cycleId }, state: 'done' } }));
    expect(all('open')).toBe(await api.prisma.task.count({ where: { case: { cycleId }, state: 'open' } }));
    expectProblem(await staff.get(`/cycles/${cycleId}/handling`), 403, 'permission.denied');
    expectProblem(await office.get('/cycles/0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10/handling'), 404, 'cycle.unknown');
  });

  it('and what runs behind it, too', async () => {
    const { body } = await office.get('/operations');
    expect(body).toMatchObject({ incidents: { open: 0 }, timers: { parked: 0 }, mails: { failed: 0 } });
    expect(body.steps.lastDay).toBeGreaterThanOrEqual(body.steps.lastHour);
    expect(body.tasks.open).toBe(await api.prisma.task.count({ where: { state: 'open' } }));
    await api.prisma.$executeRaw`SELECT graphile_worker.add_job('mail.drain', run_at := '2026-01-01')`;
    const after = (await office.get('/operations')).body;
    expect(after.jobs.waiting).toBe(body.jobs.waiting + 1);
    expect(after.jobs.oldestSeconds).toBeGreaterThan(0);
    expect(after.jobs.kinds).toContainEqual({ task: 'mail.drain', waiting: 1, failing: 0 });
    expectProblem(await staff.get('/operations'), 403, 'permission.denied');
  });
});

describe('a whole cycle', () => {
  it('is suspended, resumed and cancelled with its cases', async () => {
    const state = async () =>
      (await office.get(`/cycles/${cycleId}/cases`)).body.items.map((row: { status: string }) => row.status).sort();
    expect((await office.post(`/cycles/${cycleId}/suspend`, { reason: '暂停' })).body.status).toBe('suspended');
    expect(await state()).toEqual(['done', 'suspended']);
    expectProblem(await office.post(`/cycles/${cycleId}/suspend`, {}), 422, 'input.invalid');
    expect((await office.post(`/cycles/${cycleId}/resume`, { reason: '恢复' })).body.status).toBe('running');
    expect(await state()).toEqual(['active', 'done']);
    expect((await office.post(`/cycles/${cycleId}/cancel`, { reason: '作废' })).body).toMatchObject({
      status: 'cancelled',
      can: ['watch'],
    });
    expect(await state()).toEqual(['cancelled', 'done']);
    expectProblem(await office.post(`/cycles/${cycleId}/resume`, { reason: 'x' }), 409, 'cycle.state');
  });
});
