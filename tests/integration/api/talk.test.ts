import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { makeTestApi } from '../../support/api.ts';
import { approval, named, task, template, textField } from '../../support/blocks.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg, buildPerson } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';
import { listen } from '../../support/listen.ts';
import { startTestWorker } from '../../support/testWorker.ts';

const api = await makeTestApi();
const worker = startTestWorker(api);
const patient = { timeout: 15_000, interval: 20 };

/** A plan is drafted, then reviewed; its decision goes to the initiator's colleague in charge of records. */
const content = template(
  {
    plan: [
      task('draft', { fields: [textField('goal')] }),
      approval('review', { returnTo: 'draft', cc: [{ kind: 'role', role: 'records' }, { kind: 'head' }] }),
      task('publish', { who: [{ kind: 'role', role: 'performanceOffice' }] }),
    ],
  },
  { key: 'talk', roles: { ...template({}).roles, records: { name: named('records'), scope: 'city' } } },
);

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let office: Signed;
let staff: Signed;
let colleague: Signed;
let chief: Signed;
let outsider: Signed;
let another: Signed;
let records: Signed;

beforeAll(async () => {
  office = await api.signedIn({ roles: ['performanceOffice'] });
  records = await api.signedIn({ roles: ['records'] });
  outsider = await api.signedIn({ email: 'outsider@city.invalid' });
  another = await api.signedIn();
  expect((await office.post('/templates', { content })).status).toBe(201);
  const published = await office.post('/templates/talk/versions/1/publish');
  expect(published.body).toMatchObject({ status: 'published' });
});

/** Moves the clock; whoever is signed in stays so. */
const travel = async (instant: string) => {
  api.clock.set(instant);
  const later = new Date(Date.parse(instant) + 3_600_000);
  await api.database.pool.query('UPDATE sessions SET seen_at = $1, expires_at = $2', [instant, later]);
};

/** A case of a new unit whose clerk has a draft to fill in. */
const begin = async (): Promise<{ caseId: string; draft: string }> => {
  await travel('2026-03-02T01:00:00Z');
  const org = await buildOrg(api.prisma, { category: 'all' });
  const roles = [{ role: 'staff', orgId: org.id }];
  staff = await api.signedIn({ orgId: org.id, roles });
  colleague = await api.signedIn({ orgId: org.id });
  chief = await api.as(await buildPerson(api.prisma, { orgId: org.id }));
  await api.prisma.orgUnit.update({ where: { id: org.id }, data: { headId: chief.person.id } });
  await api.directory.reload();
  const participants = [{ orgId: org.id, category: 'all' }];
  const body = { templateKey: 'talk', version: 1, year: 2026, name: '2026', participants };
  expect((await office.post('/cycles', body)).status).toBe(202);
  await api.launcher.settled();
  await api.work();
  const row = (await staff.get('/tasks')).body.items[0];
  return { caseId: row.caseId, draft: row.id };
};

/** The same, drafted: the office is to review it. */
const reviewing = async () => {
  const { caseId, draft } = await begin();
  expect((await staff.post(`/tasks/${draft}/act`, { action: 'submit', values: { goal: 'x' } })).status).toBe(200);
  const review = (await office.get(`/cases/${caseId}`)).body.openTasks[0].id as string;
  return { caseId, draft, review };
};

const unread = async (client: Client, kind: string) =>
  (await client.get('/notices?unread=true')).body.items.filter((notice: { kind: string }) => notice.kind === kind);
const noticed = (client: Client, kind: string) =>
  expect.poll(async () => (await unread(client, kind)).length, patient).toBeGreaterThan(0);
const timeline = async (client: Client, caseId: string) =>
  (await client.get(`/cases/${caseId}/timeline`)).body.items as {
    type: string;
    seq: number;
    id?: string;
    text: { zh: string };
    reason?: string;
  }[];

/** Nothing in the database changes. */
const unchanged = async (requests: () => Promise<void>) => {
  await expect
    .poll(async () => api.database.pool.query('SELECT FROM graphile_worker.jobs').then((all) => all.rowCount), patient)
    .toBe(0);
  const before = await fingerprint(api.database.pool);
  await requests();
  expect(await fingerprint(api.database.pool)).toBe(before);
};

