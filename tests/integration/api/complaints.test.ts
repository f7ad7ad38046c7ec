import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { raiseOverdue } from '../../../server/complaints/handle.ts';
import { makeTestApi } from '../../support/api.ts';
import { task, template } from '../../support/blocks.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const office = await api.signedIn({ roles: ['performanceOffice'] });
const hotline = await api.signedIn({ roles: ['hotline'] });
const lamps = await buildOrg(api.prisma, { code: 'csgl', name: '市城管局', category: 'all' });
const petitions = await buildOrg(api.prisma, { code: 'xfj', name: '市信访局', category: 'all' });
const staff = await api.signedIn({ orgId: lamps.id, roles: [{ role: 'staff', orgId: lamps.id }] });
const others = await api.signedIn({ orgId: petitions.id, roles: [{ role: 'staff', orgId: petitions.id }] });
const colleague = await api.signedIn({ orgId: lamps.id });
const nobody = randomUUID();
let cycleId = '';

const unchanged = async (work: () => Promise<unknown>) => {
  const before = await fingerprint(api.database.pool);
  await work();
  expect(await fingerprint(api.database.pool)).toBe(before);
};
const complaint = (reference: string, text: string, more = {}) => ({
  channel: '12345',
  reference,
  receivedAt: '2026-02-27T02:00:00Z',
  text,
  ...more,
});
const rules = {
  rules: [
    { key: 'lamps', keywords: ['路灯'], indicator: 'LIGHTS', unit: 'csgl' },
    { key: 'service', categories: ['服务态度'], indicator: 'SERVICE' },
  ],
};

const lights = {
  rules: [{ key: 'low', colour: 'red' as const, when: [{ of: 'achieved' as const, below: '60' }] }],
};

beforeAll(async () => {
  await office.post('/templates', { content: template({ execute: [task('work')] }, { key: 'hotline', lights }) });
  await office.post('/templates/hotline/versions/1/publish');
  const participants = [lamps, petitions].map(({ id: orgId }) => ({ orgId, category: 'all' }));
  const made = await office.post('/cycles', {
    templateKey: 'hotline',
    version: 1,
    year: 2026,
    name: '2026 年度',
    participants,
  });
  cycleId = made.body.id;
  await api.launcher.settled();
  for (const code of ['LIGHTS', 'SERVICE'])
    await api.prisma.cycleIndicator.create({
      data: {
        id: randomUUID(),
        cycleId,
        orgId: lamps.id,
        code,
        name: code,
        kind: 'common',
        unit: '%',
        direction: 'up',
        frequency: 'month',
      },
    });
});

describe('the rules', () => {
  it('are data with versions; what they name must exist', async () => {
    expect((await hotline.get('/complaints/rules')).body).toEqual({ rules: [], days: { unit: 5, cityOffice: 5 } });
    expect((await hotline.put('/complaints/rules', rules, { ifMatch: 0 })).status).toBe(200);
    await unchanged(async () => {
      expectProblem(await hotline.put('/complaints/rules', rules, { ifMatch: 0 }), 412, 'version.stale');
      expectProblem(await hotline.put('/complaints/rules', rules), 428, 'version.required');
      const wrong = await hotline.put(
        '/complaints/rules',
        { rules: [{ key: 'x', indicator: 'GDP', keywords: ['a'] }] },
        { ifMatch: 1 },
      );
      expectProblem(wrong, 422, 'input.invalid');
      expect(wrong.body.errors).toMatchObject([{ path: 'rules[0].indicator' }]);
      const unit = await hotline.put(
        '/complaints/rules',
        { rules: [{ key: 'x', unit: 'nix', keywords: ['a'] }] },
        { ifMatch: 1 },
      );
      expect(unit.body.errors).toMatchObject([{ path: 'rules[0].unit' }]);
      expectProblem(await staff.put('/complaints/rules', rules, { ifMatch: 1 }), 403, 'permission.denied');
    });
  });
});

