import type pg from 'pg';

/** Names of what the nodes do one at a time, as keys of PostgreSQL's advisory locks. */
const KEYS = { timers: 1, sweep: 2, digest: 3, pull: 4, checkpoint: 5, ldap: 6 } as const;
const SPACE = 0x6269; // "bi": keeps clear of other programs' locks in the same database

/**
 * Does something while no other node does. Only to save work: everything done here is safe to do twice, so a node that hangs
 * with its turn does not stop the others.
 *
 * @param waitMs how long to wait for the turn; 0 does nothing when another node has it, otherwise the work is done in the end
 */
export async function inTurn<T>(
  pool: pg.Pool,
  name: keyof typeof KEYS,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const client = await pool.connect();
  let mine = false;
  let clean = false;
  try {
    mine = await take(client, KEYS[name], waitMs);
    clean = true;
    return mine || waitMs > 0 ? await work() : undefined;
  } finally {
    if (clean && mine) {
      clean = await client.query('SELECT pg_advisory_unlock($1, $2)', [SPACE, KEYS[name]]).then(
        () => true,
        () => false,
      );
    }
    client.release(!clean); // a connection that ends gives its locks back
  }
}

async function take(client: pg.PoolClient, key: number, waitMs: number): Promise<boolean> {
  if (waitMs === 0) {
    const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS mine', [SPACE, key]);
    return rows[0]?.mine === true;
  }
  await client.query(`SET lock_timeout = ${Math.ceil(waitMs)}`);
  try {
    await client.query('SELECT pg_advisory_lock($1, $2)', [SPACE, key]);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === '55P03') return false;
    throw error;
  } finally {
    await client.query('RESET lock_timeout').catch(() => undefined);
  }
}
