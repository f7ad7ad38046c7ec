import pg from 'pg';
import { patiently } from './away.ts';

type Callback = (error: Error | undefined, client?: pg.PoolClient, release?: (broken?: boolean) => void) => void;

/**
 * What graphile-worker gets instead of the pool. While the database is away, connecting waits instead of failing: on "starting
 * up" (57P03) graphile-worker would sleep up to two minutes, on others spend a job's attempts. And a connection on which
 * anything but the server itself reported an error does not go back into the pool.
 */
export function makePatientPool(pool: pg.Pool, signal: AbortSignal): pg.Pool {
  const connect = async (): Promise<pg.PoolClient> => {
    if (signal.aborted) throw new Error('the job runner has been stopped');
    return careful(await patiently(() => pool.connect(), signal));
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

function careful(client: pg.PoolClient): pg.PoolClient {
  let broken = false;
  const query = async (...args: unknown[]) => {
    try {
      return await (client.query as (...given: unknown[]) => Promise<unknown>)(...args);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.severity !== 'ERROR') broken = true;
      throw error;
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
