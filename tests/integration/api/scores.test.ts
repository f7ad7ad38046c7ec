import { beforeAll, expect, it } from 'vitest';
import { checkExplanation } from '../../../workflows/scoring/check.ts';
import type { Rule } from '../../../workflows/scoring/rule.ts';
import type { ComputeBlock } from '../../../workflows/template/block.ts';
import { makeTestApi } from '../../support/api.ts';
import { approval, decimal, named, rank, task, template } from '../../support/blocks.ts';
import { runCli } from '../../support/cli.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg, buildPerson } from '../../support/factories.ts';

const api = await makeTestApi();
const { pool } = api.database;
const served = (key: string, into: string, rule: object) =>
  ({ key, type: 'compute', per: 'cycle', name: named(key), into, rule }) as ComputeBlock;
const rule: Rule = {
  kind: 'veto',
  if: 'count(adjustments[kind = "deduction"]) > 0',
  reason: { zh: '虚报成绩', en: 'false report' },
  grade: 'lowest',
  of: { kind: 'sum', of: ['values.results', { kind: 'ledger', of: 'bonus' }] },
};
const withRule = (scored: Rule) =>
  template(
    {
      evaluate: [
        task('report', { fields: [decimal('results')] }),
        served('scoring', 'total', { kind: 'score', rule: scored }),
        rank('ranking', 'total'),
        served('grading', 'grade', { kind: 'grade', by: 'total' }),
        approval('review', { per: 'cycle', onReject: undefined }),
        task('after'),
      ],
    },
    {
      key: 'recomputed',
      adjustments: {
        items: [
          { key: 'honour', kind: 'bonus', name: named('honour') },
          { key: 'fraud', kind: 'deduction', name: named('fraud') },
          { key: 'accident', kind: 'veto', name: named('accident') },
        ],
      },
      grades: {
        grades: [
          { key: 'good', name: named('good'), atLeast: '60' },
          { key: 'poor', name: named('poor') },
        ],
      },
    },
  );
const content = withRule(rule);

type Signed = Client & { person: { id: string } };
let office: Signed;
let heads: Signed[];
let cycle: string;
let cases: string[];