describe('a comment', () => {
  it('lets whom it mentions read the case, tells them at once, and stands in the timeline', async () => {
    const { caseId } = await begin();
    expectProblem(await outsider.get(`/cases/${caseId}`), 404, 'case.unknown');
    const stream = await listen(outsider);
    await stream.until('tasks', ({ todo }) => todo === 0);
    const comment = { text: '请看一下指标三', mentions: [outsider.person.id] };
    const said = await staff.post(`/cases/${caseId}/comments`, comment, { key: 'say-1' });
    expect(said).toMatchObject({
      status: 201,
      body: { text: comment.text, mentions: [{ name: outsider.person.name }], can: ['withdraw'] },
    });
    expect((await staff.post(`/cases/${caseId}/comments`, comment, { key: 'say-1' })).body.id).toBe(said.body.id);
    await stream.until('case', (data) => data.caseId === caseId);
    stream.close();
    expect((await outsider.get('/tasks/counts')).body.told).toBe(1);
    expect(await unread(outsider, 'mention')).toMatchObject([{ caseId }]);
    const seen = await outsider.get(`/cases/${caseId}`);
    expect(seen.body).toMatchObject({ id: caseId, can: [], around: ['comment'] });
    expect((await outsider.get(`/cases/${caseId}/comments`)).body).toMatchObject({
      total: 1,
      items: [{ text: comment.text, can: [] }],
    });
    const entries = await timeline(colleague, caseId);
    expect(entries.map(({ type }) => type)).toEqual(['start', 'comment']);
    expect(entries[1]).toMatchObject({ seq: 1, id: said.body.id, reason: comment.text });
    // It lets read the case, and nothing else.
    const { id } = (await staff.get('/tasks')).body.items[0];
    expectProblem(await outsider.get(`/tasks/${id}`), 404, 'task.unknown');
  });

  it('is withdrawn within minutes, with what it let others read, and leaves a trace', async () => {
    const { caseId } = await begin();
    const { id } = (await staff.post(`/cases/${caseId}/comments`, { text: '错了', mentions: [another.person.id] }))
      .body;
    expect((await another.get(`/cases/${caseId}`)).status).toBe(200);
    expectProblem(await colleague.post(`/comments/${id}/withdraw`), 403, 'comment.notYours');
    expectProblem(await records.post(`/comments/${id}/withdraw`), 404, 'comment.unknown');
    await travel('2026-03-02T01:10:00Z');
    const withdrawn = await staff.post(`/comments/${id}/withdraw`);
    expect(withdrawn.body).toMatchObject({ withdrawnAt: '2026-03-02T01:10:00.000Z', mentions: [], can: [] });
    expect(withdrawn.body).not.toHaveProperty('text');
    expectProblem(await another.get(`/cases/${caseId}`), 404, 'case.unknown');
    expectProblem(await staff.post(`/comments/${id}/withdraw`), 409, 'comment.withdrawn');
    const last = (await timeline(staff, caseId)).at(-1);
    expect(last?.text.zh).toBe(`${staff.person.name}撤回了一条评论`);
    expect(last).not.toHaveProperty('reason');
    expect(JSON.stringify((await staff.get(`/cases/${caseId}/comments`)).body)).not.toContain('错了');
    const late = (await staff.post(`/cases/${caseId}/comments`, { text: '晚了' })).body;
    await travel('2026-03-02T01:20:01Z');
    const refused = await staff.post(`/comments/${late.id}/withdraw`);
    expectProblem(refused, 409, 'comment.late');
    expect(refused.body.detail).toContain('10 分钟');
    expectProblem(await staff.post('/comments/00000000-0000-4000-8000-000000000000/withdraw'), 404, 'comment.unknown');
  });

  it('is refused when it is empty, unclean, too long, or mentions nobody real, and changes nothing', async () => {
    const { caseId } = await begin();
    const gone = await buildPerson(api.prisma, { active: false });
    const path = `/cases/${caseId}/comments`;
    const me = staff.person.id;
    const to = outsider.person.id;
    await unchanged(async () => {
      for (const text of ['', '  ', 'a\u200bb', 'e\u0301', 'x'.repeat(2001), 7])
        expectProblem(await staff.post(path, { text }), 422, 'input.invalid');
      const mention = async (...mentions: unknown[]) => {
        const answer = await staff.post(path, { text: '好', mentions });
        expectProblem(answer, 422, 'input.invalid');
        return answer.body.errors.map(({ path: at }: { path: string }) => at);
      };
      expect(await mention(me)).toEqual(['mentions[0]']);
      expect(await mention(to, to)).toEqual(['mentions[1]']);
      expect(await mention(gone.id)).toEqual(['mentions[0]']);
      expect(await mention('nobody')).toEqual(['mentions[0]']);
      expect(await mention(...Array.from({ length: 21 }, () => to))).toEqual(['mentions']);
      expectProblem(await staff.post(path, { text: '好', author: to }), 422, 'input.invalid');
      expectProblem(await records.post(path, { text: '好' }), 404, 'case.unknown');
      expectProblem(await api.anonymous().get(path), 401, 'session.missing');
    });
  });

  it('of someone who only reads the case opens it to nobody else', async () => {
    const { caseId } = await begin();
    await staff.post(`/cases/${caseId}/comments`, { text: '请看', mentions: [outsider.person.id] });
    const path = `/cases/${caseId}/comments`;
    const refused = await outsider.post(path, { text: '也请看', mentions: [staff.person.id, another.person.id] });
    expectProblem(refused, 422, 'mention.unseen');
    expect(refused.body.errors).toMatchObject([{ path: 'mentions[1]' }]);
    expectProblem(await another.get(`/cases/${caseId}`), 404, 'case.unknown');
    const seen = [staff, colleague, office].map(({ person }) => person.id);
    expect((await outsider.post(path, { text: '已阅', mentions: seen })).status).toBe(201);
  });
});

