import { beforeAll, describe, expect, it } from 'vitest';
import type { OrgUnit } from '../../../prisma/client/client.ts';
import { verify } from '../../../server/verify/verify.ts';
import { appeal } from '../../../workflows/library/parts/appeal.ts';
import type { Block } from '../../../workflows/template/block.ts';
import { makeTestApi } from '../../support/api.ts';
import { launchOn } from '../../support/apiCycle.ts';
import { decimal, named, rank, task, template, weighted } from '../../support/blocks.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { fingerprint } from '../../support/fingerprint.ts';

const api = await makeTestApi();
const { pool } = api.database;
type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let office: Signed;
let office2: Signed;
let staff: Signed[];
let units: OrgUnit[];
let cycleId: string;
let caseOf: Map<string, string>;

const offices = [{ kind: 'role', role: 'performanceOffice' } as const];
const cycleBlock = (key: string, into: string, rule: object): Block =>
  ({ key, type: 'compute', per: 'cycle', name: named(key), into, rule }) as Block;
const total = (key: string) =>
  weighted(key, 'totalScore', [
    { value: 'work', weight: '0.6' },
    { value: 'conduct', weight: '0.4' },
  ]);
const content = template(
  {
    evaluate: [
      task('mark', { who: offices, fields: [decimal('work'), decimal('conduct')] }),
      total('composite'),
      rank('ranking', 'totalScore'),
      cycleBlock('grading', 'grade', { kind: 'grade', by: 'standing' }),
      task('draft', { per: 'cycle', who: offices }),
      {
        key: 'publicity',
        type: 'window',
        per: 'cycle',
        name: named('publicity'),
        until: { from: 'opened', workingDays: 5 },
        notice: { zh: '{{period.year}} 年结果公示', en: 'the results of {{period.year}} are public' },
      },
      ...appeal({
        key: 'objection',
        who: [{ kind: 'role', role: 'staff', of: 'participant' }],
        review: offices,
        recuse: ['mark', 'draft'],
        days: { appeal: 3, decide: 10 },
        corrects: ['work'],
        shows: ['totalScore', 'standing', 'grade'],
        recompute: [total('recomposite')],
        again: [
          rank('finalRanking', 'totalScore'),
          cycleBlock('finalGrading', 'grade', { kind: 'grade', by: 'standing' }),
          cycleBlock('using', 'uses', { kind: 'uses' }),
          task('final', { per: 'cycle', who: offices }),
        ],
      }),
    ],
    feedback: [task('close')],
  },
  {
    key: 'results',
    grades: {
      grades: [
        { key: 'excellent', name: named('excellent'), atLeast: '90' },
        { key: 'good', name: named('good'), atLeast: '60' },
        { key: 'poor', name: named('poor') },
      ],
      quotas: [
        {
          key: 'top',
          grades: ['excellent'],
          most: { share: '0.4', round: 'floor' },
          onApproval: { share: '0.7', round: 'floor' },
          ties: 'out',
        },
      ],
    },
    uses: [{ key: 'talk', name: named('talk'), whom: { kind: 'bottom', n: 1 }, effect: { kind: 'talk' } }],
  },
);

const act = async (client: Client, block: string, values: object = {}, caseId?: string, action = 'submit') => {
  const { items } = (await client.get('/tasks?limit=100')).body;
  const found = items.find(
    (row: { block: string; case: { id: string }; caseId: string }) =>
      row.block === block && (!caseId || row.caseId === caseId),
  );
  const answer = await client.post(`/tasks/${found?.id}/act`, { action, values });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  await api.work();
};
const caseAt = (i: number) => caseOf.get(units[i]?.id ?? '') ?? '';
const results = async (client: Client) => (await client.get(`/cycles/${cycleId}/results`)).body;
const table = ({ items }: { items: { org: { id: string }; score: string; rank: number; grade: string }[] }) =>
  items.map(({ org, score, rank: place, grade }) => [units.findIndex(({ id }) => id === org.id), score, place, grade]);
