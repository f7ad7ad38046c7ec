import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { overPg } from '../../../server/db/sql.ts';
import { scoreIndicators } from '../../../server/indicators/score.ts';
import { unitsByTarget } from '../../../server/results/targets.ts';
import { lapseWarnings } from '../../../server/warnings/lapse.ts';
import { withRules } from '../../../workflows/library/rules.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { makeTestApi } from '../../support/api.ts';
import { named, task, template } from '../../support/blocks.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { assignIndicator, judge, setValue } from '../../support/judging.ts';
import { startTestWorker } from '../../support/testWorker.ts';

const api = await makeTestApi();
const worker = startTestWorker(api);
const { pool } = api.database;
const patient = { timeout: 15_000, interval: 20 };

/** Taken from the library of rules, as an administrator does. */
const { lights: guangyuan = { rules: [] }, warnings: sanming = { sheets: [] } } = withRules(template({}), [
  'guangyuan',
  'sanming',
]);

/** 广元's lights; a red one also opens 三明's ladder of sheets; four kinds of suspicion. */
const content: CycleTemplate = template(
  {
    plan: [
      task('draft', {
        escalate: [{ after: 0, do: 'supervise', colour: 'yellow' }],
        fields: [
          { key: 'plan', type: 'files', name: named('plan') },
          { key: 'why', type: 'longText', name: named('why') },
        ],
      }),
    ],
  },
  {
    key: 'judged',
    lights: {
      ...guangyuan,
      spending: 'MONEY',
      rules: [
        { key: 'silent', colour: 'yellow' as const, when: [{ of: 'unreported' as const, above: '0' }] },
        ...guangyuan.rules,
      ].map((rule) =>
        rule.colour === 'red'
          ? {
              ...rule,
              consequences: [
                ...(rule.consequences ?? []),
                { kind: 'talk' as const, with: 'deputy' as const },
                { kind: 'supervise' as const },
              ],
            }
          : rule,
      ),
    },
    warnings: {
      ...sanming,
      review: 3,
      flags: [
        { key: 'range', kind: 'impossible' },
        { key: 'jump', kind: 'jump', percent: '500' },
        { key: 'copied', kind: 'copied', from: 'unit' },
        { key: 'gap', kind: 'gap', percent: '10' },
        { key: 'idle', kind: 'idle', achieved: '100', idle: '30', supervise: true },
      ],
    },
  },
);

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let office: Signed;
let office2: Signed;
let staff: Signed;
let other: Signed;
let org: { id: string; name: string };
let second: { id: string; name: string };
let cycleId: string;
let unit: { cycleId: string; orgId: string; template: CycleTemplate };