beforeAll(async () => {
  office = await api.signedIn({ roles: ['performanceOffice'] });
  heads = [];
  const orgs = [];
  for (let i = 0; i < 3; i += 1) {
    const org = await buildOrg(api.prisma, { category: 'all', code: `s${i}` });
    const person = await buildPerson(api.prisma, { orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
    orgs.push(org);
    heads.push(await api.as(person));
  }
  await api.directory.reload();
  expect((await office.post('/templates', { content })).status).toBe(201);
  expect((await office.post('/templates/recomputed/versions/1/publish')).body.errors).toBeUndefined();
  const participants = orgs.map(({ id }) => ({ orgId: id, category: 'all' }));
  const launched = await office.post('/cycles', {
    templateKey: 'recomputed',
    version: 1,
    year: 2026,
    name: 'r',
    participants,
  });
  cycle = launched.body.id;
  await api.launcher.settled();
  expectProblem(await office.post(`/cycles/${cycle}/scores/recompute`, {}), 404, 'score.none');
  cases = [];
  for (const [i, head] of heads.entries()) {
    const row = (await head.get('/tasks')).body.items[0];
    cases.push(row.caseId);
    await head.post(`/tasks/${row.id}/act`, { action: 'submit', values: { results: `${80 + i}` } });
  }
  await api.work();
});

const approved = (unit: number, kind: string, item: string, points = '0') =>
  pool.query(
    `INSERT INTO adjustments (id, cycle_id, case_id, org_id, kind, item, points, reason, evidence, source, state, proposed_at, decided_by)
     SELECT gen_random_uuid(), $1, id, org_id, $4, $5, $6::numeric, '已核实', '{}', '{}', 'approved', now(), $3 FROM cases WHERE id = $2`,
    [cycle, cases[unit], office.person.id, kind, item, points],
  );
const grades = async () =>
  (
    await pool.query<{ grade: string; because: { zh: string }[] }>(
      `SELECT grade, because FROM results r JOIN org_units o ON o.id = r.org_id WHERE block = 'grading' ORDER BY o.code`,
    )
  ).rows;
const recompute = () => office.post(`/cycles/${cycle}/scores/recompute`, {});
const totals = async () =>
  (
    await pool.query(
      `SELECT handed->>'total' AS total FROM results r JOIN org_units o ON o.id = r.org_id WHERE block = 'scoring' ORDER BY o.code`,
    )
  ).rows.map(({ total }) => total);

it('a score tells how it came about, in words of both languages, and its tree evaluates to it', async () => {
  const { body } = await office.get(`/cases/${cases[0]}/score`);
  expect(body).toMatchObject({ value: '80', block: { key: 'scoring' } });
  expect(checkExplanation(body.explanation)).toEqual([]);
  expect(body.words.join('\n')).toMatch(/80/);
  const english = await office.get(`/cases/${cases[0]}/score`, { headers: { 'accept-language': 'en' } });
  expect(english.body.words).not.toEqual(body.words);
  // The unit learns it after the evaluation.
  expectProblem((await heads[0]?.get(`/cases/${cases[0]}/score`)) as never, 404, 'case.unknown');
  expectProblem(await office.get(`/cases/${cases[0]}/score?block=nothing`), 404, 'score.none');
  expectProblem(await office.get(`/cases/${crypto.randomUUID()}/score`), 404, 'case.unknown');
});

it('is told line by line at the command line too, in either language', async () => {
  const explain = (...args: string[]) =>
    runCli(['score', 'explain', ...args], { env: { DATABASE_URL: api.database.url } });
  const english = await explain(cases[0] as string, '--lang', 'en');
  const { words } = (await office.get(`/cases/${cases[0]}/score`, { headers: { 'accept-language': 'en' } })).body;
  expect(english).toMatchObject({ code: 0 });
  expect(english.stdout.trimEnd().split('\n').slice(1)).toEqual(words);
  const json = await explain(cases[0] as string, '--language', 'zh', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({
    case: cases[0],
    value: '80',
    explanation: { kind: 'veto', value: '80' },
  });
}, 120_000);

it('a recomputation shows what would change, and changes nothing until it is accepted with a reason', async () => {
  const first = await recompute();
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({
    name: { zh: 'scoring' },
    state: 'draft',
    diff: { changed: [], unchanged: 3 },
    can: ['accept', 'discard'],
  });
  expect((await office.post(`/score-runs/${first.body.id}/discard`, { reason: '无变化' })).body).toMatchObject({
    state: 'discarded',
  });

  await approved(0, 'bonus', 'honour', '2.5');
  const draft = (await recompute()).body;
  expect(draft.diff).toMatchObject({
    unchanged: 0,
    changed: [
      { case: cases[0], before: { score: '80', rank: 3 }, after: { score: '82.5', rank: 1 } },
      { case: cases[1], before: { score: '81', rank: 2 }, after: { score: '81', rank: 3 } },
      { case: cases[2], before: { score: '82', rank: 1 }, after: { score: '82', rank: 2 } },
    ],
  });
  expect(await totals()).toEqual(['80', '81', '82']);
  expect((await office.get(`/cases/${cases[0]}/score`)).body.value).toBe('80');
  expectProblem(await office.post(`/score-runs/${draft.id}/accept`, {}), 422, 'input.invalid');
  expectProblem(
    (await heads[0]?.post(`/score-runs/${draft.id}/accept`, { reason: 'x' })) as never,
    403,
    'permission.denied',
  );

  const rival = (await recompute()).body;
  const accepted = await office.post(`/score-runs/${draft.id}/accept`, { reason: '表彰加分' });
  expect(accepted.body).toMatchObject({ state: 'accepted', reason: '表彰加分', decidedBy: { id: office.person.id } });
  expect(await totals()).toEqual(['82.5', '81', '82']);
  const ranks = await pool.query(
    `SELECT rank FROM results r JOIN org_units o ON o.id = r.org_id WHERE block = 'ranking' ORDER BY o.code`,
  );
  expect(ranks.rows.map((row) => row.rank)).toEqual([1, 3, 2]);
  expectProblem(await office.post(`/score-runs/${rival.id}/accept`, { reason: '重复' }), 409, 'scoreRun.stale');
  expectProblem(await office.post(`/score-runs/${draft.id}/accept`, { reason: '重复' }), 409, 'scoreRun.state');
  expectProblem(await office.post(`/score-runs/${draft.id}/discard`, { reason: '重复' }), 409, 'scoreRun.state');

  const again = (await recompute()).body;
  expect(again.diff).toMatchObject({ changed: [], unchanged: 3 });
  const { items } = (await office.get(`/cycles/${cycle}/score-runs`)).body;
  expect(items.map(({ state }: { state: string }) => state)).toEqual([
    'draft',
    'draft',
    'accepted',
    'discarded',
    'superseded',
  ]);
  expectProblem(await office.post(`/cycles/${cycle}/scores/recompute`, { block: 'nothing' }), 422, 'score.block');
  expectProblem(await office.get(`/score-runs/${crypto.randomUUID()}`), 404, 'scoreRun.unknown');
  expectProblem(await office.post(`/cycles/${crypto.randomUUID()}/scores/recompute`, {}), 404, 'cycle.unknown');
});

it('a veto that the rule finds reaches the grade, and a draft shows it before it counts', async () => {
  expect((await grades()).map(({ grade }) => grade)).toEqual(['good', 'good', 'good']);
  await approved(1, 'deduction', 'fraud', '1');
  const draft = (await recompute()).body;
  expect(draft.diff.changed).toEqual([
    {
      case: cases[1],
      name: expect.any(String),
      before: { score: '81', rank: 3, grade: 'good' },
      after: { score: '81', rank: 3, grade: 'poor' },
    },
  ]);
  expect((await grades()).map(({ grade }) => grade)).toEqual(['good', 'good', 'good']);
  expect((await office.post(`/score-runs/${draft.id}/accept`, { reason: '虚报' })).status).toBe(200);
  const now = await grades();
  expect(now.map(({ grade }) => grade)).toEqual(['good', 'poor', 'good']);
  expect(now[1]?.because.map(({ zh }) => zh)).toEqual(['一票否决：虚报成绩，定为poor']);
  const { body } = await office.get(`/cases/${cases[1]}/score`);
  expect(body.words[0]).toContain('一票否决（虚报成绩），直接定为最低等次');
});

it('a draft whose ranks or grades would come out otherwise than shown is refused, and changes nothing', async () => {
  await approved(0, 'bonus', 'honour', '1');
  const { id, diff } = (await recompute()).body;
  expect(diff.changed).toMatchObject([{ case: cases[0], after: { score: '83.5', rank: 1, grade: 'good' } }]);
  await approved(2, 'veto', 'accident');
  const before = [
    await totals(),
    await grades(),
    (await office.get(`/cycles/${cycle}/score-runs`)).body.items[0].state,
  ];
  expectProblem(await office.post(`/score-runs/${id}/accept`, { reason: '加分' }), 409, 'scoreRun.stale');
  expect([
    await totals(),
    await grades(),
    (await office.get(`/cycles/${cycle}/score-runs`)).body.items[0].state,
  ]).toEqual(before);
});

it('the rule is frozen with the scores: no newer version of the template changes it', async () => {
  const versions = [{ ...rule, reason: { zh: '改', en: 'changed' } }, rule];
  for (const [i, scored] of versions.entries()) {
    expect((await office.post('/templates', { content: withRule(scored) })).status).toBe(201);
    expect((await office.post(`/templates/recomputed/versions/${i + 2}/publish`)).body.errors).toBeUndefined();
  }
  const move = (version: number, dryRun: boolean) => office.post(`/cycles/${cycle}/migration`, { version, dryRun });
  const refused = await move(2, false);
  expectProblem(refused, 409, 'migration.unsafe');
  expect(refused.body.errors).toMatchObject([
    { id: 'score', message: { zh: expect.stringContaining('“scoring”已计分') } },
  ]);
  expect((await move(2, true)).body).toMatchObject({ safe: false });
  const [hash, ...rest] = (await office.get(`/cycles/${cycle}/score-runs`)).body.items.map(
    ({ ruleHash }: { ruleHash: string }) => ruleHash,
  );
  expect((await move(3, false)).body).toMatchObject({ state: 'done', safe: true });
  expect((await recompute()).body).toMatchObject({ ruleHash: hash });
  expect(new Set(rest)).toEqual(new Set([hash]));
});

it('what is handed out already is not changed behind the back of the cases', async () => {
  const { id } = (await recompute()).body;
  const review = (await office.get('/tasks')).body.items[0];
  expect((await office.post(`/tasks/${review.id}/act`, { action: 'approve' })).status).toBe(200);
  await api.work();
  expect((await api.engine.read(cases[0] as string)).context.data).toMatchObject({
    total: '82.5',
    standing: { rank: 1 },
  });
  expectProblem(await office.post(`/score-runs/${id}/accept`, { reason: '更正' }), 409, 'scoreRun.handed');
});