describe('a copy', () => {
  it('goes to whom the actor and the template name when a block is decided, is recorded, and says who has read it', async () => {
    const { caseId, review } = await reviewing();
    const approve = { action: 'approve', reason: '同意', cc: [outsider.person.id, staff.person.id] };
    expect((await office.post(`/tasks/${review}/act`, approve, { key: 'a1' })).status).toBe(200);
    expect((await office.post(`/tasks/${review}/act`, approve, { key: 'a1' })).status).toBe(200);
    const sent = (await office.get(`/cases/${caseId}/copies`)).body.items;
    const to = [outsider, staff, records, chief].map(({ person }) => person.name).sort();
    expect(sent.map((copy: { person: { name: string } }) => copy.person.name).sort()).toEqual(to);
    expect(sent[0]).toMatchObject({ by: { name: office.person.name }, taskId: review, blockName: { zh: 'review' } });
    expect(sent[0]).not.toHaveProperty('readAt');
    // The record holds the directory's answer.
    const record = await api.prisma.caseEvent.findFirstOrThrow({ where: { caseId }, orderBy: { seq: 'desc' } });
    const { copies } = record.body as { copies: { person: string }[] };
    expect(copies.map(({ person }) => person).sort()).toEqual(
      [outsider, staff, records, chief].map(({ person }) => person.id).sort(),
    );
    await api.work();
    expect(await verify(api.database.pool)).toMatchObject({ ok: true });
    expect(await unread(records, 'copy')).toMatchObject([
      { taskId: review, subject: { zh: expect.stringContaining('抄送') } },
    ]);

    const told = (await records.get('/tasks?box=told')).body.items;
    expect(told).toMatchObject([
      { id: review, outcome: 'approve', can: [], copy: { by: { name: office.person.name } } },
    ]);
    expect((await records.get(`/tasks/${review}`)).body).toMatchObject({ id: review, can: [], around: [] });
    await travel('2026-03-02T02:00:00Z');
    expect((await records.post(`/tasks/${review}/read`)).status).toBe(204);
    await travel('2026-03-02T03:00:00Z');
    expect((await records.post(`/tasks/${review}/read`)).status).toBe(204);
    expect((await records.get('/tasks?box=told')).body.items[0].copy.readAt).toBe('2026-03-02T02:00:00.000Z');
    expect(await unread(records, 'copy')).toEqual([]);
    const receipts = (await office.get(`/cases/${caseId}/copies`)).body.items;
    expect(receipts.filter((copy: { readAt?: string }) => copy.readAt)).toMatchObject([
      { person: { name: records.person.name }, readAt: '2026-03-02T02:00:00.000Z' },
    ]);
    // Who got one sees no receipts of others.
    expect((await records.get(`/cases/${caseId}/copies`)).body.items).toEqual([]);
    const entry = (await timeline(staff, caseId)).find(({ type }) => type === 'copy');
    expect(entry?.text.zh).toContain(records.person.name);
  });

  it('lets read the case and the decision, not the other tasks', async () => {
    const { caseId, draft, review } = await reviewing();
    await office.post(`/tasks/${review}/act`, { action: 'approve', cc: [another.person.id] });
    expect((await another.get(`/cases/${caseId}`)).body).toMatchObject({ id: caseId });
    expect((await another.get(`/tasks/${review}`)).status).toBe(200);
    expectProblem(await another.get(`/tasks/${draft}`), 404, 'task.unknown');
    const publish = (await office.get(`/cases/${caseId}`)).body.openTasks[0].id;
    expectProblem(await another.get(`/tasks/${publish}`), 404, 'task.unknown');
    expectProblem(await another.post(`/tasks/${publish}/act`, { action: 'submit' }), 404, 'task.unknown');
  });

  it('can be sent after the decision by whoever made it', async () => {
    const { caseId, draft } = await reviewing();
    expect((await staff.get(`/tasks/${draft}`)).body.around).toEqual(['copy']);
    const sent = await staff.post(`/tasks/${draft}/copies`, { to: [outsider.person.id, colleague.person.id] });
    expect(sent).toMatchObject({ status: 201 });
    expect(sent.body.items).toHaveLength(2);
    await noticed(colleague, 'copy');
    expect((await colleague.get('/tasks?box=told')).body.items).toMatchObject([{ id: draft }]);
    expect((await staff.get(`/cases/${caseId}/copies`)).body.items).toHaveLength(2);
  });

  it('is refused to nobody, oneself, strangers to the directory, or without a decision, and changes nothing', async () => {
    const { draft, review } = await reviewing();
    const to = outsider.person.id;
    await unchanged(async () => {
      const act = (body: object) => office.post(`/tasks/${review}/act`, body);
      expectProblem(await act({ action: 'approve', cc: [] }), 422, 'input.invalid');
      expectProblem(await act({ action: 'approve', cc: [office.person.id] }), 422, 'input.invalid');
      expectProblem(await act({ action: 'approve', cc: [to, to] }), 422, 'input.invalid');
      const nobody = await act({ action: 'approve', cc: ['00000000-0000-4000-8000-000000000000'] });
      expectProblem(nobody, 422, 'input.invalid');
      expect(nobody.body.errors).toMatchObject([{ path: 'cc[0]' }]);
      expectProblem(await act({ action: 'transfer', to, cc: [to] }), 422, 'input.invalid');
      expectProblem(await act({ action: 'approve', cc: Array.from({ length: 51 }, () => to) }), 422, 'input.invalid');
      expectProblem(await office.post(`/tasks/${review}/copies`, { to: [to] }), 409, 'copy.undecided');
      expectProblem(await colleague.post(`/tasks/${draft}/copies`, { to: [to] }), 403, 'copy.notAllowed');
      expectProblem(await staff.post(`/tasks/${draft}/copies`, { to: [] }), 422, 'input.invalid');
      expectProblem(await another.post(`/tasks/${review}/copies`, { to: [to] }), 404, 'task.unknown');
      expectProblem(await colleague.post(`/tasks/${draft}/read`), 404, 'copy.unknown');
      expectProblem(await colleague.post(`/tasks/${draft.slice(0, 37)}999999999/read`), 404, 'copy.unknown');
      expectProblem(await another.get(`/cases/${review.slice(0, 36)}/copies`), 404, 'case.unknown');
    });
  });
});

