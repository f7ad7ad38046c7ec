import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { doneInMeeting, gradeAgain } from '../../../server/results/again.ts';
import { earlierResults, finalResults, readHistory } from '../../../server/results/history.ts';
import { verify } from '../../../server/verify/verify.ts';
import { grades as hangzhouGrades, uses as hangzhouUses } from '../../../workflows/library/hangzhou-3plus1/results.ts';
import { allotted, nextAmount } from '../../../workflows/library/parts/budget.ts';
import type { Block } from '../../../workflows/template/block.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { resultUsesSchema } from '../../../workflows/uses/schema.ts';
import { decimal, named, rank, task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';
import { makeSettler } from '../../support/settle.ts';

const { jobSink, settle } = makeSettler();
const world = await makeEngineWorld({ units: 10, jobSink });
const { engine, pool, act, units } = world;

const served = (key: string, into: string, rule: object): Block =>
  ({ key, type: 'compute', per: 'cycle', name: named(key), into, rule }) as Block;
const grades: CycleTemplate['grades'] = {
  grades: [
    { key: 'excellent', name: named('excellent'), atLeast: '90' },
    { key: 'good', name: named('good'), atLeast: '60' },
    { key: 'poor', name: named('poor') },
  ],
  quotas: [
    {
      key: 'top',
      grades: ['excellent'],
      most: { share: '0.2', round: 'floor' },
      onApproval: { share: '0.25', round: 'ceil' },
      ties: 'second',
    },
  ],
};
const content = template(
  {
    evaluate: [
      task('mark', { fields: [decimal('total'), decimal('second', { required: false })] }),
      rank('ranking', 'total', { rule: { kind: 'rank', by: 'total', direction: 'up', except: ['unit10'] } }),
      served('grading', 'grade', { kind: 'grade', by: 'standing', second: 'second' }),
      served('using', 'uses', { kind: 'uses' }),
      task('check', { per: 'cycle', who: [{ kind: 'person', person: world.office }] }),
    ],
    rectify: [task('close')],
  },
  {
    key: 'graded',
    grades,
    uses: [
      {
        key: 'honour',
        name: named('honour'),
        whom: { kind: 'grade', grades: ['excellent'] },
        effect: { kind: 'honour' },
      },
      { key: 'talk', name: named('talk'), whom: { kind: 'bottom', n: 2 }, effect: { kind: 'talk' } },
      {
        key: 'handOver',
        name: named('handOver'),
        whom: { kind: 'bottom', n: 2 },
        running: { from: 2 },
        effect: { kind: 'handOver', to: named('organisation department') },
      },
      { key: 'climb', name: named('climb'), whom: { kind: 'climb', n: 1 }, effect: { kind: 'award' } },
    ],
  },
);

const dataOf = async (id: string) => (await engine.read(id)).context.data;
const launch = async (year: number, scores: readonly string[], seconds: Record<number, string> = {}) => {
  const { cycleId, cases } = await world.launch(content);
  await pool.query('UPDATE cycles SET year = $2 WHERE id = $1', [cycleId, year]);
  for (const [i, id] of cases.entries())
    await act(id, 'mark', 'submit', {
      values: { total: scores[i] ?? '0', ...(seconds[i] !== undefined && { second: seconds[i] }) },
    });
  return { cycleId, cases };
};
const rowsOfBlock = (cycleId: string, block: string) =>
  rowsOf<{ code: string; grade: string | null; computed: string | null; because: { en: string }[] }>(
    pool,
    `SELECT o.code, r.grade, r.computed_grade AS computed, r.because FROM results r JOIN org_units o ON o.id = r.org_id
     WHERE cycle_id = $1 AND block = $2 ORDER BY length(o.code), o.code`,
    [cycleId, block],
  );

test('grades by bounds and quota; ties, a veto, units outside the ranking and decisions, each with its words', async () => {
  const scores = ['99', '95', '95', '91', '80', '70', '65', '61', '50', '98'];
  const { cycleId, cases } = await launch(2025, scores, { 1: '7', 2: '8' });
  await pool.query(
    `INSERT INTO adjustments (id, cycle_id, case_id, org_id, kind, item, points, reason, source, state, proposed_at, decided_by)
     VALUES ($1, $2, $3, $4, 'veto', 'accident', 0, 'major accident', '{}', 'approved', now(), $5)`,
    [randomUUID(), cycleId, cases[4], units[4]?.id, world.office],
  );
  await pool.query(
    `INSERT INTO grade_exceptions (id, cycle_id, case_id, org_id, grade, reason, document, decided_by, at)
     VALUES ($1, $2, $3, $4, 'poor', 'one grade down', '2025-7', $5, now())`,
    [randomUUID(), cycleId, cases[5], units[5]?.id, world.office],
  );
  await settle(engine);
  const rows = await rowsOfBlock(cycleId, 'grading');
  // Nine compete, so one may be excellent: of 99, 95, 95 only the first. The tenth is graded by its score, outside the quota.
  expect(rows.map(({ code, grade, computed }) => [code, computed, grade])).toEqual([
    ['unit1', 'excellent', 'excellent'],
    ['unit2', 'good', 'good'],
    ['unit3', 'good', 'good'],
    ['unit4', 'good', 'good'],
    ['unit5', 'poor', 'poor'],
    ['unit6', 'good', 'poor'],
    ['unit7', 'good', 'good'],
    ['unit8', 'good', 'good'],
    ['unit9', 'poor', 'poor'],
    ['unit10', 'excellent', 'excellent'],
  ]);
  expect(rows[4]?.because.map(({ en }) => en)).toEqual(['veto: accident (major accident); the grade is poor']);
  expect(rows[5]?.because.at(-1)?.en).toContain('by decision: 2025-7');

  // The quota is raised by decision while the meeting is under way: a quarter of nine is two.
  await pool.query(
    `INSERT INTO quota_raises (id, cycle_id, quota, amount, reason, document, decided_by, at)
     VALUES ($1, $2, 'top', '{"share": "0.25", "round": "floor"}', 'a good year', '2025-8', $3, now())`,
    [randomUUID(), cycleId, world.office],
  );
  const cycleCase = (
    await rowsOf<{ id: string }>(pool, `SELECT id FROM cases WHERE cycle_id = $1 AND kind = 'cycle'`, [cycleId])
  )[0]?.id;
  const done = doneInMeeting(content, (await engine.read(cycleCase ?? '')).context.live);
  expect(done.map(({ key }) => key)).toEqual(['ranking', 'grading', 'using']);
  await gradeAgain({ pool, cycleId, template: content, at: world.clock.now().toISOString() }, done);
  const again = await rowsOfBlock(cycleId, 'grading');
  expect(again.filter(({ grade }) => grade === 'excellent').map(({ code }) => code)).toEqual([
    'unit1',
    'unit3',
    'unit10',
  ]);
  await act(cycleCase ?? '', 'check');
  await settle(engine);
  expect(await dataOf(cases[5] ?? '')).toMatchObject({ grade: 'poor', uses: [] });
  expect(await dataOf(cases[0] ?? '')).toMatchObject({ grade: 'excellent', uses: ['honour'] });
  expect(await dataOf(cases[7] ?? '')).toMatchObject({ uses: ['talk'] });
  expect((await verify(pool)).mismatches).toEqual([]);
});

test('the years before: bottom two running, the biggest climb, and what scoring rules see', async () => {
  const { cycleId, cases } = await launch(2026, ['60', '95', '94', '93', '92', '91', '90', '99', '50', '98']);
  await settle(engine);
  const own = await rowsOf<{ code: string; key: string; why: string }>(
    pool,
    `SELECT o.code, u.key, u.use->'because'->>'en' AS why FROM result_uses u JOIN org_units o ON o.id = u.org_id
     WHERE cycle_id = $1 ORDER BY o.code, u.position`,
    [cycleId],
  );
  expect(own).toMatchObject([
    { code: 'unit1', key: 'talk' },
    { code: 'unit10', key: 'honour' },
    { code: 'unit8', key: 'honour' },
    { code: 'unit8', key: 'climb', why: 'climbed 7 place(s)' },
    { code: 'unit9', key: 'talk' },
    { code: 'unit9', key: 'handOver' },
  ]);
  const history = await readHistory(pool, cycleId);
  expect(history.get(cases[7] ?? '')).toEqual([{ year: 2025, score: '61', grade: 'good', rank: 8 }]);
  expect(history.get(cases[9] ?? '')).toEqual([{ year: 2025, score: '98', grade: 'excellent', rank: null }]);
  expect(await earlierResults(pool, cycleId)).toHaveLength(10);
  const now = await finalResults(pool, cycleId);
  expect(now.find(({ caseId }) => caseId === cases[7])).toMatchObject({
    score: '99',
    rank: 1,
    rankOf: 9,
    grade: 'excellent',
  });
});

test('不合格 by 杭州市绩效管理条例: the first year, two running, three running, and the award of the year after', async () => {
  const { outside: _, ...scale } = hangzhouGrades;
  const hangzhou = template(
    {
      evaluate: [
        task('mark', { fields: [decimal('total')] }),
        rank('ranking', 'total'),
        served('grading', 'grade', { kind: 'grade', by: 'standing' }),
        served('using', 'uses', { kind: 'uses' }),
      ],
      feedback: [task('close')],
    },
    { key: 'threeYears', grades: scale, uses: hangzhouUses },
  );
  // The first unit fails three years running and is the best in the fourth; the second one recovers in between.
  const years = [
    ['50', '50'],
    ['50', '70'],
    ['50', '50'],
    ['99', '50'],
  ] as const;
  const seen: string[][] = [];
  for (const [i, [first, second]] of years.entries()) {
    const { cycleId, cases } = await world.launch(hangzhou);
    await pool.query('UPDATE cycles SET year = $2 WHERE id = $1', [cycleId, 2041 + i]);
    for (const [j, id] of cases.entries())
      await act(id, 'mark', 'submit', { values: { total: [first, second][j] ?? String(70 - j) } });
    await settle(engine);
    const rows = await rowsOf<{ code: string; key: string; withheld: string | null }>(
      pool,
      `SELECT o.code, u.key, u.use->'withheld'->>'zh' AS withheld FROM result_uses u JOIN org_units o ON o.id = u.org_id
       WHERE cycle_id = $1 AND o.code IN ('unit1', 'unit2') ORDER BY o.code, u.position`,
      [cycleId],
    );
    seen.push(rows.map(({ code, key, withheld }) => `${code} ${key}${withheld ? `: ${withheld}` : ''}`));
    // The cases hear what applies to them and is not withheld.
    expect((await dataOf(cases[0] ?? '')).uses).toEqual(
      rows.flatMap(({ code, key, withheld }) => (code === 'unit1' && !withheld ? [key] : [])),
    );
  }
  const once = (code: string) => [`${code} criticism`, `${code} noAwards`];
  expect(seen).toEqual([
    [...once('unit1'), ...once('unit2')],
    [...once('unit1'), 'unit1 noPromotion'],
    [...once('unit1'), 'unit1 transfer', ...once('unit2')],
    ['unit1 award: 2043 年“不合格：当年和次年不得评优”：取消评优', ...once('unit2'), 'unit2 noPromotion'],
  ]);
});

test('the grade decides on the money of the next cycle, exactly, and its plan begins with it', async () => {
  const cut = {
    key: 'cut',
    name: named('cut'),
    whom: { kind: 'grade', grades: ['poor'] },
    effect: { kind: 'budget', percent: '-33.3' },
  };
  const more = {
    ...cut,
    key: 'more',
    whom: { kind: 'grade', grades: ['excellent'] },
    effect: { kind: 'budget', percent: '10' },
  };
  const uses = resultUsesSchema.parse([cut, more]);
  const money = template(
    {
      plan: [allotted(), task('apply', { fields: [decimal('budget')] })],
      evaluate: [
        task('mark', { fields: [decimal('total')] }),
        rank('ranking', 'total'),
        served('grading', 'grade', { kind: 'grade', by: 'standing' }),
        served('using', 'uses', { kind: 'uses' }),
      ],
      feedback: [nextAmount(uses), task('close', { fields: [decimal('nextAmount')] })],
    },
    { key: 'money', grades, uses },
  );
  const play = async (year: number, closes: boolean) => {
    const { cycleId, cases } = await world.launch(money);
    await pool.query('UPDATE cycles SET year = $2 WHERE id = $1', [cycleId, year]);
    await settle(engine);
    const before = await Promise.all(cases.map(async (id) => (await dataOf(id)).allotted));
    if (!closes) return before;
    for (const [i, id] of cases.entries()) {
      await act(id, 'apply', 'submit', { values: { budget: '100.01' } });
      await act(id, 'mark', 'submit', { values: { total: String(99 - 5 * i) } });
    }
    await settle(engine);
    expect(await Promise.all([0, 4, 9].map(async (i) => (await dataOf(cases[i] ?? '')).nextAmount))).toEqual([
      '110.01',
      '100.01',
      '66.71',
    ]);
    // The office confirms what was computed, or decides on something else.
    await act(cases[0] ?? '', 'close', 'submit', { values: { nextAmount: '120' } });
    return before;
  };
  expect(await play(2031, true)).toEqual(Array.from({ length: 10 }, () => null));
  const next = await play(2032, false);
  expect([next[0], next[4], next[9]]).toEqual(['120', '100.01', '66.71']);
});

test('complaints that surge are a finding, once; few of them, or as many as before, are none', async () => {
  const unit = units[0]?.id ?? '';
  const file = (n: number, day: string, category: string, place: string) =>
    pool.query(
      `INSERT INTO complaints (id, channel, reference, received_at, text, category, place, org_id, state, due_at, at)
       SELECT gen_random_uuid(), '311', $1 || '/' || $2 || '/' || $3 || '/' || i, $2::timestamptz, 'x', $1, $3, $4, 'assigned', $2::timestamptz, $2::timestamptz
       FROM generate_series(1, $5::int) i`,
      [category, day, place, unit, n],
    );
  // The last instant of the year in the city, and the first one of the year after it.
  await file(16, '2026-12-31T15:59:00Z', 'Noise', 'Queens');
  await file(50, '2026-12-31T16:00:00Z', 'Noise', 'Queens');
  await file(10, '2025-06-01T00:00:00Z', 'Noise', 'Queens');
  await file(15, '2026-06-01T00:00:00Z', 'Noise', 'Bronx');
  await file(10, '2025-06-01T00:00:00Z', 'Noise', 'Bronx');
  await file(9, '2026-06-01T00:00:00Z', 'Heat', 'Bronx');
  const signal = {
    key: 'signal',
    type: 'compute',
    name: named('signal'),
    into: 'requests',
    rule: { kind: 'surge', over: '1.5', least: 10 },
  } as const;
  const again = { ...signal, key: 'again' };
  const { cycleId, cases } = await world.launch(
    template({ plan: [task('report'), signal, again, task('close')] }, { key: 'surging' }),
  );
  for (const id of cases.slice(0, 2)) await act(id, 'report', 'submit', { values: {} });
  await settle(engine);
  expect((await dataOf(cases[0] ?? '')).requests).toEqual({
    requests: 40,
    surges: 1,
    text: 'Noise · Queens 16（上期 10）',
  });
  expect((await dataOf(cases[1] ?? '')).requests).toEqual({ requests: 0, surges: 0, text: '' });
  const findings = await rowsOf(pool, 'SELECT org_id, source, state, what FROM findings WHERE cycle_id = $1', [
    cycleId,
  ]);
  expect(findings).toEqual([
    {
      org_id: unit,
      source: 'complaint',
      state: 'open',
      what: '诉求激增：Noise · Queens，截至 2026-12-31 的一期 16 件，上期 10 件。',
    },
  ]);
});
