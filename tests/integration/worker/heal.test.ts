import type pg from 'pg';
import { expect, test } from 'vitest';
import { decimal, rank, task, template, wait } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';
import { startTestWorker } from '../../support/testWorker.ts';

const world = await makeEngineWorld({ units: 3, sections: 0 });
const { engine, pool, act, clock } = world;
const patient = { timeout: 15_000, interval: 20 };

const waits = template({ plan: [wait('pause'), task('after')] }, { key: 'waits' });
const meets = template(
  {
    plan: [task('report', { fields: [decimal('score')] })],
    evaluate: [rank('ranking', 'score')],
    rectify: [task('close')],
  },
  { key: 'meets' },
);
const live = async (id: string) => Object.keys((await engine.read(id)).context.live);
const loseJobs = () => pool.query('DELETE FROM graphile_worker._private_jobs');
const tellOffice = (n: number) => ({
  id: `00000000-0000-8000-a000-000000000000/1/${n}`,
  caseId: '00000000-0000-8000-a000-000000000000',
  seat: null,
  people: [world.office],
  kind: 'notify',
  block: 'x',
  at: clock.now().toISOString(),
  message: { subject: { zh: '一', en: 'one' }, body: { zh: `${n}`, en: `${n}` } },
});
const addTell = async (n: number) =>
  (
    await rowsOf<{ id: string }>(pool, `SELECT id::text FROM graphile_worker.add_job('tell', $1, max_attempts := 8)`, [
      tellOffice(n),
    ])
  )[0]?.id ?? '';
const noticed = async () => (await rowsOf<{ n: number }>(pool, 'SELECT count(*)::int AS n FROM notices'))[0]?.n;

test('overdue timers fire although every job was lost', async () => {
  const { cases } = await world.launch(waits);
  await loseJobs();
  clock.advance(30 * 86_400_000);
  startTestWorker(world);
  for (const id of cases) await expect.poll(() => live(id), patient).toEqual(['after']);
});

test('a sweep gives timers that come near their job, once; the others wait', async () => {
  await loseJobs();
  const { cases } = await world.launch(waits, world.units.slice(0, 2));
  clock.set(new Date().toISOString()); // the queue goes by the real time
  const soon = new Date(clock.now().getTime() + 90_000);
  await pool.query('UPDATE timers SET due_at = $2 WHERE case_id = $1', [cases[0], soon]);
  const worker = startTestWorker(world);
  await worker.sweep();
  await worker.sweep();
  const jobs = await rowsOf<{ key: string; run_at: Date }>(
    pool,
    `SELECT key, run_at FROM graphile_worker.jobs WHERE key LIKE 'timers.fire/%'`,
  );
  expect(jobs).toEqual([{ key: expect.any(String), run_at: soon }]);
});

test('a sweep goes on with a launch that was left, and with meetings whose job was lost', async () => {
  clock.set('2026-06-01T01:00:00Z');
  const cycleId = await world.newCycle(meets);
  clock.advance(60_000);
  const worker = startTestWorker(world);
  await worker.sweep();
  const status = async () =>
    (await rowsOf<{ status: string }>(pool, 'SELECT status FROM cycles WHERE id = $1', [cycleId]))[0]?.status;
  expect(await status()).toBe('running');
  const cases = await rowsOf<{ case_id: string }>(pool, 'SELECT case_id FROM cycle_participants WHERE cycle_id = $1', [
    cycleId,
  ]);
  await worker.stop();
  for (const { case_id: id } of cases) await act(id, 'report', 'submit', { values: { score: '1' } });
  await loseJobs();
  const second = startTestWorker(world);
  await second.sweep(); // everyone has arrived: the ranking opens, with a job of its own
  for (const { case_id: id } of cases) await expect.poll(() => live(id), patient).toEqual(['close']);
});

test('the jobs of a killed worker are freed when its lease has run out', async () => {
  await pool.query('DELETE FROM notices');
  const id = await addTell(1);
  await pool.query(
    `UPDATE graphile_worker._private_jobs SET locked_by = 'pool-dead', locked_at = now() WHERE id = $1`,
    [id],
  );
  await pool.query(
    `INSERT INTO worker_leases (pool_id, workers, node, expires_at) VALUES ('pool-dead', '{}', 'x', now() + interval '1 second')`,
  );
  const worker = startTestWorker(world);
  expect(await noticed()).toBe(0);
  await expect.poll(noticed, patient).toBe(1);
  expect(worker.metrics.reaped).toBe(1);
  expect(await rowsOf(pool, `SELECT FROM worker_leases WHERE pool_id = 'pool-dead'`)).toEqual([]);
});

