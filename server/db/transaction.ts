import type pg from 'pg';

/** Runs work in one transaction of a connection: all of it or nothing. */
export async function within<T>(client: pg.PoolClient, work: () => Promise<T>): Promise<T> {
  try {
    await client.query('BEGIN');
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Runs work in one transaction on a connection of the pool; one on which that failed is not used again. */
export async function transaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    const result = await within(client, () => work(client));
    broken = false;
    return result;
  } finally {
    client.release(broken);
  }
}
