import { beforeAll, describe, expect, it } from 'vitest';
import type { OrgUnit } from '../../../prisma/client/client.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import { makeTestApi } from '../../support/api.ts';
import { launchOn } from '../../support/apiCycle.ts';
import { expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { planRowsOf } from '../../support/indicatorCycle.ts';
import { judgedCycle, openCycle } from '../../support/publicCycle.ts';

const api = await makeTestApi();
const anyone = api.anonymous();
let office: Awaited<ReturnType<typeof api.signedIn>>;
let units: OrgUnit[];
let cycleId: string;
let caseOf: Map<string, string>;

const act = async (block: string, unit: number | null, values: object = {}, action = 'submit', more: object = {}) => {
  const { items } = (await office.get(`/tasks?limit=100&cycleId=${cycleId}`)).body;
  const caseId = unit === null ? undefined : caseOf.get(units[unit]?.id ?? '');
  const found = items.find(
    (row: { block: string; caseId: string }) => row.block === block && (!caseId || row.caseId === caseId),
  );
  const done = await office.post(`/tasks/${found?.id}/act`, { action, values, ...more });
  expect(done.status, `${block} ${JSON.stringify(done.body)}`).toBe(200);
  await api.work();
};
const passTo = async (instant: string) => {
  api.clock.set(instant);
  await api.engine.fireDue();
  await api.work();
  // Sessions end while time passes.
  office = await api.as(office.person);
};
const seen = async () => (await anyone.get(`/public/cycles/${cycleId}`)).body;
const say = (text: string, unit = 0) =>
  anyone.post(`/public/cycles/${cycleId}/opinions`, { org: units[unit]?.id, text });

beforeAll(async () => {
  units = [await buildOrg(api.prisma, { category: 'all' }), await buildOrg(api.prisma, { category: 'all' })];
  office = await api.signedIn({ roles: ['performanceOffice'] });
  ({ cycleId, caseOf } = await launchOn(api, openCycle, units));
});

describe('what the public may see and say', () => {
  it('follows a template without findings', () => {
    expect(lintTemplate(JSON.parse(JSON.stringify(openCycle))).filter(({ severity }) => severity === 'error')).toEqual(
      [],
    );
  });

  it('is nothing before the template says so', async () => {
    expect((await anyone.get('/public/cycles')).body).toEqual({ items: [] });
    for (const path of ['', '/download?format=json'])
      expectProblem(await anyone.get(`/public/cycles/${cycleId}${path}`), 404, 'cycle.unknown');
    expectProblem(await say('too early'), 409, 'consultation.closed');
  });

  it('begins with the draft plan, without who owns what, and takes opinions while it is open', async () => {
    const rows = planRowsOf([{ code: '=own()', weight: '30', target: '80' }]).map((row) => ({ ...row, owner: '张三' }));
    await act('draft', 0, { plan: rows });
    expect((await anyone.get('/public/cycles')).body.items).toMatchObject([{ id: cycleId, name: 'cycle', year: 2026 }]);
    const answer = await anyone.get(`/public/cycles/${cycleId}`);
    expect(answer.body).toMatchObject({
      shows: ['goals'],
      results: null,
      answers: [],
      texts: [],
      units: [{ org: { id: units[0]?.id }, draft: true, consultation: { open: true, opinions: [] }, result: null }],
    });
    expect(answer.body.units).toHaveLength(1);
    expect(answer.body.units[0].indicators[0]).toMatchObject({
      code: 'done',
      target: '120',
      definition: null,
      values: [],
    });
    expect(JSON.stringify(answer.body)).not.toContain('张三');
    const first = await say('  希望公布\n每月进度 <script>alert(1)</script>  ');
    expect([first.status, first.body.until]).toEqual([201, answer.body.units[0].consultation.until]);
    expect((await say('=cmd|calc')).status).toBe(201);
    // The same words again are one opinion.
    expect((await say('=cmd|calc')).status).toBe(201);
    expectProblem(await say('of the other', 1), 409, 'consultation.closed');
    expectProblem(await say(''), 422, 'input.invalid');
    expectProblem(await say('长'.repeat(1001)), 422, 'input.invalid');
    const { rows: kept } = await api.database.pool.query(
      'SELECT text, number FROM consultation_opinions ORDER BY number',
    );
    expect(kept).toEqual([
      { text: '希望公布 每月进度 <script>alert(1)</script>', number: 1 },
      { text: '=cmd|calc', number: 2 },
    ]);
    expect((await seen()).units[0].consultation.opinions).toEqual([]);
  });

  it('is answered where the plan is worked on: every opinion, and the answer is public', async () => {
    await passTo('2026-03-20T01:00:00Z');
    expectProblem(await say('too late'), 409, 'consultation.closed');
    const { items } = (await office.get(`/tasks?limit=100&cycleId=${cycleId}`)).body;
    const reply = items.find(({ block }: { block: string }) => block === 'reply');
    const { given } = (await office.get(`/tasks/${reply.id}`)).body;
    expect(given.publicOpinions).toMatchObject([{ code: 'P1' }, { code: 'P2', opinion: '=cmd|calc' }]);
    const answered = given.publicOpinions.map((row: object, i: number) => ({ ...row, adopted: `采纳 ${i + 1}` }));
    const dropped = await office.post(`/tasks/${reply.id}/act`, {
      action: 'submit',
      values: { publicOpinions: answered.slice(1) },
    });
    expectProblem(dropped, 422, 'form.invalid');
    await act('reply', 0, { publicOpinions: answered });
    expect((await seen()).units[0].consultation).toEqual({
      open: false,
      until: null,
      opinions: [
        { opinion: '希望公布 每月进度 <script>alert(1)</script>', answer: '采纳 1' },
        { opinion: '=cmd|calc', answer: '采纳 2' },
      ],
    });
    const csv = await anyone.get(`/public/cycles/${cycleId}/download?format=csv&part=opinions`);
    expect(csv.body).toContain(",'=cmd|calc,采纳 2");
  });

  it('shows goals with their definitions, and verified values of the quarters that were shown: never what was only reported', async () => {
    await act('approve', 0, {}, 'approve');
    const [one] = (await seen()).units;
    expect(one).toMatchObject({ draft: false, shows: ['goals'] });
    expect(one.indicators[0]).toMatchObject({
      code: 'done',
      target: '120',
      definition: { direction: 'up', frequency: 'quarter', aggregation: 'sum' },
      value: null,
    });
    const figures = [
      { code: 'done', value: '77' },
      { code: 'planned', value: '99' },
      { code: 'P5', value: '81' },
    ];
    await passTo('2026-04-02T01:00:00Z');
    await act('report', 0, { figures });
    expect(JSON.stringify(await seen())).not.toMatch(/"77"|"99"/);
    await act('verify', 0, { figures: [{ code: 'done', value: '66' }, ...figures.slice(1)] }, 'approve', {
      reason: '内部更正理由',
    });
    const [two] = (await seen()).units;
    expect(two.shows).toEqual(['goals', 'progress']);
    expect(two.indicators[0]).toMatchObject({
      value: '66',
      met: false,
      values: [{ period: '2026-Q1', value: '66', colour: null }],
    });
    expect(JSON.stringify(two)).not.toMatch(/"77"|内部更正理由/);
  });

  it('keeps scores, ranks and notes inside until their window is open', async () => {
    const other = await buildOrg(api.prisma, { category: 'all' });
    const launched = await launchOn(api, judgedCycle, [other]);
    [cycleId, caseOf, units] = [launched.cycleId, launched.caseOf, [other]];
    await act('asked', 0);
    await act('mark', 0, { work: '91.5', secret: '内部意见' });
    await act('decide', null, { note: '=全年' }).catch(async () => {
      // The meeting may still be gathering.
      await api.engine.checkGates(cycleId);
      await api.work();
      await act('decide', null, { note: '=全年' });
    });
    const { rows } = await api.database.pool.query('SELECT blocks FROM cases WHERE cycle_id = $1 AND kind = $2', [
      cycleId,
      'cycle',
    ]);
    expect(rows).toEqual([{ blocks: ['publicity'] }]);
    const shown = await seen();
    expect(shown).toMatchObject({
      results: 'publicity',
      texts: [{ name: { zh: '年度报告' }, org: null, text: '=全年' }],
      units: [{ result: { score: '91.5', rank: 1, rankOf: 1, grade: null } }],
    });
    expect(JSON.stringify(shown)).not.toContain('内部意见');
    const csv = await anyone.get(`/public/cycles/${cycleId}/download?format=csv&part=results&language=en`);
    expect(csv.body).toContain('unit,category,score,rank,of,grade');
    expect(csv.body).toContain(',91.5,1,1,');
  });

  it('may be kept for a minute, and asked for again by its tag', async () => {
    const first = await anyone.get(`/public/cycles/${cycleId}`);
    expect(first.headers.get('cache-control')).toBe('public, max-age=60');
    expect(first.headers.get('set-cookie')).toBeNull();
    const tag = first.headers.get('etag') ?? '';
    const again = await anyone.get(`/public/cycles/${cycleId}`, { headers: { 'if-none-match': tag } });
    expect([again.status, again.body]).toEqual([304, '']);
    await api.database.pool.query("UPDATE cycles SET status = 'cancelled' WHERE id = $1", [cycleId]);
    expectProblem(
      await anyone.get(`/public/cycles/${cycleId}`, { headers: { 'if-none-match': tag } }),
      404,
      'cycle.unknown',
    );
  });

  it('is asked for so often only, and said less often', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 21; i += 1) answers.push((await say(`${i}`)).status);
    expect(answers.at(-1)).toBe(429);
    const reads: number[] = [];
    for (let i = 0; i < 121; i += 1) reads.push((await anyone.get('/public/cycles')).status);
    expect([reads[0], reads.at(-1)]).toEqual([200, 429]);
  });
});
