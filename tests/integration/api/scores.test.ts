import { beforeAll, expect, it } from 'vitest';
import { checkExplanation } from '../../../workflows/scoring/check.ts';
import { makeTestApi } from '../../support/api.ts';
import { approval, decimal, named, rank, task, template } from '../../support/blocks.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg, buildPerson } from '../../support/factories.ts';

const api = await makeTestApi();
const { pool } = api.database;
const content = template(
  {
    evaluate: [
      task('report', { fields: [decimal('results')] }),
      {
        key: 'scoring',
        type: 'compute',
        per: 'cycle',
        name: { zh: '计分', en: 'Scoring' },
        into: 'total',
        rule: {
          kind: 'score',
          rule: { kind: 'sum', of: ['values.results', { kind: 'ledger', of: 'bonus' }] },
        },
      },
      rank('ranking', 'total'),
      approval('review', { per: 'cycle', onReject: undefined }),
      task('after'),
    ],
  },
  {
    key: 'recomputed',
    adjustments: { items: [{ key: 'honour', kind: 'bonus', name: named('honour') }] },
  },
);

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

it('a recomputation shows what would change, and changes nothing until it is accepted with a reason', async () => {
  const first = await recompute();
  expect(first.status).toBe(201);
  expect(first.body).toMatchObject({ state: 'draft', diff: { changed: [], unchanged: 3 }, can: ['accept', 'discard'] });
  expect((await office.post(`/score-runs/${first.body.id}/discard`, { reason: '无变化' })).body).toMatchObject({
    state: 'discarded',
  });

  await pool.query(
    `INSERT INTO adjustments (id, cycle_id, case_id, org_id, kind, item, points, reason, evidence, source, state, proposed_at, decided_by)
     SELECT gen_random_uuid(), $1, id, org_id, 'bonus', 'honour', 2.5, '获得表彰', '{}', '{}', 'approved', now(), $3 FROM cases WHERE id = $2`,
    [cycle, cases[0], office.person.id],
  );
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
