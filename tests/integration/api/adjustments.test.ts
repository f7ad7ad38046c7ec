import { beforeAll, describe, expect, it } from 'vitest';
import type { OrgUnit } from '../../../prisma/client/client.ts';
import { automaticEntry } from '../../../server/adjustments/automatic.ts';
import { readAdjustments } from '../../../server/adjustments/read.ts';
import { verify } from '../../../server/verify/verify.ts';
import { xinhuang } from '../../../workflows/library/lights.ts';
import { specialGoals } from '../../../workflows/library/parts/special.ts';
import { checkExplanation } from '../../../workflows/scoring/check.ts';
import { scoreDataSchema } from '../../../workflows/scoring/data.ts';
import { evaluateRule } from '../../../workflows/scoring/evaluate.ts';
import { explainInWords } from '../../../workflows/scoring/words.ts';
import { makeTestApi } from '../../support/api.ts';
import { launchOn } from '../../support/apiCycle.ts';
import { named, task, template } from '../../support/blocks.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';
import { assignIndicator, judge, setValue } from '../../support/judging.ts';

const api = await makeTestApi();
const { pool } = api.database;
type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let office: Signed;
let office2: Signed;
let monitor: Signed;
let staff: Signed;
let stranger: Signed;
let org: OrgUnit;
let cycleId: string;
let caseId: string;

const content = template(
  { plan: [task('report', { escalate: [{ after: 2, do: 'deduct', points: '0.5' }] })] },
  {
    key: 'ledger',
    roles: {
      performanceOffice: { name: named('office'), scope: 'city' },
      staff: { name: named('staff'), scope: 'unit' },
      monitor: { name: named('monitor'), scope: 'unit' },
    },
    adjustments: {
      items: [
        {
          key: 'award',
          kind: 'bonus',
          name: named('award'),
          group: 'honour',
          most: '2',
          cap: '2.5',
          byUnit: true,
          evidence: 'required',
        },
        { key: 'pilot', kind: 'bonus', name: named('pilot'), group: 'honour', points: '1' },
        { key: 'prize', kind: 'bonus', name: named('prize'), points: '0.2', stage: 'quarter' },
        { key: 'late', kind: 'deduction', name: named('late') },
        { key: 'fault', kind: 'deduction', name: named('fault'), points: '1', most: '3', severity: 'major' },
        { key: 'accident', kind: 'veto', name: named('accident') },
      ],
      groups: { honour: { name: named('honour'), caps: { bonus: '3' } } },
      propose: ['monitor'],
      automatic: { ladder: 'late' },
    },
    lights: xinhuang,
  },
);

