import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chown, constants, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Binaries } from './binaries.ts';
import { writeClusterSettings } from './clusterSettings.ts';
import { codeOf, makeDatabaseError } from './error.ts';
import { findPostmaster, hasForeignPidFile, type Postmaster } from './postmaster.ts';
import type { RunAs } from './runAs.ts';

// The folder belongs to the server's user: root must not follow a link in it.
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;

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

/** Creates the cluster unless it is there. A creation that was interrupted leaves nothing that counts. */
export const initCluster = async (cluster: Cluster): Promise<boolean> => {
  const target = pgdataOf(cluster);
  if (await stat(join(target, 'PG_VERSION')).catch(() => undefined)) return false;
  await removeDrafts(cluster.home);
  const draft = join(cluster.home, `draft-${randomUUID()}`);
  const passwordFile = `${draft}.pw`;
  await writeFile(passwordFile, `${cluster.password}\n`, { mode: 0o600, flag: 'wx' });
  if (cluster.user) await chown(passwordFile, cluster.user.uid, cluster.user.gid);
  try {
    await runInitdb(cluster, draft, passwordFile);
    await writeClusterSettings(draft, cluster.settings);
    await rename(draft, target);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
  return true;
};

/** What a creation left that was killed half-way. */
const removeDrafts = async (home: string): Promise<void> => {
  const drafts = (await readdir(home)).filter((name) => name.startsWith('draft-'));
  await Promise.all(drafts.map((name) => rm(join(home, name), { recursive: true, force: true })));
};

const runInitdb = async (cluster: Cluster, pgdata: string, passwordFile: string): Promise<void> => {
  const major = Number.parseInt(cluster.binaries.version, 10);
  // Sorting must not depend on the machine: code points, with Unicode's own case rules where the server has them.
  const locale = major >= 17 ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'] : ['--locale=C'];
  const args = [
    '-D',
    pgdata,
    '-U',
    CLUSTER_USER,
    '--pwfile',
    passwordFile,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    ...locale,
  ];
  const quick = cluster.temporary ? ['--no-sync'] : [];
  const child = spawn(join(cluster.binaries.bin, 'initdb'), [...args, ...quick, '--no-instructions'], {
    ...cluster.user,
    cwd: cluster.home,
    env: serverEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw initFailed(pgdata, output);
};

/**
 * Returns the running server of this cluster, starting it if there is none, once it accepts connections.
 * Waits for one that is stopping or recovering.
 */
export const ensureRunning = async (
  cluster: Cluster,
  { port, timeoutMs = 60_000 }: { port?: number | undefined; timeoutMs?: number } = {},
): Promise<Postmaster & { started: boolean }> => {
  const deadline = performance.now() + timeoutMs;
  let wanted = port ?? (await freePort());
  let launched: Launch | undefined;
  let last: unknown;
  while (performance.now() < deadline) {
    const running = findPostmaster(pgdataOf(cluster));
    if (running?.ready) {
      last = await tryToConnect(clusterUrl(cluster, running.port, 'postgres'));
      if (last === undefined) return { ...running, started: launched?.pid === running.pid };
      if (codeOf(last) === '28P01') throw wrongPassword(cluster, last);
    } else if (!running && (!launched || launched.exited)) {
      if (launched) wanted = await afterFailedLaunch(launched, wanted);
      launched = await launch(cluster, wanted);
    }
    await pause(10);
  }
  throw startFailed(cluster, await tail(logOf(cluster), 0), last);
};

interface Launch {
  pid: number | undefined;
  exited: boolean;
  log: string;
  from: number;
}

const launch = async (cluster: Cluster, port: number): Promise<Launch> => {
  const pgdata = pgdataOf(cluster);
  if (hasForeignPidFile(pgdata)) await rm(join(pgdata, 'postmaster.pid'), { force: true });
  const log = await open(logOf(cluster), O_APPEND | O_CREAT | O_WRONLY | (O_NOFOLLOW ?? 0), 0o600);
  const from = (await log.stat()).size;
  const args = ['-D', pgdata, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'];
  const sockets = process.platform === 'win32' ? '' : cluster.sockets;
  const child = spawn(join(cluster.binaries.bin, 'postgres'), [...args, '-c', `unix_socket_directories=${sockets}`], {
    ...cluster.user,
    cwd: cluster.home,
    env: serverEnvironment(),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const result: Launch = { pid: child.pid, exited: false, log: logOf(cluster), from };
  child.on('error', () => (result.exited = true));
  child.on('exit', () => (result.exited = true));
  child.unref();
  await log.close();
  return result;
};

/** Decides from the log of a server that ended at once: another port, another try, or an error. */
const afterFailedLaunch = async (launched: Launch, port: number): Promise<number> => {
  const log = await tail(launched.log, launched.from);
  if (/could not bind|could not create any TCP\/IP sockets|address already in use/i.test(log)) return freePort();
  // The backends of a killed server need a moment to notice.
  if (/pre-existing shared memory block|lock file .* already exists|is still in use/i.test(log)) return port;
  throw makeDatabaseError(
    'database.startFailed',
    { zh: '内置 PostgreSQL 启动失败', en: 'the embedded PostgreSQL did not start' },
    {
      detail: log.trim().split('\n').slice(-8).join('\n'),
      hint: { zh: `日志：${launched.log}`, en: `log: ${launched.log}` },
    },
  );
};

const tryToConnect = async (url: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** A TCP port of 127.0.0.1 that nobody listens on now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** The environment without variables that steer PostgreSQL's programs. */
const serverEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))),
  LC_ALL: 'C',
});

const tail = async (path: string, from: number): Promise<string> => {
  const text = await readFile(path).catch(() => Buffer.alloc(0));
  return text.subarray(from).toString('utf8').slice(-8000);
};

const initFailed = (pgdata: string, output: string) =>
  makeDatabaseError(
    'database.initFailed',
    { zh: `无法在 ${pgdata} 建立内置数据库`, en: `the embedded database could not be created in ${pgdata}` },
    { detail: output.trim().split('\n').slice(-8).join('\n') },
  );

const wrongPassword = (cluster: Cluster, cause: unknown) =>
  makeDatabaseError(
    'database.wrongPassword',
    {
      zh: `数据目录中的密码与 ${pgdataOf(cluster)} 中的数据库不符`,
      en: `the password in the data folder does not fit the database in ${pgdataOf(cluster)}`,
    },
    { cause, hint: { zh: '恢复 cluster.json 的备份', en: 'restore cluster.json from a backup' } },
  );

const startFailed = (cluster: Cluster, log: string, cause: unknown) =>
  makeDatabaseError(
    'database.startTimeout',
    { zh: '内置 PostgreSQL 未能及时就绪', en: 'the embedded PostgreSQL was not ready in time' },
    {
      cause,
      detail: log.trim().split('\n').slice(-8).join('\n'),
      hint: { zh: `日志：${logOf(cluster)}`, en: `log: ${logOf(cluster)}` },
    },
  );
