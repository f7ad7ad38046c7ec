import { hostname } from 'node:os';
import type pg from 'pg';

/** How long a pool counts as alive after it last said so, and how long a lock may stand whose pool never did. */
export const LEASE_SECONDS = 10;
const STRAY_SECONDS = 15;

/** Says that a pool is alive. By the database's clock, so that the nodes' clocks do not matter. */
export async function renewLease(pool: pg.Pool, poolId: string): Promise<void> {
  await pool.query(
    `INSERT INTO worker_leases (pool_id, workers, node, expires_at) VALUES ($1, ARRAY[$1], $2, now() + make_interval(secs => $3))
     ON CONFLICT (pool_id) DO UPDATE SET expires_at = excluded.expires_at`,
    [poolId, `${hostname()}:${process.pid}`, LEASE_SECONDS],
  );
}

/** Ends a lease; what the pool still had locked is free. */
export async function endLease(pool: pg.Pool, poolId: string): Promise<void> {
  await pool.query('SELECT graphile_worker.force_unlock_workers(ARRAY[$1])', [poolId]);
  await pool.query('DELETE FROM worker_leases WHERE pool_id = $1', [poolId]);
}

/**
 * Frees the jobs of dead pools: those whose lease ran out, and those that hold locks without one. Otherwise they would stay
 * locked for four hours.
 * @returns how many jobs were freed
 */
export async function reap(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ freed: number }>(
    `WITH gone AS (
       DELETE FROM worker_leases WHERE expires_at < now() RETURNING pool_id
     ), dead AS (
       SELECT locked_by AS id, count(*) AS jobs FROM graphile_worker.jobs
       WHERE locked_by IN (SELECT pool_id FROM gone) OR (locked_at < now() - make_interval(secs => $1)
         AND locked_by NOT IN (SELECT pool_id FROM worker_leases WHERE expires_at >= now())) GROUP BY locked_by
     ) SELECT coalesce(sum(jobs), 0)::int AS freed, graphile_worker.force_unlock_workers(array_agg(id)) FROM dead HAVING count(*) > 0`,
    [STRAY_SECONDS],
  );
  return rows[0]?.freed ?? 0;
}

/**
 * Finds jobs that the database says are ours and that we do not run: the answer that handed them out, or the word that they
 * were done, was lost on the way. A job is freed when two looks in a row find it so, and gets its attempt back.
 */
export function makeAudit(pool: pg.Pool): (poolId: string, running: ReadonlySet<string>) => Promise<number> {
  let before = new Set<string>();
  return async (poolId, running) => {
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id::text FROM graphile_worker.jobs WHERE locked_by = $1',
      [poolId],
    );
    const idle = rows.map(({ id }) => id).filter((id) => !running.has(id));
    const lost = idle.filter((id) => before.has(id));
    before = new Set(idle);
    if (lost.length === 0) return 0;
    const freed = await pool.query(
      `UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL, attempts = greatest(attempts - 1, 0)
       WHERE locked_by = $1 AND id = ANY($2::bigint[])`,
      [poolId, lost],
    );
    return freed.rowCount ?? 0;
  };
}
