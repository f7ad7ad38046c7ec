import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemError } from '../../../server/http/problem.ts';
import { allowedAddress, fetchDocument, isPrivate, pullDue } from '../../../server/indicators/pull.ts';
import { judgeSilent } from '../../../server/lights/silent.ts';
import { makeTestApi } from '../../support/api.ts';
import { named } from '../../support/blocks.ts';
import { type Answer, expectProblem } from '../../support/client.ts';
import { buildOrg, TEST_PASSWORD } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';
import { indicatorCycle, planRowsOf, section } from '../../support/indicatorCycle.ts';
import { startTestWorker } from '../../support/testWorker.ts';
import { workbook, zip } from '../../support/xlsx.ts';

const api = await makeTestApi({ settings: { BIHUAN_PULL_HOSTS: '127.0.0.1,data.city.example' } });
const content = indicatorCycle(
  {
    ...section,
    commonShare: '70',
    list: section.list.map((one) =>
      one.code === 'planned'
        ? { ...one, evidence: { required: true, kinds: ['document'] }, jointOwners: ['D09'] }
        : one.code === 'done'
          ? { ...one, plausible: { max: '1000' } }
          : one,
    ),
  },
  {
    key: 'measured',
    lights: { rules: [{ key: 'low', colour: 'red', when: [{ of: 'achieved', below: '20' }] }] },
    warnings: { sheets: [{ colour: 'red', reply: 5 }], flags: [{ key: 'gap', kind: 'gap', percent: '10' }] },
  },
);

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let admin: Signed;
let office: Signed;
let staff: Signed;
let monitor: Signed;
let stranger: Signed;
let joint: Signed;
let orgId: string;
let sectionId: string;
let cycleId: string;
let ids: Record<string, string>;
let closedId: string;

/** Another day: sessions have ended by then, so everyone signs in again. */
const day = async (instant: string) => {
  api.clock.set(instant);
  for (const who of [admin, office, staff, monitor, stranger, joint]) {
    who.me = undefined;
    expect((await who.signIn(who.person.username, TEST_PASSWORD)).status).toBe(200);
  }
};
const unchanged = async (work: () => Promise<unknown>) => {
  const before = await fingerprint(api.database.pool);
  await work();
  expect(await fingerprint(api.database.pool)).toBe(before);
};
const errorsOf = ({ body }: Answer) =>
  body.errors.map(({ path, id }: { path: string; id?: string }) => `${path} ${id ?? ''}`.trim());

beforeAll(async () => {
  const watch = await buildOrg(api.prisma, { code: 'TJJ', category: null });
  const org = await buildOrg(api.prisma, { code: 'D01', category: 'all', monitoringUnitId: watch.id });
  const part = await buildOrg(api.prisma, { code: 'D01-1', kind: 'section', parentId: org.id, category: null });
  [orgId, sectionId] = [org.id, part.id];
  admin = await api.signedIn({ roles: ['performanceOffice'] });
  office = await api.signedIn({ roles: ['performanceOffice'] });
  staff = await api.signedIn({ orgId, roles: [{ role: 'staff', orgId }] });
  monitor = await api.signedIn({ orgId: watch.id });
  stranger = await api.signedIn();
  joint = await api.signedIn({ orgId: (await buildOrg(api.prisma, { code: 'D09', category: null })).id });
  await api.directory.reload();
  for (const year of [2026, 2027]) {
    expect((await office.post('/templates', { content: { ...content, key: `measured-${year}` } })).status).toBe(201);
    expect((await office.post(`/templates/measured-${year}/versions/1/publish`)).status).toBe(200);
  }
  const launch = async (name: string, templateKey: string) => {
    const body = { templateKey, version: 1, year: 2026, name, participants: [{ orgId, category: 'all' }] };
    const { id } = (await office.post('/cycles', body)).body;
    await api.launcher.settled();
    await api.work();
    return id as string;
  };
  closedId = await launch('旧', 'measured-2027');
  await api.prisma.cycle.update({ where: { id: closedId }, data: { status: 'closed' } });
  cycleId = await launch('新', 'measured-2026');
  const findTask = async (client: Signed, block: string) =>
    (await client.get(`/tasks?limit=100`)).body.items.find(
      (row: { block: string; cycle?: { id: string } }) => row.block === block && row.cycle?.id === cycleId,
    );
  const draft = await findTask(staff, 'draft');
  const own = { code: 'own1', weight: '30', target: '80' };
  const step = { indicator: 'own1', name: '主体完工', standard: '验收合格', dueDate: '2026-06-30' };
  const submit = (rows: ReturnType<typeof planRowsOf>, steps = [step]) =>
    staff.post(`/tasks/${draft.id}/act`, { action: 'submit', values: { plan: rows, steps } });
  // What could not be assigned once it is approved is refused where it is written.
  const shifted = planRowsOf([{ ...own, weight: '40' }]).map((row) =>
    row.code === 'done' ? { ...row, weight: '30' } : row,
  );
  await unchanged(async () => {
    const refused = await submit(shifted);
    expectProblem(refused, 422, 'form.invalid');
    const message = { zh: '共性指标的权重合计为 60，应为 70。', en: expect.stringContaining('60, not to 70') };
    expect(refused.body.errors).toEqual([{ id: 'plan.weights', path: 'plan', message }]);
    const stray = await submit(planRowsOf([own]), [step, { ...step, indicator: 'moon' }]);
    expect(stray.body.errors).toMatchObject([{ id: 'plan.milestone', path: 'steps[1].indicator' }]);
  });
  const submitted = await submit(planRowsOf([own]));
  expect({ status: submitted.status, body: submitted.body }).toMatchObject({ status: 200 });
  const approve = await findTask(office, 'approve');
  expect((await office.post(`/tasks/${approve.id}/act`, { action: 'approve' })).status).toBe(200);
  await api.work();
  const { items } = (await staff.get(`/assigned-indicators?cycleId=${cycleId}&limit=100`)).body;
  ids = Object.fromEntries(items.map(({ code, id }: { code: string; id: string }) => [code, id]));
  expect(Object.keys(ids)).toEqual(['done', 'planned', 'rate', 'days', 'own1']);
});

