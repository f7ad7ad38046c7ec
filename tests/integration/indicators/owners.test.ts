import { beforeAll, describe, expect, it } from 'vitest';
import type { Indicator } from '../../../workflows/indicators/schema.ts';
import { besideOwners } from '../../../workflows/library/parts/owners.ts';
import { recordValues, valueTable } from '../../../workflows/library/parts/values.ts';
import { walkBlocks } from '../../../workflows/template/schema.ts';
import { makeTestApi } from '../../support/api.ts';
import { approval, named, repeat, task, template, wait } from '../../support/blocks.ts';
import { type Answer, expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';
import { startTestWorker } from '../../support/testWorker.ts';

const api = await makeTestApi();
const worker = startTestWorker(api);
const { pool } = api.database;

const base = { kind: 'common', unit: '件', direction: 'up', frequency: 'quarter' } as const;
const a = { ...base, categories: ['a'] };
const list: Indicator[] = [
  { ...a, code: 'own', name: named('own'), weight: '40', target: '10' },
  {
    ...a,
    code: 'theirs',
    name: named('theirs'),
    weight: '30',
    target: '10',
    owner: 'OWNER',
    evidence: { required: true, kinds: ['document'] },
    plausible: { max: '1000' },
  },
  { ...a, code: 'shared', name: named('shared'), weight: '20', target: '10', jointOwners: ['OWNER'] },
  { ...a, code: 'yearly', name: named('yearly'), frequency: 'year', weight: '10', target: '10', owner: 'ANNUAL' },
  { ...base, code: 'alone', name: named('alone'), categories: ['b'], weight: '100', target: '10' },
];

const reports = besideOwners(
  [
    task('report', { fields: [valueTable()], deadline: { from: 'itemEnd', workingDays: 5 } }),
    approval('verify', { returnTo: 'report', onReject: undefined, access: { values: 'write' } }),
    recordValues(),
  ],
  'monitor',
);
// The parts that ship, but that a report may be taken back.
for (const block of walkBlocks(reports)) if (block.type === 'task') block.allow = ['retrieve'];

const column = (key: string, type: 'text' | 'decimal') => ({ key, type, name: named(key) });
const content = template(
  {
    plan: [
      task('draft', {
        fields: [
          {
            key: 'plan',
            type: 'table',
            name: named('plan'),
            source: 'plan',
            columns: [
              column('code', 'text'),
              column('name', 'text'),
              column('weight', 'decimal'),
              column('target', 'decimal'),
            ],
          },
        ],
      }),
      {
        key: 'assign',
        type: 'compute',
        name: named('assign'),
        into: 'assigned',
        rule: { kind: 'assign', plan: 'plan' },
      },
    ],
    execute: [
      repeat('quarters', 'quarters', 'oneByOne', [
        wait('ends', { until: { from: 'itemEnd' } }),
        ...reports,
        approval('confirm', { returnTo: 'reports', onReject: undefined }),
      ]),
    ],
  },
  {
    key: 'owned',
    indicators: { total: '100', list },
    lights: { rules: [{ key: 'low', colour: 'red', when: [{ of: 'achieved', below: '50' }] }] },
    categories: { a: { name: named('a'), ranked: true }, b: { name: named('b'), ranked: true } },
    roles: {
      performanceOffice: { name: named('office'), scope: 'city' },
      staff: { name: named('staff'), scope: 'unit' },
      monitor: { name: named('monitor'), scope: 'unit' },
    },
  },
);

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
type Row = Record<string, string | undefined>;
let office: Signed;
let staff: Signed;
let alone: Signed;
let monitor: Signed;
let owner: Signed;
let ownersHead: Signed;
let annual: Signed;
let stranger: Signed;
let orgId: string;
let caseId: string;
let aloneCase: string;
let cycleId: string;

/** Moves the clock, with the sessions; what has come due by then happens. */
const travel = async (instant: string): Promise<void> => {
  api.clock.set(instant);
  await pool.query('UPDATE sessions SET seen_at = $1, expires_at = $2', [
    instant,
    new Date(Date.parse(instant) + 3_600_000),
  ]);
  await settle();
};
const settle = async (): Promise<void> => {
  while ((await api.engine.fireDue()) > 0) await api.work();
  await api.work();
};
const inbox = async (who: Signed) =>
  (await who.get('/tasks?limit=100')).body.items.filter(({ state }: { state: string }) => state === 'open');
const taskOf = async (who: Signed, block: string): Promise<string> =>
  (await inbox(who)).find((row: { block: string }) => row.block === block)?.id;
const act = async (who: Signed, id: string, body: object): Promise<Answer> => {
  const answer = await who.post(`/tasks/${id}/act`, body);
  await settle();
  return answer;
};
const done = async (who: Signed, block: string, body: object): Promise<void> => {
  const { status, body: answer } = await act(who, await taskOf(who, block), body);
  expect([status, answer.errors ?? []]).toEqual([200, []]);
};
const given = async (who: Signed, block: string, table: string): Promise<Row[]> =>
  (await who.get(`/tasks/${await taskOf(who, block)}`)).body.given[table];
const filled = (rows: readonly Row[], values: Readonly<Record<string, string>>): Row[] =>
  rows.map((row) => ({ ...row, value: values[String(row.code)] ?? row.value }));
const values = async (period = '2026-Q1') => {
  const { rows } = await pool.query<{ code: string; state: string; value: string | null; by: string | null }>(
    `SELECT c.code, v.state, coalesce(CASE v.state WHEN 'verified' THEN v.verified ELSE v.reported END::text, '-') AS value, p.username AS by
     FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id LEFT JOIN people p ON p.id = v.reported_by
     WHERE c.org_id = $1 AND v.period = $2 ORDER BY c.position`,
    [orgId, period],
  );
  return Object.fromEntries(rows.map(({ code, state, value, by }) => [code, [state, value, by].join(' ').trim()]));
};
const unchanged = async (work: () => Promise<unknown>): Promise<void> => {
  const before = await fingerprint(pool);
  await work();
  expect(await fingerprint(pool)).toBe(before);
};
const errorsOf = ({ body }: Answer): string[] =>
  body.errors.map(({ path, id }: { path: string; id?: string }) => [path, id].join(' ').trim());

beforeAll(async () => {
  const watch = await buildOrg(api.prisma, { code: 'WATCH', category: null });
  const unit = await buildOrg(api.prisma, { code: 'UNIT', monitoringUnitId: watch.id });
  const second = await buildOrg(api.prisma, { code: 'SECOND', monitoringUnitId: watch.id });
  const owning = await buildOrg(api.prisma, { code: 'OWNER', name: '数据局', category: null });
  const yearly = await buildOrg(api.prisma, { code: 'ANNUAL', category: null });
  orgId = unit.id;
  const at = (org: { id: string }, role?: string) =>
    api.signedIn({ orgId: org.id, roles: role ? [{ role, orgId: org.id }] : [] });
  office = await api.signedIn({ roles: ['performanceOffice'] });
  [staff, alone, monitor] = [await at(unit, 'staff'), await at(second, 'staff'), await at(watch, 'monitor')];
  [owner, ownersHead, annual] = [await at(owning, 'staff'), await at(owning), await at(yearly, 'staff')];
  stranger = await api.signedIn();
  await api.prisma.orgUnit.update({ where: { id: owning.id }, data: { headId: ownersHead.person.id } });
  await api.directory.reload();
  expect(await office.post('/templates', { content })).toMatchObject({ status: 201, body: { findings: [] } });
  expect((await office.post('/templates/owned/versions/1/publish')).status).toBe(200);
  const participants = [
    { orgId: unit.id, category: 'a' },
    { orgId: second.id, category: 'b' },
  ];
  const launched = await office.post('/cycles', {
    templateKey: 'owned',
    version: 1,
    year: 2026,
    name: '责任单位',
    participants,
  });
  cycleId = launched.body.id;
  await api.launcher.settled();
  await settle();
  for (const who of [staff, alone])
    await done(who, 'draft', { action: 'submit', values: { plan: await given(who, 'draft', 'plan') } });
  const { rows } = await pool.query<{ org_id: string; case_id: string }>(
    'SELECT org_id, case_id FROM cycle_participants WHERE cycle_id = $1',
    [cycleId],
  );
  const caseOf = new Map(rows.map((row) => [row.org_id, row.case_id]));
  [caseId, aloneCase] = [caseOf.get(unit.id) ?? '', caseOf.get(second.id) ?? ''];
  await travel('2026-04-01T01:00:00Z');
});

describe('a unit that owns indicators of another', () => {
  let ownerTask: string;
  let itemCase: string;
  let proof: string;

  it('has a task of its own when the period is over, with its indicators alone', async () => {
    const [row, ...others] = await inbox(owner);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ block: 'ownerReport', title: '数据局 2026 Q1', org: { id: orgId } });
    expect(row.dueAt.slice(0, 10)).toBe('2026-04-08');
    [ownerTask, itemCase] = [row.id, row.caseId];
    expect((await given(owner, 'ownerReport', 'ownedValues')).map(({ code }) => code)).toEqual(['theirs', 'shared']);
    expect((await given(staff, 'report', 'values')).map(({ code }) => code)).toEqual(['own', 'shared']);
    // It is a burden to whoever reports: two rows each, and the owner's files.
    const { items } = (await office.get(`/cycles/${cycleId}/burden`)).body;
    const april = items.filter(({ month }: Row) => month === '2026-04');
    const fields = Object.fromEntries(
      april.map(({ org, fields }: { org: { id: string }; fields: number }) => [org.id, fields]),
    );
    expect(fields).toMatchObject({ [orgId]: 2, [owner.person.orgId]: 3 });
    // What it owns is due at the end of the year only.
    expect(await inbox(annual)).toEqual([]);
  });

  it('sees nothing else of the case, and nobody else sees its task', async () => {
    const { status, body } = await owner.get(`/cases/${itemCase}`);
    expect([status, Object.keys(body.data)]).toEqual([200, []]);
    expect(Object.keys((await staff.get(`/cases/${itemCase}`)).body.data)).toContain('plan');
    expectProblem(await owner.get(`/cases/${caseId}`), 404, 'case.unknown');
    for (const who of [stranger, annual]) {
      expectProblem(await who.get(`/cases/${itemCase}`), 404, 'case.unknown');
      expectProblem(await who.get(`/tasks/${ownerTask}`), 404, 'task.unknown');
    }
    const rows = await given(owner, 'ownerReport', 'ownedValues');
    const submit = { action: 'submit', values: { ownedValues: filled(rows, { theirs: '1', shared: '1' }) } };
    await unchanged(async () => {
      for (const who of [stranger, annual, alone])
        expectProblem(await who.post(`/tasks/${ownerTask}/act`, submit), 404, 'task.unknown');
      expectProblem(await staff.post(`/tasks/${ownerTask}/act`, submit), 404, 'task.unknown');
    });
  });

  it('begins with what the unit gave of what they own jointly', async () => {
    const rows = await given(staff, 'report', 'values');
    await unchanged(async () => {
      const stray = [...filled(rows, { own: '9', shared: '5' }), { code: 'theirs', value: '1' }];
      const refused = await act(staff, await taskOf(staff, 'report'), { action: 'submit', values: { values: stray } });
      expect(errorsOf(refused)).toEqual(['values[2].code']);
    });
    await done(staff, 'report', { action: 'submit', values: { values: filled(rows, { own: '9', shared: '5' }) } });
    const by = staff.person.username;
    expect(await values()).toEqual({ own: `reported 9 ${by}`, theirs: 'due -', shared: `reported 5 ${by}` });
    expect(await given(owner, 'ownerReport', 'ownedValues')).toMatchObject([
      { code: 'theirs' },
      { code: 'shared', value: '5' },
    ]);
  });

  it('is told row and column of what cannot be taken', async () => {
    const rows = await given(owner, 'ownerReport', 'ownedValues');
    const submit = (ownedValues: object[], more: object = {}) =>
      act(owner, ownerTask, { action: 'submit', values: { ownedValues, ...more } });
    await unchanged(async () => {
      const good = filled(rows, { theirs: '7', shared: '6' });
      expect(errorsOf(await submit([...good, { code: 'own', value: '1' }]))).toEqual(['ownedValues[2].code']);
      expect(errorsOf(await submit(good.slice(1)))).toEqual(['ownedValues']);
      expect(errorsOf(await submit(filled(rows, { theirs: '1001', shared: '6' })))).toContain(
        'ownedValues[0].value value.impossible',
      );
      expect(errorsOf(await submit(good))).toEqual(['ownedValues[0].value value.evidence']);
    });
  });

  it('reports them with a file, which whoever is concerned can read', async () => {
    const form = new FormData();
    form.append('field', 'ownerEvidence');
    form.append('file', new Blob(['%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n']), '台账.pdf');
    const upload = await owner.request('POST', `/tasks/${ownerTask}/evidence`, { form });
    expect(upload.status).toBe(201);
    proof = upload.body.id;
    const rows = filled(await given(owner, 'ownerReport', 'ownedValues'), { theirs: '7', shared: '6' });
    await done(owner, 'ownerReport', { action: 'submit', values: { ownedValues: rows, ownerEvidence: [proof] } });
    const by = owner.person.username;
    expect(await values()).toEqual({
      own: `reported 9 ${staff.person.username}`,
      theirs: `reported 7 ${by}`,
      shared: `reported 6 ${by}`,
    });
    const { rows: kept } = await pool.query(
      `SELECT c.code, v.evidence FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id
       WHERE c.org_id = $1 AND v.period = '2026-Q1' AND v.evidence::text <> '[]'`,
      [orgId],
    );
    expect(kept).toEqual([{ code: 'theirs', evidence: [proof] }]);
    for (const who of [owner, staff, monitor]) expect((await who.get(`/evidence/${proof}/content`)).status).toBe(200);
    expectProblem(await stranger.get(`/evidence/${proof}/content`), 404, 'evidence.unknown');
  });

  it('gets its own values back with the reason, and no others', async () => {
    await done(monitor, 'ownerVerify', { action: 'return', reason: '口径不符' });
    const by = owner.person.username;
    expect(await values()).toEqual({
      own: `reported 9 ${staff.person.username}`,
      theirs: `returned 7 ${by}`,
      shared: `returned 6 ${by}`,
    });
    const id = await taskOf(owner, 'ownerReport');
    const { body } = await owner.get(`/tasks/${id}`);
    expect(body).toMatchObject({ returnReason: { reason: '口径不符', by: { id: monitor.person.id } } });
    const rows = filled(body.values.ownedValues, { theirs: '1' });
    await done(owner, 'ownerReport', { action: 'submit', values: { ownedValues: rows, ownerEvidence: [proof] } });
    expect(await values()).toMatchObject({ theirs: `reported 1 ${by}`, shared: `reported 6 ${by}` });
  });

  it('takes its report back as long as nobody verified it', async () => {
    const { items } = (await owner.get('/tasks?box=done&limit=100')).body;
    const last = items.toSorted((a: Row, b: Row) => String(b.closedAt).localeCompare(String(a.closedAt)))[0];
    expect((await act(owner, last.id, { action: 'retrieve' })).status).toBe(200);
    expect(await values()).toEqual({
      own: `reported 9 ${staff.person.username}`,
      theirs: 'due -',
      shared: 'due -',
    });
    const { body } = await owner.get(`/tasks/${await taskOf(owner, 'ownerReport')}`);
    const { ownedValues } = body.values;
    await done(owner, 'ownerReport', { action: 'submit', values: { ownedValues, ownerEvidence: [proof] } });
    expect(await values()).toMatchObject({ theirs: expect.stringContaining('reported 1') });
  });

  it("has its values on record once they are verified; the unit's case goes on when both are", async () => {
    await done(office, 'verify', { action: 'approve' });
    // The unit's own are on record at once; of what they own jointly the later report counts when it is verified.
    expect(await values()).toMatchObject({
      own: expect.stringContaining('verified 9'),
      theirs: expect.stringContaining('reported 1'),
      shared: expect.stringContaining('verified 5'),
    });
    expect((await api.engine.read(caseId)).context.live).toHaveProperty('ownerReports');
    await done(monitor, 'ownerVerify', { action: 'approve' });
    expect(await values()).toMatchObject({
      own: expect.stringContaining('verified 9'),
      theirs: expect.stringContaining('verified 1'),
      shared: expect.stringContaining('verified 6'),
    });
    const { live, data } = (await api.engine.read(caseId)).context;
    expect(Object.keys(live)).toEqual(['confirm']);
    expect(data.recorded).toMatchObject({ worst: 'red', behind: ['theirs'], recorded: 0 });
    const { items } = (await monitor.get(`/cycles/${cycleId}/lights?limit=100`)).body;
    expect(
      items.map(({ indicator, colour }: { indicator: Row; colour: string }) => `${indicator.code} ${colour}`),
    ).toEqual(expect.arrayContaining(['theirs red', 'shared green', 'own green']));
  });

  it('is not asked again where it is the unit that has to report once more', async () => {
    await done(office, 'confirm', { action: 'return', reason: '请补充说明' });
    expect(await inbox(owner)).toEqual([]);
    expect((await values()).theirs).toContain('verified 1');
    const rows = await given(staff, 'report', 'values');
    expect(rows).toMatchObject([
      { code: 'own', value: '9' },
      { code: 'shared', value: '6' },
    ]);
    await done(staff, 'report', { action: 'submit', values: { values: filled(rows, { own: '8' }) } });
    await done(office, 'verify', { action: 'approve' });
    await done(office, 'confirm', { action: 'approve' });
    expect(await values()).toMatchObject({
      own: expect.stringContaining('verified 8'),
      theirs: expect.stringContaining('verified 1'),
      shared: expect.stringContaining('verified 6'),
    });
    expect((await api.engine.read(caseId)).context.live).toMatchObject({ ends: { item: { key: '2026-Q2' } } });
  });

  it('does not hold up a unit whose indicators are all its own', async () => {
    const rows = filled(await given(alone, 'report', 'values'), { alone: '10' });
    expect(rows.map(({ code }) => code)).toEqual(['alone']);
    await done(alone, 'report', { action: 'submit', values: { values: rows } });
    await done(office, 'verify', { action: 'approve' });
    await done(office, 'confirm', { action: 'approve' });
    const { context } = await api.engine.read(aloneCase);
    expect(context.data).toMatchObject({ owners: [], recorded: { worst: 'green' } });
    expect(context.live).toMatchObject({ ends: { item: { key: '2026-Q2' } } });
  });

  it('is reminded and chased when it is late, up to its own head, and then to the office; it gets no notice beside its task', async () => {
    const told = async (who: Signed): Promise<string[]> =>
      (await who.get('/notices?limit=100')).body.items.map(({ kind }: { kind: string }) => kind);
    await travel('2026-07-01T01:00:00Z');
    const id = await taskOf(owner, 'ownerReport');
    expect(id).toBeTruthy();
    // Due on 7 July; a working day later the reminder, two days later its head is told, three days later the task is the head's own.
    const reminders = async () => (await told(owner)).filter((kind) => kind === 'remind').length;
    await travel('2026-07-07T12:00:00Z');
    const due = await reminders();
    await travel('2026-07-08T12:00:00Z');
    expect(await reminders()).toBe(due + 1);
    expect(await told(ownersHead)).toEqual([]);
    await travel('2026-07-09T12:00:00Z');
    expect(await told(ownersHead)).toContain('superior');
    await travel('2026-07-10T12:00:00Z');
    expect(await taskOf(ownersHead, 'ownerReport')).toBe(id);
    expect(await taskOf(owner, 'ownerReport')).toBeUndefined();
    await travel('2026-07-17T12:00:00Z');
    expect(await taskOf(office, 'ownerReport')).toBe(id);
    await worker.sweep();
    const { rows } = await pool.query('SELECT 1 FROM indicator_values WHERE asked_at IS NOT NULL');
    expect(rows).toEqual([]);
  });
});
