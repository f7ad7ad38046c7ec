import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { toldError } from '../toldError.ts';
import { type Cluster, pgdataOf } from './cluster.ts';

const LOG_LIMIT = 10 * 1024 * 1024;

/** Keeps one earlier log when the current one has grown large. */
export const rotateLog = async (log: string): Promise<void> => {
  const found = await stat(log).catch(() => undefined);
  if (found && found.size > LOG_LIMIT) await rename(log, `${log}.1`);
};

/** Refuses a cluster that another major version of PostgreSQL wrote. */
export const checkMajor = async (cluster: Cluster): Promise<void> => {
  const written = (await readFile(join(pgdataOf(cluster), 'PG_VERSION'), 'utf8')).trim();
  const ours = String(Number.parseInt(cluster.binaries.version, 10));
  if (written === ours) return;
  throw toldError(
    'database.otherMajor',
    {
      zh: `数据目录由 PostgreSQL ${written} 写成，内置的是 ${ours}`,
      en: `the data folder was written by PostgreSQL ${written}, the embedded one is ${ours}`,
    },
    {
      hint: {
        zh: '用旧版本导出（pg_dump）后在新的数据目录中恢复',
        en: 'dump it with the old version (pg_dump) and restore it into a new data folder',
      },
    },
  );
};
