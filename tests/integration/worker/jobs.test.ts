import { expect, test } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { decimal, notify, rank, repeat, task, template, wait } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';
import { startTestWorker } from '../../support/testWorker.ts';

const world = await makeEngineWorld({ units: 4, sections: 2 });
const { engine, pool, act } = world;
const patient = { timeout: 15_000, interval: 20 };

const jobs = () => rowsOf<{ task: string }>(pool, 'SELECT task_identifier AS task FROM graphile_worker.jobs');
const cycleStatus = async (id: string) =>
  (await rowsOf<{ status: string }>(pool, 'SELECT status FROM cycles WHERE id = $1', [id]))[0]?.status;

const content = template(
  {
    plan: [task('report', { fields: [decimal('score')] })],
    execute: [repeat('each', 'sections', 'together', [task('part', { who: [{ kind: 'head', of: 'item' }] })])],
    evaluate: [rank('ranking', 'score')],
    feedback: [
      notify('letter', '{{participant.name}}: {{standing.rank}}/{{standing.rankOf}}', { who: [{ kind: 'head' }] }),
    ],
    rectify: [wait('pause', { until: { date: '01-05' } })],
  },
  { key: 'whole' },
);

test('two workers carry a cycle from the last human step to its end: messages, meetings, ranking, letters, timers', async () => {
  const [one, two] = [startTestWorker(world), startTestWorker({ ...world, engine: await world.node() })];
  const { cycleId, cases } = await world.launch(content);
  await Promise.all(cases.map((id, i) => act(id, 'report', 'submit', { values: { score: `${i}` } })));
  const children = await rowsOf<{ id: string }>(pool, `SELECT id FROM cases WHERE cycle_id = $1 AND kind = 'item'`, [
    cycleId,
  ]);
  expect(children).toHaveLength(8);
  await Promise.all(children.map(({ id }) => act(id, 'part')));
  await expect.poll(() => cycleStatus(cycleId), patient).toBe('closed');
  await expect.poll(jobs, patient).toEqual([]);

  const letters = await rowsOf<{ person_id: string; body: { en: string } }>(
    pool,
    `SELECT person_id, body FROM notices WHERE kind = 'notify' ORDER BY body->>'en'`,
  );
  expect(letters.map(({ body }) => body.en)).toEqual(['unit1: 4/4', 'unit2: 3/4', 'unit3: 2/4', 'unit4: 1/4']);
  expect(new Set(letters.map(({ person_id }) => person_id))).toEqual(new Set(world.units.map(({ head }) => head)));
  expect(one.metrics.timersFired + two.metrics.timersFired).toBe(12); // 8 messages, 4 waits
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

test('a job that fails for good becomes an incident with its cause, and a retry puts it back', async () => {
  const { cycleId, cases } = await world.launch(content, world.units.slice(0, 1));
  const id = cases[0] as string;
  await act(id, 'report', 'submit', { values: { score: 'ten' } }); // the API would refuse it
  for (const { id: child } of await rowsOf<{ id: string }>(pool, 'SELECT id FROM cases WHERE parent_id = $1', [id]))
    await act(child, 'part');
  const worker = startTestWorker(world);
  const failing = () =>
    rowsOf<{ id: string; attempts: number }>(
      pool,
      `SELECT id, attempts FROM graphile_worker.jobs WHERE task_identifier = 'serve' AND last_error IS NOT NULL AND locked_at IS NULL`,
    );
  await expect.poll(failing, patient).toHaveLength(1);
  // Its last attempt, without the half hour of waiting before it.
  await pool.query(
    `UPDATE graphile_worker._private_jobs SET attempts = max_attempts - 1, run_at = now() WHERE last_error IS NOT NULL`,
  );
  await pool.query('SELECT graphile_worker.add_job($1, $2)', ['gates.check', { cycleId }]);
  await expect.poll(async () => (await failing())[0]?.attempts, patient).toBe(8);
  await worker.sweep();
  expect(await failing()).toEqual([]);
  const [incident] = await rowsOf<{ id: string; case_id: string; kind: string; cause: string; detail: object }>(
    pool,
    `SELECT id, case_id, kind, cause, detail FROM incidents WHERE state = 'open'`,
  );
  expect(incident).toMatchObject({
    kind: 'job',
    cause: 'invalid input syntax for type numeric: "ten"',
    detail: { job: { task: 'serve' } },
  });

  await expect(act(id, 'report')).rejects.toThrow();
  await pool.query(`UPDATE cases SET snapshot = replace(snapshot::text, '"ten"', '"10"')::json WHERE id = $1`, [id]);
  expect(await engine.retry(incident?.id ?? '', { actor: world.office })).toBeNull();
  await expect.poll(() => cycleStatus(cycleId), patient).toBe('closed');
  expect(await rowsOf(pool, 'SELECT state, retries FROM incidents')).toEqual([{ state: 'resolved', retries: 1 }]);
  await expect(engine.retry(incident?.id ?? '', { actor: world.office })).rejects.toMatchObject({
    id: 'incident.resolved',
  });
});