describe('the library', () => {
  const definition = { unit: '%', direction: 'up', frequency: 'year' };
  it('keeps every version of a definition and marks breaks', async () => {
    const made = await office.post('/indicators', { code: 'K01', name: '办结率', definition });
    expect(made).toMatchObject({ status: 201, body: { code: 'K01', version: 1, versions: [{ breaks: false }] } });
    const { id } = made.body;
    const version = (body: object, ifMatch: number) =>
      office.request('POST', `/indicators/${id}/versions`, {
        body: { name: '办结率', definition, reason: '口径', ...body },
        ifMatch,
      });
    expect(
      (await version({ definition: { ...definition, source: '政务服务平台' } }, 1)).body.versions[1],
    ).toMatchObject({
      breaks: false,
      madeBy: { id: office.person.id },
    });
    const broken = await version({ definition: { ...definition, unit: '件' } }, 2);
    expect(broken.body).toMatchObject({ version: 3, versions: [{}, {}, { breaks: true, reason: '口径' }] });
    await unchanged(async () => {
      expectProblem(await version({}, 2), 412, 'version.stale');
      expectProblem(
        await office.post('/indicators', { code: 'K01', name: 'x', definition }),
        409,
        'indicator.codeTaken',
      );
      expectProblem(await staff.post('/indicators', { code: 'K02', name: 'x', definition }), 403, 'permission.denied');
    });
  });

  it.each([
    ['a loop through itself', { formula: 'K09 + 1' }, 'formula.loop'],
    ['a division by zero', { formula: 'K01 / 0' }, 'formula.divideByZero'],
    ['a name that there is not', { formula: 'K77 + 1' }, 'formula.name'],
    ['half a formula', { formula: 'K01 +' }, 'formula.syntax'],
    ['a clock', { formula: 'now()' }, 'formula.unsupported'],
    ['a band without edges', { direction: 'band' }, 'indicator.band'],
  ])('refuses %s', async (_name, part, id) => {
    await unchanged(async () => {
      const answer = await office.post('/indicators', {
        code: 'K09',
        name: 'x',
        definition: { ...definition, ...part },
      });
      expectProblem(answer, 422, 'indicator.wrong');
      expect(answer.body.errors[0].id).toBe(id);
    });
  });

  it('is imported from CSV and Excel, with a dry run, and is refused by row and column', async () => {
    const head = '代码,名称,计量单位,方向,频率,公式\n';
    const good = `${head}L1,一,件,正向,月,\nL2,二,%,正向,月,L1 / L3\nL3,三,件,逆向,月,\n`;
    const send = (text: string | Buffer, query = '', type = 'text/csv') =>
      office.request('POST', `/indicators/import${query}`, { raw: { type, body: text } });
    await unchanged(async () =>
      expect((await send(good, '?dryRun=true')).body).toMatchObject({ dryRun: true, rows: 3, created: 3 }),
    );
    expect((await send(good)).body).toMatchObject({ created: 3, updated: 0 });
    expect((await send(good)).body).toMatchObject({ created: 0, updated: 0 });
    const sheet = workbook([
      ['code', 'name', 'unit', 'direction', 'frequency', 'high'],
      ['L4', '四', '天', 'up', 'quarter', 12.5],
      ['L1', '一改', '件', 'up', 'month', ''],
    ]);
    const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    expect((await send(sheet, '', xlsx)).body).toMatchObject({ created: 1, updated: 1 });
    const { items } = (await office.get('/indicators?q=L4')).body;
    expect(items).toMatchObject([{ definition: { high: '12.5', direction: 'up' } }]);
    await unchanged(async () => {
      const loop = await send(`${head}L5,五,件,正向,月,L6\nL6,六,件,正向,月,L5\n`);
      expectProblem(loop, 422, 'csv.rows');
      expect(loop.body.errors[0]).toMatchObject({ row: 2, column: 'formula', id: 'formula.loop' });
      const later = await send(`${head}L8,八,件,正向,月,L1 + 1\nL5,五,件,正向,月,L6\nL6,六,件,正向,月,L5\n`);
      expect(later.body.errors).toMatchObject([{ row: 3, column: 'formula', id: 'formula.loop' }]);
      const command = await send(`${head}L7,"=cmd|'/c calc'!A0",件,正向,月,\n`);
      expect(command.body.errors).toMatchObject([{ row: 2, column: 'name', id: 'csv.cell.formula' }]);
    });
  });
});

/** Every light of an indicator, in the order in which they were given. */
const lightsOf = async (code: string): Promise<string[]> => {
  const { body } = await office.get(`/cycles/${cycleId}/lights?history=true&code=${code}&sort=at`);
  return body.items.map(({ period, colour }: { period: string; colour: string | null }) => `${period} ${colour}`);
};

