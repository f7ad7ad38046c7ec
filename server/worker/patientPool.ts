import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isAway, patiently } from './away.ts';

type Callback = (error: Error | undefined, client?: pg.PoolClient, release?: (broken?: boolean) => void) => void;
type Query = (...args: unknown[]) => Promise<unknown>;

/**
 * What graphile-worker gets instead of the pool. While the database is away, connecting and asking wait instead of failing: on
 * "starting up" (57P03) it would sleep up to two minutes, and one finished job that it cannot report ends it, or the process.
 * All that it asks may be asked again: a report names its job, and a job that was handed out unheard is found by the audit.
 * Once stopped it hears only empty answers, so that it ends without further ado.
 */
export function makePatientPool(pool: pg.Pool, signal: AbortSignal): pg.Pool {
  const connect = async (): Promise<pg.PoolClient> => {
    try {
      if (signal.aborted) return SILENT;
      const client = await patiently(() => pool.connect(), signal);
      return patientClient(pool, client, signal);
    } catch (error) {
      if (signal.aborted) return SILENT;
      throw error;
    }
  };
  const patient = {
    options: pool.options,
    listeners: (event: string) => pool.listeners(event),
    connect: (callback?: Callback) => {
      if (!callback) return connect();
      connect().then(
        (client) => callback(undefined, client, (broken) => client.release(broken)),
        (error) => callback(error),
      );
      return undefined;
    },
  };
  return patient as unknown as pg.Pool;
}

const NOTHING = { rows: [], rowCount: 0, fields: [], command: '', oid: 0 };
const SILENT = {
  query: async () => NOTHING,
  release: () => undefined,
  on: () => SILENT,
  removeListener: () => SILENT,
} as unknown as pg.PoolClient;

/** A connection on which anything but the statement itself went wrong does not go back into the pool. */
function patientClient(pool: pg.Pool, client: pg.PoolClient, signal: AbortSignal): pg.PoolClient {
  let broken = false;
  const first: Query = async (...args) => {
    try {
      return await (client.query as Query)(...args);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.severity !== 'ERROR') broken = true;
      throw error;
    }
  };
  const query: Query = async (...args) => {
    if (signal.aborted) return NOTHING;
    try {
      return await first(...args);
    } catch (error) {
      const report = isReport(args[0]);
      if (belongsToConnection(args[0]) || !(report || isAway(error))) throw error;
      const again = () => (pool.query as Query)(...args);
      try {
        return await (report ? doggedly(again, signal) : patiently(again, signal));
      } catch (later) {
        if (signal.aborted) return NOTHING;
        throw later;
      }
    }
  };
  const release = (given?: Error | boolean) => client.release(given || broken);
  return new Proxy(client, {
    get: (target, name) => {
      if (name === 'query') return query;
      if (name === 'release') return release;
      const value = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const AGAIN_MS = 500;

/** Whatever stands in the way (a full disk, say): that a job is finished must be said in the end. */
async function doggedly<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted) throw error;
      await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

const textOf = (query: unknown): string =>
  typeof query === 'string' ? query : String((query as { text?: unknown } | undefined)?.text ?? '');

/** That jobs are done or have failed. */
const isReport = (query: unknown): boolean => /^\s*(with j as \(\s*)?(delete|update)\b/i.test(textOf(query));

/** Listening again is graphile-worker's own business: it must be on the connection that it watches. */
const belongsToConnection = (query: unknown): boolean => /^\s*(UN)?LISTEN\b/i.test(textOf(query));