const idOf = async (reference: string): Promise<string> =>
  (await office.get(`/complaints?q=${reference}`)).body.items[0].id;

describe('complaints', () => {
  it('are taken in once, classified, and due in five working days', async () => {
    const body = {
      complaints: [
        complaint('A-1', '人民路路灯不亮'),
        complaint('A-2', '窗口冷淡', { category: '服务态度' }),
        complaint('A-3', '别的事情'),
      ],
    };
    expect((await hotline.post('/complaints', body)).body).toMatchObject({ created: 3, repeated: 0, classified: 2 });
    const again = await hotline.post('/complaints', {
      complaints: [complaint('A-1', '改了字'), complaint('A-4', '路灯昏暗')],
    });
    expect(again.body).toMatchObject({ created: 1, repeated: 1, classified: 1 });
    expect(again.body.ids[0]).toBe(await idOf('A-1'));
    const { body: one } = await staff.get(`/complaints/${await idOf('A-1')}`);
    // Friday, and Saturday 28 February is worked: the fifth working day is Thursday.
    expect(one).toMatchObject({
      text: '人民路路灯不亮',
      indicator: 'LIGHTS',
      org: { name: '市城管局' },
      state: 'assigned',
      level: 'unit',
      dueAt: expect.stringMatching(/^2026-03-05T/),
      can: ['solve', 'dispute', 'raise'],
    });
    expect((await office.get('/complaints?state=unassigned')).body.total).toBe(2);
    expect((await others.get('/complaints')).body.total).toBe(0);
    expectProblem(await others.get(`/complaints/${one.id}`), 404, 'complaint.unknown');
    expect((await colleague.get(`/complaints/${one.id}`)).body.can).toEqual([]);
  });

  it('that are wrong are refused', () =>
    unchanged(async () => {
      expectProblem(
        await staff.post('/complaints', { complaints: [complaint('B-1', '路灯')] }),
        403,
        'permission.denied',
      );
      for (const bad of [
        { complaints: [] },
        { complaints: [complaint('B-1', '')] },
        { complaints: [{ ...complaint('B-1', '路灯'), receivedAt: 'gestern' }] },
        { complaints: [{ ...complaint('B-1', '路灯'), phone: '139' }] },
      ])
        expectProblem(await hotline.post('/complaints', bad), 422, 'input.invalid');
      expectProblem(await hotline.get(`/complaints/${nobody}`), 404, 'complaint.unknown');
      expectProblem(await hotline.get('/complaints?state=lost'), 422, 'input.invalid');
    }));

  it('come as CSV: tried first, refused by row and column, formulas too', async () => {
    const send = (text: string, query = '') =>
      hotline.request('POST', `/complaints/import${query}`, { raw: { type: 'text/csv', body: text } });
    const head = '渠道,编号,受理时间,内容,类别\n';
    const good = `${head}12345,C-1,2026-03-01,路灯不亮,\n12345,C-2,2026-03-01T02:00:00Z,办事慢,服务态度\n`;
    await unchanged(async () => {
      expect((await send(good, '?dryRun=true')).body).toMatchObject({ dryRun: true, rows: 2, created: 2 });
      const bad = await send(
        `${head}12345,C-1,2026-02-30,路灯不亮,\n12345,=cmd|' /C calc'!A0,2026-03-01,@SUM(A1),\n12345,C-3,2026-03-01,,\n`,
      );
      expectProblem(bad, 422, 'csv.rows');
      expect(bad.body.errors.map(({ row, column, id }: Record<string, unknown>) => `${row} ${column} ${id}`)).toEqual([
        '2 received csv.cell.invalid',
        '3 reference csv.cell.formula',
        '3 text csv.cell.formula',
        '4 text csv.cell.empty',
      ]);
      expectProblem(await send('渠道,编号\n12345,C-1\n'), 422, 'csv.columns');
      expectProblem(await send('a'.repeat(5 * 1024 * 1024 + 1)), 413, 'body.tooLarge');
    });
    expect((await send(good)).body).toMatchObject({ rows: 2, created: 2 });
    expect((await send(good)).body).toMatchObject({ rows: 2, created: 0 });
  });

  it('are corrected by hand, which stays on record', async () => {
    const id = await idOf('A-2');
    await unchanged(async () => {
      const correct = (body: object) => hotline.post(`/complaints/${id}/correct`, body);
      expectProblem(await correct({ indicator: 'GDP', reason: '归错' }), 422, 'input.invalid');
      expectProblem(await correct({ orgId: nobody, reason: '归错' }), 422, 'input.invalid');
      expectProblem(await correct({ orgId: lamps.id }), 422, 'input.invalid');
      expectProblem(await staff.post(`/complaints/${id}/correct`, { reason: 'x' }), 403, 'permission.denied');
      expectProblem(await hotline.post(`/complaints/${id}/solve`, { answer: '好' }), 409, 'complaint.unclassified');
    });
    const corrected = await hotline.post(`/complaints/${id}/correct`, {
      orgId: lamps.id,
      indicator: 'LIGHTS',
      reason: '实为照明问题',
    });
    expect(corrected.body).toMatchObject({ state: 'assigned', org: { id: lamps.id }, indicator: 'LIGHTS' });
    expect((await office.get(`/complaints/${id}/trace`)).body.changes).toMatchObject([
      { kind: 'classified', rule: 'service', rulesVersion: 1, indicator: 'SERVICE' },
      { kind: 'corrected', by: { id: hotline.person.id }, indicator: 'LIGHTS', note: '实为照明问题' },
    ]);
    await expect(api.database.pool.query('DELETE FROM complaint_changes')).rejects.toThrow('append-only');
  });

  it('that are disputed are assigned, and may not be returned again', async () => {
    const id = await idOf('A-4');
    expectProblem(await others.post(`/complaints/${id}/dispute`, { reason: '不是' }), 404, 'complaint.unknown');
    expectProblem(await colleague.post(`/complaints/${id}/dispute`, { reason: '不是' }), 403, 'complaint.notYours');
    expect((await staff.post(`/complaints/${id}/dispute`, { reason: '属于供电公司' })).body.state).toBe('disputed');
    expectProblem(await staff.post(`/complaints/${id}/solve`, { answer: '好' }), 409, 'complaint.state');
    const assigned = await hotline.post(`/complaints/${id}/assign`, { orgId: lamps.id, reason: '按职责清单' });
    expect(assigned.body).toMatchObject({
      state: 'assigned',
      fixed: true,
      dueAt: expect.stringMatching(/^2026-03-09T/),
    });
    await unchanged(async () => {
      expectProblem(await staff.post(`/complaints/${id}/dispute`, { reason: '还是不是' }), 409, 'complaint.fixed');
    });
    expect((await staff.post(`/complaints/${id}/solve`, { answer: '已修复' })).body).toMatchObject({
      state: 'solved',
      answer: '已修复',
      overdue: false,
    });
    expectProblem(await staff.post(`/complaints/${id}/solve`, { answer: '已修复' }), 409, 'complaint.state');
  });

  it('that nobody solves go to the city office, then to the executive meeting', async () => {
    const { pool } = api.database;
    const calendar = api.calendar.current();
    const levelOf = async (reference: string) => (await office.get(`/complaints?q=${reference}`)).body.items[0];
    await staff.post(`/complaints/${await idOf('C-1')}/raise`, { reason: '涉及多个部门' });
    expect(await levelOf('C-1')).toMatchObject({ level: 'cityOffice', state: 'assigned' });
    expect(await raiseOverdue(pool, new Date('2026-03-05T01:00:00Z'), calendar)).toBe(0);
    expect(await raiseOverdue(pool, new Date('2026-03-06T01:00:00Z'), calendar)).toBe(3);
    expect(await raiseOverdue(pool, new Date('2026-03-06T01:00:00Z'), calendar)).toBe(0);
    expect(await levelOf('A-1')).toMatchObject({ level: 'cityOffice', dueAt: expect.stringMatching(/^2026-03-13T/) });
    expect(await raiseOverdue(pool, new Date('2026-03-20T01:00:00Z'), calendar)).toBeGreaterThan(0);
    expect(await levelOf('A-1')).toMatchObject({ level: 'executiveMeeting' });
    expect(await raiseOverdue(pool, new Date('2027-03-20T01:00:00Z'), calendar)).toBeLessThan(3);
    expectProblem(
      await office.post(`/complaints/${await idOf('A-1')}/raise`, { reason: '再上' }),
      409,
      'complaint.state',
    );
  });

  it('are counted by indicator and month', async () => {
    const counts = await office.get('/complaints/counts?from=2026-01-01&until=2026-12-31');
    expect(counts.body.items).toEqual([
      { key: '', period: '2026-02', complaints: 1, solved: 0, inTime: 0 },
      { key: 'LIGHTS', period: '2026-02', complaints: 3, solved: 1, inTime: 1 },
      { key: 'LIGHTS', period: '2026-03', complaints: 1, solved: 0, inTime: 0 },
      { key: 'SERVICE', period: '2026-03', complaints: 1, solved: 0, inTime: 0 },
    ]);
    const units = await staff.get('/complaints/counts?from=2026-02-01&until=2026-02-28&by=unit&grain=year');
    expect(units.body.items).toEqual([
      { key: lamps.id, name: '市城管局', period: '2026', complaints: 3, solved: 1, inTime: 1 },
    ]);
    expectProblem(await office.get('/complaints/counts'), 422, 'input.invalid');
  });

  it('are traced to indicator, values, score and what was rectified', async () => {
    const id = await idOf('A-1');
    const found = await office.post(`/complaints/${id}/finding`, { cycleId, severity: 'major' });
    expect(found).toMatchObject({
      status: 201,
      body: { source: 'complaint', sourceId: id, indicator: 'LIGHTS', what: '人民路路灯不亮' },
    });
    const participant = await api.prisma.cycleParticipant.findFirstOrThrow({ where: { cycleId, orgId: lamps.id } });
    const indicator = await api.prisma.cycleIndicator.findFirstOrThrow({ where: { cycleId, code: 'LIGHTS' } });
    const { pool } = api.database;
    await pool.query(
      `INSERT INTO indicator_values (cycle_indicator_id, period, ends_on, due_on, state, reported, verified) VALUES ($1, '2026-01', '2026-01-31', '2026-02-06', 'verified', 98, 95.50)`,
      [indicator.id],
    );
    const runId = randomUUID();
    await pool.query(
      `INSERT INTO score_runs (id, cycle_id, block, round, state, rule_hash, made_at) VALUES ($1, $2, 'score', 1, 'accepted', 'h', now())`,
      [runId, cycleId],
    );
    const line = {
      kind: 'ratio',
      value: '9.5',
      inputs: [{ name: 'actual', value: '95.5', source: { indicator: 'LIGHTS' } }],
      children: [],
    };
    await pool.query(
      `INSERT INTO scores (run_id, case_id, value, explanation, inputs_hash) VALUES ($1, $2, 88.50, $3, 'h')`,
      [
        runId,
        participant.caseId,
        JSON.stringify({
          kind: 'sum',
          value: '88.5',
          inputs: [],
          children: [{ kind: 'value', value: '79', inputs: [], children: [] }, line],
        }),
      ],
    );
    const trace = (await office.get(`/complaints/${id}/trace`)).body;
    expect(trace).toMatchObject({
      complaint: { reference: 'A-1' },
      alike: 4,
      cycles: [
        {
          cycle: { id: cycleId },
          indicator: { code: 'LIGHTS', values: [{ period: '2026-01', reported: '98', verified: '95.5' }] },
          score: { block: 'score', value: '88.5', line },
        },
      ],
      findings: [{ id: found.body.id, code: 'F1', state: 'open' }],
    });
    // The unit does not learn its score before it is published.
    expect((await staff.get(`/complaints/${id}/trace`)).body.cycles[0]).not.toHaveProperty('score');
    await unchanged(async () => {
      const find = (reference: string, body: object) =>
        idOf(reference).then((one) => office.post(`/complaints/${one}/finding`, body));
      expectProblem(await find('A-3', { cycleId, severity: 'minor' }), 409, 'complaint.unclassified');
      expectProblem(await find('A-1', { cycleId: nobody, severity: 'minor' }), 404, 'cycle.unknown');
      expectProblem(await find('A-1', { cycleId, severity: 'minor', indicator: 'GDP' }), 422, 'input.invalid');
    });
  });
});