describe('values', () => {
  const report = (values: object[], who: Signed = staff, cycle = cycleId) =>
    who.post('/values', { cycleId: cycle, values });

  it('are reported, returned, reported again, corrected: both values and every change stay', async () => {
    await day('2026-04-09T01:00:00Z');
    const value = (number: string, more = {}) => ({ id: ids.done, period: '2026-Q1', value: number, ...more });
    expect((await report([value('30', { unit: '件' })])).body).toEqual({ created: 1, updated: 0, unchanged: 0 });
    expect((await report([value('30')])).body).toMatchObject({ updated: 0, unchanged: 1 });
    const verify = (part: object, who: Signed = monitor) =>
      who.post('/values/verify', { cycleId, values: [{ id: ids.done, period: '2026-Q1', ...part }] });
    await unchanged(async () => {
      expectProblem(await verify({ action: 'accept' }, staff), 403, 'permission.denied');
      expect(errorsOf(await verify({ action: 'return' }))).toEqual(['values[0].reason value.reason']);
      expect(errorsOf(await verify({ action: 'correct', reason: 'x' }))).toEqual(['values[0].value value.decimal']);
      expect(errorsOf(await verify({ action: 'accept' }, stranger))).toEqual(['values[0].id value.indicator']);
    });
    expect((await verify({ action: 'return', reason: '缺少台账' })).body).toEqual({
      accepted: 0,
      returned: 1,
      corrected: 0,
    });
    expect(errorsOf(await verify({ action: 'accept' }))).toEqual(['values[0].period value.notReported']);
    expect((await report([value('31')])).body.updated).toBe(1);
    expect((await verify({ action: 'correct', value: '29', reason: '剔除重复' })).body.corrected).toBe(1);
    await unchanged(async () =>
      expect(errorsOf(await report([value('32')]))).toEqual(['values[0].reason value.verified']),
    );
    expect((await report([value('32', { reason: '补报' })])).body.updated).toBe(1);
    const detail = await staff.get(`/assigned-indicators/${ids.done}`);
    expect(detail.body.values[0]).toMatchObject({
      period: '2026-Q1',
      state: 'reported',
      reported: '32',
      verified: '29',
      late: true,
    });
    expect(detail.body).toMatchObject({ actual: '29', target: '120' });
    const changes = (await monitor.get(`/assigned-indicators/${ids.done}/changes`)).body.items;
    expect(
      changes.map((one: { action: string; reported: string; verified?: string }) => [
        one.action,
        one.reported,
        one.verified,
      ]),
    ).toEqual([
      ['reported', '30', undefined],
      ['returned', '30', undefined],
      ['reported', '31', undefined],
      ['verified', '31', '29'],
      ['reported', '32', '29'],
    ]);
    expectProblem(await stranger.get(`/assigned-indicators/${ids.done}`), 404, 'indicator.unknown');
    const missing = await staff.get(`/values?cycleId=${cycleId}&state=missing`);
    expect(missing.body.items.map(({ code }: { code: string }) => code)).toEqual(['own1', 'planned']);
    expect((await staff.get(`/values?cycleId=${cycleId}&state=late`)).body.items).toMatchObject([
      { code: 'done', late: true },
    ]);
  });

  it('are shown to those whose they are: where they stand, what is due next, and what each may do', async () => {
    const list = async (who: Signed, query: string) =>
      (await who.get(`/assigned-indicators?cycleId=${cycleId}&limit=100${query}`)).body.items;
    const codes = async (who: Signed, query: string) =>
      (await list(who, query)).map((one: { code: string }) => one.code);
    const [first, planned, rate] = await list(staff, '&mine=own');
    expect(first).toMatchObject({
      code: 'done',
      mine: ['own'],
      byHand: true,
      latest: { period: '2026-Q1', value: '32', verified: false },
      next: { period: '2026-Q2', dueOn: '2026-07-07', missing: false },
      series: [{ period: '2026-Q1', value: '32' }],
      can: ['report'],
    });
    expect(planned).toMatchObject({ code: 'planned', next: { period: '2026-Q1', missing: true }, series: [] });
    expect(planned).not.toHaveProperty('latest');
    expect(rate).toMatchObject({ code: 'rate', byHand: false });
    expect(rate).not.toHaveProperty('next');
    expect(await codes(staff, '&mine=any')).toHaveLength(5);
    expect(await codes(staff, '&mine=joint')).toEqual([]);
    expect(await list(joint, '&mine=joint')).toMatchObject([{ code: 'planned', mine: ['joint'], can: ['report'] }]);
    expect(await codes(joint, '&mine=own')).toEqual([]);
    expect(await list(monitor, '&mine=monitored')).toHaveLength(5);
    expect((await list(monitor, '&mine=any'))[0]).toMatchObject({ mine: ['monitored'], can: ['verify'] });
    // A key target is decided by the role that the template names, not by the office.
    const [key, plain] = await list(office, '');
    expect(key).toMatchObject({ mine: [], can: ['report', 'verify'] });
    expect(plain).toMatchObject({ mine: [], can: ['report', 'verify', 'decide'] });
    expect(await list(office, '&mine=any')).toEqual([]);
    expectProblem(await staff.get(`/assigned-indicators?cycleId=${cycleId}&mine=yours`), 422, 'input.invalid');

    const detail = (await staff.get(`/assigned-indicators/${ids.done}`)).body;
    expect(detail).toMatchObject({
      files: [],
      places: [],
      change: {
        reasons: [{ value: 'policy' }, { value: 'forceMajeure' }],
        refused: { zh: expect.stringContaining('2026-07-01') },
      },
    });
    expect(detail.values[0]).toMatchObject({ can: ['report'], max: '1000', evidenceRequired: false });
    expect(detail.values[1]).toMatchObject({ previous: '29' });
    expect((await monitor.get(`/assigned-indicators/${ids.done}`)).body).not.toHaveProperty('change');
  });

  it('are due by period, each of those who report it; the own unit tells what waits', async () => {
    const periods = async (who: Signed) => (await who.get(`/values/periods?cycleId=${cycleId}`)).body.items;
    const [first, second, half] = await periods(staff);
    expect(first).toMatchObject({ period: '2026-Q1', begun: true, total: 3, open: 2, missing: 2, returned: 0 });
    expect([second.period, half.period].sort()).toEqual(['2026-H1', '2026-Q2']);
    expect((await periods(staff)).at(-1)).toMatchObject({ period: '2026-Q4', begun: false });
    expect((await periods(joint)).map((one: { total: number }) => one.total)).toEqual([1, 1, 1, 1]);
    expect(await periods(monitor)).toEqual([]);
    const due = (await staff.get(`/values?cycleId=${cycleId}&period=2026-Q1&mine=true&sort=position`)).body.items;
    expect(due.map(({ code, can }: { code: string; can: string[] }) => `${code} ${can}`)).toEqual([
      'done report',
      'planned report',
      'own1 report',
    ]);
    expect((await monitor.get(`/values?cycleId=${cycleId}&mine=true`)).body.items).toEqual([]);
    expect((await staff.get(`/values?cycleId=${cycleId}&monitored=true`)).body.total).toBe(0);
    const verified = (await monitor.get(`/values?cycleId=${cycleId}&monitored=true&limit=100`)).body;
    expect(verified.total).toBeGreaterThan(0);
    const name = encodeURIComponent(verified.items[0].org.name);
    expect((await monitor.get(`/values?cycleId=${cycleId}&monitored=true&q=${name}`)).body.total).toBe(verified.total);
    const { body } = await staff.get('/me/unit');
    expect(body.unit.id).toBe(orgId);
    expect(body.cycles).toMatchObject(
      [
        { id: closedId, status: 'closed' },
        {
          id: cycleId,
          status: 'running',
          caseId: expect.any(String),
          own: 5,
          joint: 0,
          due: 2,
          missing: 2,
          flags: 0,
          items: 0,
        },
      ].toSorted((a) => (a.id === body.cycles[0].id ? -1 : 1)),
    );
    expect((await joint.get('/me/unit')).body.cycles).toMatchObject([{ id: cycleId, own: 0, joint: 1, due: 1 }]);
    expect((await stranger.get('/me/unit')).body.cycles).toEqual([]);
  });

  it('of the wrong unit or period, impossible, computed, too early or of somebody else change nothing', async () => {
    const one = (code: string, period: string, value: string, more = {}) => ({ id: ids[code], period, value, ...more });
    await unchanged(async () => {
      const answer = await report([
        one('done', '2026-Q1', '1', { unit: '%', reason: 'x' }),
        one('done', '2026-03', '1'),
        one('done', '2025-Q1', '1'),
        one('days', '2026-H1', '400'),
        one('rate', '2026-Q1', '1'),
        one('done', '2026-Q4', '1'),
        one('planned', '2026-Q1', '1'),
        one('own1', '2026-Q1', '1'),
        one('own1', '2026-Q1', '2'),
      ]);
      expectProblem(answer, 422, 'values.refused');
      expect(errorsOf(answer)).toEqual([
        'values[0].unit value.unit',
        'values[1].period value.period',
        'values[2].period value.period',
        'values[3].value value.impossible',
        'values[4].code value.computed',
        'values[5].period value.future',
        'values[6].evidence value.evidence',
        'values[8].period value.twice',
      ]);
      expect(errorsOf(await report([one('done', '2026-Q1', '1')], stranger))).toEqual(['values[0].id value.indicator']);
      expectProblem(await report([one('done', '2026-Q1', '1')], monitor), 403, 'permission.denied');
      expectProblem(await report([{ id: ids.done, period: '2026-Q9', value: '1' }]), 422, 'input.invalid');
      expectProblem(await report([{ id: ids.done, period: '2026-Q1', value: '1e9' }]), 422, 'input.invalid');
    });
  });

  it('are reported by a joint owner that is another unit, of its indicators only', async () => {
    const { items } = (await joint.get(`/assigned-indicators?cycleId=${cycleId}`)).body;
    expect(items.map(({ code }: { code: string }) => code)).toEqual(['planned']);
    const form = new FormData();
    form.append('field', 'values');
    form.append('file', new Blob(['%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n']), '台账.pdf');
    const file = await joint.request('POST', `/assigned-indicators/${ids.planned}/evidence`, { form });
    const entry = { id: ids.planned, period: '2026-Q1', value: '39', evidence: [file.body.id] };
    expect((await report([entry], joint)).body).toMatchObject({ created: 1 });
    await unchanged(async () => {
      const own = { id: ids.done, period: '2026-Q1', value: '1', reason: 'x' };
      expect(errorsOf(await report([own], joint))).toEqual(['values[0].id value.indicator']);
    });
    const { body } = await staff.get(`/assigned-indicators/${ids.planned}/changes`);
    expect(body.items).toMatchObject([{ action: 'reported', reported: '39', by: { id: joint.person.id } }]);
  });

  it('of a cycle that is over are refused', async () => {
    const id = randomUUID();
    await api.database.pool.query(
      `INSERT INTO cycle_indicators (id, cycle_id, org_id, code, name, kind, unit, direction, frequency) VALUES ($1, $2, $3, 'old', 'old', 'common', '%', 'up', 'year')`,
      [id, closedId, orgId],
    );
    await unchanged(async () => {
      expectProblem(await report([{ id, period: '2026', value: '1' }], staff, closedId), 409, 'indicator.closed');
      expectProblem(
        await staff.post(`/assigned-indicators/${id}/milestones`, { name: 'x', dueOn: '2026-05-01' }),
        409,
        'indicator.closed',
      );
    });
  });

  it('need the evidence that their rule asks for, of the kind it names, with content of its type', async () => {
    const upload = (name: string, bytes: Buffer | string, who: Signed = staff) => {
      const form = new FormData();
      form.append('field', 'values');
      form.append('file', new Blob([bytes as unknown as ArrayBuffer]), name);
      return who.request('POST', `/assigned-indicators/${ids.planned}/evidence`, { form });
    };
    const fake = await upload('report.pdf', 'this is no PDF');
    expectProblem(fake, 422, 'file.type');
    expectProblem(await upload('run.exe', 'MZ'), 422, 'file.type');
    expectProblem(await upload('a.txt', 'x', stranger), 404, 'indicator.unknown');
    const inside = (...names: string[]) => zip(names.map((name) => ({ name, content: Buffer.from('<x/>') })));
    for (const [name, bytes] of [
      ['总结.docx', inside('a.txt')],
      ['报表.xlsx', inside('[Content_Types].xml', 'word/document.xml')],
      ['公文.ofd', inside('Doc_0/Document.xml')],
      ['总结.wps', inside('setup.exe')],
      ['网页.txt', '<!DOCTYPE html><script>alert(1)</script>'],
      ['数据.csv', Buffer.from([0x61, 0x2c, 0x00, 0x62])],
      ['乱码.txt', Buffer.from([0xc4, 0xe3, 0xff, 0xff])],
    ] as const)
      expectProblem(await upload(name, bytes), 422, 'file.type');
    for (const [name, bytes] of [
      ['公文.ofd', inside('OFD.xml', 'Doc_0/Document.xml')],
      ['报表.xlsx', workbook([['指标']])],
      ['国标.txt', Buffer.from([0xc4, 0xe3, 0xba, 0xc3])],
    ] as const)
      expect((await upload(name, bytes)).status, name).toBe(201);
    const text = await upload('说明.txt', '台账');
    const pdf = await upload('台账.pdf', '%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
    expect([text.status, pdf.status]).toEqual([201, 201]);
    const entry = (evidence: string[]) => ({ id: ids.planned, period: '2026-Q1', value: '40', evidence });
    await unchanged(async () => {
      expect(errorsOf(await report([entry([text.body.id])]))).toEqual(['values[0].evidence value.evidence']);
      expect(errorsOf(await report([entry([randomUUID()])]))).toEqual(['values[0].evidence value.evidence']);
    });
    expect((await report([entry([pdf.body.id])])).body).toMatchObject({ updated: 1 });
    // What a value stands on stays; what nothing stands on may be taken back.
    expectProblem(await staff.delete(`/evidence/${pdf.body.id}`), 409, 'evidence.used');
    expect((await staff.delete(`/evidence/${text.body.id}`)).status).toBe(204);
    const { files } = (await staff.get(`/assigned-indicators/${ids.planned}`)).body;
    const names = files.map(({ name }: { name: string }) => name);
    expect([...new Set(names)].sort()).toEqual(['公文.ofd', '台账.pdf', '国标.txt', '报表.xlsx']);
    await monitor.post('/values/verify', {
      cycleId,
      values: [{ id: ids.planned, period: '2026-Q1', action: 'accept' }],
    });
    const rate = await staff.get(`/assigned-indicators/${ids.rate}`);
    expect(rate.body.values[0]).toMatchObject({ verified: '72.5', source: 'formula', state: 'verified' });
  });

  describe('from a table', () => {
    const send = (body: string | Buffer, query = '', who: Signed = office, type = 'text/csv') =>
      who.request('POST', `/values/import?cycleId=${cycleId}${query}`, { raw: { type, body } });
    const head = 'org,indicator,period,value,unit\n';
    const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

    it('are taken in whole, after a dry run, and their progress can be asked for', async () => {
      const run = randomUUID();
      const dry = await send(`${head}D01,own1,2026-Q1,12.50,%\n`, `&dryRun=true&run=${run}`, staff);
      expect(dry.body).toMatchObject({ id: run, state: 'done', dryRun: true, rows: 1, done: 1, created: 1 });
      expect((await staff.get(`/assigned-indicators/${ids.own1}`)).body.values[0].state).toBe('due');
      expect((await staff.get(`/imports/${run}`)).body).toMatchObject({ state: 'done', done: 1 });
      expectProblem(await stranger.get(`/imports/${run}`), 404, 'import.unknown');
      expectProblem(await send(head, `&run=${run}`), 409, 'import.taken');
      const sheet = workbook([
        ['单位代码', '指标代码', '期间', '值'],
        ['D01', 'own1', '2026-Q1', 12.5],
        ['D01', 'days', '2026-H1', 0.1 + 0.2],
      ]);
      expect((await send(sheet, '', office, xlsx)).body).toMatchObject({ rows: 2, created: 2 });
      const { body } = await staff.get(`/values?cycleId=${cycleId}&state=reported`);
      expect(body.items.map(({ code, reported }: Record<string, string>) => `${code} ${reported}`)).toEqual(
        expect.arrayContaining(['own1 12.5', 'days 0.3']),
      );
      // What comes beside the cases is judged as it comes, once its period is over.
      expect(await lightsOf('own1')).toEqual(['2026-Q1 null', '2026-Q1 red']);
      expect(await lightsOf('days')).toEqual([]);
    });

    it('are refused by row and column, and nothing is changed', async () => {
      const before = await staff.get(`/values?cycleId=${cycleId}`);
      const answer = await send(
        `${head}D01,own1,2026-Q9,1,\nD01,own1,2026-Q1,1,件\nD01,none,2026-Q1,1,\nNOPE,own1,2026-Q1,1,\nD01,own1,2026-Q1,=1+1,\nD01,own1,2026-Q1,3,\nD01,"=HYPERLINK(""http://x"")",2026-Q1,1,\n`,
      );
      expectProblem(answer, 422, 'csv.rows');
      expect(
        answer.body.errors.map(({ row, column, id }: Record<string, unknown>) => `${row} ${column} ${id}`),
      ).toEqual([
        '2 period csv.cell.invalid',
        '3 unit value.unit',
        '4 indicator value.indicator',
        '5 indicator value.indicator',
        '5 org csv.cell.unknown',
        '6 value csv.cell.formula',
        '7 period value.twice',
        '7 period csv.cell.repeated',
        '8 indicator csv.cell.formula',
      ]);
      const foreign = await send(`${head}D01,own1,2026-Q1,1,\n`, '', stranger);
      expect(foreign.body.errors).toMatchObject([{ row: 2, column: 'org', id: 'csv.cell.foreign' }]);
      expect((await staff.get(`/values?cycleId=${cycleId}`)).body).toEqual(before.body);
    });

    it('S50 that are too large, too many, no workbook, or a bomb are refused', async () => {
      const rows = 'D01,own1,2026-Q1,1,\n'.repeat(20_001);
      expectProblem(await send(head + rows), 413, 'csv.tooManyRows');
      expectProblem(await send(head + 'D01,own1,2026-Q1,1,\n'.repeat(400_000)), 413, 'body.tooLarge');
      const zeros = Buffer.alloc(80 * 1024 * 1024);
      const bomb = zip([{ name: 'xl/worksheets/sheet1.xml', content: zeros, claims: 10 }]);
      expect(bomb.length).toBeLessThan(1024 * 1024);
      expectProblem(await send(bomb, '', office, xlsx), 413, 'xlsx.tooLarge');
      const sheet = { name: 'xl/worksheets/sheet1.xml', content: zeros, hidden: true };
      expectProblem(await send(workbook([['org']], [sheet]), '', office, xlsx), 422, 'xlsx.malformed');
      const many = zip(Array.from({ length: 201 }, (_, n) => ({ name: `f${n}`, content: Buffer.from('x') })));
      expectProblem(await send(many, '', office, xlsx), 413, 'xlsx.tooLarge');
      expectProblem(
        await send(zip([{ name: 'a', content: Buffer.from('x') }]), '', office, xlsx),
        422,
        'xlsx.malformed',
      );
      expectProblem(await send(workbook([['org']]).subarray(0, 400), '', office, xlsx), 422, 'xlsx.malformed');
      expectProblem(await send('{}', '', office, 'application/json'), 415, 'body.type');
    });
  });

  it('in a task begin with what is there already, are checked at their row and column, and count from the submit', async () => {
    const [task] = (await staff.get('/tasks?limit=100')).body.items.filter(
      (row: { block: string; cycle?: { id: string } }) => row.block === 'report' && row.cycle?.id === cycleId,
    );
    const { given } = (await staff.get(`/tasks/${task.id}`)).body;
    const rows: Record<string, string>[] = given.figures;
    expect(rows.map(({ code, value }) => `${code} ${value}`)).toEqual(['done 32', 'planned 40', 'own1 12.5']);
    const submit = (figures: object[]) =>
      staff.post(`/tasks/${task.id}/act`, { action: 'submit', values: { figures } });
    await unchanged(async () => {
      const wrong = [
        { ...rows[0], unit: '%', target: '1' },
        { ...rows[1], value: '41' },
        { ...rows[2], value: '13' },
      ];
      const edited = await submit(wrong);
      expectProblem(edited, 422, 'form.invalid');
      expect(edited.body.errors.map(({ path }: { path: string }) => path)).toEqual([
        'figures[0].unit',
        'figures[0].target',
      ]);
      expect(errorsOf(await submit([{ ...rows[0], value: '1001' }, wrong[1], wrong[2]] as object[]))).toEqual([
        'figures[0].value value.impossible',
      ]);
      expect((await staff.post(`/tasks/${task.id}/act`, { action: 'submit', values: {} })).status).toBe(422);
    });
    expect((await submit([rows[0], rows[1], { ...rows[2], value: '13' }] as object[])).status).toBe(200);
    const { body } = await staff.get(`/values?cycleId=${cycleId}&period=2026-Q1`);
    const of = (code: string) => body.items.find((one: { code: string }) => one.code === code);
    expect(of('own1')).toMatchObject({ state: 'reported', reported: '13', source: 'task', late: true });
    expect(of('planned')).toMatchObject({ state: 'verified', verified: '40', source: 'api' });
    expect(of('done')).toMatchObject({ state: 'reported', reported: '32', source: 'api' });
    const [verify] = (await office.get('/tasks?limit=100')).body.items.filter(
      (row: { block: string; cycle?: { id: string } }) => row.block === 'verify' && row.cycle?.id === cycleId,
    );
    const figures = [rows[0], rows[1], { ...rows[2], value: '14' }];
    const approve = (more: object) =>
      office.post(`/tasks/${verify.id}/act`, { action: 'approve', values: { figures }, ...more });
    await unchanged(async () => expect(errorsOf(await approve({}))).toEqual(['reason value.reason']));
    expect((await approve({ reason: '按台账核增' })).status).toBe(200);
    await api.work();
    const after = await staff.get(`/assigned-indicators/${ids.own1}`);
    expect(after.body.values[0]).toMatchObject({ reported: '13', verified: '14', reason: '按台账核增' });
    expect((await staff.get(`/assigned-indicators/${ids.done}`)).body.values[0]).toMatchObject({ verified: '32' });
  });

  it('are pushed with a token, once, within its scope and its life', async () => {
    const later = '2026-12-31T00:00:00Z';
    const made = await office.post('/push-tokens', {
      name: '统计平台',
      codes: ['own1'],
      orgIds: [orgId],
      expiresAt: later,
    });
    expect(made.status).toBe(201);
    const { token, id } = made.body;
    const push = (values: object[], bearer = token, body: object = { cycleId }) =>
      api.anonymous().post('/values/push', { ...body, values }, { headers: { authorization: `Bearer ${bearer}` } });
    const own = { org: 'D01', indicator: 'own1', period: '2026-Q2', value: '20' };
    expect((await push([own])).body).toEqual({ created: 1, updated: 0, unchanged: 0 });
    expect((await push([own])).body).toEqual({ created: 0, updated: 0, unchanged: 1 });
    // Another value for one that was verified: who sent it stands beside it, it is suspicious, and the light changes when it is verified.
    const first = { ...own, period: '2026-Q1' };
    expect((await push([{ ...first, value: '50' }])).body.updated).toBe(1);
    expect((await staff.get(`/assigned-indicators/${ids.own1}`)).body.values[0]).toMatchObject({
      state: 'reported',
      reported: '50',
      verified: '14',
      note: { id: 'value.replaced', zh: expect.stringContaining('统计平台') },
    });
    const flags = async () => (await office.get(`/cycles/${cycleId}/flags`)).body.items;
    expect(await flags()).toMatchObject([{ kind: 'gap', state: 'open', indicator: { code: 'own1' } }]);
    const before = await lightsOf('own1');
    expect(before.at(-1)).toBe('2026-Q1 red');
    const verdict = { id: ids.own1, period: '2026-Q1', action: 'accept' };
    expect((await monitor.post('/values/verify', { cycleId, values: [verdict] })).status).toBe(200);
    expect(await lightsOf('own1')).toEqual([...before, '2026-Q1 green']);
    expect(await flags()).toMatchObject([{ kind: 'gap', state: 'corrected' }]);
    const changes = (await staff.get(`/assigned-indicators/${ids.own1}/changes`)).body.items;
    expect(changes.at(-1)).toMatchObject({ period: '2026-Q2', source: 'push', token: '统计平台' });
    const { rows } = await api.database.pool.query('SELECT hash FROM api_tokens');
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify((await office.get('/push-tokens')).body)).not.toContain(token);
    expectProblem(await staff.get('/push-tokens'), 403, 'permission.denied');
    const answer = await push([own, { ...own, indicator: 'done' }, { ...own, org: 'D01-1' }]);
    expectProblem(answer, 422, 'values.refused');
    expect(errorsOf(answer)).toEqual(['values[1].indicator value.scope', 'values[2].org value.scope']);
    expect(errorsOf(await push([{ ...own, value: '21', unit: '件' }]))).toEqual(['values[0].unit value.unit']);
    expectProblem(await push([own], 'bh_x'), 401, 'token.invalid');
    expectProblem(await api.anonymous().post('/values/push', { cycleId, values: [own] }), 401, 'token.invalid');
    expectProblem(await push([own], token, { cycleId: closedId }), 409, 'indicator.closed');
    api.clock.set('2027-01-01T00:00:00Z');
    expectProblem(await push([own]), 401, 'token.invalid');
    await day('2026-04-09T01:00:00Z');
    expect((await office.delete(`/push-tokens/${id}`)).status).toBe(204);
    expectProblem(await push([own]), 401, 'token.invalid');
    expectProblem(await office.delete(`/push-tokens/${id}`), 404, 'token.unknown');
    expectProblem(
      await office.post('/push-tokens', { name: 'x', expiresAt: '2020-01-01T00:00:00Z' }),
      422,
      'input.invalid',
    );
  });
});

