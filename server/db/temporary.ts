import { randomBytes } from 'node:crypto';
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Binaries, findBinaries } from './binaries.ts';
import { CLUSTER_USER, type Cluster, clusterUrl, pgdataOf } from './cluster.ts';
import { initCluster } from './clusterInit.ts';
import { ensureRunning } from './clusterStart.ts';
import { temporaryHome } from './home.ts';
import { findPostmaster, isGone, signalStop, stopPostmaster } from './postmaster.ts';
import { identify, type ProcessIdentity, self, stillLives } from './process.ts';
import { ensureLogin } from './role.ts';
import { pickUser } from './runAs.ts';
import { createScratchDatabase, dropScratchDatabase, withClient } from './scratch.ts';

/** A throw-away cluster for tests, fault runs and measurements. */
export interface TemporaryCluster {
  /** The address of its database `bihuan`; stays the same over restarts. */
  url: string;
  port: number;
  home: string;
  /** The pid of the running postmaster, or undefined when it is down. */
  pid(): number | undefined;
  /** Kills the postmaster (kill -9 by default) and returns when it is dead. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port; returns once it accepts connections. */
  start(): Promise<void>;
  /** Stops it cleanly; the files stay. */
  stop(): Promise<void>;
  createScratchDatabase(name: string, options?: { template?: string }): Promise<string>;
  dropScratchDatabase(name: string): Promise<void>;
  /** Stops it and deletes everything. */
  close(): Promise<void>;
}

/** Settings for clusters whose content may be lost with the power: faster, not for measuring. */
export const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } as const;

/**
 * Starts a new cluster in a temporary folder. It is durable like the real one unless `settings` say otherwise.
 *
 * @example const cluster = await startTemporaryCluster({ settings: forgetful });
 */
export const startTemporaryCluster = async (
  options: { settings?: Record<string, string>; binaries?: Binaries } = {},
): Promise<TemporaryCluster> => {
  const user = pickUser();
  const home = await temporaryHome(user);
  await sweepDead(dirname(home));
  await writeFile(join(home, 'owner.json'), JSON.stringify(self()));
  const cluster: Cluster = {
    binaries: options.binaries ?? (await findBinaries(user)),
    user,
    home,
    sockets: home,
    password: randomBytes(16).toString('hex'),
    settings: options.settings ?? {},
    temporary: true,
  };
  await initCluster(cluster);
  const { port } = await ensureRunning(cluster);
  const url = await createScratchDatabase(clusterUrl(cluster, port, 'postgres'), CLUSTER_USER);
  await withClient(url, (client) => ensureLogin(client, cluster.password));
  const onExit = () => signalStop(pgdataOf(cluster));
  process.once('exit', onExit);
  const pid = () => findPostmaster(pgdataOf(cluster))?.pid;
  return {
    url,
    port,
    home,
    pid,
    kill: async (signal = 'SIGKILL') => {
      const found = pid();
      const identity = found === undefined ? undefined : identify(found);
      if (!identity) return;
      process.kill(identity.pid, signal);
      await isGone(identity, 30_000);
    },
    start: async () => {
      await ensureRunning(cluster, { port });
    },
    stop: () => stopPostmaster(pgdataOf(cluster)),
    createScratchDatabase: (name, settings) => createScratchDatabase(url, name, settings),
    dropScratchDatabase: (name) => dropScratchDatabase(url, name),
    close: async () => {
      process.off('exit', onExit);
      await stopPostmaster(pgdataOf(cluster));
      await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    },
  };
};

/** Removes what a killed test run left behind: the server of a dead owner, and its folder. */
const sweepDead = async (parent: string): Promise<void> => {
  const homes = (await readdir(parent))
    .filter((name) => name.startsWith('bihuan-pg-'))
    .map((name) => join(parent, name));
  for (const home of homes) {
    const text = await readFile(join(home, 'owner.json'), 'utf8').catch(() => undefined);
    if (text === undefined || stillLives(JSON.parse(text) as ProcessIdentity)) continue;
    await stopPostmaster(join(home, 'data'), { timeoutMs: 3000 });
    await chmod(home, 0o700).catch(() => undefined);
    await rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => undefined);
  }
};
