import { expect, test } from 'vitest';
import { makeEngine } from '../../../server/engine/index.ts';
import { verify } from '../../../server/verify/verify.ts';
import { decimal, rank, task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf, testCalendar } from '../../support/engineWorld.ts';

const world = await makeEngineWorld({ units: 6 });
const { engine, pool, act } = world;

const content = template(
  {
    plan: [task('report', { fields: [decimal('score')] })],
    evaluate: [rank('ranking', 'score')],
    rectify: [task('close')],
  },
  { key: 'meet' },
);
const cycleCase = async (cycleId: string) =>
  (await rowsOf<{ id: string }>(pool, `SELECT id FROM cases WHERE cycle_id = $1 AND kind = 'cycle'`, [cycleId]))[0]
    ?.id ?? '';
const statusOf = async (cycleId: string) =>
  (await rowsOf<{ status: string }>(pool, 'SELECT status FROM cycles WHERE id = $1', [cycleId]))[0]?.status;

test('the cycle waits for everyone, ranks, and sends each on with its own result', async () => {
  const { cycleId, cases } = await world.launch(content);
  const other = await world.node();
  for (const [i, id] of cases.entries()) {
    if (i === cases.length - 1) {
      await engine.checkGates(cycleId);
      expect(Object.keys((await engine.read(await cycleCase(cycleId))).context.live)).toEqual(['ranking~gather']);
    }
    await act(id, 'report', 'submit', { values: { score: i < 2 ? '90.5' : `${80 - i}` } });
  }
  await Promise.all([engine.checkGates(cycleId), other.checkGates(cycleId), engine.checkGates(cycleId)]);
  const id = await cycleCase(cycleId);
  const round = (await engine.read(id)).context.live.ranking?.round ?? 0;
  await Promise.all([
    engine.serve({ caseId: id, block: 'ranking', round }),
    other.serve({ caseId: id, block: 'ranking', round }),
  ]);
  await Promise.all([engine.checkGates(cycleId), other.checkGates(cycleId)]);
  const standings = await Promise.all(cases.map(async (one) => (await engine.read(one)).context.data.standing));
  expect(standings).toMatchObject([
    { score: '90.5', rank: 1, rankOf: 6 },
    { rank: 1 },
    { rank: 3 },
    { rank: 4 },
    { rank: 5 },
    { score: '75', rank: 6 },
  ]);
  expect(await statusOf(cycleId)).toBe('running');
  for (const one of cases) await act(one, 'close');
  await engine.checkGates(cycleId);
  expect(await statusOf(cycleId)).toBe('closed');
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

test('who is cancelled is not waited for; who is suspended is', async () => {
  const { cycleId, cases } = await world.launch(content);
  const [gone = '', still = '', ...rest] = cases;
  for (const id of rest) await act(id, 'report', 'submit', { values: { score: '1' } });
  const by = { actor: world.office, reason: 'merged' };
  await engine.cancel(gone, by);
  await engine.suspend(still, by);
  await engine.checkGates(cycleId);
  expect(Object.keys((await engine.read(await cycleCase(cycleId))).context.live)).toEqual(['ranking~gather']);
  await engine.resume(still, by);
  await act(still, 'report', 'submit', { values: { score: '2' } });
  await engine.checkGates(cycleId);
  expect(Object.keys((await engine.read(await cycleCase(cycleId))).context.live)).toEqual(['ranking']);
});

test('a launch asks once more who can meet when all have started: whoever looked before that was too early', async () => {
  const who = [{ kind: 'person' as const, person: world.office }];
  const cycleId = await world.newCycle(
    template({ evaluate: [task('together', { per: 'cycle', who })] }, { key: 'at-once' }),
  );
  const taken = `DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
    WHERE t.id = j.task_id AND t.identifier = 'gates.check' AND j.payload->>'cycleId' = '${cycleId}' RETURNING j.id`;
  const workers = async () => {
    if ((await rowsOf(pool, taken)).length > 0) await engine.checkGates(cycleId);
  };
  let early = Promise.resolve();
  await engine.launchCycle(cycleId, {
    batch: 2,
    onProgress: () => {
      early = early.then(workers);
    },
  });
  await early;
  await workers();
  expect(Object.keys((await engine.read(await cycleCase(cycleId))).context.live)).toEqual(['together']);
});

test('a launch that was cut off goes on where it stopped, from any node, and starts nobody twice', async () => {
  const cycleId = await world.newCycle(content);
  const cut = makeEngine({
    pool,
    directory: world.directory,
    calendar: () => testCalendar,
    clock: world.clock,
  });
  await expect(
    cut.launchCycle(cycleId, {
      batch: 2,
      onProgress: ({ started }) => {
        if (started === 4) throw new Error('killed');
      },
    }),
  ).rejects.toThrow('killed');
  await cut.close();
  expect(await statusOf(cycleId)).toBe('launching');
  await engine.checkGates(cycleId);
  const other = await world.node();
  const progress: number[] = [];
  const [a, b] = await Promise.all([
    engine.launchCycle(cycleId, { batch: 1, onProgress: ({ started }) => progress.push(started) }),
    other.launchCycle(cycleId, { batch: 1 }),
  ]);
  expect([a.total, b.total]).toEqual([6, 6]);
  expect(progress[0]).toBeGreaterThanOrEqual(5);
  expect(await statusOf(cycleId)).toBe('running');
  expect(
    await rowsOf(
      pool,
      `SELECT count(*)::int AS n, count(DISTINCT org_id)::int AS orgs FROM cases WHERE cycle_id = $1 AND kind = 'participant'`,
      [cycleId],
    ),
  ).toEqual([{ n: 6, orgs: 6 }]);
  expect(
    await rowsOf(
      pool,
      `SELECT count(*)::int AS n FROM case_events e JOIN cases c ON c.id = e.case_id WHERE c.cycle_id = $1`,
      [cycleId],
    ),
  ).toEqual([{ n: 7 }]);
  expect(await engine.launchCycle(cycleId)).toEqual({ started: 6, total: 6 });
});

test('a participant that cannot start is one incident and holds up nobody; a retry starts it', async () => {
  const [out, ...others] = world.units;
  await pool.query('UPDATE org_units SET active = false WHERE id = $1', [out?.id]);
  await world.directory.reload();
  const cycleId = await world.newCycle(content);
  expect(await engine.launchCycle(cycleId)).toEqual({ started: others.length, total: 6 });
  expect(await engine.launchCycle(cycleId)).toEqual({ started: others.length, total: 6 });
  expect(await statusOf(cycleId)).toBe('launching');
  const incidents = await rowsOf<{ id: string; retries: number; cause: string }>(
    pool,
    `SELECT id, retries, cause FROM incidents WHERE state = 'open'`,
  );
  expect(incidents).toEqual([{ id: expect.any(String), retries: 1, cause: `no active organisation ${out?.id}` }]);
  await expect(engine.retry(incidents[0]?.id ?? '', { actor: world.office })).rejects.toMatchObject({
    id: 'engine.incident',
  });

  await pool.query('UPDATE org_units SET active = true WHERE id = $1', [out?.id]);
  await world.directory.reload();
  await engine.retry(incidents[0]?.id ?? '', { actor: world.office });
  expect(await statusOf(cycleId)).toBe('running');
  expect(await rowsOf(pool, `SELECT id FROM incidents WHERE state = 'open'`)).toEqual([]);
});
