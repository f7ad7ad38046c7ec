import { expect, test } from 'vitest';
import { makePrisma } from '../../../server/db/prisma.ts';
import { overPg } from '../../../server/db/sql.ts';
import { givenRows } from '../../../server/forms/given.ts';
import { assignIndicators } from '../../../server/indicators/assign.ts';
import { computeUnits } from '../../../server/indicators/compute.ts';
import { scoreIndicators } from '../../../server/indicators/score.ts';
import { recordLights } from '../../../server/lights/record.ts';
import { judgeSilent } from '../../../server/lights/silent.ts';
import { verify } from '../../../server/verify/verify.ts';
import type { JsonObject } from '../../../workflows/json.ts';
import { appeal } from '../../../workflows/library/parts/appeal.ts';
import { taxBureau } from '../../../workflows/library/tax-bureau.ts';
import { blockByKey } from '../../../workflows/machine/track.ts';
import type { HumanBlock } from '../../../workflows/template/block.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { makeEngineWorld, rowsOf, testCalendar } from '../../support/engineWorld.ts';
import { indicatorCycle, planRowsOf } from '../../support/indicatorCycle.ts';

const world = await makeEngineWorld({ units: 2 });
const { engine, pool, act } = world;
const prisma = makePrisma(pool);
const content = indicatorCycle();

const serve = async (caseId: string, block: string) => {
  const round = (await engine.read(caseId)).context.live[block]?.round ?? 0;
  // Twice, as a job may.
  await engine.serve({ caseId, block, round });
  await engine.serve({ caseId, block, round });
};
const given = async (caseId: string, block: string) =>
  givenRows(prisma, await engine.read(caseId), blockByKey(content, block) as HumanBlock);
const own = [{ code: 'own1', weight: '30', target: '80' }];

test('the template of these tests has no findings', () => {
  expect(lintTemplate(content)).toEqual([]);
});