describe('targets', () => {
  const ask = (part: object = {}, who: Signed = staff) =>
    who.post(`/assigned-indicators/${ids.days}/targets`, {
      value: '6',
      reasonKind: 'policy',
      reason: '国家标准调整',
      ...part,
    });

  it('change after the mid-year check only, for the reasons of the template, by somebody else, with every version kept', async () => {
    await unchanged(async () => {
      const early = await ask();
      expectProblem(early, 422, 'target.refused');
      expect(early.body).toMatchObject({
        reasonId: 'target.tooEarly',
        details: { zh: expect.stringContaining('2026-07-01') },
      });
    });
    await day('2026-08-03T01:00:00Z');
    await unchanged(async () => {
      expect((await ask({ reasonKind: 'tooHard' })).body.reasonId).toBe('target.reason');
      expectProblem(await ask({}, monitor), 403, 'permission.denied');
    });
    expect((await staff.get(`/assigned-indicators/${ids.days}`)).body.change).not.toHaveProperty('refused');
    expect((await ask({}, office)).status).toBe(201);
    const canOf = async (who: Signed) => (await who.get(`/assigned-indicators/${ids.days}`)).body.targets[1].can;
    expect([await canOf(office), await canOf(admin), await canOf(staff)]).toEqual([[], ['decide'], []]);
    expectProblem(await ask(), 409, 'target.open');
    const decide = (approve: boolean, version: number, who: Signed = admin) =>
      who.post(`/assigned-indicators/${ids.days}/targets/${version}/decision`, { approve, reason: '同意' });
    expectProblem(await decide(true, 2, office), 403, 'target.own');
    expectProblem(await decide(true, 2, staff), 403, 'permission.denied');
    expect((await decide(false, 2)).body).toMatchObject({ target: '5', targetVersion: 1 });
    expect((await ask()).status).toBe(201);
    // The half-year's value came before the half-year was over: the sweep judges it then, and an approved target anew.
    await judgeSilent(api.database.pool, api.clock.now(), api.calendar.current());
    expect(await lightsOf('days')).toEqual(['2026-H1 green']);
    const approved = await decide(true, 3);
    expect(await lightsOf('days')).toEqual(['2026-H1 green', '2026-H1 green']);
    expect(approved.body).toMatchObject({ target: '6', targetVersion: 3 });
    expect(approved.body.targets).toMatchObject([
      { version: 1, value: '5', state: 'approved', reasonKind: 'plan' },
      { version: 2, state: 'rejected', askedBy: { id: office.person.id } },
      {
        version: 3,
        value: '6',
        state: 'approved',
        reasonKind: 'policy',
        askedBy: { id: staff.person.id },
        decidedBy: { id: admin.person.id },
      },
    ]);
    expectProblem(await decide(true, 3), 404, 'target.unknown');
  });

  it('that are key need the role that the template names, who is told, as is who asked', async () => {
    const ask = (who: Signed = staff) =>
      who.post(`/assigned-indicators/${ids.done}/targets`, { value: '90', reasonKind: 'policy', reason: '政府会议' });
    await unchanged(async () => expectProblem(await ask(), 409, 'target.nobody'));
    const leader = await api.signedIn({ roles: ['leaders'] });
    expect((await ask()).status).toBe(201);
    startTestWorker(api);
    const told = async (who: Signed) =>
      (await who.get('/notices')).body.items.flatMap(({ kind, subject }: { kind: string; subject: { zh: string } }) =>
        kind === 'target' ? [subject.zh.slice(0, 8)] : [],
      );
    await expect.poll(() => told(leader), { timeout: 60_000 }).toEqual(['目标调整待审批：']);
    const decide = (who: Signed) =>
      who.post(`/assigned-indicators/${ids.done}/targets/2/decision`, { approve: true, reason: '同意' });
    expectProblem(await decide(office), 403, 'permission.denied');
    expectProblem(await decide(stranger), 404, 'indicator.unknown');
    expect((await leader.get(`/assigned-indicators/${ids.done}`)).body).toMatchObject({ approves: 'leaders' });
    expect((await decide(leader)).body).toMatchObject({ target: '90', targetVersion: 2 });
    await expect.poll(() => told(staff), { timeout: 60_000 }).toContain('目标调整已批准：');
    expect(await told(leader)).toHaveLength(1);
  });

  it('of what does not apply stay on record with the decision', async () => {
    const set = (applies: boolean) =>
      office.post(`/assigned-indicators/${ids.days}/applies`, { applies, reason: '本年不考核' });
    expect((await set(false)).body).toMatchObject({ applies: false, target: '6' });
    expect((await set(true)).body).toMatchObject({ applies: true, target: '6', targetVersion: 5 });
    expectProblem(
      await staff.post(`/assigned-indicators/${ids.days}/applies`, { applies: false, reason: 'x' }),
      403,
      'permission.denied',
    );
  });
});