test('a lock without any lease is freed after a while, a fresh one is left alone', async () => {
  await pool.query('DELETE FROM notices');
  const [old, fresh] = [await addTell(2), await addTell(3)];
  await pool.query(
    `UPDATE graphile_worker._private_jobs SET locked_by = 'pool-x', locked_at = now() - interval '20 seconds' WHERE id = $1`,
    [old],
  );
  await pool.query(`UPDATE graphile_worker._private_jobs SET locked_by = 'pool-y', locked_at = now() WHERE id = $1`, [
    fresh,
  ]);
  startTestWorker(world);
  await expect.poll(noticed, patient).toBe(1);
  expect(await rowsOf(pool, 'SELECT locked_by FROM graphile_worker.jobs WHERE id = $1', [fresh])).toEqual([
    { locked_by: 'pool-y' },
  ]);
  await loseJobs();
});

test('a job that the database says is ours, and that nobody told us of, is found and gets its attempt back', async () => {
  await pool.query('DELETE FROM notices');
  const worker = startTestWorker(world, { pace: { reap: 50 } });
  const lease = () => rowsOf<{ pool_id: string }>(pool, 'SELECT pool_id FROM worker_leases');
  await expect.poll(lease, patient).toHaveLength(1);
  const [{ pool_id: mine = '' } = {}] = await lease();
  // The answer that handed the job out was lost: locked by a pool that lives, and not running.
  await pool.query(
    `INSERT INTO graphile_worker._private_jobs (task_id, payload, max_attempts, attempts, locked_by, locked_at)
     SELECT id, $1, 8, 1, $2, now() FROM graphile_worker._private_tasks WHERE identifier = 'tell'`,
    [JSON.stringify(tellOffice(4)), mine],
  );
  await expect.poll(noticed, patient).toBe(1);
  expect(worker.metrics.unlocked).toBe(1);
});

test('a runner that can take no jobs is replaced by another', async () => {
  await pool.query('DELETE FROM notices');
  await addTell(5);
  let failures = 0;
  // graphile-worker's very first look-up fails, and it would remember that for ever.
  const failing = (client: pg.PoolClient) =>
    new Proxy(client, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'query' || failures > 0) return value.bind(target);
        return (...args: unknown[]) => {
          if (!JSON.stringify(args).includes('_private_tasks')) return value.apply(target, args);
          failures += 1;
          return Promise.reject(new Error('boom'));
        };
      },
    });
  const flaky = (good: pg.Pool) =>
    new Proxy(good, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (name !== 'connect') return typeof value === 'function' ? value.bind(target) : value;
        return async () => failing(await target.connect());
      },
    });
  const worker = startTestWorker(world, { wrapPool: flaky });
  await expect.poll(noticed, patient).toBe(1);
  expect(failures).toBe(1);
  expect(worker.metrics.rebuilt).toBeGreaterThanOrEqual(1);
});

test('connections cut while it works: every job runs, and none loses its attempts', async () => {
  await pool.query('DELETE FROM notices');
  startTestWorker(world, { pace: { reap: 100 } });
  for (let i = 0; i < 20; i += 1) {
    for (let n = 0; n < 5; n += 1) await addTell(1000 + i * 5 + n);
    await pool.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bihuan worker' AND datname = current_database()`,
    );
  }
  await expect.poll(noticed, { timeout: 25_000, interval: 50 }).toBe(100);
  await expect
    .poll(() => rowsOf(pool, `SELECT id FROM graphile_worker.jobs WHERE task_identifier = 'tell'`), patient)
    .toEqual([]);
  expect(await rowsOf(pool, `SELECT id FROM incidents WHERE kind = 'job'`)).toEqual([]);
});

test('stopped, it leaves no lock and no lease', async () => {
  await pool.query('DELETE FROM worker_leases');
  const worker = startTestWorker(world);
  const leases = () => rowsOf(pool, 'SELECT pool_id FROM worker_leases');
  await expect.poll(leases, patient).not.toEqual([]);
  for (let n = 0; n < 30; n += 1) await addTell(2000 + n);
  await worker.stop();
  expect(await rowsOf(pool, 'SELECT id FROM graphile_worker.jobs WHERE locked_at IS NOT NULL')).toEqual([]);
  expect(await leases()).toEqual([]);
  await loseJobs();
});
