import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import type { RunAs } from './runAs.ts';

/** A PostgreSQL cluster on disk: programs, folder, user, password. */
export interface Cluster {
  binaries: Binaries;
  user: RunAs | undefined;
  /** Belongs to `user`; holds `data` (PGDATA) and `postgres.log`. */
  home: string;
  /** Folder of the Unix socket; its path must be short. */
  sockets: string;
  password: string;
  settings: Record<string, string>;
  /** Thrown away after use, so that its creation need not survive a power cut. */
  temporary?: boolean;
}

/** The superuser and the database of an embedded cluster. */
export const CLUSTER_USER = 'bihuan';

export const pgdataOf = (cluster: Cluster): string => join(cluster.home, 'data');
export const logOf = (cluster: Cluster): string => join(cluster.home, 'postgres.log');

/** The connection address of a database in a running cluster. */
export const clusterUrl = (cluster: Cluster, port: number, database: string): string =>
  `postgres://${CLUSTER_USER}:${cluster.password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;

/** The environment without variables that steer PostgreSQL's programs. */
export const serverEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))),
  LC_ALL: 'C',
});