describe('parts, milestones, benchmarks', () => {
  it('a part of a section is rolled up into the unit’s value', async () => {
    const decompose = (parts: object[], rollUp = 'sum') =>
      staff.post(`/assigned-indicators/${ids.done}/parts`, { rollUp, parts });
    await unchanged(async () => {
      expect(errorsOf(await decompose([{ orgId: sectionId }, { orgId: sectionId }, { orgId }]))).toEqual([
        'parts[1].orgId',
        'parts[2].orgId',
      ]);
    });
    const made = await decompose([{ orgId: sectionId, target: '120', owner: '张三' }]);
    expect(made.body.parts).toMatchObject([{ org: { id: sectionId }, code: 'done' }]);
    const id = made.body.parts[0].id;
    expect(
      (await staff.post('/values', { cycleId, values: [{ id, period: '2026-Q2', value: '33.3' }] })).body.created,
    ).toBe(1);
    expect(
      (await monitor.post('/values/verify', { cycleId, values: [{ id, period: '2026-Q2', action: 'accept' }] })).status,
    ).toBe(200);
    const whole = await staff.get(`/assigned-indicators/${ids.done}`);
    expect(whole.body.values[1]).toMatchObject({ period: '2026-Q2', verified: '33.3', source: 'rollUp' });
    expect(whole.body.actual).toBe('65.3');
    // What its parts make is asked for by hand no more: no row in the report, not missing, and refused.
    const { items } = (await staff.get('/tasks?limit=100')).body;
    const task = items.find(
      (row: { block: string; cycle?: { id: string } }) => row.block === 'report' && row.cycle?.id === cycleId,
    );
    const { given } = (await staff.get(`/tasks/${task.id}`)).body;
    expect(given.figures.map(({ code }: { code: string }) => code)).toEqual(['planned', 'days', 'own1']);
    await unchanged(async () => {
      const answer = await staff.post('/values', {
        cycleId,
        values: [{ id: ids.done, period: '2026-Q2', value: '1' }],
      });
      expect(errorsOf(answer)).toEqual(['values[0].code value.computed']);
    });
    const missing = (await staff.get(`/values?cycleId=${cycleId}&state=missing&limit=100`)).body.items;
    expect(missing.map(({ id }: { id: string }) => id)).not.toContain(ids.done);
  });

  it('milestones of the plan and those added are reached with evidence, then verified or returned by somebody else', async () => {
    const added = await staff.post(`/assigned-indicators/${ids.own1}/milestones`, {
      name: '竣工',
      dueOn: '2026-11-30',
    });
    expect(added.body.milestones).toMatchObject([
      { name: '主体完工', standard: '验收合格', dueOn: '2026-06-30', planned: true, state: 'due' },
      { name: '竣工', dueOn: '2026-11-30', planned: false, state: 'due' },
    ]);
    const { id } = added.body.milestones[0];
    expect(added.body.milestones[0].can).toEqual(['reach']);
    const form = new FormData();
    form.append('field', 'milestones');
    form.append('file', new Blob(['验收单']), '验收单.txt');
    const proof = await staff.request('POST', `/assigned-indicators/${ids.own1}/evidence`, { form });
    const done = (evidence: string[] | undefined, who: Signed = staff) =>
      who.post(`/milestones/${id}/done`, { doneOn: '2026-06-28', evidence });
    const verify = (accept: boolean, who: Signed = monitor, reason: string | undefined = '缺少签字') =>
      who.post(`/milestones/${id}/verification`, { accept, reason });
    await unchanged(async () => {
      expectProblem(await done(undefined), 422, 'input.invalid');
      expectProblem(await done([]), 422, 'input.invalid');
      expectProblem(await done([randomUUID()]), 404, 'evidence.unknown');
      expectProblem(await done([proof.body.id], stranger), 404, 'milestone.unknown');
      expectProblem(await done([proof.body.id], monitor), 403, 'permission.denied');
      expectProblem(await verify(true), 409, 'milestone.open');
      expectProblem(await verify(true, staff), 403, 'permission.denied');
      expectProblem(await verify(true, stranger), 404, 'milestone.unknown');
      expectProblem(await monitor.post(`/milestones/${id}/verification`, { accept: false }), 422, 'input.invalid');
    });
    expect((await done([proof.body.id], office)).body.milestones[0]).toMatchObject({
      state: 'reached',
      can: ['reach'],
    });
    expect((await monitor.get(`/assigned-indicators/${ids.own1}`)).body.milestones[0].can).toEqual(['verify']);
    expectProblem(await staff.delete(`/evidence/${proof.body.id}`), 409, 'evidence.used');
    expectProblem(await verify(true, office), 403, 'milestone.own');
    const returned = (await verify(false)).body.milestones[0];
    expect(returned).toMatchObject({ state: 'returned', reason: '缺少签字' });
    expect(returned).not.toHaveProperty('doneOn');
    expect((await done([proof.body.id])).body.milestones[0]).toMatchObject({ doneOn: '2026-06-28', state: 'reached' });
    expect((await verify(true)).body.milestones[0]).toMatchObject({
      state: 'verified',
      verifiedBy: { id: monitor.person.id },
      evidence: [proof.body.id],
    });
    expectProblem(await verify(true), 409, 'milestone.verified');
    expectProblem(await done([proof.body.id]), 409, 'milestone.verified');
  });

  it('an indicator is compared with another city: gap and trend', async () => {
    const set = (period: string, value: string) =>
      office.put('/benchmarks', { code: 'done', place: '标杆市', period, value });
    for (const [period, value] of [
      ['2026-Q1', '40'],
      ['2026-Q2', '41'],
    ] as const)
      expect((await set(period, value)).status).toBe(200);
    expect((await staff.get(`/assigned-indicators/${ids.done}/benchmark?place=标杆市`)).body).toEqual({
      place: '标杆市',
      lines: [
        { period: '2026-Q1', own: '32', benchmark: '40', gap: '-8' },
        { period: '2026-Q2', own: '33.3', benchmark: '41', gap: '-7.7' },
      ],
      trend: 'catchingUp',
      breaks: [],
    });
    expect((await staff.get(`/assigned-indicators/${ids.done}`)).body.places).toEqual(['标杆市']);
    expectProblem(
      await staff.put('/benchmarks', { code: 'done', place: 'x', period: '2026', value: '1' }),
      403,
      'permission.denied',
    );
    expect(content.name).toEqual(named('test'));
  });
});