describe('urging', () => {
  it('tells the holders, shows on the task and in the timeline, and is allowed again in an hour of work', async () => {
    const { caseId, draft } = await begin();
    const row = (await office.get(`/cases/${caseId}`)).body.openTasks[0];
    expect(row).toMatchObject({ id: draft, can: [], around: ['urge', 'followUp'] });
    expect(row).not.toHaveProperty('urged');
    expect((await chief.post(`/tasks/${draft}/urge`, { note: '请今天办结' })).body).toEqual({
      times: 1,
      lastAt: '2026-03-02T01:00:00.000Z',
      nextAt: '2026-03-02T02:00:00.000Z',
    });
    await noticed(staff, 'urge');
    expect((await unread(staff, 'urge'))[0].body.zh).toContain('请今天办结');
    const soon = await office.post(`/tasks/${draft}/urge`, {});
    expectProblem(soon, 429, 'urge.tooSoon');
    expect(soon.body).toMatchObject({ at: '2026-03-02T02:00:00.000Z', detail: '2026-03-02 10:00 起可以再次催办' });
    expect(soon.headers.get('retry-after')).toBe('3600');
    // Friday, just before the offices close: the hour goes on to Monday morning.
    await travel('2026-03-06T09:30:00Z');
    const both = await Promise.all([office, chief].map((client) => client.post(`/tasks/${draft}/urge`, {})));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 429]);
    const urged = { times: 2, lastAt: '2026-03-06T09:30:00.000Z', nextAt: '2026-03-09T01:00:00.000Z' };
    expect((await staff.get(`/tasks/${draft}`)).body.urged).toEqual(urged);
    expect((await staff.get('/tasks')).body.items[0].urged).toEqual(urged);
    await travel('2026-03-07T03:00:00Z');
    expectProblem(await office.post(`/tasks/${draft}/urge`, {}), 429, 'urge.tooSoon');
    const entries = (await timeline(staff, caseId)).filter(({ type }) => type === 'urge');
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({
      reason: '请今天办结',
      text: { zh: expect.stringContaining(staff.person.name) },
    });
  });

  it('is for the initiator, the head of the unit and the office', async () => {
    const { review } = await reviewing();
    expect((await staff.get(`/tasks/${review}`)).body.around).toEqual(['urge', 'followUp']);
    expect((await staff.post(`/tasks/${review}/urge`, {})).status).toBe(200);
    await unchanged(async () => {
      expectProblem(await colleague.post(`/tasks/${review}/urge`, {}), 403, 'urge.notAllowed');
      expectProblem(await another.post(`/tasks/${review}/urge`, {}), 404, 'task.unknown');
    });
  });

  it('of a closed task, a suspended case, oneself or nobody is refused, and changes nothing', async () => {
    const { caseId, draft, review } = await reviewing();
    await unchanged(async () => {
      expectProblem(await office.post(`/tasks/${draft}/urge`, {}), 409, 'task.closed');
      expectProblem(await office.post(`/tasks/${review}/urge`, {}), 409, 'urge.nobody');
      expectProblem(await chief.post(`/tasks/${review}/urge`, { note: 'x'.repeat(501) }), 422, 'input.invalid');
      expectProblem(await chief.post(`/tasks/${review}/urge`, { note: 'a\u200bb' }), 422, 'input.invalid');
      expectProblem(await chief.post(`/tasks/${caseId}.999999999/urge`, {}), 404, 'task.unknown');
    });
    await office.post(`/cases/${caseId}/suspend`, { reason: '等候' });
    expectProblem(await chief.post(`/tasks/${review}/urge`, {}), 409, 'case.suspended');
  });
});