const everyone = async () => {
  [office, office2, ...staff] = (await Promise.all([office, office2, ...staff].map((one) => api.as(one.person)))) as [
    Signed,
    Signed,
    ...Signed[],
  ];
};

beforeAll(async () => {
  units = [];
  staff = [];
  for (let i = 0; i < 3; i += 1) {
    const unit = await buildOrg(api.prisma, { category: 'all' });
    units.push(unit);
    staff.push(await api.signedIn({ orgId: unit.id, roles: [{ role: 'staff', orgId: unit.id }] }));
  }
  await api.prisma.orgUnit.update({ where: { id: units[0]?.id ?? '' }, data: { headId: staff[0]?.person.id ?? null } });
  office = await api.signedIn({ roles: ['performanceOffice'] });
  office2 = await api.signedIn({ roles: ['performanceOffice'] });
  ({ cycleId, caseOf } = await launchOn(api, content, units));
});

describe('results', () => {
  it('are the office’s alone until they are public; decisions reach the grades of the meeting under way', async () => {
    const marks = [
      { work: '95', conduct: '90' },
      { work: '92', conduct: '92' },
      { work: '91', conduct: '80' },
    ];
    expect((await results(office)).items).toEqual([]);
    expectProblem(await office.post(`/cycles/${cycleId}/results/what-if`, {}), 409, 'results.none');
    for (const i of [0, 1, 2]) await act(office, 'mark', marks[i], caseAt(i));
    expect(table(await results(office))).toEqual([
      [0, '93', 1, 'excellent'],
      [1, '92', 2, 'good'],
      [2, '86.6', 3, 'good'],
    ]);
    expect((await results(staff[0] as Signed)).items).toEqual([]);
    const decision = { orgId: units[2]?.id, grade: 'poor', reason: 'one grade down', document: '〔2026〕9号' };
    expectProblem(
      await (staff[0] as Signed).post(`/cycles/${cycleId}/grade-exceptions`, decision),
      403,
      'permission.denied',
    );
    const decided = await office.post(`/cycles/${cycleId}/grade-exceptions`, decision);
    expect(decided).toMatchObject({
      status: 201,
      body: {
        exceptions: [{ computedGrade: 'good', grade: 'poor', document: '〔2026〕9号', revoked: null }],
        open: true,
      },
    });
    expectProblem(await office.post(`/cycles/${cycleId}/grade-exceptions`, decision), 409, 'grade.decided');
    expect((await results(office)).items[2]).toMatchObject({ grade: 'poor', computedGrade: 'good', before: null });
    const raise = {
      quota: 'top',
      amount: { share: '0.7', round: 'floor' },
      reason: 'a good year',
      document: '〔2026〕10号',
    };
    expect(decided.body.quotas).toMatchObject([{ quota: 'top', of: 3, most: 1, used: 1, left: 0, kept: true }]);
    const raised = await office.post(`/cycles/${cycleId}/quota-raises`, raise);
    expect(raised.body.quotas).toMatchObject([{ most: 2, used: 2, left: 0 }]);
    expect(table(await results(office)).map(([, , , grade]) => grade)).toEqual(['excellent', 'excellent', 'poor']);
    const revoked = await office2.post(`/quota-raises/${raised.body.raises[0].id}/revoke`, { reason: 'not needed' });
    expect(revoked.body.raises[0].revoked).toMatchObject({ by: { id: office2.person.id }, reason: 'not needed' });
    expect(table(await results(office)).map(([, , , grade]) => grade)).toEqual(['excellent', 'good', 'poor']);
  });

  it.each([
    ['an unknown grade', 'grade-exceptions', { grade: 'superb' }, 422, 'input.invalid', 'grade'],
    [
      'a unit that takes no part',
      'grade-exceptions',
      { orgId: '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10' },
      422,
      'input.invalid',
      'orgId',
    ],
    ['no document', 'grade-exceptions', { document: '' }, 422, 'input.invalid', 'document'],
    ['an unknown quota', 'quota-raises', { quota: 'bottom' }, 422, 'input.invalid', 'quota'],
    [
      'a quota below zero',
      'quota-raises',
      { amount: { share: '-0.1', round: 'floor' } },
      422,
      'input.invalid',
      'amount',
    ],
    [
      'a quota above what may be approved',
      'quota-raises',
      { amount: { share: '0.8', round: 'floor' } },
      422,
      'grade.raise',
      '',
    ],
    [
      'weights that do not sum',
      'results/what-if',
      { weights: [{ path: '/work', weight: '70' }] },
      422,
      'input.invalid',
      'weights',
    ],
    [
      'a weight of nothing',
      'results/what-if',
      { weights: [{ path: '/none', weight: '70' }] },
      422,
      'input.invalid',
      'weights[0].path',
    ],
  ])('%s is refused', async (_what, path, body, status, id, place) => {
    const base =
      path === 'grade-exceptions'
        ? { orgId: units[0]?.id, grade: 'poor', reason: 'x', document: 'y' }
        : path === 'quota-raises'
          ? { quota: 'top', amount: { share: '0.5', round: 'floor' }, reason: 'x', document: 'y' }
          : {};
    const before = await fingerprint(pool);
    const answer = await office.post(`/cycles/${cycleId}/${path}`, { ...base, ...body });
    expectProblem(answer, status, id);
    if (place) expect(answer.body.errors[0].path.startsWith(place)).toBe(true);
    expect(await fingerprint(pool)).toBe(before);
  });

  it('other weights are tried out, and nothing is kept', async () => {
    const before = await fingerprint(pool);
    const { status, body } = await office.post(`/cycles/${cycleId}/results/what-if`, {
      weights: [
        { path: '/work', weight: '40' },
        { path: '/conduct', weight: '60' },
      ],
    });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.parts).toMatchObject([
      { path: '/work', given: '60', weight: '40' },
      { path: '/conduct', given: '40', weight: '60' },
    ]);
    expect(body.items.map(({ given, wanted }: { given: object; wanted: object }) => [given, wanted])).toEqual([
      [
        { score: '93', rank: 1 },
        { score: '92', rank: 1 },
      ],
      [
        { score: '92', rank: 2 },
        { score: '92', rank: 1 },
      ],
      [
        { score: '86.6', rank: 3 },
        { score: '84.4', rank: 3 },
      ],
    ]);
    expect(await fingerprint(pool)).toBe(before);
    expectProblem(await (staff[0] as Signed).post(`/cycles/${cycleId}/results/what-if`, {}), 403, 'permission.denied');
  });

  it('are public to all while the window is open, which says so; the reasons are not', async () => {
    expect((await results(office)).notices).toEqual([]);
    await act(office, 'draft');
    const seen = await results(staff[0] as Signed);
    const text = { zh: '2026 年结果公示', en: 'the results of 2026 are public' };
    expect(seen.notices).toEqual([{ block: 'publicity', name: named('publicity'), text, open: true }]);
    const { notices } = (await (staff[0] as Signed).get(`/cases/${caseAt(0)}`)).body;
    expect(notices).toEqual([{ block: 'publicity', name: named('publicity'), text }]);
    // The heads of all units are told, each of the own case; nobody else.
    const told = async (one: Signed) =>
      (await one.get('/notices')).body.items.filter(({ kind }: { kind: string }) => kind === 'window');
    expect(await told(staff[0] as Signed)).toMatchObject([
      { subject: named('publicity'), body: text, caseId: caseAt(0) },
    ]);
    expect(await told(staff[1] as Signed)).toEqual([]);
    expect(seen.public).toBe(true);
    expect(table(seen).map(([unit]) => unit)).toEqual([0, 1, 2]);
    expect(seen.items[2]).toMatchObject({ because: [], computedGrade: null, uses: [], caseId: null });
  });

  it('an appeal: reviewed by others, corrected, and ranked and graded again; before and after stand side by side', async () => {
    api.clock.set('2026-03-10T10:00:00Z');
    await api.engine.fireDue();
    await api.work();
    await everyone();
    expect((await results(office)).notices).toMatchObject([{ block: 'publicity', open: false }]);
    // The unit sees its result on its task, although it is still being evaluated.
    const { items } = (await (staff[2] as Signed).get('/tasks?limit=100')).body;
    const own = items.find(({ block }: { block: string }) => block === 'objection');
    expect(JSON.stringify((await (staff[2] as Signed).get(`/tasks/${own.id}`)).body)).toContain('86.6');
    await act(staff[2] as Signed, 'objection', { objectionGround: 'the bridge was not counted' });
    await act(staff[0] as Signed, 'objection');
    await act(staff[1] as Signed, 'objection');
    expect(
      (await office.get('/tasks?limit=100')).body.items.map(({ block }: { block: string }) => block),
    ).not.toContain('objectionReview');
    await act(office2, 'objectionReview', { objectionDecision: 'upheld', objectionFindings: 'it counts', work: '101' });
    const after = await results(office);
    expect(table(after)).toEqual([
      [0, '93', 1, 'excellent'],
      [2, '92.6', 2, 'poor'],
      [1, '92', 3, 'good'],
    ]);
    const [, changed, pushed] = after.items;
    expect(changed).toMatchObject({
      before: { score: '86.6', rank: 3, grade: 'poor' },
      appeal: { decision: 'upheld', findings: 'it counts' },
      computedGrade: 'good',
    });
    expect(pushed).toMatchObject({ before: { score: '92', rank: 2 }, appeal: null, uses: [{ key: 'talk' }] });
    await act(office, 'final');
    const late = { orgId: units[0]?.id, grade: 'poor', reason: 'x', document: 'y' };
    expectProblem(await office.post(`/cycles/${cycleId}/grade-exceptions`, late), 409, 'grade.late');
    expect((await office.get(`/cycles/${cycleId}/grade-decisions`)).body.open).toBe(false);
    expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
  });

  it('over the years, with the biggest climb', async () => {
    const next = await launchOn(api, content, units, 2027);
    for (const [i, work] of [
      [0, '60'],
      [1, '70'],
      [2, '99'],
    ] as const) {
      const id = next.caseOf.get(units[i]?.id ?? '');
      await act(office, 'mark', { work, conduct: '80' }, id);
    }
    const { body } = await office.get(`/cycles/${next.cycleId}/results/years`);
    expect(body.years).toEqual([2026, 2027]);
    expect(body.items[2]).toMatchObject({
      climbed: 1,
      years: [
        { year: 2026, score: '92.6', rank: 2, grade: 'poor' },
        { year: 2027, rank: 1 },
      ],
    });
    expect(body.biggestClimb).toMatchObject([{ places: 1 }]);
    // Who is scored and not ranked has no place either way.
    const excepting: Block[] = content.phases.evaluate.blocks.map((block) =>
      block.type === 'compute' && block.rule.kind === 'rank'
        ? { ...block, rule: { ...block.rule, except: [units[1]?.code ?? ''] } }
        : block,
    );
    const evaluate = { ...content.phases.evaluate, blocks: excepting };
    const apart = await launchOn(api, { ...content, key: 'excepting', phases: { ...content.phases, evaluate } }, units);
    for (const [i, work] of [
      [0, '60'],
      [1, '90'],
      [2, '70'],
    ] as const)
      await act(office, 'mark', { work, conduct: '80' }, apart.caseOf.get(units[i]?.id ?? ''));
    const tried = (await office.post(`/cycles/${apart.cycleId}/results/what-if`, {})).body.items;
    const places = tried.map(
      ({ org, given, wanted }: { org: { id: string }; given: { rank: number }; wanted: { rank: number } }) => [
        units.findIndex(({ id }) => id === org.id),
        given.rank,
        wanted.rank,
      ],
    );
    expect(places).toEqual([
      [2, 1, 1],
      [0, 2, 2],
      [1, null, null],
    ]);
    expectProblem(await office.get('/cycles/0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10/results/years'), 404, 'cycle.unknown');
  });
});