describe('a source that is fetched from', () => {
  let answer: { status: number; type: string; body: string; location?: string } = {
    status: 200,
    type: 'application/json',
    body: '[]',
  };
  const server = createServer((_request, response) => {
    response.writeHead(answer.status, {
      'content-type': answer.type,
      ...(answer.location && { location: answer.location }),
    });
    response.end(answer.body);
  });
  let port: number;
  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => void server.close());

  const source = (url: string, format = 'json') => ({ name: '平台', cycleId, url, format, everyMinutes: 60 });
  const puller = () => ({
    prisma: api.prisma,
    hosts: api.settings.pullHosts,
    now: api.clock.now(),
    calendar: api.calendar.current(),
  });

  it('gives values on schedule, and a failure is on record and an incident once', async () => {
    const value = { org: 'D01', indicator: 'own1', period: '2026-Q3', value: '31' };
    answer = { ...answer, body: JSON.stringify({ values: [value] }) };
    const made = await office.post('/pull-sources', source(`http://127.0.0.1:${port}/values`));
    expect(made.status).toBe(201);
    expect(await pullDue(puller())).toBe(1);
    expect(await pullDue(puller())).toBe(0);
    const detail = (await staff.get(`/assigned-indicators/${ids.own1}`)).body;
    expect(detail.values[2]).toMatchObject({ period: '2026-Q3', reported: '31', source: 'pull' });
    const bodies = ['not json', JSON.stringify([{ org: 'D01' }]), JSON.stringify([{ ...value, period: '2026' }])];
    for (const body of [...bodies, bodies[0] as string]) {
      answer = { ...answer, body };
      await day(new Date(api.clock.now().getTime() + 3_600_000).toISOString());
      expect(await pullDue(puller())).toBe(1);
    }
    answer = { status: 302, type: 'text/plain', body: '', location: 'http://10.0.0.1/' };
    expectProblem(await office.post(`/pull-sources/${made.body.id}/run`), 502, 'source.failed');
    const runs = (await office.get(`/pull-sources/${made.body.id}/runs`)).body.items;
    expect(runs.map(({ state }: { state: string }) => state)).toEqual([
      'failed',
      'failed',
      'refused',
      'failed',
      'failed',
      'done',
    ]);
    const { items } = (await office.get('/incidents?kind=pull&state=open')).body;
    expect(items).toHaveLength(3);
    expect((await office.post(`/incidents/${items[0].id}/retry`)).status).toBe(200);
    expect((await office.get('/incidents?kind=pull&state=open')).body.items).toHaveLength(2);
    expect((await office.patch(`/pull-sources/${made.body.id}`, { active: false }, 1)).body).toMatchObject({
      active: false,
      version: 2,
    });
    expect(await pullDue(puller())).toBe(0);
  });

  it('S52 is only ever a host of the setting, and no private address behind a name', async () => {
    await unchanged(async () => {
      for (const url of [
        'http://localhost:1/',
        'http://169.254.169.254/latest',
        'http://[::1]/',
        'http://city.example/',
        'http://user:x@127.0.0.1/',
        // 10.0.0.1 and 169.254.169.254, written as numbers.
        'http://167772161/',
        'http://0xa.1/',
        'http://0251.0376.0251.0376/',
        'http://[::ffff:10.0.0.1]/',
      ])
        expectProblem(await office.post('/pull-sources', source(url)), 422, 'source.address');
      expectProblem(await office.post('/pull-sources', source('file:///etc/passwd')), 422, 'input.invalid');
      expectProblem(await staff.post('/pull-sources', source('http://127.0.0.1/')), 403, 'permission.denied');
    });
    const hosts = ['data.city.example'];
    const to = (address: string) =>
      allowedAddress(new URL('https://data.city.example/x'), hosts, async () => [{ address }]);
    for (const address of [
      '10.1.2.3',
      '127.0.0.1',
      '192.168.1.1',
      '172.20.0.1',
      '169.254.1.1',
      '100.64.0.1',
      '::1',
      'fd00::1',
      'fe80::1',
      '::ffff:10.0.0.1',
      '0.0.0.0',
    ])
      await expect(to(address), address).rejects.toThrow(ProblemError);
    await expect(to('8.8.8.8')).resolves.toBe('8.8.8.8');
    await expect(
      allowedAddress(new URL('https://data.city.example/x'), [...hosts, '10.1.2.3'], async () => [
        { address: '10.1.2.3' },
      ]),
    ).resolves.toBe('10.1.2.3');
    expect(isPrivate('2400:3200::1')).toBe(false);
  });

  it('that sends too much is cut off', async () => {
    answer = { status: 200, type: 'text/csv', body: 'x'.repeat(6 * 1024 * 1024) };
    await expect(fetchDocument(`http://127.0.0.1:${port}/`, ['127.0.0.1'])).rejects.toThrow(/more than 5 MB/);
  });
});