beforeAll(async () => {
  const monitoring = await buildOrg(api.prisma);
  org = await buildOrg(api.prisma, { category: 'all', monitoringUnitId: monitoring.id });
  const other = await buildOrg(api.prisma, { category: 'all' });
  office = await api.signedIn({ roles: ['performanceOffice'] });
  office2 = await api.signedIn({ roles: ['performanceOffice'] });
  monitor = await api.signedIn({ orgId: monitoring.id, roles: [{ role: 'monitor', orgId: monitoring.id }] });
  staff = await api.signedIn({ orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
  stranger = await api.signedIn({ orgId: other.id, roles: [{ role: 'monitor', orgId: other.id }] });
  const launched = await launchOn(api, content, [org, other]);
  cycleId = launched.cycleId;
  caseId = launched.caseOf.get(org.id) ?? '';
});

const propose = (who: Signed, body: object) =>
  who.post(`/cycles/${cycleId}/adjustments`, { orgId: org.id, reason: 'because', ...body });
const upload = async (who: Signed, bytes = 'proof', name = 'proof.txt') => {
  const form = new FormData();
  form.append('file', new Blob([bytes]), name);
  return who.request('POST', `/cases/${caseId}/adjustment-files`, { form });
};

describe('the ledger', () => {
  it('takes a proposal with evidence, approved by somebody else; every change is on record', async () => {
    const file = await upload(staff);
    expect(file.status).toBe(201);
    const made = await propose(staff, { item: 'award', points: '1.5', evidence: [file.body.id] });
    expect(made).toMatchObject({
      status: 201,
      body: {
        kind: 'bonus',
        points: '1.5',
        state: 'proposed',
        can: ['correct', 'withdraw'],
        evidence: [{ name: 'proof.txt' }],
      },
    });
    const { id } = made.body;
    const corrected = await staff.patch(`/adjustments/${id}`, { points: '2', document: '〔2026〕7号' }, 1);
    expect(corrected).toMatchObject({ status: 200, body: { points: '2', document: '〔2026〕7号', version: 2 } });
    expectProblem(await staff.patch(`/adjustments/${id}`, { points: '1' }, 1), 412, 'version.stale');
    expectProblem(await staff.post(`/adjustments/${id}/approve`, {}), 403, 'adjustment.notAllowed');
    expectProblem(await stranger.get(`/adjustments/${id}`), 404, 'adjustment.unknown');
    expect((await office.post(`/adjustments/${id}/approve`, { reason: 'meets the rule' })).body).toMatchObject({
      state: 'approved',
      decidedBy: { id: office.person.id },
      can: ['revoke'],
    });
    expectProblem(await office2.post(`/adjustments/${id}/approve`, {}), 409, 'adjustment.state');
    const { body } = await staff.get(`/adjustments/${id}`);
    expect(body.changes.map(({ what, by }: { what: string; by: { id: string } }) => [what, by.id])).toEqual([
      ['proposed', staff.person.id],
      ['corrected', staff.person.id],
      ['approved', office.person.id],
    ]);
    expect(body.changes[1]).toMatchObject({ before: { points: '1.5' }, after: { points: '2' } });
    expectProblem(await staff.delete(`/evidence/${file.body.id}`), 409, 'evidence.used');
    await expect(pool.query(`UPDATE adjustment_changes SET reason = 'other'`)).rejects.toThrow('append-only');
    await expect(pool.query('DELETE FROM adjustment_changes')).rejects.toThrow('append-only');
  });

  it('nobody approves what they proposed, nor does the database let them', async () => {
    const { body } = await propose(office, { item: 'pilot' });
    expect(body).toMatchObject({ points: '1', can: ['correct', 'withdraw'] });
    expectProblem(await office.post(`/adjustments/${body.id}/approve`, {}), 403, 'adjustment.own');
    await expect(
      pool.query(`UPDATE adjustments SET state = 'approved', decided_by = proposed_by WHERE id = $1`, [body.id]),
    ).rejects.toThrow('adjustments_two_people');
    expect((await office2.post(`/adjustments/${body.id}/approve`, {})).status).toBe(200);
  });

  it('two who decide at once: one does, the other is told', async () => {
    const { body } = await propose(monitor, { item: 'late', points: '1' });
    const answers = await Promise.all([
      office.post(`/adjustments/${body.id}/approve`, {}),
      office2.post(`/adjustments/${body.id}/reject`, { reason: 'not proven' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { changes } = (await office.get(`/adjustments/${body.id}`)).body;
    expect(changes).toHaveLength(2);
  });

  it('a rejection, a withdrawal and a revocation keep their reasons', async () => {
    const rejected = (await propose(monitor, { item: 'late', points: '3' })).body.id;
    expectProblem(await office.post(`/adjustments/${rejected}/reject`, {}), 422, 'input.invalid');
    expect((await office.post(`/adjustments/${rejected}/reject`, { reason: 'not proven' })).body.state).toBe(
      'rejected',
    );
    const withdrawn = (await propose(monitor, { item: 'late', points: '3' })).body.id;
    expectProblem(await office.post(`/adjustments/${withdrawn}/withdraw`, {}), 403, 'adjustment.notAllowed');
    expect((await monitor.post(`/adjustments/${withdrawn}/withdraw`, {})).body.state).toBe('withdrawn');
    const veto = (await propose(office, { item: 'accident' })).body.id;
    await office2.post(`/adjustments/${veto}/approve`, {});
    const revoked = await office2.post(`/adjustments/${veto}/revoke`, { reason: 'the finding was overturned' });
    expect(revoked.body).toMatchObject({
      state: 'revoked',
      changes: [{}, {}, { reason: 'the finding was overturned' }],
    });
  });

  it('what was approved counts, before and after the caps, and is what scoring rules see', async () => {
    const file = (await upload(office)).body.id;
    const { id } = (await propose(office, { item: 'award', points: '1.5', evidence: [file] })).body;
    await office2.post(`/adjustments/${id}/approve`, {});
    const late = (await propose(office, { item: 'late', points: '0.3' })).body.id;
    await office2.post(`/adjustments/${late}/approve`, {});
    const totals = (await staff.get(`/cycles/${cycleId}/adjustments/totals`)).body.items[0];
    expect(totals.items.filter(({ kind }: { kind: string }) => kind === 'bonus')).toMatchObject([
      { key: 'award', before: '3.5', after: '2.5', cap: '2.5' },
      { key: 'pilot', before: '1', after: '1', cap: null },
    ]);
    expect(totals.groups).toMatchObject([{ key: 'honour', before: '3.5', after: '3' }]);
    const entries = (await readAdjustments(pool, cycleId, [caseId])).get(caseId) ?? [];
    expect(
      entries.filter(({ kind }) => kind === 'bonus').map(({ item, group, points }) => [item, group, points]),
    ).toEqual([
      ['award', 'honour', '2'],
      ['pilot', 'honour', '1'],
      ['award', 'honour', '1.5'],
    ]);
    expect((await stranger.get(`/cycles/${cycleId}/adjustments`)).body.items).toEqual([]);
    expect((await stranger.get(`/cycles/${cycleId}/adjustments/totals`)).body.items).toEqual([]);
    expect((await office.get(`/cycles/${cycleId}/adjustments?state=approved&kind=bonus`)).body.total).toBe(3);
  });

  it('a rung of a ladder enters its deduction once, as a proposal that somebody decides', async () => {
    api.clock.set('2026-03-12T10:00:00Z');
    await api.engine.fireDue();
    await api.engine.fireDue();
    // Sessions have ended meanwhile.
    [office, office2, monitor, staff, stranger] = await Promise.all([
      api.as(office.person),
      api.as(office2.person),
      api.as(monitor.person),
      api.as(staff.person),
      api.as(stranger.person),
    ]);
    const found = (await office.get(`/cycles/${cycleId}/adjustments?orgId=${org.id}&state=proposed&item=late`)).body;
    expect(found.items).toMatchObject([
      {
        points: '0.5',
        proposedBy: null,
        source: { kind: 'ladder', caseId, block: 'report', rung: 0 },
        can: ['correct', 'approve', 'reject'],
      },
    ]);
    const { id, source } = found.items[0];
    expect(source.caseId).toBe(caseId);
    const light = {
      cycleId,
      orgId: org.id,
      cause: 'light' as const,
      kind: 'deduction' as const,
      points: '1',
      reason: '连续两次黄灯',
      source: { kind: 'light' },
    };
    const once = {
      ...light,
      id: '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10',
      changeId: '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f11',
      key: 'light/1',
      at: api.clock.now().toISOString(),
    };
    for (let time = 0; time < 2; time += 1) {
      const { text, values } = automaticEntry(content, once);
      await pool.query(text, values);
    }
    expect((await office.get(`/cycles/${cycleId}/adjustments?item=light`)).body.items).toMatchObject([
      { item: { name: { en: 'Warning lights' } }, state: 'proposed' },
    ]);
    expect((await office.post(`/adjustments/${id}/approve`, {})).body.state).toBe('approved');
    expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
  });
});

describe('a light without bonus (新晃)', () => {
  const approve = async (body: object) => {
    const made = await propose(office, body);
    return made.status === 201 ? office2.post(`/adjustments/${made.body.id}/approve`, {}) : made;
  };
  const bonus = async () => {
    const adjustments = (await readAdjustments(pool, cycleId, [caseId])).get(caseId) ?? [];
    const prizes = adjustments.filter(({ item }) => item === 'prize');
    return evaluateRule({ kind: 'ledger', of: 'bonus' }, scoreDataSchema.parse({ adjustments: prizes }));
  };

  it('withholds the bonus of its stage: new ones are refused, approved ones count 0 and say why', async () => {
    const unit = { cycleId, orgId: org.id, template: content };
    const id = await assignIndicator(api, unit, { code: 'X1', target: '100' });
    const first = await approve({ item: 'prize', period: '2026-Q1' });
    expect(first.body).toMatchObject({ state: 'approved', period: '2026-Q1', withheld: null });
    expect(await bonus()).toMatchObject({ value: '0.2' });
    const waiting = (await propose(monitor, { item: 'prize', period: '2026-Q1' })).body.id;

    await setValue(api, id, '2026-02', '59.99');
    expect(await judge(api, unit, 2)).toMatchObject({ worst: 'yellow' });
    const [card] = (await office.get(`/cycles/${cycleId}/warnings?kind=noBonus`)).body.items;
    expect(card).toMatchObject({ state: 'noted', period: '2026-02' });

    const before = await fingerprint(pool);
    expectProblem(await propose(office, { item: 'prize', period: '2026-Q1' }), 409, 'adjustment.noBonus');
    const refused = await office.post(`/adjustments/${waiting}/approve`, {});
    expectProblem(refused, 409, 'adjustment.noBonus');
    expect(refused.body.detail).toBe(`依据第 ${card.number} 号预警（2026-02）`);
    expect(await fingerprint(pool)).toBe(before);

    const score = await bonus();
    expect(score.value).toBe('0');
    expect(checkExplanation(score.explanation)).toEqual([]);
    expect(explainInWords(score.explanation, 'zh').join('\n')).toContain(
      `第 ${card.number} 号预警：取消 2026-02 阶段奖励，不计分`,
    );
    expect((await office.get(`/adjustments/${first.body.id}`)).body.withheld.en).toContain('2026-02, so it counts 0');
    const totals = (await office.get(`/cycles/${cycleId}/adjustments/totals`)).body.items[0];
    expect(totals.withheld).toBe(1);
    expect(totals.items.map(({ key }: { key: string }) => key)).not.toContain('prize');

    // Another stage, and what is for no stage, is not touched; nor is the stage once the card is taken back.
    expect((await approve({ item: 'prize', period: '2026-Q2' })).body.state).toBe('approved');
    expect((await approve({ item: 'pilot' })).body.state).toBe('approved');
    expect((await bonus()).value).toBe('0.2');
    await office.post(`/warnings/${card.id}/withdraw`, { reason: '数据更正' });
    expect((await office.post(`/adjustments/${waiting}/approve`, {})).body.state).toBe('approved');
    expect((await bonus()).value).toBe('0.6');
  });

  it('withholds every bonus of the year where it says so', async () => {
    await pool.query(
      `INSERT INTO warnings (id, cycle_id, number, org_id, kind, detail, because, source, state, opened_at)
       SELECT gen_random_uuid(), $1, 900, $2, 'noBonus', '{"kind": "noBonus", "of": "year"}', '{"zh": "x", "en": "x"}', 'light', 'noted', now()`,
      [cycleId, org.id],
    );
    expectProblem(await propose(office, { item: 'pilot' }), 409, 'adjustment.noBonus');
    expect((await bonus()).value).toBe('0');
    expect((await propose(office, { item: 'late', points: '0.1' })).status).toBe(201);
    await pool.query(`UPDATE warnings SET state = 'withdrawn' WHERE number = 900`);
  });
});

describe('bad input', () => {
  it.each([
    ['no stage', { item: 'prize' }, 'period'],
    ['a month where the stage is a quarter', { item: 'prize', period: '2026-01' }, 'period'],
    ['a stage of another year', { item: 'prize', period: '2025-Q1' }, 'period'],
    ['a stage of what has none', { item: 'pilot', period: '2026-Q1' }, 'period'],
    ['an unknown item', { item: 'nothing' }, 'item'],
    ['a sign', { item: 'late', points: '-1' }, 'points'],
    ['no points', { item: 'late' }, 'points'],
    ['zero points', { item: 'late', points: '0' }, 'points'],
    ['too many points', { item: 'award', points: '2.1' }, 'points'],
    ['points of a veto', { item: 'accident', points: '1' }, 'points'],
    ['no evidence', { item: 'award', points: '1' }, 'evidence'],
    [
      "somebody else's files",
      { item: 'award', points: '1', evidence: ['0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10'] },
      'evidence[0]',
    ],
    [
      'a unit that takes no part',
      { item: 'late', points: '1', orgId: '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10' },
      'orgId',
    ],
    ['an unclean reason', { item: 'late', points: '1', reason: 'a\u202eb' }, 'reason'],
    ['no reason', { item: 'late', points: '1', reason: ' ' }, 'reason'],
  ])('%s', async (_what, body, path) => {
    const before = await fingerprint(pool);
    const answer = await propose(office, body);
    expectProblem(answer, 422, 'input.invalid');
    expect(answer.body.errors[0].path).toBe(path);
    expect(await fingerprint(pool)).toBe(before);
  });

  it('who may not propose is refused: a unit only what it may ask for, a monitor only its own units', async () => {
    expectProblem(await propose(staff, { item: 'late', points: '1' }), 403, 'adjustment.notAllowed');
    expectProblem(await propose(stranger, { item: 'late', points: '1' }), 403, 'adjustment.notAllowed');
    expect((await staff.get(`/cycles/${cycleId}/adjustments/scheme`)).body).toMatchObject({ can: ['propose'] });
  });

  it('a file whose content is not its type, and one for a case that is not seen', async () => {
    expectProblem(await upload(staff, 'no picture', 'a.png'), 422, 'file.type');
    expectProblem(await upload(stranger), 404, 'case.unknown');
  });

  it('a ledger that the template does not have, and a cycle that has ended', async () => {
    const none = await launchOn(api, template({ plan: [task('a')] }, { key: 'bare' }), [org]);
    const entry = { orgId: org.id, item: 'late', points: '1', reason: 'x' };
    expectProblem(await office.post(`/cycles/${none.cycleId}/adjustments`, entry), 409, 'adjustment.none');
    const { id } = (await propose(office, { item: 'late', points: '1' })).body;
    await pool.query(`UPDATE cycles SET status = 'closed' WHERE id = $1`, [cycleId]);
    expectProblem(await propose(office, { item: 'late', points: '1' }), 409, 'cycle.state');
    expectProblem(await office2.post(`/adjustments/${id}/approve`, {}), 409, 'cycle.state');
  });
});

describe('a deduction that is asked for with a finding', () => {
  let running: string;
  let unit: OrgUnit;

  beforeAll(async () => {
    unit = await buildOrg(api.prisma, { category: 'all' });
    running = (await launchOn(api, { ...content, key: 'faults' }, [unit])).cycleId;
  });

  const finding = (propose: object, more: object = {}) =>
    office.post('/findings', {
      cycleId: running,
      orgId: unit.id,
      severity: 'major',
      what: 'no records',
      propose,
      ...more,
    });
  const faults = async () => (await office.get(`/cycles/${running}/adjustments?item=fault`)).body.items;

  it('is entered with it, to be approved by somebody else', async () => {
    const { status, body } = await finding({ item: 'fault', points: '2' });
    expect(status).toBe(201);
    expect(await faults()).toMatchObject([
      {
        org: { id: unit.id },
        points: '2',
        reason: 'no records',
        state: 'proposed',
        source: { kind: 'finding', id: body.id },
        proposedBy: { id: office.person.id },
      },
    ]);
    const [{ id }] = await faults();
    expectProblem(await office.post(`/adjustments/${id}/approve`, {}), 403, 'adjustment.own');
    expect((await office2.post(`/adjustments/${id}/approve`, {})).body.state).toBe('approved');
  });

  it('is entered once for a complaint, however often that becomes a finding', async () => {
    const before = (await faults()).length;
    const complaint = {
      channel: '12345',
      reference: 'L-1',
      receivedAt: api.clock.now().toISOString(),
      text: 'the lamps are out',
    };
    const [id] = (await office.post('/complaints', { complaints: [complaint] })).body.ids;
    expect((await office.post(`/complaints/${id}/assign`, { orgId: unit.id, reason: 'theirs' })).status).toBe(200);
    for (let i = 0; i < 2; i += 1)
      expect(
        (
          await office.post(`/complaints/${id}/finding`, {
            cycleId: running,
            severity: 'critical',
            propose: { item: 'fault' },
          })
        ).status,
      ).toBe(201);
    const now = await faults();
    expect(now).toHaveLength(before + 1);
    expect(now.filter(({ source }: { source: { id?: string } }) => source.id === id)).toMatchObject([
      { points: '1', reason: 'the lamps are out', source: { kind: 'complaint' } },
    ]);
  });

  it.each<[string, object, object, string]>([
    ['no such item', { item: 'nope' }, {}, 'propose.item'],
    ['a bonus', { item: 'pilot' }, {}, 'propose.item'],
    ['too many points', { item: 'fault', points: '4' }, {}, 'propose.points'],
    ['no points', { item: 'late' }, {}, 'propose.points'],
    ['not severe enough', { item: 'fault' }, { severity: 'minor' }, 'propose.item'],
  ])('%s: refused, and nothing is put on record', async (_what, propose, more, path) => {
    const before = await fingerprint(pool);
    const answer = await finding(propose, more);
    expectProblem(answer, 422, 'input.invalid');
    expect(answer.body.errors[0].path).toBe(path);
    expect(await fingerprint(pool)).toBe(before);
  });

  it('is refused to whoever may not propose, and nothing is put on record', async () => {
    const inspector = await api.signedIn({ roles: ['inspector'] });
    const body = { cycleId: running, orgId: unit.id, severity: 'major', what: 'x', propose: { item: 'fault' } };
    const before = await fingerprint(pool);
    expectProblem(await inspector.post('/findings', body), 403, 'adjustment.notAllowed');
    expect(await fingerprint(pool)).toBe(before);
  });
});

describe('special goals (杭州 2018)', () => {
  const special = specialGoals({ safety: { name: named('safety'), points: '5' } }, ['leads']);
  const { roles } = template({});
  const written = template(
    { plan: [task('report')] },
    {
      key: 'special',
      adjustments: special,
      roles: { ...roles, leads: { name: named('leads'), scope: 'city' } },
    },
  );
  let cycle: string;
  let cases: Map<string, string>;
  let units: OrgUnit[];
  let lead: Signed;

  beforeAll(async () => {
    units = [];
    for (let i = 0; i < 20; i += 1) units.push(await buildOrg(api.prisma, { category: 'all', name: `专项单位${i}` }));
    lead = await api.signedIn({ roles: ['leads'] });
    [office, monitor] = await Promise.all([api.as(office.person), api.as(monitor.person)]);
    const launched = await launchOn(api, written, units);
    [cycle, cases] = [launched.cycleId, launched.caseOf];
  });

  /** Proposes with the detail file, as whoever leads the goal. */
  const enter = async (unit: number, item: string, points?: string): Promise<string> => {
    const orgId = units[unit]?.id ?? '';
    const form = new FormData();
    form.append('file', new Blob(['detail']), 'detail.txt');
    const file = await lead.request('POST', `/cases/${cases.get(orgId)}/adjustment-files`, { form });
    expect(file.status, JSON.stringify(file.body)).toBe(201);
    const body = { orgId, item, points, reason: '年度专项考核', evidence: [file.body.id] };
    const made = await lead.post(`/cycles/${cycle}/adjustments`, body);
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body.id;
  };
  const approve = (id: string) => office.post(`/adjustments/${id}/approve`, {});
  const standing = async () => (await office.get(`/cycles/${cycle}/adjustments/scheme`)).body.goals[0];
  const why = (answer: { body: { errors: { message: { en: string } }[] } }) =>
    answer.body.errors.map(({ message }) => message.en);

  it('give a bonus only where more than 15 % lost points, to 10 % of the units, 10 % of the goal each', async () => {
    const first = await enter(0, 'safetyBonus', '0.5');
    const lost: string[] = [];
    for (const unit of [17, 18, 19]) {
      const id = await enter(unit, unit === 19 ? 'safetyBad' : 'safetyPoor');
      expect((await approve(id)).body.points).toBe(unit === 19 ? '0.5' : '0.3');
      lost.push(id);
    }
    const before = await fingerprint(pool);
    const early = await approve(first);
    expectProblem(early, 409, 'adjustment.special');
    expect(why(early)).toEqual(['3 of 20 units lost points, it must be more than 15 %']);
    expect(await fingerprint(pool)).toBe(before);
    expect(await standing()).toMatchObject({ key: 'safety', points: '5', units: 20, lost: 3, bonuses: 0 });
    expect((await standing()).refused).toHaveLength(1);

    const fourth = await enter(16, 'safetyPoor');
    await approve(fourth);
    expect(await standing()).toMatchObject({ lost: 4, refused: [] });
    expect((await approve(first)).body.state).toBe('approved');

    const much = await approve(await enter(1, 'safetyBonus', '0.51'));
    expectProblem(much, 409, 'adjustment.special');
    expect(why(much)).toEqual(['专项单位1 gets 0.51, at most 0.5 may be given']);
    const again = await approve(await enter(0, 'safetyBonus', '0.1'));
    expect(why(again)).toEqual(['专项单位0 gets 0.6, at most 0.5 may be given']);

    // Two who would both be the last one: one is.
    const [second, third] = [await enter(2, 'safetyBonus', '0.5'), await enter(3, 'safetyBonus', '0.5')];
    const answers = await Promise.all([approve(second), approve(third)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409);
    expect(late && why(late)).toEqual(['3 units get a bonus, at most 2 may']);

    // A deduction that bonuses rest on stays until they are revoked.
    const revoke = (id: string) => office.post(`/adjustments/${id}/revoke`, { reason: '重新核定' });
    expectProblem(await revoke(fourth), 409, 'adjustment.special');
    const given = answers[0]?.status === 200 ? second : third;
    expect((await revoke(given)).body.state).toBe('revoked');
    expect((await revoke(first)).body.state).toBe('revoked');
    expect((await revoke(fourth)).body.state).toBe('revoked');
  });

  it('are proposed by whoever leads them, with the detail file; without one whoever leads loses points', async () => {
    const orgId = units[5]?.id ?? '';
    const body = { orgId, item: 'safetyBonus', points: '0.5', reason: '年度专项考核' };
    const bare = await lead.post(`/cycles/${cycle}/adjustments`, body);
    expectProblem(bare, 422, 'input.invalid');
    expect(bare.body.errors[0].path).toBe('evidence');
    expectProblem(await monitor.post(`/cycles/${cycle}/adjustments`, body), 403, 'adjustment.notAllowed');
    const own = { orgId, item: 'safetyNoDetail', reason: '未按时报送考核明细' };
    expectProblem(await lead.post(`/cycles/${cycle}/adjustments`, own), 403, 'adjustment.notAllowed');
    expect((await office.post(`/cycles/${cycle}/adjustments`, own)).body).toMatchObject({ points: '0.1' });
    expect((await monitor.get(`/cycles/${cycle}/adjustments/scheme`)).body.goals).toEqual([]);
  });
});
