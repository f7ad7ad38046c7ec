import { expect, test } from 'vitest';
import { castBallots } from '../../../server/ballots/cast.ts';
import { tellIfComplete } from '../../../server/ballots/complete.ts';
import { verify } from '../../../server/verify/verify.ts';
import type { Rule } from '../../../workflows/scoring/rule.ts';
import type { Block } from '../../../workflows/template/block.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { approval, decimal, named, rank, task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const jobs: { caseId: string; block: string; round: number }[] = [];
const meetings = new Set<string>();
const world = await makeEngineWorld({
  units: 4,
  jobSink: (job) => {
    if (job.task === 'serve') jobs.push(job.payload);
    if (job.task === 'gates.check') meetings.add(job.payload.cycleId);
  },
});
const { engine, pool, act, clock } = world;
const settle = async () => {
  while (jobs.length + meetings.size > 0) {
    for (const job of jobs.splice(0)) await engine.serve(job);
    for (const id of [...meetings]) {
      meetings.delete(id);
      await engine.checkGates(id);
    }
  }
};

const rule: Rule = {
  kind: 'round',
  places: 2,
  mode: 'halfUp',
  of: {
    kind: 'composite',
    total: '1',
    of: [
      { key: 'results', weight: '0.6', rule: 'values.results' },
      { key: 'peers', weight: '0.4', rule: { kind: 'raters', of: 'ballots.peers.overall' } },
    ],
  },
};
const blocks = (more: Block[] = []): Block[] => [
  task('report', { fields: [decimal('results')] }),
  {
    key: 'vote',
    type: 'ballots',
    per: 'cycle',
    name: named('vote'),
    groups: ['peers'],
    until: { from: 'opened', workingDays: 5 },
  },
  { key: 'scoring', type: 'compute', per: 'cycle', name: named('s'), into: 'total', rule: { kind: 'score', rule } },
  rank('ranking', 'total'),
  ...more,
  task('after'),
];
const content = (key: string, more: Block[] = []): CycleTemplate =>
  template(
    { evaluate: blocks(more) },
    {
      key,
      assessors: [
        {
          key: 'peers',
          name: named('peers'),
          kind: 'peer',
          who: [{ kind: 'heads' }],
          scale: { min: '0', max: '100' },
          ranks: true,
        },
      ],
    },
  );

/** A cycle in which all units have reported and the peers are asked. */
const voting = async (key: string, more: Block[] = []) => {
  const { cases, cycleId } = await world.launch(content(key, more));
  for (const [i, id] of cases.entries()) await act(id, 'report', 'submit', { values: { results: `${80 + i}` } });
  await settle();
  const rounds = await rowsOf<{ id: string; case_id: string }>(
    pool,
    'SELECT id, case_id FROM ballot_rounds WHERE cycle_id = $1',
    [cycleId],
  );
  const { id: round, case_id: caseId } = rounds[0] as { id: string; case_id: string };
  const cast = async (unit: number, values: string[]) => {
    const sheet = cases.filter((_, i) => i !== unit).map((participant, i) => ({ participant, value: values[i] ?? '' }));
    const assessor = world.units[unit]?.head ?? '';
    const handed = await castBallots(pool, { round, group: 'peers', assessor, sheet, at: clock.now().toISOString() });
    await tellIfComplete(pool, engine, handed);
  };
  return { cases, cycleId, round, caseId, cast };
};
const scoresOf = (cycleId: string) =>
  rowsOf<{ value: string; inputs_hash: string; explanation: object }>(
    pool,
    `SELECT s.value::text, s.inputs_hash, s.explanation FROM scores s JOIN score_runs r ON r.id = s.run_id JOIN cases c ON c.id = s.case_id
     JOIN org_units o ON o.id = c.org_id WHERE r.cycle_id = $1 AND r.state = 'accepted' ORDER BY o.code`,
    [cycleId],
  );
const ballots = [
  ['90', '80', '70'],
  ['60', '85', '95'],
  ['77', '66', '55'],
  ['100', '0', '50'],
];

test('ballots are counted, every unit is scored with its explanation, ranked, and handed its own', async () => {
  const { cases, cycleId, cast, caseId } = await voting('scored');
  for (const [unit, values] of ballots.entries()) await cast(unit, values);
  await settle();
  // Unit 1: 80 × 0.6 + (60 + 77 + 100) / 3 × 0.4, and so on.
  const wanted = ['79.60', '69.40', '77.87', '79.13'];
  const data = await Promise.all(cases.map(async (id) => (await engine.read(id)).context.data));
  expect(data.map(({ total }) => total)).toEqual(wanted);
  expect(data.map(({ standing }) => (standing as { rank: number }).rank)).toEqual([1, 4, 3, 2]);
  expect((await engine.read(caseId)).context.data).toMatchObject({
    vote: { assessors: 4, expected: 12 },
    total: { scored: 4, notApplicable: 0 },
  });
  const scores = await scoresOf(cycleId);
  expect(scores.map(({ value }) => value)).toEqual(wanted);
  expect(scores[0]?.explanation).toMatchObject({ kind: 'round', value: '79.60', children: [{ kind: 'composite' }] });
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });

  // Nobody changes a score, nor a ballot of a round that is over.
  for (const sql of [
    'UPDATE scores SET value = 99',
    'DELETE FROM scores',
    'TRUNCATE scores CASCADE',
    'UPDATE ballots SET value = 100',
    'DELETE FROM ballots',
    'TRUNCATE ballots',
    'UPDATE ballot_sheets SET closed = false',
    'DELETE FROM ballot_sheets',
  ])
    await expect(pool.query(sql), sql).rejects.toMatchObject({ code: '23000' });

  // Whoever switches that off and changes a score is found out: the score is named, and so is a line of its explanation.
  const change = async (set: string, place: number) => {
    await pool.query('ALTER TABLE scores DISABLE TRIGGER record_is_append_only');
    await pool.query(`UPDATE scores SET ${set} WHERE case_id = $1`, [cases[place]]);
    await pool.query('ALTER TABLE scores ENABLE TRIGGER record_is_append_only');
  };
  await change('value = 99', 0);
  await change(`explanation = replace(explanation::text, '"value":"80"', '"value":"90"')::json`, 0);
  const { ok, mismatches } = await verify(pool);
  expect(ok).toBe(false);
  expect(mismatches.map(({ caseId, what }) => [caseId, what])).toEqual(mismatches.map(() => [cases[0], 'score']));
  expect(mismatches.map(({ detail }) => detail)).toEqual(
    expect.arrayContaining(['"scoring": the score is 99, its explanation says 79.60']),
  );
  expect(mismatches.length).toBeGreaterThan(1);
  await change('value = 79.60', 0);
  await change(`explanation = replace(explanation::text, '"value":"90"', '"value":"80"')::json`, 0);
  expect((await verify(pool)).mismatches).toEqual([]);
});