describe('a row with a lead unit and an assessing unit, as in 温州', () => {
  it('is reported by the lead unit or whoever owns it jointly, and judged by the assessing unit alone', async () => {
    const people: Record<string, Signed> = {};
    for (const code of ['LEAD', 'JOINT', 'ASSESS'])
      people[code] = await api.signedIn({ orgId: (await buildOrg(api.prisma, { code, category: null })).id });
    const { LEAD: lead, JOINT: beside, ASSESS: assessor } = people as Record<'LEAD' | 'JOINT' | 'ASSESS', Signed>;
    await api.directory.reload();
    const key = {
      code: 'key',
      name: named('key'),
      kind: 'common',
      unit: '%',
      direction: 'up',
      frequency: 'quarter',
      weight: '100',
      target: '95',
      owner: 'LEAD',
      monitoringUnit: 'ASSESS',
    } as const;
    await day('2026-01-12T01:00:00Z');
    const wenzhou = indicatorCycle({ total: '100', list: [{ ...key, jointOwners: ['JOINT'] }] }, { key: 'wenzhou' });
    expect((await office.post('/templates', { content: wenzhou })).status).toBe(201);
    expect((await office.post('/templates/wenzhou/versions/1/publish')).status).toBe(200);
    const body = {
      templateKey: 'wenzhou',
      version: 1,
      year: 2026,
      name: '温州',
      participants: [{ orgId, category: 'all' }],
    };
    const cycle = (await office.post('/cycles', body)).body.id as string;
    await api.launcher.settled();
    await api.work();
    const act = async (who: Signed, block: string, more: object) => {
      const { items } = (await who.get('/tasks?limit=100')).body;
      const task = items.find(
        (one: { block: string; cycle?: { id: string } }) => one.block === block && one.cycle?.id === cycle,
      );
      expect((await who.post(`/tasks/${task.id}/act`, more)).status).toBe(200);
    };
    const plan = [{ code: 'key', name: 'key', weight: '100', target: '95' }];
    await act(staff, 'draft', { action: 'submit', values: { plan } });
    await act(office, 'approve', { action: 'approve' });
    await api.work();
    const [row] = (await lead.get(`/assigned-indicators?cycleId=${cycle}`)).body.items;
    expect(row).toMatchObject({ code: 'key', org: { id: orgId }, monitoringUnit: { id: assessor.person.orgId } });
    expect((await monitor.get(`/assigned-indicators?cycleId=${cycle}`)).body.items).toMatchObject([{ code: 'key' }]);

    await day('2026-04-09T01:00:00Z');
    for (const who of [lead, beside, assessor]) await who.signIn(who.person.username, TEST_PASSWORD);
    const report = (who: Signed, value: string) =>
      who.post('/values', { cycleId: cycle, values: [{ id: row.id, period: '2026-Q1', value }] });
    const verify = (who: Signed, more: object) =>
      who.post('/values/verify', { cycleId: cycle, values: [{ id: row.id, period: '2026-Q1', ...more }] });
    expect((await report(beside, '81')).body).toMatchObject({ created: 1 });
    expect((await report(lead, '82')).body).toMatchObject({ updated: 1 });
    await unchanged(async () => {
      // The unit that monitors the measured one otherwise has no say here, nor has whoever reports.
      for (const who of [monitor, lead, beside, staff])
        expect([403, 422]).toContain((await verify(who, { action: 'accept' })).status);
      expect((await report(assessor, '99')).status).not.toBe(200);
    });
    expect((await verify(assessor, { action: 'correct', value: '80', reason: '按台账核减' })).body.corrected).toBe(1);
    const detail = await lead.get(`/assigned-indicators/${row.id}`);
    expect(detail.body.values[0]).toMatchObject({ state: 'verified', reported: '82', verified: '80' });
    const changes = (await staff.get(`/assigned-indicators/${row.id}/changes`)).body.items;
    expect(changes.map((one: { by: { id: string } }) => one.by.id)).toEqual(
      [beside, lead, assessor].map(({ person }) => person.id),
    );
  });
});
