import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { rectification } from '../../../workflows/library/parts/rectification.ts';
import { makeTestApi } from '../../support/api.ts';
import { template } from '../../support/blocks.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi({ settings: { BIHUAN_UPLOAD_MAX_MB: '1' } });
const office = await api.signedIn({ roles: ['performanceOffice'] });
const verifier = await api.signedIn({ roles: ['performanceOffice'] });
const inspector = await api.signedIn({ roles: ['inspector'] });
const { id: orgId } = await buildOrg(api.prisma, { category: 'all', name: '市教育局' });
const staff = await api.signedIn({ orgId, roles: [{ role: 'staff', orgId }] });
const stranger = await api.signedIn();
const nobody = randomUUID();

const officeRole = { kind: 'role', role: 'performanceOffice' } as const;
const ladder = [{ after: 1, do: 'remind' } as const];
const content = template(
  {
    rectify: rectification({
      staff: { kind: 'role', role: 'staff', of: 'participant' },
      office: officeRole,
      verifier: officeRole,
      publicAnswer: true,
      ladders: { unit: ladder, verifier: ladder, office: ladder },
    }),
  },
  { key: 'rectified' },
);
let cycleId = '';
let inspection = '';
const findings: string[] = [];

const unchanged = async (work: () => Promise<unknown>) => {
  const before = await fingerprint(api.database.pool);
  await work();
  expect(await fingerprint(api.database.pool)).toBe(before);
};
const taskOf = async (who: typeof office, block: string) => {
  const { items } = (await who.get('/tasks?limit=100')).body;
  const found = items.filter((one: { block: string; state: string }) => one.block === block);
  return found[0] ?? expect.fail(`${block} is not among ${items.map((one: { block: string }) => one.block)}`);
};
const act = async (who: typeof office, block: string, body: object) => {
  const answer = await who.post(`/tasks/${(await taskOf(who, block)).id}/act`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  await api.work();
  await api.engine.fireDue();
  await api.work();
};

beforeAll(async () => {
  await office.post('/templates', { content });
  await office.post('/templates/rectified/versions/1/publish');
  const made = await office.post('/cycles', {
    templateKey: 'rectified',
    version: 1,
    year: 2026,
    name: '2026 年度',
    participants: [{ orgId, category: 'all' }],
  });
  cycleId = made.body.id;
  await api.launcher.settled();
});

describe('inspections and findings', () => {
  const body = () => ({
    cycleId,
    orgId,
    title: '年中督查',
    day: '2026-03-01',
    inspectors: '督查一组',
    findings: [
      { severity: 'major', what: '台账缺失', advice: '一周内补齐' },
      { severity: 'minor', what: '公示栏未更新' },
    ],
  });

  it('are put on record by inspectors, seen by the unit, not by others', async () => {
    const made = await inspector.post('/inspections', body());
    expect(made).toMatchObject({
      status: 201,
      body: { title: '年中督查', day: '2026-03-01', findings: { open: 2, closed: 0 }, can: ['addFinding'] },
    });
    inspection = made.body.id;
    const more = await inspector.post(`/inspections/${inspection}/findings`, {
      severity: 'critical',
      what: '数据不实',
    });
    expect(more).toMatchObject({
      status: 201,
      body: { code: 'F3', source: 'inspection', state: 'open', org: { name: '市教育局' } },
    });
    const list = (await staff.get(`/findings?cycleId=${cycleId}&sort=number`)).body;
    expect(list.items.map(({ code, what }: { code: string; what: string }) => [code, what])).toEqual([
      ['F1', '台账缺失'],
      ['F2', '公示栏未更新'],
      ['F3', '数据不实'],
    ]);
    findings.push(...list.items.map(({ id }: { id: string }) => id));
    expect((await stranger.get('/findings')).body).toMatchObject({ items: [], total: 0 });
    expectProblem(await stranger.get(`/findings/${findings[0]}`), 404, 'finding.unknown');
    expectProblem(await stranger.get(`/inspections/${inspection}`), 404, 'inspection.unknown');
    expect((await staff.get(`/inspections/${inspection}/findings?severity=major`)).body.total).toBe(1);
    expect((await office.get('/inspections?q=年中')).body.total).toBe(1);
  });

  it('refuse what is wrong, and change nothing', () =>
    unchanged(async () => {
      const { id: elsewhere } = stranger.person;
      expectProblem(await staff.post('/inspections', body()), 403, 'permission.denied');
      expectProblem(await inspector.post('/inspections', { ...body(), cycleId: nobody }), 404, 'cycle.unknown');
      expectProblem(await inspector.post('/inspections', { ...body(), orgId: elsewhere }), 422, 'finding.unit');
      const future = await inspector.post('/inspections', { ...body(), day: '2026-03-03' });
      expectProblem(future, 422, 'input.invalid');
      expect(future.body.errors).toMatchObject([{ path: 'day' }]);
      const indicator = await inspector.post('/inspections', {
        ...body(),
        findings: [
          { severity: 'minor', what: '一' },
          { severity: 'minor', what: '二', indicator: 'GDP' },
        ],
      });
      expectProblem(indicator, 422, 'input.invalid');
      expect(indicator.body.errors).toMatchObject([
        { path: 'findings[1].indicator', message: { en: 'there is no indicator "GDP"' } },
      ]);
      expectProblem(
        await inspector.post(`/inspections/${inspection}/findings`, { severity: 'huge', what: '一' }),
        422,
        'input.invalid',
      );
      expectProblem(
        await inspector.post(`/inspections/${nobody}/findings`, { severity: 'minor', what: '一' }),
        404,
        'inspection.unknown',
      );
      expectProblem(await inspector.post(`/findings/${nobody}/close`, { reason: '重复' }), 404, 'finding.unknown');
      expectProblem(await inspector.post(`/findings/${findings[0]}/close`, {}), 422, 'input.invalid');
    }));

  const form = (name: string, bytes: Buffer | string) => {
    const data = new FormData();
    data.append('file', new Blob([bytes as BlobPart]), name);
    return { form: data };
  };
  const upload = (name: string, bytes: Buffer | string, who = inspector) =>
    who.request('POST', `/findings/${findings[0]}/evidence`, form(name, bytes));

  it('have evidence, whose content is what its name says', async () => {
    const kept = await upload('现场.txt', '照片说明');
    expect(kept).toMatchObject({
      status: 201,
      body: { name: '现场.txt', mime: 'text/plain', uploadedBy: { id: inspector.person.id } },
    });
    expect((await staff.get(`/findings/${findings[0]}`)).body.files).toMatchObject([{ name: '现场.txt' }]);
    const path = `/findings/${findings[0]}/evidence/${kept.body.id}/content`;
    const content = await staff.get(path);
    expect(content).toMatchObject({ status: 200, body: '照片说明' });
    expect(content.headers.get('content-disposition')).toMatch(/^attachment/);
    expectProblem(await stranger.get(path), 404, 'finding.unknown');
    expectProblem(
      await staff.get(`/findings/${findings[1]}/evidence/${kept.body.id}/content`),
      404,
      'evidence.unknown',
    );
    await unchanged(async () => {
      expectProblem(await upload('照片.png', '不是图片'), 422, 'file.type');
      expectProblem(await upload('程序.exe', 'MZ'), 422, 'file.type');
      expectProblem(await upload('大.txt', Buffer.alloc(1_100_000, 'a')), 413, 'file.tooLarge');
      expectProblem(await upload('a.txt', 'a', staff), 403, 'permission.denied');
    });
  });

  it('are closed where nothing needs to be rectified', async () => {
    const closed = await inspector.post(`/findings/${findings[1]}/close`, { reason: '现场已更正' });
    expect(closed).toMatchObject({ status: 200, body: { state: 'closed', closeReason: '现场已更正', can: [] } });
    expectProblem(await inspector.post(`/findings/${findings[1]}/close`, { reason: '再关' }), 409, 'finding.state');
    expectProblem(
      await inspector.request('POST', `/findings/${findings[1]}/evidence`, form('a.txt', 'a')),
      409,
      'finding.state',
    );
  });
});

describe('rectification', () => {
  it('begins its plan with what was found; what is given stays', async () => {
    await api.work();
    const { id } = await taskOf(staff, 'rectifyPlan');
    const { given } = (await staff.get(`/tasks/${id}`)).body;
    expect(given.rectifyItems).toEqual([
      { code: 'F1', problem: '台账缺失', advice: '一周内补齐' },
      { code: 'F3', problem: '数据不实' },
    ]);
    const plan = { measure: '补齐', owner: '张三' };
    const due = ['2026-03-10', '2026-03-01'];
    const rows = given.rectifyItems.map((row: object, i: number) => ({ ...row, ...plan, due: due[i] }));
    const short = await staff.post(`/tasks/${id}/act`, { action: 'submit', values: { rectifyItems: rows.slice(1) } });
    expectProblem(short, 422, 'form.invalid');
    expect(short.body.errors).toMatchObject([{ path: 'rectifyItems' }]);
    const submitted = await staff.post(`/tasks/${id}/act`, { action: 'submit', values: { rectifyItems: rows } });
    expect(submitted.status, JSON.stringify(submitted.body)).toBe(200);
    await act(office, 'rectifyReview', { action: 'approve' });
    expectProblem(await inspector.post(`/findings/${findings[0]}/close`, { reason: '不必了' }), 409, 'finding.state');
  });

  it('is on the board while it runs, by unit, state, source and what is overdue', async () => {
    const board = (await staff.get(`/rectification?cycleId=${cycleId}&sort=code`)).body;
    expect(board.items).toMatchObject([
      {
        code: 'F1',
        state: 'open',
        stage: 'work',
        task: expect.stringMatching(/\.\d+$/),
        source: 'inspection',
        overdue: false,
        owner: '张三',
        itemCase: { at: [{ zh: '落实整改' }] },
        org: { name: '市教育局' },
      },
      { code: 'F3', state: 'open', overdue: true, due: '2026-03-01' },
    ]);
    const { task, itemCase } = board.items[0];
    expect((await staff.get(`/tasks/${task}`)).body).toMatchObject({ caseId: itemCase.id, block: 'rectifyWork' });
    expect((await office.get(`/rectification?cycleId=${cycleId}`)).body.items[0]).not.toHaveProperty('task');
    const filters: [string, number][] = [
      ['overdue=true', 1],
      ['overdue=false', 1],
      ['state=closed', 0],
      ['source=complaint', 0],
      [`orgId=${orgId}`, 2],
      [`orgId=${nobody}`, 0],
      ['q=数据', 1],
      ['indicator=GDP', 0],
    ];
    for (const [query, total] of filters)
      expect([query, (await office.get(`/rectification?${query}`)).body.total]).toEqual([query, total]);
    expect((await stranger.get('/rectification')).body.total).toBe(0);
    expectProblem(await stranger.get(`/rectification/${board.items[0].id}`), 404, 'rectification.unknown');
    expectProblem(await office.get(`/rectification/${nobody}`), 404, 'rectification.unknown');
    expectProblem(await office.get('/rectification?state=lost'), 422, 'input.invalid');
    expectProblem(await office.get('/rectification?sort=size'), 422, 'sort.unknown');
  });

  it('is verified by somebody who did not do it, closed, and shows its whole line', async () => {
    const values = { rectifyResult: 'done', rectifyReport: '已补齐', publicAnswer: '台账已补齐，欢迎监督。' };
    // The office takes the work over and does it itself.
    const { id } = await taskOf(staff, 'rectifyWork');
    const moved = await office.post(`/tasks/${id}/reassign`, { to: office.person.id, reason: '人手不足' });
    expect(moved.status, JSON.stringify(moved.body)).toBe(200);
    expect((await office.post(`/tasks/${id}/act`, { action: 'submit', values })).status).toBe(200);
    await api.work();
    const { items } = (await verifier.get('/tasks?limit=100')).body;
    const verify = items.find((one: { block: string }) => one.block === 'rectifyVerify');
    const stages = (await verifier.get('/rectification')).body.items.map(
      ({ stage, task }: { stage: string; task?: string }) => [stage, task],
    );
    expect(stages).toContainEqual(['verify', verify.id]);
    expect(stages).toContainEqual(['work', undefined]);
    expectProblem(await office.post(`/tasks/${verify.id}/act`, { action: 'approve' }), 403, 'task.notYours');
    await act(verifier, 'rectifyVerify', { action: 'approve' });
    await act(verifier, 'rectifyCloseOut', { action: 'approve' });
    const { items: board } = (await staff.get('/rectification?state=closed')).body;
    expect(board).toHaveLength(1);
    const line = (await staff.get(`/rectification/${board[0].id}`)).body;
    expect(line).toMatchObject({
      state: 'closed',
      stage: 'closed',
      overdue: false,
      publicAnswer: '台账已补齐，欢迎监督。',
      publishedAt: expect.any(String),
      finding: { state: 'closed' },
      origin: { kind: 'inspection', id: inspection, text: '年中督查' },
      former: [],
      acts: [
        { block: { zh: '落实整改' }, action: 'submit', by: { id: office.person.id } },
        { block: { zh: '核验整改' }, action: 'approve', by: { id: verifier.person.id } },
        { block: { zh: '销号' }, action: 'approve' },
      ],
    });
  });

  it('carries over what is left, and refuses findings of a cycle that is over', async () => {
    await act(staff, 'rectifyWork', {
      action: 'submit',
      values: { rectifyResult: 'notDone', rectifyReport: '尚需时日', publicAnswer: '正在整改' },
    });
    await act(verifier, 'rectifyVerify', { action: 'approve' });
    await api.work();
    expect((await office.get('/rectification?state=carried')).body.items).toMatchObject([
      { state: 'carried', overdue: false },
    ]);
    expect((await office.get(`/cycles/${cycleId}`)).body.status).toBe('closed');
    await unchanged(async () => {
      const body = { cycleId, orgId, title: '迟到的督查', day: '2026-03-01', inspectors: '一组', findings: [] };
      const late = await inspector.post('/inspections', body);
      expectProblem(late, 409, 'cycle.state');
      expect(late.body.details.en).toBe('it is closed');
      expectProblem(
        await inspector.post(`/inspections/${inspection}/findings`, { severity: 'minor', what: '一' }),
        409,
        'cycle.state',
      );
      expectProblem(
        await inspector.post('/findings', { cycleId, orgId, severity: 'minor', what: '一' }),
        409,
        'cycle.state',
      );
    });
  });
});