test('the order in which ballots come in changes nothing', async () => {
  const orders = [
    [0, 1, 2, 3],
    [3, 1, 0, 2],
    [2, 3, 1, 0],
  ];
  const found = [];
  for (const [n, order] of orders.entries()) {
    const { cycleId, cast } = await voting(`order${n}`);
    for (const unit of order) await cast(unit, ballots[unit] ?? []);
    await settle();
    found.push((await scoresOf(cycleId)).map(({ value }) => value));
  }
  expect(found).toEqual([found[0], found[0], found[0]]);
});

test('a job that runs twice scores once; a ballot after that is refused', async () => {
  const { cycleId, round, caseId } = await voting('twice');
  const { rows } = await pool.query<{ due_at: Date }>('SELECT due_at FROM timers WHERE case_id = $1', [caseId]);
  const before = clock.now().toISOString();
  clock.set(rows[0]?.due_at.toISOString() ?? '');
  await engine.fireDue();
  const job = jobs[0];
  if (!job) throw new Error('no job');
  await Promise.all([engine.serve(job), engine.serve(job)]);
  const first = await scoresOf(cycleId);
  await settle();
  expect(await rowsOf(pool, 'SELECT state FROM score_runs WHERE cycle_id = $1', [cycleId])).toEqual([
    { state: 'accepted' },
  ]);
  expect(await scoresOf(cycleId)).toEqual(first);
  // Nobody handed in: the peers' part does not apply, and the results count for the whole.
  expect(first.map(({ value }) => value)).toEqual(['80.00', '81.00', '82.00', '83.00']);
  const [sheet] = await rowsOf(pool, 'SELECT DISTINCT closed FROM ballot_sheets WHERE round_id = $1', [round]);
  expect(sheet).toEqual({ closed: true });
  clock.set(before);
  const late = { round, group: 'peers', assessor: world.units[0]?.head ?? '', sheet: [], at: before };
  await expect(castBallots(pool, late)).rejects.toMatchObject({ id: 'ballot.closed' });
});

test('a score that cannot be computed says of which unit, and nothing is kept', async () => {
  const broken: Block = {
    key: 'scoring2',
    type: 'compute',
    per: 'cycle',
    name: named('s'),
    into: 'more',
    rule: { kind: 'score', rule: { kind: 'input', path: 'values.nothing', required: true } },
  };
  const { cycleId, cast } = await voting('broken', [broken]);
  for (const [unit, values] of ballots.entries()) await cast(unit, values);
  await expect(settle()).rejects.toThrow(/the score of unit1 by "scoring2": .*values\.nothing/);
  expect(await rowsOf(pool, 'SELECT block FROM score_runs WHERE cycle_id = $1', [cycleId])).toEqual([
    { block: 'scoring' },
  ]);
  jobs.splice(0);
});

test('a block that is entered again asks and scores again; the former run is history', async () => {
  const { cycleId, cast, caseId } = await voting('again', [approval('review', { per: 'cycle', onReject: 'vote' })]);
  for (const [unit, values] of ballots.entries()) await cast(unit, values);
  await settle();
  await act(caseId, 'review', 'reject', { reason: '重新评价' });
  await settle();
  const [round] = await rowsOf<{ id: string }>(pool, 'SELECT id FROM ballot_rounds WHERE cycle_id = $1 AND round = 2', [
    cycleId,
  ]);
  const { rows } = await pool.query<{ due_at: Date }>('SELECT due_at FROM timers WHERE case_id = $1', [caseId]);
  expect(round).toBeDefined();
  clock.set(rows[0]?.due_at.toISOString() ?? '');
  await engine.fireDue();
  await settle();
  expect((await scoresOf(cycleId)).map(({ value }) => value)).toEqual(['80.00', '81.00', '82.00', '83.00']);
  const states = await rowsOf(pool, 'SELECT round, state FROM score_runs WHERE cycle_id = $1 ORDER BY round', [
    cycleId,
  ]);
  expect(states).toEqual([
    { round: 1, state: 'superseded' },
    { round: 2, state: 'accepted' },
  ]);
});
