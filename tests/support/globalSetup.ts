import type { TestProject } from 'vitest/node';
import { forgetful, migrate, startTemporaryCluster, type TemporaryCluster } from '../../server/db/index.ts';
import { TEMPLATE } from './template.ts';

/** Every project of the run loads this file anew, in one process: what they share hangs on the process. */
interface Shared {
  cluster?: Promise<TemporaryCluster>;
  users: number;
}
const key = Symbol.for('bihuan.tests.cluster');
const holder = globalThis as unknown as Record<symbol, Shared | undefined>;

/** One cluster for the whole run, with one migrated template; none when no project needs a database. */
export default async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  holder[key] ??= { users: 0 };
  const shared = holder[key];
  shared.users++;
  shared.cluster ??= start();
  const cluster = await shared.cluster;
  provide('clusterUrl', cluster.url);
  return async () => {
    if (--shared.users > 0) return;
    delete holder[key];
    if (process.env.KEEP_TEST_CLUSTER) process.stderr.write(`test cluster kept: ${cluster.url}\n`);
    else await cluster.close();
  };
};

const start = async (): Promise<TemporaryCluster> => {
  const cluster = await startTemporaryCluster({ settings: { ...forgetful, max_connections: '300' } });
  await migrate(await cluster.createScratchDatabase(TEMPLATE));
  return cluster;
};
