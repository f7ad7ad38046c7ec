import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { afterAll, inject, type RunnerTask } from 'vitest';
import {
  createScratchDatabase,
  databaseUrl,
  dropScratchDatabase,
  makePool,
  withClient,
} from '../../server/db/index.ts';
import { TEMPLATE } from './template.ts';

/** A migrated database that belongs to one test file. */
export interface TestDatabase {
  url: string;
  name: string;
  /** A pool on it; ended after the file. */
  pool: pg.Pool;
}

/**
 * Clones the migrated template (or another) for this test file. Call it at the top level of the file:
 * `const database = await makeTestDatabase();`
 *
 * After the file it ends the pool, fails if the code under test left connections open, and drops the database
 * if all tests passed (with KEEP_TEST_CLUSTER=1 the cluster survives the run, to look at a failure).
 */
export const makeTestDatabase = async ({
  max = 10,
  migrated = true,
  template = TEMPLATE,
} = {}): Promise<TestDatabase> => {
  const cluster = inject('clusterUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = await createScratchDatabase(cluster, name, migrated ? { template } : {});
  const pool = makePool(url, { max, name: 'test' });
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the first argument's pattern
  afterAll(async ({}, suite) => {
    await pool.end();
    const leaked = await leftConnections(cluster, name);
    if (!suite.tasks.some(hasFailed)) await dropScratchDatabase(cluster, name);
    if (leaked.length > 0) throw new Error(`connections were left open: ${leaked.join(', ')}`);
  });
  return { url, name, pool };
};

const hasFailed = (task: RunnerTask): boolean =>
  task.result?.state === 'fail' || ('tasks' in task && task.tasks.some(hasFailed));

/** Connections that do not go away within two seconds, by application name. */
const leftConnections = (cluster: string, name: string): Promise<string[]> =>
  withClient(databaseUrl(cluster, 'postgres'), async (client) => {
    const deadline = performance.now() + 2000;
    for (;;) {
      const { rows } = await client.query<{ who: string }>(
        `SELECT coalesce(nullif(application_name, ''), 'unnamed') || ' (' || coalesce(query, '') || ')' AS who
           FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
        [name],
      );
      if (rows.length === 0 || performance.now() > deadline) return rows.map((row) => row.who.slice(0, 200));
      await pause(20);
    }
  });
