import {
  createScratchDatabase,
  dropScratchDatabase,
  forgetful,
  migrate,
  openDatabase,
  startTemporaryCluster,
} from '../db/index.ts';
import type { Settings } from '../settings/index.ts';

/** A migrated database of its own. */
export interface Scratch {
  url: string;
  /** Its plain address, for a look at it afterwards. */
  address: string;
  /** Removes it, unless it is to be kept. */
  close(): Promise<void>;
}

/**
 * A database to play in: on a temporary embedded server whose files go with it, or, when `DATABASE_URL` is set or the database
 * is to be kept, beside the real one on its server. What it holds may be lost with the power, so commits do not wait for the disk.
 */
export async function openScratch(
  settings: Pick<Settings, 'databaseUrl' | 'data'>,
  { name, keep }: { name: string; keep: boolean },
): Promise<Scratch> {
  if (!keep && settings.databaseUrl === undefined) {
    const cluster = await startTemporaryCluster({ settings: forgetful });
    await migrate(cluster.url);
    return { url: cluster.url, address: cluster.url, close: cluster.close };
  }
  const server = await openDatabase(settings);
  await dropScratchDatabase(server.ownerUrl, name);
  const url = await createScratchDatabase(server.ownerUrl, name);
  await migrate(url);
  const close = async () => {
    if (!keep) await dropScratchDatabase(server.ownerUrl, name);
    await server.close();
  };
  return { url: withoutWaiting(url), address: url, close };
}

/** The same address, for sessions that do not wait for the disk. */
function withoutWaiting(url: string): string {
  const changed = new URL(url);
  changed.searchParams.set('options', '-c synchronous_commit=off');
  return changed.toString();
}

/** A server on which databases can be made that nobody keeps, one for each piece of work. */
export interface ScratchServer {
  /** Does a piece of work on a migrated database of its own, which is removed afterwards. */
  use<Result>(name: string, work: (url: string) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** A temporary embedded server, or with `DATABASE_URL` the real one. */
export async function openScratchServer(settings: Pick<Settings, 'databaseUrl' | 'data'>): Promise<ScratchServer> {
  const server = await startScratchServer(settings);
  return {
    use: async (name, work) => {
      await dropScratchDatabase(server.ownerUrl, name);
      const url = await createScratchDatabase(server.ownerUrl, name);
      try {
        await migrate(url);
        return await work(withoutWaiting(url));
      } finally {
        await dropScratchDatabase(server.ownerUrl, name);
      }
    },
    close: server.close,
  };
}

async function startScratchServer(settings: Pick<Settings, 'databaseUrl' | 'data'>) {
  if (settings.databaseUrl !== undefined) return openDatabase(settings);
  const { url, close } = await startTemporaryCluster({ settings: forgetful });
  return { ownerUrl: url, close };
}