describe('an indicator of complaints', () => {
  it('is computed from those put down to it, period by period, as they are solved', async () => {
    const id = randomUUID();
    await api.prisma.cycleIndicator.create({
      data: {
        ...{ id, cycleId, orgId: lamps.id, code: 'HOTLINE', name: '诉求按期办结率', kind: 'common', unit: '%' },
        ...{ direction: 'up', frequency: 'month', formula: 'complaints.inTime / complaints.received * 100' },
      },
    });
    const { pool } = api.database;
    await pool.query(
      `INSERT INTO indicator_values (cycle_indicator_id, period, ends_on, due_on)
       VALUES ($1, '2026-01', '2026-01-31', '2026-02-06'), ($1, '2026-02', '2026-02-28', '2026-03-06'), ($1, '2026-03', '2026-03-31', '2026-04-08')`,
      [id],
    );
    await pool.query(
      `INSERT INTO indicator_targets (cycle_indicator_id, version, value, state, asked_at) VALUES ($1, 1, 95, 'approved', now())`,
      [id],
    );
    const february = '2026-02-28T15:59:59.999Z';
    const taken = [
      complaint('H-1', '井盖破损', { receivedAt: '2026-02-27T02:00:00Z' }),
      complaint('H-2', '井盖丢失', { receivedAt: february }),
      complaint('H-3', '井盖松动', { receivedAt: '2026-02-28T16:00:00Z' }),
    ];
    const { body } = await hotline.post('/complaints', { complaints: taken });
    for (const one of body.ids)
      await office.post(`/complaints/${one}/correct`, { indicator: 'HOTLINE', orgId: lamps.id, reason: '属市政设施' });
    const values = async () =>
      (await office.get(`/complaints/${body.ids[0]}/trace`)).body.cycles[0].indicator.values as object[];
    // Nothing is known of a month without complaints, nor of one that is not over.
    expect(await values()).toEqual([
      { period: '2026-01' },
      { period: '2026-02', verified: '0' },
      { period: '2026-03' },
    ]);
    expect((await staff.post(`/complaints/${body.ids[1]}/solve`, { answer: '已补装。' })).status).toBe(200);
    expect(await values()).toEqual([
      { period: '2026-01' },
      { period: '2026-02', verified: '50' },
      { period: '2026-03' },
    ]);
    const { rows } = await pool.query(
      `SELECT period, trim_scale(verified)::text AS value, note FROM indicator_value_changes WHERE cycle_indicator_id = $1 AND period = '2026-02' ORDER BY revision`,
      [id],
    );
    expect(rows.map(({ value, note }) => [value, note])).toEqual([
      ['0', { id: 'value.counted', zh: '按期办结 0，受理投诉 1。', en: 'solved in time 0, complaints received 1.' }],
      ['0', { id: 'value.counted', zh: '按期办结 0，受理投诉 2。', en: 'solved in time 0, complaints received 2.' }],
      ['50', { id: 'value.counted', zh: '按期办结 1，受理投诉 2。', en: 'solved in time 1, complaints received 2.' }],
    ]);
    // Put down to something else, they count there no more.
    await office.post(`/complaints/${body.ids[0]}/correct`, { indicator: 'SERVICE', reason: '另有归属' });
    const { verified } = await api.prisma.indicatorValue.findFirstOrThrow({
      where: { cycleIndicatorId: id, period: '2026-02' },
    });
    expect(verified?.toString()).toBe('100');
    // Each time the month that is over was judged at once, nobody waits for a sweep; March is not over.
    const { rows: judged } = await pool.query(
      'SELECT period, colour FROM lights WHERE cycle_indicator_id = $1 ORDER BY id',
      [id],
    );
    expect(judged.map(({ period, colour }) => [period, colour])).toEqual([
      ['2026-02', 'red'],
      ['2026-02', 'red'],
      ['2026-02', 'green'],
    ]);
  });
});

