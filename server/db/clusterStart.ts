import { spawn } from 'node:child_process';
import { constants, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { toldError } from '../toldError.ts';
import { type Cluster, clusterUrl, logOf, pgdataOf, serverEnvironment } from './cluster.ts';
import { codeOf } from './error.ts';
import { findPostmaster, hasForeignPidFile, type Postmaster } from './postmaster.ts';

// The folder belongs to the server's user: root must not follow a link in it.
const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;

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
  if (/pre-existing shared memory block|lock file "[^"]*" already exists|is still in use/i.test(log)) return port;
  throw toldError(
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

const tail = async (path: string, from: number): Promise<string> => {
  const text = await readFile(path).catch(() => Buffer.alloc(0));
  return text.subarray(from).toString('utf8').slice(-8000);
};

const wrongPassword = (cluster: Cluster, cause: unknown) =>
  toldError(
    'database.wrongPassword',
    {
      zh: `数据目录中的密码与 ${pgdataOf(cluster)} 中的数据库不符`,
      en: `the password in the data folder does not fit the database in ${pgdataOf(cluster)}`,
    },
    { cause, hint: { zh: '恢复 cluster.json 的备份', en: 'restore cluster.json from a backup' } },
  );

const startFailed = (cluster: Cluster, log: string, cause: unknown) =>
  toldError(
    'database.startTimeout',
    { zh: '内置 PostgreSQL 未能及时就绪', en: 'the embedded PostgreSQL was not ready in time' },
    {
      cause,
      detail: log.trim().split('\n').slice(-8).join('\n'),
      hint: { zh: `日志：${logOf(cluster)}`, en: `log: ${logOf(cluster)}` },
    },
  );