describe('phrases', () => {
  it('are added, changed, ordered and dropped, each person for themselves', async () => {
    const one = (await another.post('/me/phrases', { text: '同意。' })).body;
    const two = (await another.post('/me/phrases', { text: '请补充材料。' })).body;
    expect(await another.get('/me/phrases')).toMatchObject({ status: 200, body: { items: [one, two] } });
    expect((await another.put('/me/phrases', { ids: [two.id, one.id] })).body.items).toEqual([two, one]);
    const changed = { id: one.id, text: '原则同意。' };
    expect((await another.put(`/me/phrases/${one.id}`, { text: changed.text })).body).toEqual(changed);
    expect((await outsider.get('/me/phrases')).body.items).toEqual([]);
    await unchanged(async () => {
      expectProblem(await outsider.put(`/me/phrases/${one.id}`, { text: '不' }), 404, 'phrase.unknown');
      expectProblem(await outsider.delete(`/me/phrases/${one.id}`), 404, 'phrase.unknown');
      expectProblem(await another.post('/me/phrases', { text: two.text }), 409, 'phrase.taken');
      expectProblem(await another.put(`/me/phrases/${one.id}`, { text: two.text }), 409, 'phrase.taken');
      for (const ids of [[one.id], [one.id, one.id], [one.id, two.id, one.id], [one.id, outsider.person.id]])
        expectProblem(await another.put('/me/phrases', { ids }), 422, 'phrase.order');
      for (const text of ['', 'x'.repeat(201), 'a\u200bb'])
        expectProblem(await another.post('/me/phrases', { text }), 422, 'input.invalid');
    });
    expect((await another.delete(`/me/phrases/${two.id}`)).status).toBe(204);
    expect((await another.get('/me/phrases')).body.items).toEqual([changed]);
  });

  it('are fifty at most, also when they are added at the same instant', async () => {
    const add = (n: number) => outsider.post('/me/phrases', { text: `意见 ${n}` });
    for (let n = 0; n < 48; n += 1) expect((await add(n)).status).toBe(201);
    const last = await Promise.all([48, 49, 50, 51].map(add));
    expect(last.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409]);
    expectProblem(await add(52), 409, 'phrase.full');
    expect((await outsider.get('/me/phrases')).body.items).toHaveLength(50);
  });
});