describe('complaints of a system', () => {
  it('are pushed by a hotline system with a token of its own, once, and not too often', async () => {
    const tokens = await Promise.all(
      (['complaints', 'complaints', 'values'] as const).map(
        async (scope) =>
          (await office.post('/push-tokens', { name: '热线平台', scope, expiresAt: '2026-12-31T00:00:00Z' })).body,
      ),
    );
    const [own, busy, foreign] = tokens.map(({ token }) => token as string) as [string, string, string];
    const push = (complaints: object[], bearer?: string) =>
      api
        .anonymous()
        .post(
          '/complaints',
          { complaints },
          bearer === undefined ? {} : { headers: { authorization: `Bearer ${bearer}` } },
        );
    const one = complaint('P-1', '解放路路灯不亮');
    expect((await push([one], own)).body).toMatchObject({ created: 1, repeated: 0, classified: 1 });
    expect((await push([one, one], own)).body).toMatchObject({ created: 0, repeated: 2, classified: 0 });
    const kept = await api.prisma.complaint.findFirst({ where: { reference: 'P-1' } });
    expect(kept).toMatchObject({ takenBy: null, tokenId: tokens[0].id, orgId: lamps.id });
    await unchanged(async () => {
      const other = [complaint('P-2', '路灯')];
      expectProblem(await push(other), 401, 'session.missing');
      expectProblem(await push(other, 'bh_x'), 401, 'token.invalid');
      expectProblem(await push(other, `${own.slice(0, -2)}AA`), 401, 'token.invalid');
      expectProblem(await push(other, foreign), 403, 'token.scope');
      expectProblem(await hotline.get('/push-tokens'), 403, 'permission.denied');
      for (const limits of [{ codes: ['LIGHTS'] }, { orgIds: [lamps.id] }])
        expectProblem(
          await office.post('/push-tokens', {
            name: 'x',
            scope: 'complaints',
            expiresAt: '2026-12-31T00:00:00Z',
            ...limits,
          }),
          422,
          'input.invalid',
        );
    });
    expectProblem(
      await api.anonymous().post(
        '/values/push',
        { cycleId, values: [{ org: 'csgl', indicator: 'LIGHTS', period: '2026-01', value: '1' }] },
        {
          headers: { authorization: `Bearer ${own}` },
        },
      ),
      403,
      'token.scope',
    );
    const before = api.clock.now();
    api.clock.set('2027-01-01T00:00:00Z');
    expectProblem(await push([one], own), 401, 'token.invalid');
    api.clock.set(before.toISOString());
    expect((await push([one], own)).status).toBe(200);
    expect((await office.delete(`/push-tokens/${tokens[0].id}`)).status).toBe(204);
    expectProblem(await push([one], own), 401, 'token.invalid');
    const many: number[] = [];
    for (let i = 0; i < 15; i += 1)
      many.push(
        ...(await Promise.all(Array.from({ length: 20 }, () => push([one], busy)))).map(({ status }) => status),
      );
    expect(new Set(many)).toEqual(new Set([200]));
    expectProblem(await push([one], busy), 429, 'token.limited');
    let refused = await push([one], 'bh_x');
    for (let i = 0; i < 60 && refused.status === 401; i += 1) refused = await push([one], 'bh_x');
    expectProblem(refused, 429, 'token.limited');
  });
});
