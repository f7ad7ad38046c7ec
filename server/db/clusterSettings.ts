import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What an embedded cluster starts with: durable, and modest enough for two cores and 2 GB of memory. */
export const clusterDefaults: Record<string, string> = {
  shared_buffers: '128MB',
  effective_cache_size: '512MB',
  work_mem: '16MB',
  maintenance_work_mem: '64MB',
  max_connections: '100',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  autovacuum_naptime: '15s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_line_prefix: '%m [%p] %d ',
};

/** Appends settings to postgresql.conf, where an administrator can change them. */
export const writeClusterSettings = (pgdata: string, settings: Record<string, string>): Promise<void> => {
  const lines = Object.entries({ ...clusterDefaults, ...settings }).map(
    ([name, value]) => `${name} = '${value.replaceAll("'", "''")}'`,
  );
  return appendFile(join(pgdata, 'postgresql.conf'), `\n# Bihuan's defaults; edit them freely.\n${lines.join('\n')}\n`);
};