describe('a follow-up', () => {
  it('reminds its person once, on the morning of a working day, and nobody else sees it', async () => {
    const { draft } = await begin();
    // Saturday: as with deadlines, the next working day.
    const set = await staff.put(`/tasks/${draft}/follow-up`, { day: '2026-03-07', note: '问财政局' });
    expect(set.body).toEqual({ day: '2026-03-09', note: '问财政局' });
    expect((await staff.get('/tasks')).body.items[0].followUp).toEqual(set.body);
    expect((await office.get(`/tasks/${draft}`)).body).not.toHaveProperty('followUp');
    await travel('2026-03-09T00:59:00Z');
    await worker.sweep();
    expect(await unread(staff, 'followUp')).toEqual([]);
    expect((await staff.get(`/tasks/${draft}`)).body.followUp).toEqual(set.body);
    await travel('2026-03-09T01:00:00Z');
    await worker.sweep();
    await worker.sweep();
    await noticed(staff, 'followUp');
    expect(await unread(staff, 'followUp')).toMatchObject([
      { taskId: draft, body: { zh: expect.stringContaining('财政局') } },
    ]);
    expect((await staff.get(`/tasks/${draft}`)).body).not.toHaveProperty('followUp');
    const { rows } = await api.database.pool.query(`SELECT FROM notices WHERE kind = 'followUp'`);
    expect(rows).toHaveLength(1);
  });

  it('that is dropped, moved, or of a task that was closed meanwhile reminds of nothing', async () => {
    const { draft } = await begin();
    await staff.put(`/tasks/${draft}/follow-up`, { day: '2026-03-03' });
    await staff.put(`/tasks/${draft}/follow-up`, { day: '2026-03-05' });
    await travel('2026-03-03T02:00:00Z');
    await worker.sweep();
    await staff.delete(`/tasks/${draft}/follow-up`);
    expect((await staff.get(`/tasks/${draft}`)).body).not.toHaveProperty('followUp');
    await staff.put(`/tasks/${draft}/follow-up`, { day: '2026-03-05' });
    await staff.post(`/tasks/${draft}/act`, { action: 'submit' });
    await travel('2026-03-06T02:00:00Z');
    await worker.sweep();
    const { rows } = await api.database.pool.query(
      `SELECT FROM graphile_worker._private_jobs j WHERE j.payload->>'kind' = 'followUp'
       UNION ALL SELECT FROM notices WHERE kind = 'followUp' AND person_id = $1`,
      [staff.person.id],
    );
    expect(rows).toEqual([]);
  });

  it('on a day that has begun, cannot be, or of a closed task is refused, and changes nothing', async () => {
    const { draft, review } = await reviewing();
    await unchanged(async () => {
      const set = (day: unknown) => office.put(`/tasks/${review}/follow-up`, { day });
      expectProblem(await set('2026-03-02'), 422, 'followUp.past');
      expectProblem(await set('2026-02-27'), 422, 'followUp.past');
      expectProblem(await set('2026-02-30'), 422, 'input.invalid');
      expectProblem(await set('soon'), 422, 'input.invalid');
      expectProblem(await set('2999-01-01'), 422, 'calendar.outside');
      const long = { day: '2026-03-09', note: 'x'.repeat(501) };
      expectProblem(await office.put(`/tasks/${review}/follow-up`, long), 422, 'input.invalid');
      expectProblem(await office.put(`/tasks/${draft}/follow-up`, { day: '2026-03-09' }), 409, 'task.closed');
      expectProblem(await another.put(`/tasks/${review}/follow-up`, { day: '2026-03-09' }), 404, 'task.unknown');
      expectProblem(await another.delete(`/tasks/${review}/follow-up`), 404, 'task.unknown');
    });
  });
});