test('a plan is assigned, values are reported, corrected, verified, computed and handed to scoring', async () => {
  const { cycleId, cases } = await world.launch(content);
  const [first = '', second = ''] = cases;
  expect((await given(first, 'draft')).plan).toMatchObject([
    { code: 'done', weight: '40', target: '100', unit: '件', dueDate: '2026-12-31' },
    { code: 'planned' },
    { code: 'rate' },
    { code: 'days' },
  ]);
  for (const id of cases) {
    await act(id, 'draft', 'submit', { values: { plan: planRowsOf(own) } });
    await act(id, 'approve', 'approve');
    await serve(id, 'assign');
    expect((await engine.read(id)).context.data.assigned).toEqual({ assigned: 5, weight: '100' });
  }
  const assigned = await rowsOf(
    pool,
    `SELECT c.code, c.kind, c.frequency, c.weight::text, t.version, t.value::text AS target, count(v.*)::int AS due, min(v.due_on)::text AS first
     FROM cycle_indicators c JOIN indicator_targets t ON t.cycle_indicator_id = c.id JOIN indicator_values v ON v.cycle_indicator_id = c.id
     WHERE c.org_id = $1 GROUP BY c.id, t.version, t.value ORDER BY c.position`,
    [world.units[0]?.id],
  );
  expect(assigned).toEqual([
    {
      code: 'done',
      kind: 'common',
      frequency: 'quarter',
      weight: '40',
      version: 1,
      target: '120',
      due: 4,
      first: '2026-04-08',
    },
    {
      code: 'planned',
      kind: 'common',
      frequency: 'quarter',
      weight: null,
      version: 1,
      target: null,
      due: 4,
      first: '2026-04-08',
    },
    {
      code: 'rate',
      kind: 'common',
      frequency: 'quarter',
      weight: '10',
      version: 1,
      target: '95',
      due: 4,
      first: '2026-04-08',
    },
    {
      code: 'days',
      kind: 'common',
      frequency: 'half',
      weight: '20',
      version: 1,
      target: '5',
      due: 2,
      first: '2026-07-07',
    },
    {
      code: 'own1',
      kind: 'specific',
      frequency: 'quarter',
      weight: '30',
      version: 1,
      target: '80',
      due: 4,
      first: '2026-04-08',
    },
  ]);

  const quarter = async (id: string, values: Record<string, string>, corrected: Record<string, string> = {}) => {
    const rows = (await given(id, 'report')).figures ?? [];
    const filled = rows.map((row): JsonObject => ({ ...row, value: values[String(row.code)] ?? '0' }));
    await act(id, 'report', 'submit', { values: { figures: filled } });
    const fixed = filled.map(
      (row): JsonObject => ({ ...row, value: corrected[String(row.code)] ?? row.value ?? null }),
    );
    const changed = Object.keys(corrected).length > 0;
    await act(id, 'verify', 'approve', changed ? { values: { figures: fixed }, reason: '按台账核减' } : {});
    await serve(id, 'record');
    return rows.map(({ code }) => code);
  };
  expect(await quarter(first, { done: '30', planned: '40', own1: '20' }, { done: '28' })).toEqual([
    'done',
    'planned',
    'own1',
  ]);
  expect((await engine.read(first)).context.data.recorded).toMatchObject({ recorded: 3, corrected: 1 });
  expect(await quarter(first, { done: '30', planned: '0', own1: '41.5', days: '4.5' })).toContain('days');
  expect(await quarter(second, { done: '50', planned: '50', own1: '20' })).toEqual(['done', 'planned', 'own1']);

  const values = await rowsOf(
    pool,
    `SELECT c.code, v.period, v.state, v.reported::text, v.verified::text, v.reason, v.revision, v.source FROM indicator_values v
     JOIN cycle_indicators c ON c.id = v.cycle_indicator_id WHERE c.org_id = $1 AND v.state <> 'due' ORDER BY v.period, c.position`,
    [world.units[0]?.id],
  );
  const task = { source: 'task', state: 'verified', revision: 2 };
  expect(values).toMatchObject([
    { code: 'days', period: '2026-H1', reported: '4.5', verified: '4.5', ...task },
    { code: 'done', period: '2026-Q1', reported: '30', verified: '28', reason: '按台账核减', ...task },
    { code: 'planned', period: '2026-Q1', reported: '40', verified: '40', reason: null, ...task },
    { code: 'rate', period: '2026-Q1', reported: null, verified: '70', source: 'formula', revision: 1 },
    { code: 'own1', period: '2026-Q1', reported: '20', ...task },
    { code: 'done', period: '2026-Q2', reported: '30', ...task },
    { code: 'planned', period: '2026-Q2', reported: '0', ...task },
    { code: 'own1', period: '2026-Q2', reported: '41.5', ...task },
  ]);
  const zero = await rowsOf(
    pool,
    `SELECT v.reason, v.note, v.verified FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id
     WHERE c.org_id = $1 AND c.code = 'rate' AND v.period = '2026-Q2'`,
    [world.units[0]?.id],
  );
  expect(zero).toEqual([
    {
      verified: null,
      reason: null,
      note: {
        id: 'formula.divideByZero',
        zh: expect.stringContaining('公式除以零：done / planned'),
        en: expect.stringContaining('divides by zero: done / planned'),
      },
    },
  ]);

  const history = await rowsOf(
    pool,
    `SELECT h.revision, h.action, h.reported::text, h.verified::text, h.by_id FROM indicator_value_changes h JOIN cycle_indicators c ON c.id = h.cycle_indicator_id
     WHERE c.org_id = $1 AND c.code = 'done' AND h.period = '2026-Q1' ORDER BY revision`,
    [world.units[0]?.id],
  );
  expect(history).toEqual([
    { revision: 1, action: 'reported', reported: '30', verified: null, by_id: world.units[0]?.staff },
    { revision: 2, action: 'verified', reported: '30', verified: '28', by_id: world.office },
  ]);
  await expect(pool.query(`UPDATE indicator_value_changes SET reason = 'x'`)).rejects.toThrow(/append-only/);
  await expect(pool.query('DELETE FROM indicator_value_changes')).rejects.toThrow(/append-only/);

  await pool.query('INSERT INTO indicator_history (org_id, code, year, value) VALUES ($1, $2, 2025, 99.50)', [
    world.units[0]?.id,
    'done',
  ]);
  const scored = await scoreIndicators(overPg(pool), cycleId);
  expect(scored.get(world.units[0]?.id ?? '')).toMatchObject([
    {
      code: 'done',
      name: { zh: 'done' },
      direction: 'up',
      group: 'output',
      weight: '40',
      target: '120',
      actual: '58',
      previous: '99.5',
      best: '58',
      source: { periods: 2 },
    },
    { code: 'planned', target: null, actual: '40', best: '50' },
    { code: 'rate', actual: '70', best: '100' },
    { code: 'days', direction: 'down', actual: '4.5', best: '4.5' },
    { code: 'own1', kind: 'specific', actual: '41.5' },
  ]);
  const unit = world.units[1]?.id ?? '';
  const one = await scoreIndicators(overPg(pool), cycleId, [unit], { periods: true });
  expect([...one.keys()]).toEqual([unit]);
  expect(one.get(unit)?.[0]).toMatchObject({ actual: '50', best: '58', previous: null, rank: 2 });
  // Places by period, among all of the category: the first quarter went to this unit; in the second it reported nothing.
  expect(one.get(unit)?.[0]?.periods).toEqual([{ key: '2026-Q1', value: '50', rank: 1 }]);
  // Nobody else has a value for what counts the days, and 41.5 beats 20.
  expect(scored.get(world.units[0]?.id ?? '')?.map(({ rank }) => rank)).toEqual([1, 2, 2, 1, 1]);
  expect(scored.get(unit)?.map(({ rank }) => rank)).toEqual([2, 1, 1, null, 2]);
  // A mean of the year is not cut short: three quarters that come to 100 are a third of it each.
  await pool.query(
    `UPDATE cycle_indicators SET aggregation = 'mean' WHERE cycle_id = $1 AND code = 'done' AND org_id = $2`,
    [cycleId, world.units[0]?.id],
  );
  await pool.query(
    `UPDATE indicator_values v SET verified = 42 FROM cycle_indicators c WHERE c.id = v.cycle_indicator_id AND c.cycle_id = $1 AND c.org_id = $2
       AND c.code = 'done' AND v.period = '2026-Q3'`,
    [cycleId, world.units[0]?.id],
  );
  const [done] = (await scoreIndicators(overPg(pool), cycleId)).get(world.units[0]?.id ?? '') ?? [];
  expect(done).toMatchObject({ actual: `33.${'3'.repeat(30)}`, best: '50', rank: 2 });
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

test('a review corrects the period that was wrong, of what is added up over the year; formulas, lights and the year follow', async () => {
  const review = appeal({
    who: [{ kind: 'head', of: 'participant' }],
    review: [{ kind: 'person', person: world.office }],
    recuse: ['draft'],
    days: { appeal: 3, decide: 10 },
    correction: 'indicators',
  });
  const fixing: CycleTemplate = {
    ...content,
    key: 'fixing',
    phases: { ...content.phases, execute: { blocks: review }, evaluate: { blocks: [] } },
    lights: {
      schedule: 'linear',
      rules: [{ key: 'behind', colour: 'red', when: [{ of: 'behind', atLeast: '10' }] }],
    },
  };
  const [unit] = world.units.slice(1);
  const { cycleId, cases } = await world.launch(fixing, world.units.slice(1));
  const [id = ''] = cases;
  await act(id, 'draft', 'submit', { values: { plan: planRowsOf(own) } });
  await act(id, 'approve', 'approve');
  await serve(id, 'assign');
  const indicators = await rowsOf<{ id: string; code: string }>(
    pool,
    'SELECT id::text, code FROM cycle_indicators WHERE cycle_id = $1',
    [cycleId],
  );
  const idOf = (code: string) => indicators.find((one) => one.code === code)?.id ?? '';
  const set = (code: string, quarter: string, value: string) =>
    pool.query(
      `UPDATE indicator_values SET reported = $3, verified = $3, state = 'verified' WHERE cycle_indicator_id = $1 AND period = $2`,
      [idOf(code), `2026-${quarter}`, value],
    );
  for (const [quarter, value] of Object.entries({ Q1: '5', Q2: '30', Q3: '30', Q4: '30' })) {
    await set('done', quarter, value);
    await set('planned', quarter, '40');
    await set('own1', quarter, '70');
  }
  const at = '2027-02-01T01:00:00Z';
  const before = world.clock.now().toISOString();
  world.clock.set(at);
  await computeUnits(overPg(pool), cycleId, [unit?.id ?? ''], at);
  for (const endsOn of ['2026-03-31', '2026-06-30', '2026-09-30', '2026-12-31'])
    await recordLights(overPg(pool), {
      cycleId,
      orgId: unit?.id ?? '',
      endsOn,
      template: fixing,
      calendar: testCalendar,
      at,
    });

  await act(id, 'appeal', 'submit', { values: { appealGround: '第一季度漏报' } });
  const block = blockByKey(fixing, 'appealReview') as HumanBlock;
  const table = (await givenRows(prisma, await engine.read(id), block)).appealValues ?? [];
  // Of what adds up each period has a row; of what says how it stands, only the last one counts.
  expect(table.map(({ code, period, recorded }) => [code, period, recorded])).toEqual([
    ['done@2026-Q1', '2026-Q1', '5'],
    ['done@2026-Q2', '2026-Q2', '30'],
    ['done@2026-Q3', '2026-Q3', '30'],
    ['done', '2026-Q4', '30'],
    ['planned@2026-Q1', '2026-Q1', '40'],
    ['planned@2026-Q2', '2026-Q2', '40'],
    ['planned@2026-Q3', '2026-Q3', '40'],
    ['planned', '2026-Q4', '40'],
    ['days', '2026-H2', undefined],
    ['own1', '2026-Q4', '70'],
  ]);
  const upheld = { appealDecision: 'upheld', appealFindings: '台账属实' };
  const corrected = (fixes: Record<string, string>) =>
    table.map((row): JsonObject => ({ ...row, value: fixes[String(row.code)] ?? null }));
  await act(id, 'appealReview', 'submit', {
    values: { ...upheld, appealValues: corrected({ 'done@2026-Q1': '25', 'done@2026-Q2': '35' }) },
  });
  await serve(id, 'appealRecord');
  expect((await engine.read(id)).context.data.appealRecorded).toMatchObject({ corrected: 2 });
  const values = await rowsOf(
    pool,
    `SELECT c.code, v.period, trim_scale(v.reported)::text AS reported, trim_scale(v.verified)::text AS verified, v.reason FROM indicator_values v
     JOIN cycle_indicators c ON c.id = v.cycle_indicator_id WHERE c.cycle_id = $1 AND c.code IN ('done', 'rate') ORDER BY c.code, v.period`,
    [cycleId],
  );
  expect(values).toEqual([
    { code: 'done', period: '2026-Q1', reported: '5', verified: '25', reason: '台账属实' },
    { code: 'done', period: '2026-Q2', reported: '30', verified: '35', reason: '台账属实' },
    { code: 'done', period: '2026-Q3', reported: '30', verified: '30', reason: null },
    { code: 'done', period: '2026-Q4', reported: '30', verified: '30', reason: null },
    { code: 'rate', period: '2026-Q1', reported: null, verified: '62.5', reason: null },
    { code: 'rate', period: '2026-Q2', reported: null, verified: '87.5', reason: null },
    { code: 'rate', period: '2026-Q3', reported: null, verified: '75', reason: null },
    { code: 'rate', period: '2026-Q4', reported: null, verified: '75', reason: null },
  ]);
  // Each quarter that counted the wrong one was judged anew.
  const lights = await rowsOf<{ period: string; colours: string[] }>(
    pool,
    'SELECT period, array_agg(colour ORDER BY id) AS colours FROM lights WHERE cycle_indicator_id = $1 GROUP BY period ORDER BY period',
    [idOf('done')],
  );
  expect(lights.map(({ colours }) => colours)).toEqual([
    ['red', 'green'],
    ['red', 'green'],
    ['red', 'green'],
    ['red', 'green'],
  ]);
  expect((await scoreIndicators(overPg(pool), cycleId)).get(unit?.id ?? '')?.[0]).toMatchObject({ actual: '120' });
  world.clock.set(before);
});

test('a plan that is approved anew keeps what was, as earlier versions', async () => {
  const { cycleId, cases } = await world.launch({ ...content, key: 'again' }, world.units.slice(0, 1));
  const [id = ''] = cases;
  const steps = [
    { indicator: 'done', name: '一半', dueDate: '2026-05-31' },
    { indicator: 'days', name: '半年', dueDate: '2026-06-30' },
  ];
  await act(id, 'draft', 'submit', { values: { plan: planRowsOf(own), steps } });
  await act(id, 'approve', 'approve');
  await serve(id, 'assign');
  await pool.query(
    `UPDATE milestones m SET done_on = '2026-05-20', set_at = now() FROM cycle_indicators c WHERE c.id = m.cycle_indicator_id AND c.cycle_id = $1 AND m.name = '一半'`,
    [cycleId],
  );
  const rows = planRowsOf([{ code: 'own2', weight: '30', target: '80' }]).map((row) =>
    row.code === 'done' ? { ...row, target: '130' } : row,
  );
  const orgId = world.units[0]?.id ?? '';
  await assignIndicators(overPg(pool), {
    cycleId,
    orgId,
    caseId: id,
    year: 2026,
    template: content,
    rows,
    milestones: [
      { indicator: 'own2', name: '开工', dueDate: '2026-04-30' },
      { indicator: 'done', name: '过半', dueDate: '2026-06-30' },
    ],
    calendar: testCalendar,
    at: '2026-03-05T00:00:00Z',
  });
  // What was reached stays; what the new plan has not any more goes.
  expect(
    await rowsOf(
      pool,
      `SELECT c.code, m.name, m.due_on::text, m.done_on IS NOT NULL AS done FROM milestones m JOIN cycle_indicators c ON c.id = m.cycle_indicator_id
       WHERE c.cycle_id = $1 ORDER BY c.code, m.position`,
      [cycleId],
    ),
  ).toEqual([
    { code: 'done', name: '一半', due_on: '2026-05-31', done: true },
    { code: 'own2', name: '开工', due_on: '2026-04-30', done: false },
  ]);
  const found = await rowsOf(
    pool,
    `SELECT c.code, c.applies, array_agg(t.value::text ORDER BY t.version) AS targets FROM cycle_indicators c JOIN indicator_targets t ON t.cycle_indicator_id = c.id
     WHERE c.cycle_id = $1 AND c.code IN ('done', 'own1', 'own2', 'days') GROUP BY c.id ORDER BY c.code`,
    [cycleId],
  );
  expect(found).toEqual([
    { code: 'days', applies: true, targets: ['5'] },
    { code: 'done', applies: true, targets: ['120', '130'] },
    { code: 'own1', applies: false, targets: ['80'] },
    { code: 'own2', applies: true, targets: ['80'] },
  ]);
});

/** Units below another one. */
const below = async (parent: string, kind: string, ...codes: string[]): Promise<string[]> =>
  (
    await rowsOf(
      pool,
      `INSERT INTO org_units (id, code, name, kind, parent_id) SELECT gen_random_uuid(), c, c, $3, $1::uuid FROM unnest($2::text[]) AS c
       RETURNING id::text`,
      [parent, codes, kind],
    )
  ).map((row) => (row as { id: string }).id);

/** Gives the values of a quarter to these units' indicators of a code, verified. */
const verified = (cycleId: string, code: string, values: Record<string, string>) =>
  pool.query(
    `UPDATE indicator_values v SET verified = g.value::numeric, state = 'verified' FROM json_each_text($3::json) AS g(org, value), cycle_indicators c
     WHERE c.id = v.cycle_indicator_id AND c.cycle_id = $1 AND c.code = $2 AND c.org_id = g.org::uuid AND v.period = '2026-Q1'`,
    [cycleId, code, JSON.stringify(values)],
  );
const verifiedOf = async (cycleId: string, code: string, orgId: string) =>
  (
    await rowsOf(
      pool,
      `SELECT trim_scale(v.verified)::text AS value, v.source FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id
       WHERE c.cycle_id = $1 AND c.code = $2 AND c.org_id = $3 AND v.period = '2026-Q1'`,
      [cycleId, code, orgId],
    )
  )[0];

test('sections take on indicators of their unit as parts, which are rolled up', async () => {
  const { cycleId, cases } = await world.launch({ ...content, key: 'sections' }, world.units.slice(0, 1));
  const [caseId = ''] = cases;
  const unit = world.units[0]?.id ?? '';
  const assignment = {
    cycleId,
    caseId,
    year: 2026,
    template: content,
    calendar: testCalendar,
    at: '2026-03-05T00:00:00Z',
  };
  await assignIndicators(overPg(pool), { ...assignment, orgId: unit, rows: planRowsOf(own) });
  const [one = '', two = ''] = await below(unit, 'section', 'sec-1', 'sec-2');
  const part = (orgId: string, target: string) =>
    assignIndicators(overPg(pool), {
      ...assignment,
      orgId,
      partOf: unit,
      rows: [{ code: 'done', target, owner: '张三' }],
    });
  expect(await part(one, '70')).toEqual({ assigned: 1, weight: '0' });
  await part(two, '50');
  expect(
    await rowsOf(
      pool,
      `SELECT p.name, p.unit, p.owner, t.value::text AS target, w.org_id::text AS whole FROM cycle_indicators p JOIN cycle_indicators w ON w.id = p.parent_id
       JOIN indicator_targets t ON t.cycle_indicator_id = p.id WHERE p.cycle_id = $1 ORDER BY t.value`,
      [cycleId],
    ),
  ).toEqual([
    { name: 'done', unit: '件', owner: '张三', target: '50', whole: unit },
    { name: 'done', unit: '件', owner: '张三', target: '70', whole: unit },
  ]);
  await verified(cycleId, 'done', { [one]: '12.5' });
  await computeUnits(overPg(pool), cycleId, [one], '2026-04-09T00:00:00Z');
  expect(await verifiedOf(cycleId, 'done', unit)).toEqual({ value: null, source: null });
  await verified(cycleId, 'done', { [two]: '7.5' });
  await computeUnits(overPg(pool), cycleId, [two], '2026-04-09T00:00:00Z');
  expect(await verifiedOf(cycleId, 'done', unit)).toEqual({ value: '20', source: 'rollUp' });
});

test('a cascade rolls up from county to municipality to province, in whatever order they are assigned', async () => {
  const { cycleId } = await world.launch({ ...content, key: 'cascade' }, world.units.slice(0, 1));
  const province = world.units[0]?.id ?? '';
  const [city = ''] = await below(province, 'department', 'M-1');
  const counties = await below(city, 'department', 'C-1', 'C-2');
  const [one = '', two = ''] = counties;
  const levels: Record<string, string> = {
    [province]: 'provincial',
    [city]: 'municipal',
    [one]: 'county',
    [two]: 'county',
  };
  for (const [orgId, category] of Object.entries(levels))
    await pool.query(
      `INSERT INTO cycle_participants (cycle_id, org_id, category) VALUES ($1, $2, $3) ON CONFLICT (cycle_id, org_id) DO UPDATE SET category = excluded.category`,
      [cycleId, orgId, category],
    );
  for (const orgId of [one, city, province, two])
    await assignIndicators(overPg(pool), {
      cycleId,
      orgId,
      caseId: null,
      year: 2026,
      template: taxBureau,
      rows: [],
      calendar: testCalendar,
      at: '2026-03-05T00:00:00Z',
    });
  await verified(cycleId, 'C3-refund', { [one]: '4', [two]: '7' });
  await computeUnits(overPg(pool), cycleId, counties, '2026-04-09T00:00:00Z');
  expect(await verifiedOf(cycleId, 'M3-refund', city)).toEqual({ value: '5.5', source: 'rollUp' });
  expect(await verifiedOf(cycleId, 'P3-refund', province)).toEqual({ value: '5.5', source: 'rollUp' });
});

test('weights that do not make the total, or a code twice, assign nothing and say why', async () => {
  const { cycleId, cases } = await world.launch({ ...content, key: 'wrong' }, world.units.slice(0, 1));
  const [id = ''] = cases;
  const with_ = (rows: ReturnType<typeof planRowsOf>) =>
    assignIndicators(overPg(pool), {
      cycleId,
      orgId: world.units[0]?.id ?? '',
      caseId: id,
      year: 2026,
      template: content,
      rows,
      calendar: testCalendar,
      at: '2026-03-05T00:00:00Z',
    });
  await expect(with_(planRowsOf([{ code: 'own1', weight: '31', target: '1' }]))).rejects.toThrow(
    'plan.weights: 指标的权重合计为 101，应为 100。 The weights of all indicators add up to 101, not to 100.',
  );
  await expect(with_(planRowsOf([...own, ...own]))).rejects.toThrow('plan.twice: 计划中“own1”出现两次。');
  expect(await rowsOf(pool, 'SELECT 1 FROM cycle_indicators WHERE cycle_id = $1', [cycleId])).toEqual([]);
});

test('a report counts from the day on which it is submitted, and is no silence while it is verified', async () => {
  const timed = structuredClone(
    indicatorCycle(undefined, {
      key: 'timed',
      lights: {
        rules: [
          {
            key: 'silent',
            name: { zh: '未报', en: 'silent' },
            colour: 'red',
            when: [{ of: 'unreported', above: '0' }],
          },
        ],
      },
    }),
  );
  Object.assign(blockByKey(timed, 'report') as HumanBlock, { allow: ['retrieve'] });
  const { cycleId, cases } = await world.launch(timed, world.units.slice(0, 1));
  const [id = ''] = cases;
  await act(id, 'draft', 'submit', { values: { plan: planRowsOf(own) } });
  await act(id, 'approve', 'approve');
  await serve(id, 'assign');
  const submit = async (value: string) => {
    const rows = (await givenRows(prisma, await engine.read(id), blockByKey(timed, 'report') as HumanBlock)).figures;
    await act(id, 'report', 'submit', { values: { figures: (rows ?? []).map((row) => ({ ...row, value })) } });
  };
  const done = async () => {
    const [row] = await rowsOf(
      pool,
      `SELECT v.state, v.reported::text, v.verified::text, v.reason, (v.reported_at AT TIME ZONE 'Asia/Shanghai')::date::text AS "on", v.due_on::text AS due
       FROM indicator_values v JOIN cycle_indicators c ON c.id = v.cycle_indicator_id WHERE c.cycle_id = $1 AND c.code = 'done' AND v.period = '2026-Q1'`,
      [cycleId],
    );
    return row;
  };
  const silent = () => judgeSilent(pool, world.clock.now(), testCalendar);
  const due = '2026-04-08';
  world.clock.set('2026-04-07T02:00:00Z');
  await submit('30');
  expect(await done()).toEqual({
    state: 'reported',
    reported: '30',
    verified: null,
    reason: null,
    on: '2026-04-07',
    due,
  });
  // Taken back, it is no report; submitted again, it counts from then.
  await engine.apply({ caseId: id, event: { type: 'retrieve', block: 'report', actor: world.units[0]?.staff ?? '' } });
  expect(await done()).toMatchObject({ state: 'due', reported: null, on: null });
  world.clock.set('2026-04-08T02:00:00Z');
  await submit('31');
  world.clock.set('2026-04-13T02:00:00Z');
  expect(await silent()).toBe(0);
  await act(id, 'verify', 'return', { reason: '缺少台账' });
  expect(await done()).toMatchObject({ state: 'returned', reported: '31', reason: '缺少台账', on: due });
  expect(await silent()).toBe(0);
  await submit('32');
  await act(id, 'verify', 'approve');
  await serve(id, 'record');
  expect(await done()).toEqual({ state: 'verified', reported: '32', verified: '32', reason: null, on: due, due });
  const changes = await rowsOf<{ action: string; reported: string | null }>(
    pool,
    `SELECT h.action, h.reported::text FROM indicator_value_changes h JOIN cycle_indicators c ON c.id = h.cycle_indicator_id
     WHERE c.cycle_id = $1 AND c.code = 'done' ORDER BY h.revision`,
    [cycleId],
  );
  expect(changes.map(({ action, reported }) => [action, reported])).toEqual([
    ['reported', '30'],
    ['retrieved', null],
    ['reported', '31'],
    ['returned', '31'],
    ['reported', '32'],
    ['verified', '32'],
  ]);
  // The second quarter is not reported: that is silence, once its day has passed.
  world.clock.set('2026-07-08T02:00:00Z');
  expect(await silent()).toBe(1);
  const lights = await rowsOf<{ code: string }>(
    pool,
    `SELECT DISTINCT code FROM lights WHERE cycle_id = $1 AND colour = 'red' AND ends_on = '2026-06-30' ORDER BY code`,
    [cycleId],
  );
  expect(lights.map(({ code }) => code)).toEqual(['days', 'done', 'own1', 'planned']);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});
