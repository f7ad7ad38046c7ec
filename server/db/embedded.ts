import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findBinaries } from './binaries.ts';
import { CLUSTER_USER, type Cluster, clusterUrl, logOf, pgdataOf } from './cluster.ts';
import { checkMajor, rotateLog } from './clusterFiles.ts';
import { initCluster } from './clusterInit.ts';
import { ensureRunning } from './clusterStart.ts';
import { abandonedHomes, settleHome, socketFolder, writeRecord } from './home.ts';
import { withFileLock } from './lock.ts';
import { findPostmaster, signalStop, stopPostmaster } from './postmaster.ts';
import { ensureLogin } from './role.ts';
import { createScratchDatabase, withClient } from './scratch.ts';
import { markUser } from './users.ts';

/** The embedded database of a data folder, running. */
export interface EmbeddedDatabase {
  url: string;
  port: number;
  /** False when the server was running already (another process, or one orphaned by kill -9). */
  started: boolean;
  /** True when the cluster was created just now. */
  created: boolean;
  /** Where the cluster is when it can not be inside the data folder. */
  staged: string | undefined;
  /** Leaves; stops the server if nobody else uses it. */
  close(): Promise<void>;
}

/**
 * Opens the real PostgreSQL of a data folder: creates the cluster, starts the server, or joins the one that
 * runs. While open, a server that dies is started again on the same port.
 *
 * @param notice told in words about anything unusual
 * @param stage where the cluster goes if its user cannot enter the data folder
 */
export const openEmbedded = async (
  data: string,
  { notice = () => undefined, stage }: { notice?: (zh: string, en: string) => void; stage?: string | undefined } = {},
): Promise<EmbeddedDatabase> => {
  await mkdir(data, { recursive: true, mode: 0o711 });
  const lock = join(data, 'cluster.lock');
  const mark = await markUser(data);
  try {
    const { cluster, staged, ...running } = await withFileLock(lock, () => start(data, stage));
    if (staged && running.created) await tellStaged(data, staged, notice);
    const stopWatching = watch(cluster, () => withFileLock(lock, () => start(data, stage)), notice);
    const onExit = () => {
      if (mark.leave()) signalStop(pgdataOf(cluster));
    };
    process.once('exit', onExit);
    let closing: Promise<void> | undefined;
    return {
      url: clusterUrl(cluster, running.port, CLUSTER_USER),
      port: running.port,
      started: running.started,
      created: running.created,
      staged,
      close: () => {
        closing ??= (async () => {
          await stopWatching();
          process.off('exit', onExit);
          await withFileLock(lock, async () => {
            if (mark.leave()) await stopPostmaster(pgdataOf(cluster));
          });
        })();
        return closing;
      },
    };
  } catch (error) {
    mark.leave();
    throw error;
  }
};

/** Under the lock: everything from deciding where the cluster lives to its database being there. */
const start = async (data: string, stage: string | undefined) => {
  const { home, staged, user, record } = await settleHome(data, stage);
  const cluster: Cluster = {
    binaries: await findBinaries(user, stage),
    user,
    home,
    sockets: await socketFolder(home, user),
    password: record.password,
    settings: {},
  };
  const created = await initCluster(cluster);
  await checkMajor(cluster);
  if (!findPostmaster(pgdataOf(cluster))) await rotateLog(logOf(cluster));
  const running = await ensureRunning(cluster, { port: record.port });
  if (running.port !== record.port) await writeRecord(data, Object.assign(record, { port: running.port }));
  await ensureDatabase(clusterUrl(cluster, running.port, 'postgres'));
  return { ...running, cluster, staged, created };
};

/** Starts the server again when it died although nobody asked it to. */
const watch = (
  cluster: Cluster,
  reopen: () => Promise<unknown>,
  notice: (zh: string, en: string) => void,
): (() => Promise<void>) => {
  let busy: Promise<unknown> | undefined;
  const timer = setInterval(() => {
    if (busy || findPostmaster(pgdataOf(cluster))) return;
    if (!existsSync(join(pgdataOf(cluster), 'PG_VERSION'))) {
      clearInterval(timer);
      notice(`数据库文件 ${cluster.home} 已不存在`, `the database files in ${cluster.home} are gone`);
      return;
    }
    notice('内置 PostgreSQL 已停止，正在重新启动', 'the embedded PostgreSQL ended, starting it again');
    busy = reopen()
      .catch((error: Error) => notice(`重新启动失败：${error.message}`, `starting it again failed: ${error.message}`))
      .finally(() => {
        busy = undefined;
      });
  }, 250);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await busy;
  };
};

const ensureDatabase = async (url: string): Promise<void> => {
  const found = await withClient(url, async (client) => {
    await ensureLogin(client, decodeURIComponent(new URL(url).password));
    return client.query('SELECT 1 FROM pg_database WHERE datname = $1', [CLUSTER_USER]);
  });
  if (found.rowCount === 0) await createScratchDatabase(url, CLUSTER_USER);
};

const tellStaged = async (data: string, staged: string, notice: (zh: string, en: string) => void): Promise<void> => {
  notice(
    `数据库用户无法进入 ${data}，数据库文件保存在 ${staged}`,
    `the database user cannot enter ${data}; the database files are kept in ${staged}`,
  );
  for (const old of await abandonedHomes(data, staged)) {
    notice(
      `此目录以前的数据库仍在 ${old}，不需要时可删除`,
      `an earlier database of this folder is still in ${old}; delete it if it is not needed`,
    );
  }
};