describe('the priority of a case', () => {
  it('is set with a reason, told, shown, and sorted first', async () => {
    const first = await reviewing();
    const second = await reviewing();
    const order = async () =>
      (await office.get('/tasks?limit=100')).body.items
        .map(({ caseId }: { caseId: string }) => caseId)
        .filter((id: string) => id === first.caseId || id === second.caseId);
    const [ahead, behind] = await order();
    const urgent = { priority: 'urgent', reason: '市长督办' };
    const answer = await office.put(`/cases/${behind}/priority`, urgent);
    expect(answer.body).toMatchObject({ priority: 'urgent', around: ['comment', 'prioritise'] });
    expect(await order()).toEqual([behind, ahead]);
    const page = await office.get('/tasks?limit=1');
    expect(page.body.items).toMatchObject([{ caseId: behind, priority: 'urgent' }]);
    const next = await office.get(`/tasks?limit=1&after=${encodeURIComponent(page.body.next)}`);
    expect(next.body.items[0].caseId).not.toBe(behind);
    expect((await timeline(office, String(behind))).at(-1)).toMatchObject({ type: 'priority', reason: '市长督办' });
    expectProblem(await office.put(`/cases/${behind}/priority`, urgent), 409, 'priority.same');
    const normal = await office.put(`/cases/${behind}/priority`, { priority: 'normal', reason: '已缓解' });
    expect(normal.body.priority).toBe('normal');
    expect(await order()).toEqual([ahead, behind]);
  });

  it('is set by the initiator too, whose holders are told; not by others, nor without a reason, nor at the end', async () => {
    const { caseId } = await reviewing();
    const urgent = { priority: 'urgent', reason: '月底前要用' };
    await unchanged(async () => {
      expectProblem(await colleague.put(`/cases/${caseId}/priority`, urgent), 403, 'priority.notAllowed');
      expectProblem(await another.put(`/cases/${caseId}/priority`, urgent), 404, 'case.unknown');
      expectProblem(await staff.put(`/cases/${caseId}/priority`, { priority: 'urgent' }), 422, 'input.invalid');
      expectProblem(await staff.put(`/cases/${caseId}/priority`, { ...urgent, priority: 'x' }), 422, 'input.invalid');
      expectProblem(await staff.put(`/cases/${caseId}/priority`, { ...urgent, reason: ' ' }), 422, 'input.invalid');
    });
    expect((await staff.put(`/cases/${caseId}/priority`, urgent)).status).toBe(200);
    await noticed(office, 'priority');
    await office.post(`/cases/${caseId}/cancel`, { reason: '不办了' });
    const after = await staff.put(`/cases/${caseId}/priority`, { priority: 'normal', reason: '了' });
    expectProblem(after, 409, 'case.finished');
  });
});