/** Moves the clock; whoever is signed in stays so. */
const travel = async (instant: string) => {
  api.clock.set(instant);
  await pool.query('UPDATE sessions SET seen_at = $1, expires_at = $2', [
    instant,
    new Date(Date.parse(instant) + 3_600_000),
  ]);
};
const newCycle = async (): Promise<void> => {
  await travel('2026-03-02T01:00:00Z');
  org = await buildOrg(api.prisma, { category: 'all' });
  second = await buildOrg(api.prisma, { category: 'all' });
  staff = await api.signedIn({ orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
  other = await api.signedIn({ orgId: second.id, roles: [{ role: 'staff', orgId: second.id }] });
  const launched = await office.post('/cycles', {
    templateKey: 'judged',
    version: 1,
    year: 2026,
    name: '2026',
    participants: [org, second].map(({ id }) => ({ orgId: id, category: 'all' })),
  });
  expect(launched.status).toBe(202);
  await api.launcher.settled();
  cycleId = launched.body.id;
  unit = { cycleId, orgId: org.id, template: content };
};
const assign = (given: Parameters<typeof assignIndicator>[2], orgId = org.id) =>
  assignIndicator(api, { cycleId, orgId }, given);
const list = async (what: string, who: Signed = office) => {
  const answer = await who.get(`/cycles/${cycleId}/${what}`);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body.items;
};

beforeAll(async () => {
  office = await api.signedIn({ roles: ['performanceOffice'] });
  office2 = await api.signedIn({ roles: ['performanceOffice'] });
  expect((await office.post('/templates', { content })).status).toBe(201);
  const published = await office.post('/templates/judged/versions/1/publish');
  expect(published.status, JSON.stringify(published.body)).toBe(200);
});

describe('lights', () => {
  beforeAll(newCycle);

  it('are computed from the rows, with the reason; yellow twice brings a letter and −1 in the ledger', async () => {
    const id = await assign({ code: 'K1', aggregation: 'sum', target: '120' });
    await travel('2026-07-02T01:00:00Z');
    for (const month of ['01', '02', '03', '04', '05']) await setValue(api, id, `2026-${month}`, '8');
    expect(await judge(api, unit, 4)).toMatchObject({ worst: 'green', green: 1, behind: [] });
    expect(await judge(api, unit, 5)).toMatchObject({ worst: 'green' });
    await setValue(api, id, '2026-06', '2');
    expect(await judge(api, unit, 6)).toMatchObject({ worst: 'yellow', yellow: 1, behind: ['K1'], flags: 0 });
    await setValue(api, id, '2026-07', '10');
    expect(await judge(api, unit, 7)).toMatchObject({ worst: 'yellow', yellow: 1 });

    const [july, june] = await list('lights?sort=-period');
    expect(july).toMatchObject({ period: '2026-07', colour: 'yellow', indicator: { code: 'K1' }, org: { id: org.id } });
    // 212 of 365 days have passed: 58.08 % planned; 52 of 120 reached.
    expect(june.because.en).toMatch(/^14\.\d+ points behind schedule/);
    expect(july.because.zh).toMatch(/^落后计划进度 14\.75 个百分点（规则：≥ 10）$/);
    expect(july.consequences.map(({ consequence }: { consequence: object }) => consequence)).toEqual([
      { kind: 'letter' },
      { kind: 'points', points: '-1' },
    ]);
    const warnings = await list('warnings?sort=number');
    expect(warnings.map(({ number, kind, state }: Record<string, unknown>) => [number, kind, state])).toEqual([
      [1, 'letter', 'noted'],
      [2, 'points', 'noted'],
    ]);
    const { rows } = await pool.query(
      'SELECT kind, item, points::text, state, reason FROM adjustments WHERE cycle_id = $1',
      [cycleId],
    );
    expect(rows).toEqual([
      {
        kind: 'deduction',
        item: 'light',
        points: '1.000000',
        state: 'proposed',
        reason: '指标 K1 2026-07：第 2 次亮黄灯',
      },
    ]);
  });

  it('that are judged twice with the same outcome are written once; a corrected value adds a row, and the first one stays', async () => {
    const count = async () => (await list('lights?history=true')).length;
    const before = await count();
    await judge(api, unit, 7);
    expect(await count()).toBe(before);
    const [{ id }] = (
      await pool.query<{ id: string }>('SELECT id FROM cycle_indicators WHERE cycle_id = $1', [cycleId])
    ).rows as [{ id: string }];
    await setValue(api, id, '2026-07', '40');
    expect(await judge(api, unit, 7)).toMatchObject({ worst: 'green' });
    expect(await count()).toBe(before + 1);
    const history = await list('lights?history=true&period=2026-07&sort=at');
    expect(history.map(({ colour }: { colour: string }) => colour).sort()).toEqual(['green', 'yellow']);
    expect((await list('lights?period=2026-07')).map(({ colour }: { colour: string }) => colour)).toEqual(['green']);
    expect(await list('warnings')).toHaveLength(2);
  });

  it('cannot be changed, deleted or emptied', async () => {
    await expect(pool.query(`UPDATE lights SET colour = 'green'`)).rejects.toThrow(/append-only/);
    await expect(pool.query('DELETE FROM lights')).rejects.toThrow(/append-only/);
    await expect(pool.query('TRUNCATE lights')).rejects.toThrow(/append-only/);
    await expect(pool.query('DELETE FROM warning_changes')).rejects.toThrow(/append-only/);
  });

  it('two nodes that judge at once write each light once', async () => {
    const id = await assign({ code: 'K2', target: '10' });
    await setValue(api, id, '2026-08', '1');
    const before = (await list('lights?history=true&code=K2')).length;
    await Promise.all([judge(api, unit, 8), judge(api, unit, 8), judge(api, unit, 8)]);
    expect(await list('lights?history=true&code=K2')).toHaveLength(before + 1);
    expect((await list('warnings?code=K2')).map(({ kind }: { kind: string }) => kind).sort()).toEqual([
      'points',
      'supervise',
      'talk',
      'talk',
    ]);
  });

  it('of a limit or a level are by how far it is kept, not by the calendar; a limit for the year by what was used too early', async () => {
    const given = [
      { code: 'LIMIT', direction: 'down', target: '10', value: '20', colour: 'red' },
      { code: 'KEPT', direction: 'down', target: '10', value: '10', colour: 'green' },
      { code: 'LEVEL', target: '85', value: '70', colour: 'yellow' },
      { code: 'MEAN', aggregation: 'mean', target: '85', value: '85', colour: 'green' },
      { code: 'TOTAL', aggregation: 'toDate', target: '120', value: '9', colour: 'green' },
      // 31 of 365 days are 8.49 %: 25 % of what is allowed were used, then 50 %.
      { code: 'USED', direction: 'down', aggregation: 'sum', target: '12', value: '3', colour: 'yellow' },
      { code: 'USEDUP', direction: 'down', aggregation: 'sum', target: '12', value: '6', colour: 'red' },
    ] as const;
    for (const { colour: _, value, ...indicator } of given)
      await setValue(api, await assign(indicator), '2026-01', value);
    await judge(api, unit, 1);
    const lights: { indicator: { code: string }; colour: string; because: { zh: string } }[] = await list(
      'lights?period=2026-01&limit=100',
    );
    const lit = new Map(lights.map((each) => [each.indicator.code, each]));
    expect(given.map(({ code }) => [code, lit.get(code)?.colour])).toEqual(
      given.map(({ code, colour }) => [code, colour]),
    );
    expect(lit.get('USED')?.because.zh).toBe('落后计划进度 16.51 个百分点（规则：≥ 10）');
    await pool.query(`UPDATE cycle_indicators SET applies = false WHERE cycle_id = $1 AND code = ANY($2)`, [
      cycleId,
      given.map(({ code }) => code),
    ]);
  });

  it('nothing is known: no light, never green', async () => {
    await assign({ code: 'K3' });
    expect(await judge(api, unit, 12)).toMatchObject({ none: 3, green: 0 });
    expect(await list('lights?code=K3')).toMatchObject([
      { colour: null, because: { en: 'nothing is known that the rules look at' } },
    ]);
  });

  it('are seen by the offices and the own unit only', async () => {
    expect((await list('lights', staff)).length).toBeGreaterThan(0);
    expect(await list('lights', other)).toEqual([]);
    expectProblem(await office.get(`/cycles/${randomUUID()}/lights`), 404, 'cycle.unknown');
    expectProblem(await office.get(`/cycles/${cycleId}/lights?period=2026-13`), 422, 'input.invalid');
    expectProblem(await office.get(`/cycles/${cycleId}/lights?colour=pink`), 422, 'input.invalid');
  });

  it('make a heat map of units by indicators', async () => {
    const { body } = await office.get(`/cycles/${cycleId}/heatmap`);
    expect(body.units).toEqual([{ id: org.id, name: org.name, category: 'all' }]);
    expect(body.indicators.map(({ code }: { code: string }) => code)).toEqual(['K1', 'K2', 'K3']);
    expect(body.cells.map(({ code, colour }: Record<string, string>) => [code, colour])).toContainEqual(['K2', 'red']);
    const july = await office.get(`/cycles/${cycleId}/heatmap?period=2026-07`);
    expect(july.body.cells.find(({ code }: { code: string }) => code === 'K1')).toMatchObject({
      colour: 'green',
      period: '2026-07',
    });
    expect((await other.get(`/cycles/${cycleId}/heatmap`)).body.cells).toEqual([]);
  });

  it('the outlook of an indicator: running value, forecast with its interval, growth and five-year trend', async () => {
    const { code: unitCode } = await api.prisma.orgUnit.findUniqueOrThrow({ where: { id: org.id } });
    const send = (text: string, query = '', who = office) =>
      who.request('POST', `/indicator-history/import${query}`, { raw: { type: 'text/csv', body: text } });
    const rows = `单位代码,指标代码,年度,数值,计量单位,数据来源\n${unitCode},K1,2024,100,,\n${unitCode},K1,2025,50,件,统计年鉴\n${unitCode},K1,2023,7,万件,\n`;
    expect((await send(rows, '?dryRun=true')).body).toMatchObject({ dryRun: true, rows: 3, created: 3, updated: 0 });
    const stored = async () => (await office.get(`/indicator-history?org=${org.id}&code=K1`)).body.items;
    expect(await stored()).toEqual([]);
    const wrong = await send(
      `org,indicator,year,value\n${unitCode},K1,2024,=cmd|' /C calc'!A0\nnobody,K1,2024,1\n${unitCode},NONE,2024,1\n${unitCode},K1,2199,1\n${unitCode},K1,2022,1\n${unitCode},K1,2022,2\n`,
    );
    expectProblem(wrong, 422, 'csv.rows');
    expect(wrong.body.errors.map(({ row, column, id }: Record<string, unknown>) => [row, column, id])).toEqual([
      [2, 'value', 'csv.cell.formula'],
      [2, 'value', 'csv.cell.invalid'],
      [3, 'org', 'csv.cell.unknown'],
      [4, 'indicator', 'csv.cell.unknown'],
      [5, 'year', 'csv.cell.invalid'],
      [7, 'year', 'csv.cell.repeated'],
    ]);
    expectProblem(await send(rows, '', staff), 403, 'permission.denied');
    expect(await stored()).toEqual([]);
    expect((await send(rows)).body).toMatchObject({ created: 3, updated: 0 });
    expect((await send(rows)).body).toMatchObject({ created: 0, updated: 3 });
    expect(await stored()).toMatchObject([
      { year: 2025, value: '50', unit: '件', source: '统计年鉴' },
      { year: 2024, value: '100' },
      { year: 2023, value: '7', unit: '万件' },
    ]);
    const { body, status } = await office.get(`/cycles/${cycleId}/outlook?org=${org.id}&code=K1`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      value: '82',
      growth: '64',
      improving: true,
      target: '120',
      forecast: { interval: 'prediction95', n: 7 },
      years: [
        { year: 2023, value: '7', from: 'history' },
        { year: 2024, value: '100', from: 'history' },
        { year: 2025, value: '50', from: 'history' },
      ],
      breaks: [{ year: 2023, by: ['unit'] }],
    });
    expect(body.points.slice(4, 8)).toMatchObject([
      { period: '2026-05', value: '8', running: '40' },
      { period: '2026-06', value: '2', running: '42' },
      { period: '2026-07', value: '40', running: '82', colour: 'green' },
      { period: '2026-08', value: null, running: null },
    ]);
    expect(Number(body.forecast.low)).toBeLessThan(Number(body.forecast.value));
    expectProblem(await office.get(`/cycles/${cycleId}/outlook?org=${org.id}&code=NONE`), 404, 'indicator.unknown');
    expectProblem(await other.get(`/cycles/${cycleId}/outlook?org=${org.id}&code=K1`), 404, 'indicator.unknown');
  });
});

describe('years that do not compare', () => {
  beforeAll(newCycle);

  it('are those of earlier cycles that were defined otherwise: no growth, no previous value, no benchmark across them', async () => {
    const earlier = await api.prisma.cycle.findUniqueOrThrow({ where: { id: cycleId } });
    const before = randomUUID();
    await api.prisma.cycle.create({
      data: { ...earlier, id: before, name: '2025', year: 2025 },
    });
    const past = { cycleId: before, orgId: org.id, year: 2025 };
    for (const code of ['SAME', 'UNIT', 'ADDED'])
      await setValue(api, await assignIndicator(api, past, { code }), '2025-12', '50');
    const ids: Record<string, string> = {};
    for (const code of ['SAME', 'UNIT', 'ADDED'])
      ids[code] = await assign({ code, ...(code === 'ADDED' && { aggregation: 'sum' as const }) });
    await pool.query(`UPDATE cycle_indicators SET unit = '万件' WHERE id = $1`, [ids.UNIT]);
    for (const id of Object.values(ids)) await setValue(api, id, '2026-03', '60');
    const outlook = async (code: string) =>
      (await office.get(`/cycles/${cycleId}/outlook?org=${org.id}&code=${code}`)).body;
    const years = [{ year: 2025, value: '50', from: 'cycle' }];
    expect(await outlook('SAME')).toMatchObject({ years, breaks: [], growth: '20', improving: true });
    const broken = { years, growth: null, improving: null };
    expect(await outlook('UNIT')).toMatchObject({ ...broken, breaks: [{ year: 2025, by: ['unit'] }] });
    expect(await outlook('ADDED')).toMatchObject({ ...broken, breaks: [{ year: 2025, by: ['aggregation'] }] });
    const previous = async () =>
      Object.fromEntries(
        ((await scoreIndicators(overPg(pool), cycleId)).get(org.id) ?? []).map((one) => [one.code, one.previous]),
      );
    expect(await previous()).toEqual({ SAME: '50', UNIT: null, ADDED: null });
    const benchmark = async (code: string) =>
      (await office.get(`/assigned-indicators/${ids[code]}/benchmark?place=${encodeURIComponent('苏州')}`)).body;
    expect((await benchmark('SAME')).lines).toMatchObject([{ period: '2025', own: '50' }, { period: '2026-03' }]);
    expect(await benchmark('UNIT')).toMatchObject({
      lines: [{ period: '2026-03' }],
      breaks: [{ year: 2025, by: ['unit'] }],
    });
    // What is entered now is restated by today's definition.
    await pool.query(
      `INSERT INTO indicator_history (org_id, code, year, value, unit) VALUES ($1, 'UNIT', 2025, 0.005, '万件')`,
      [org.id],
    );
    expect(await outlook('UNIT')).toMatchObject({
      years: [{ value: '0.005', from: 'history' }],
      breaks: [],
      growth: '1199900',
    });
    expect((await previous()).UNIT).toBe('0.005');
    const detail = (await office.get(`/assigned-indicators/${ids.ADDED}`)).body;
    expect(detail.history).toEqual([{ ...years[0], breaks: ['aggregation'] }]);
  });

  it('are those before a version that the library marks as a break', async () => {
    const library = await office.post('/indicators', {
      code: 'LIB',
      name: '满意度',
      definition: { unit: '件', direction: 'up', frequency: 'month' },
    });
    const id = await assign({ code: 'LIB' });
    await pool.query(`UPDATE cycle_indicators SET version = 2 WHERE id = $1`, [id]);
    await setValue(api, id, '2026-03', '60');
    await pool.query(
      `INSERT INTO indicator_history (org_id, code, year, value, set_at) VALUES ($1, 'LIB', 2025, 50, '2026-01-10')`,
      [org.id],
    );
    const outlook = async () => (await office.get(`/cycles/${cycleId}/outlook?org=${org.id}&code=LIB`)).body;
    expect(await outlook()).toMatchObject({ growth: '20', breaks: [] });
    const { id: libraryId } = library.body;
    const definition = { unit: '件', direction: 'up', frequency: 'month' };
    const changed = await office.request('POST', `/indicators/${libraryId}/versions`, {
      body: { name: '满意度', definition, reason: '口径', breaks: true },
      ifMatch: 1,
    });
    expect(changed.status).toBe(201);
    expect(await outlook()).toMatchObject({ growth: null, breaks: [{ year: 2025, by: ['definition'] }] });
  });
});

describe('silence', () => {
  beforeAll(newCycle);

  it('of a unit that has not reported in time is judged by the sweep, once; other units and periods are not', async () => {
    const id = await assign({ code: 'QUIET', target: '10' });
    await pool.query('UPDATE cycle_indicators SET joint_owner_ids = ARRAY[$2::uuid] WHERE id = $1', [id, second.id]);
    await travel('2026-02-05T01:00:00Z');
    await worker.sweep();
    await worker.sweep();
    expect(await list('lights')).toEqual([]);
    // The joint owner, which has no task for it, was asked once.
    const notices = async () => (await other.get('/notices?limit=100')).body.items.filter(isOwner);
    const isOwner = ({ kind }: { kind: string }) => kind === 'owner';
    await expect.poll(notices, patient).toMatchObject([{ subject: { zh: `待报指标数据：${org.name} 2026-01` } }]);
    await travel('2026-02-06T01:00:00Z');
    await worker.sweep();
    await worker.sweep();
    expect(await list('lights?history=true')).toMatchObject([
      { indicator: { code: 'QUIET' }, period: '2026-01', colour: 'yellow', measures: { unreported: '1' } },
    ]);
    expect(await notices()).toHaveLength(1);
  });
});

describe('suspicious values', () => {
  beforeAll(newCycle);
  let flagged: string;

  it('are flagged with the reason: impossible, reported better than verified, the same as another unit', async () => {
    const range = await assign({ code: 'RANGE', min: '0', max: '100' });
    const gap = await assign({ code: 'GAP', target: '100' });
    const copied = await assign({ code: 'COPY' });
    const theirs = await assign({ code: 'COPY' }, second.id);
    await setValue(api, range, '2026-03', '101');
    await setValue(api, gap, '2026-03', '100', '80');
    await setValue(api, copied, '2026-03', '12.34');
    await setValue(api, theirs, '2026-03', '12.34');
    expect(await judge(api, unit, 3)).toMatchObject({ flags: 3 });
    expect(await judge(api, unit, 3)).toMatchObject({ flags: 3 });
    const flags = await list('flags');
    expect(
      Object.fromEntries(
        flags.map(({ indicator, because }: { indicator: { code: string }; because: object }) => [
          indicator.code,
          because,
        ]),
      ),
    ).toEqual({
      RANGE: {
        zh: '数值 101 超出指标定义的范围（0 … 100）',
        en: '101 is outside the range that the definition allows (0 … 100)',
      },
      GAP: { zh: '自报 100，核实 80，相差 20%（界限 10%）', en: 'reported 100, verified 80: 20 % apart (limit 10 %)' },
      COPY: {
        zh: `与${second.name}本期数值完全相同：12.34`,
        en: `exactly the value of 1 other unit(s) in this period (${second.name}): 12.34`,
      },
    });
    expect(await list('flags', other)).toEqual([]);
    flagged = flags.find(({ kind }: { kind: string }) => kind === 'gap').id;
  });

  it('over-fulfilled while the audit finds 32 % idle money: flagged, with a supervision order', async () => {
    const done = await assign({ code: 'DONE', target: '10' });
    await setValue(api, done, '2026-03', '11');
    const figure = { orgId: org.id, code: 'DONE', period: '2026-03', idle: '32', source: '审计报告 2026-7' };
    const put = (body: object, who = office) => who.put(`/cycles/${cycleId}/audit-figures`, body);
    expect((await put(figure)).status).toBe(200);
    expect((await put(figure)).status).toBe(200);
    expect(await list('flags?kind=idle')).toMatchObject([
      { because: { en: 'reported 110 % fulfilled, while the audit found 32 % of the money idle (limit 30 %)' } },
    ]);
    expect(await list('warnings?code=DONE')).toMatchObject([
      { kind: 'supervise', colour: 'blue', source: 'flag', state: 'open' },
    ]);
    expectProblem(await put({ ...figure, idle: '101' }), 422, 'input.invalid');
    expectProblem(await put({ ...figure, idle: '-1' }), 422, 'input.invalid');
    expectProblem(await put({ ...figure, idle: 32 }), 422, 'input.invalid');
    expectProblem(await put({ ...figure, code: 'NONE' }), 422, 'light.period');
    expectProblem(await put({ ...figure, period: '2026-Q1' }), 422, 'light.period');
    expectProblem(await put(figure, staff), 403, 'permission.denied');
  });

  it('a value that is corrected is suspicious no longer, until it is again', async () => {
    const states = async () => (await list('flags?kind=impossible')).map(({ state }: { state: string }) => state);
    const [{ id: range }] = (
      await pool.query<{ id: string }>(`SELECT id FROM cycle_indicators WHERE cycle_id = $1 AND code = 'RANGE'`, [
        cycleId,
      ])
    ).rows as [{ id: string }];
    await setValue(api, range, '2026-03', '10');
    await judge(api, unit, 3);
    expect(await states()).toEqual(['corrected']);
    await setValue(api, range, '2026-03', '-1');
    await judge(api, unit, 3);
    expect(await list('flags?kind=impossible')).toMatchObject([
      { state: 'open', because: { en: expect.stringMatching(/^-1 is outside/) } },
    ]);
  });

  it('the unit explains, the office decides; nobody decides on their own explanation, and once is enough', async () => {
    expectProblem(await other.post(`/flags/${flagged}/explain`, { text: '不是我们的' }), 404, 'flag.unknown');
    expectProblem(await office.post(`/flags/${flagged}/explain`, { text: '不是我们的' }), 403, 'warning.notYours');
    expectProblem(await staff.post(`/flags/${flagged}/explain`, { text: '' }), 422, 'input.invalid');
    expect((await staff.post(`/flags/${flagged}/explain`, { text: '口径不同' })).body).toMatchObject({
      state: 'explained',
      explanation: '口径不同',
    });
    expectProblem(
      await staff.post(`/flags/${flagged}/decide`, { verdict: 'dismissed', note: '同意' }),
      403,
      'permission.denied',
    );
    expectProblem(
      await office.post(`/flags/${flagged}/decide`, { verdict: 'perhaps', note: '?' }),
      422,
      'input.invalid',
    );
    expect(
      (await office.post(`/flags/${flagged}/decide`, { verdict: 'confirmed', note: '确属高报' })).body,
    ).toMatchObject({ state: 'confirmed', can: [] });
    expectProblem(
      await office2.post(`/flags/${flagged}/decide`, { verdict: 'dismissed', note: '再议' }),
      409,
      'flag.state',
    );
    expectProblem(await staff.post(`/flags/${flagged}/explain`, { text: '再说明' }), 409, 'flag.state');
  });
});

describe('supervision orders', () => {
  beforeAll(newCycle);
  const order = (body: object, who: Signed = office) =>
    who.post(`/cycles/${cycleId}/warnings`, { orgId: org.id, reason: '督查发现进展缓慢', ...body });
  const sweep = () => worker.sweep();

  it('lapse one after the other: blue, orange, red, each when the former was not answered in its working days', async () => {
    const offered = (await office.get(`/cycles/${cycleId}/warning-sheets`)).body;
    expect(offered.sheets.map(({ colour }: { colour: string }) => colour)).toEqual(['blue', 'orange', 'red']);
    expect(offered).toMatchObject({ sheets: [{ reply: 10 }, {}, {}], urgent: true });
    const opened = await order({});
    expect(opened.status, JSON.stringify(opened.body)).toBe(201);
    // 2 March 2026 plus ten working days.
    expect(opened.body).toMatchObject({
      number: 1,
      colour: 'blue',
      state: 'open',
      dueAt: '2026-03-16T10:00:00.000Z',
      source: 'office',
    });
    await travel('2026-03-16T09:59:00Z');
    await sweep();
    expect(await list('warnings')).toMatchObject([{ state: 'open' }]);
    await travel('2026-03-16T10:01:00Z');
    await sweep();
    await sweep();
    expect(
      (await list('warnings')).map(({ colour, state, formerId }: Record<string, string>) => [
        colour,
        state,
        formerId === opened.body.id,
      ]),
    ).toEqual([
      ['orange', 'open', true],
      ['blue', 'lapsed', false],
    ]);
    await travel('2026-03-24T02:00:00Z');
    await sweep();
    await travel('2026-04-10T02:00:00Z');
    await sweep();
    expect((await list('warnings')).map(({ colour, state }: Record<string, string>) => [colour, state])).toEqual([
      ['red', 'lapsed'],
      ['orange', 'lapsed'],
      ['blue', 'lapsed'],
    ]);
    expectProblem(await staff.post(`/warnings/${opened.body.id}/answer`, { text: '晚了' }), 409, 'warning.state');
    const [red] = await list('warnings?colour=red');
    expect((await staff.post(`/warnings/${red.id}/answer`, { text: '迟复' })).body).toMatchObject({
      state: 'answered',
    });
    expect((await office.get(`/warnings/${red.id}`)).body.changes.map(({ what }: { what: string }) => what)).toEqual([
      'opened',
      'lapsed',
      'answered',
    ]);
  });

  it('that deadlines of the cases put on record are in the register as well, and stay with the case', async () => {
    const ladder = (who: Signed) => list('ladder-orders', who);
    await expect.poll(async () => (await ladder(office)).length, patient).toBe(2);
    expect(await ladder(staff)).toMatchObject([
      { org: { id: org.id }, block: { key: 'draft' }, colour: 'yellow', at: expect.any(String), open: true },
    ]);
    expect((await ladder(other)).map(({ org: { id } }: { org: { id: string } }) => id)).toEqual([second.id]);
    expectProblem(await office.get(`/cycles/${randomUUID()}/ladder-orders`), 404, 'cycle.unknown');
  });

  it('are answered by the unit, and reviewed by the office: returned with a new deadline, then accepted', async () => {
    await travel('2026-04-13T01:00:00Z');
    const { body: opened } = await order({ colour: 'red', urgent: true, reply: 4 });
    expect(opened).toMatchObject({ colour: 'red', urgent: true, dueAt: '2026-04-17T10:00:00.000Z' });
    const act = (who: Signed, what: string, body: object) => who.post(`/warnings/${opened.id}/${what}`, body);
    expectProblem(await act(office, 'review', { verdict: 'accept' }), 409, 'warning.state');
    expectProblem(await act(other, 'answer', { text: '代答' }), 404, 'warning.unknown');
    expectProblem(await act(office, 'answer', { text: '代答' }), 403, 'warning.notYours');
    expectProblem(await act(staff, 'answer', { text: '  ' }), 422, 'input.invalid');
    expect((await act(staff, 'answer', { text: '已部署' })).body).toMatchObject({
      state: 'answered',
      reviewDueAt: '2026-04-16T10:00:00.000Z',
    });
    expectProblem(await act(staff, 'answer', { text: '再答' }), 409, 'warning.state');
    expectProblem(await act(staff, 'review', { verdict: 'accept' }), 403, 'permission.denied');
    expectProblem(await act(office, 'review', { verdict: 'return' }), 422, 'input.invalid');
    await travel('2026-04-15T01:00:00Z');
    expect((await act(office, 'review', { verdict: 'return', note: '没有时限' })).body).toMatchObject({
      state: 'returned',
      note: '没有时限',
      dueAt: '2026-04-21T10:00:00.000Z',
    });
    await act(staff, 'answer', { text: '5 月底前完成' });
    const accepted = await act(office, 'review', { verdict: 'accept' });
    expect(accepted.body).toMatchObject({ state: 'accepted', can: [] });
    expect(accepted.body.changes.map(({ what, by }: { what: string; by: { id: string } }) => [what, by.id])).toEqual([
      ['opened', office.person.id],
      ['answered', staff.person.id],
      ['returned', office.person.id],
      ['answered', staff.person.id],
      ['accepted', office.person.id],
    ]);
    await travel('2026-12-01T01:00:00Z');
    await sweep();
    expect((await office.get(`/warnings/${opened.id}`)).body.state).toBe('accepted');
  });

  it('nobody reviews their own answer, though they hold both roles', async () => {
    await travel('2026-04-13T01:00:00Z');
    const both = await api.signedIn({ orgId: org.id, roles: ['performanceOffice'] });
    const { body: opened } = await order({});
    expect((await both.post(`/warnings/${opened.id}/answer`, { text: '已改' })).status).toBe(200);
    expectProblem(await both.post(`/warnings/${opened.id}/review`, { verdict: 'accept' }), 403, 'warning.own');
    expect((await office.post(`/warnings/${opened.id}/withdraw`, { reason: '重复' })).body).toMatchObject({
      state: 'withdrawn',
    });
    expectProblem(await office.post(`/warnings/${opened.id}/withdraw`, { reason: '重复' }), 409, 'warning.state');
  });

  it('bad orders change nothing', async () => {
    const before = (await list('warnings')).length;
    expectProblem(await order({ colour: 'orange' }), 422, 'warning.start');
    expectProblem(await order({ colour: 'yellow', urgent: true }), 422, 'warning.colour');
    expectProblem(await order({ colour: 'pink' }), 422, 'input.invalid');
    expectProblem(await order({ reply: 0 }), 422, 'input.invalid');
    expectProblem(await order({ reason: '' }), 422, 'input.invalid');
    expectProblem(await order({ orgId: office.person.orgId }), 422, 'warning.unit');
    expectProblem(await order({ code: 'NONE' }), 422, 'warning.indicator');
    expectProblem(await order({}, staff), 403, 'permission.denied');
    expectProblem(
      await office.post(`/cycles/${randomUUID()}/warnings`, { orgId: org.id, reason: 'x' }),
      404,
      'cycle.unknown',
    );
    expectProblem(await office.get(`/warnings/${randomUUID()}`), 404, 'warning.unknown');
    expectProblem(await office.post(`/warnings/${randomUUID()}/answer`, { text: 'x' }), 404, 'warning.unknown');
    expect(await list('warnings')).toHaveLength(before);
  });

  it('a red light opens one order for its indicator, not another while that is under way; the head and the office are told', async () => {
    await travel('2026-05-06T01:00:00Z');
    const id = await assign({ code: 'LATE', target: '100' });
    await setValue(api, id, '2026-04', '1');
    await judge(api, unit, 4);
    await travel('2026-05-11T01:00:00Z');
    await setValue(api, id, '2026-05', '1');
    await judge(api, unit, 5);
    const orders = await list('warnings?code=LATE&kind=supervise');
    expect(orders).toMatchObject([{ period: '2026-04', colour: 'blue', source: 'light', state: 'open' }]);
    const subjects = async (who: Signed) =>
      (await who.get('/notices?limit=100')).body.items.map(({ subject }: { subject: { zh: string } }) => subject.zh);
    await expect.poll(() => subjects(staff), patient).toContain('督办单：指标 LATE 2026-04');
    expect(await subjects(office)).toContain('督办单：指标 LATE 2026-04');
    expect(await subjects(other)).not.toContain('督办单：指标 LATE 2026-04');
  });

  it('several workers that look at once let an order lapse once, with one that follows', async () => {
    await travel('2026-06-01T01:00:00Z');
    const { body: opened } = await order({});
    const late = new Date('2026-06-30T01:00:00Z');
    await travel(late.toISOString());
    const before = (await list('warnings?state=lapsed&limit=100')).length;
    const lapsed = await Promise.all([1, 2, 3].map(() => lapseWarnings(pool, late, api.calendar.current())));
    expect(lapsed.reduce((all, n) => all + n, 0)).toBe((await list('warnings?state=lapsed&limit=100')).length - before);
    expect(
      (await list('warnings?limit=100')).filter(({ formerId }: { formerId: string }) => formerId === opened.id),
    ).toHaveLength(1);
  });

  it('a cycle that was cancelled opens no order, and none of its orders lapses', async () => {
    const { body: opened } = await order({});
    await office.post(`/cycles/${cycleId}/cancel`, { reason: 'over' });
    expectProblem(await order({}), 409, 'cycle.state');
    await travel('2026-12-01T01:00:00Z');
    await sweep();
    expect((await office.get(`/warnings/${opened.id}`)).body).toMatchObject({ state: 'open', overdue: true });
  });
});

describe('the burden meter', () => {
  beforeAll(newCycle);

  it('counts forms, uploads and minutes by unit and month, with the estimate stated', async () => {
    const { body, status } = await office.get(`/cycles/${cycleId}/burden`);
    expect(status).toBe(200);
    // One form, one upload and one long text: 120 + 300 + 900 seconds.
    expect(body.items).toEqual(
      [org, second].map(({ id, name }) => ({
        org: { id, name },
        month: '2026-03',
        forms: 1,
        fields: 2,
        uploadsAsked: 1,
        uploads: 0,
        minutes: 22,
      })),
    );
    expect(body.seconds).toMatchObject({ form: 120, files: 300, longText: 900 });
    expect((await staff.get(`/cycles/${cycleId}/burden`)).body.items).toHaveLength(1);
  });

  it('counts what comes outside of tasks: ballot papers, values typed in, imported and pushed, files of no task', async () => {
    const id = await assign({ code: 'FILED' });
    const reported = (revision: number, by: string | null, source: string) =>
      pool.query(
        `INSERT INTO indicator_value_changes (cycle_indicator_id, period, revision, at, by_id, action, source) VALUES ($1, '2026-03', $2, '2026-04-02', $3, 'reported', $4)`,
        [id, revision, by, source],
      );
    await reported(1, staff.person.id, 'task');
    await reported(2, staff.person.id, 'api');
    await reported(3, staff.person.id, 'import');
    await reported(4, null, 'push');
    const { id: caseId } = await api.prisma.case.findFirstOrThrow({
      where: { cycleId, orgId: org.id, kind: 'participant' },
    });
    await pool.query(
      `INSERT INTO evidence (id, case_id, seat, field, name, mime, size, sha256, uploaded_by, at) VALUES ($1, $2, 0, 'values', 'a.pdf', 'application/pdf', 1, 'x', $3, '2026-04-02')`,
      [randomUUID(), caseId, staff.person.id],
    );
    const round = randomUUID();
    await pool.query(
      `INSERT INTO ballot_rounds (id, cycle_id, case_id, block, round, groups, opened_at) VALUES ($1, $2, $3, 'ballots', 1, '{peers}', '2026-04-30T16:30:00Z')`,
      [round, cycleId, caseId],
    );
    await pool.query(
      `INSERT INTO ballot_sheets (id, round_id, group_key, assessor_id, expected, state) VALUES ($1, $2, 'peers', $3, 12, 'open')`,
      [randomUUID(), round, staff.person.id],
    );
    const { body } = await staff.get(`/cycles/${cycleId}/burden`);
    expect(body.items.slice(1)).toMatchObject([
      // 120 for the value typed in, 10 for the imported one, 300 for the file.
      { month: '2026-04', forms: 0, fields: 3, uploads: 1, minutes: 7.2 },
      // By the calendar of China; 120 + 12 × 30 seconds.
      { month: '2026-05', forms: 1, fields: 12, uploads: 0, minutes: 8 },
    ]);
    expectProblem(await office.get(`/cycles/${randomUUID()}/burden`), 404, 'cycle.unknown');
  });
});

describe('the targets of a year', () => {
  beforeAll(newCycle);

  it('a unit met them when every rated indicator did; no value is not met, no target is not rated', async () => {
    const of = async () => Object.fromEntries(await unitsByTarget(overPg(pool), cycleId));
    await assign({ code: 'FREE' });
    expect(await of()).toEqual({});
    const up = await assign({ code: 'UP', aggregation: 'sum', target: '10' });
    const down = await assign({ code: 'DOWN', direction: 'down', target: '5' });
    const theirs = await assign({ code: 'UP', target: '10' }, second.id);
    expect(await of()).toEqual({ [org.id]: false, [second.id]: false });
    await setValue(api, up, '2026-01', '6');
    await setValue(api, up, '2026-02', '4');
    await setValue(api, down, '2026-02', '5');
    await setValue(api, theirs, '2026-02', '9.99');
    expect(await of()).toEqual({ [org.id]: true, [second.id]: false });
    await setValue(api, down, '2026-03', '5.01');
    expect(await of()).toEqual({ [org.id]: false, [second.id]: false });
  });
});
