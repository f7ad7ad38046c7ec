import { expect, test } from 'vitest';
import { makePrisma } from '../../../server/db/prisma.ts';
import { readAppeals } from '../../../server/results/register.ts';
import { verify } from '../../../server/verify/verify.ts';
import { appeal } from '../../../workflows/library/parts/appeal.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import { decimal, rank, task, template, weighted } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';
import { makeSettler } from '../../support/settle.ts';

const { jobSink, settle: settleOn } = makeSettler();
const world = await makeEngineWorld({ units: 4, jobSink });
const { engine, pool, act } = world;
const settle = () => settleOn(engine);

const office = [{ kind: 'role', role: 'performanceOffice' } as const];
const staff = [{ kind: 'role', role: 'staff', of: 'participant' } as const];
const total = (key: string) => weighted(key, 'totalScore', [{ value: 'results', weight: '1' }]);
const content = template(
  {
    evaluate: [
      task('mark', { who: office, fields: [decimal('results')] }),
      total('composite'),
      rank('ranking', 'totalScore'),
    ],
    feedback: appeal({
      who: staff,
      review: office,
      recuse: ['mark'],
      approve: [{ kind: 'person', person: world.units[3]?.head ?? '' }],
      days: { appeal: 3, decide: 10, approve: 5 },
      corrects: ['results'],
      shows: ['totalScore', 'standing'],
      recompute: [total('recomposite')],
      again: [rank('finalRanking', 'totalScore')],
    }),
    rectify: [task('close')],
  },
  { key: 'appeals' },
);

const dataOf = async (id: string) => (await engine.read(id)).context.data;
const rowsOfBlock = (cycleId: string, block: string) =>
  rowsOf(
    pool,
    `SELECT trim_scale(score)::text AS score, rank FROM results WHERE cycle_id = $1 AND block = $2 ORDER BY score DESC`,
    [cycleId, block],
  );

test('the part lints green', () => {
  const findings = lintTemplate(JSON.parse(JSON.stringify(content)));
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

test('an appeal that is upheld changes the score and the ranks of others; both results stay on record', async () => {
  const { cycleId, cases } = await world.launch(content);
  const [first = '', second = '', third = '', last = ''] = cases;
  for (const [i, id] of cases.entries())
    await act(id, 'mark', 'submit', { actor: world.office, values: { results: `${90 - i}` } });
  await settle();
  expect((await dataOf(third)).standing).toEqual({ score: '88', rank: 3, rankOf: 4 });

  // The first accepts by a form without a ground, the second by silence; the third appeals, and the last in vain.
  await act(first, 'appeal', 'submit', { values: {} });
  await act(third, 'appeal', 'submit', { values: { appealGround: 'the new bridge was not counted' } });
  await act(last, 'appeal', 'submit', { values: { appealGround: 'we did our best' } });
  world.clock.advance(4 * 86_400_000);
  await engine.fireDue();
  expect((await engine.read(second)).context.live).toHaveProperty('finalRanking');

  const review = (await engine.read(third)).context.live.appealReview?.seats?.[0];
  expect(review?.people).toEqual([world.office2]);
  await expect(
    act(third, 'appealReview', 'submit', {
      actor: world.office,
      values: { appealDecision: 'upheld', appealFindings: 'x' },
    }),
  ).rejects.toMatchObject({ id: 'task.notYours' });
  await act(third, 'appealReview', 'submit', {
    values: { appealDecision: 'upheld', appealFindings: 'the bridge counts', results: '89.5' },
  });
  const prisma = makePrisma(pool);
  expect(await readAppeals(prisma, cycleId)).toMatchObject({
    offered: true,
    items: [
      { caseId: third, ground: 'the new bridge was not counted', decision: 'upheld', findings: 'the bridge counts' },
      { caseId: last, ground: 'we did our best', decision: null, findings: null, at: [{ en: 'Review of the appeal' }] },
    ],
  });
  await prisma.$disconnect();
  await act(third, 'appealApproval', 'approve');
  await act(last, 'appealReview', 'submit', { values: { appealDecision: 'rejected', appealFindings: 'nothing new' } });
  await act(last, 'appealApproval', 'approve');
  await settle();

  expect(await rowsOfBlock(cycleId, 'ranking')).toEqual([
    { score: '90', rank: 1 },
    { score: '89', rank: 2 },
    { score: '88', rank: 3 },
    { score: '87', rank: 4 },
  ]);
  expect(await rowsOfBlock(cycleId, 'finalRanking')).toEqual([
    { score: '90', rank: 1 },
    { score: '89.5', rank: 2 },
    { score: '89', rank: 3 },
    { score: '87', rank: 4 },
  ]);
  const standings = await Promise.all(cases.map(async (id) => (await dataOf(id)).standing));
  expect(standings).toMatchObject([{ rank: 1 }, { rank: 3 }, { rank: 2 }, { rank: 4 }]);
  expect(await dataOf(third)).toMatchObject({ results: '89.5', totalScore: '89.50', appealDecision: 'upheld' });
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});
