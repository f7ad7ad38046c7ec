import pg from 'pg';

export interface PoolOptions {
  /** Most connections. */
  max: number;
  /** Shown as application_name in pg_stat_activity. */
  name: string;
  /** Longest time for one statement, in ms; 0 means no limit (workers that LISTEN). */
  statementTimeoutMs?: number;
  /** Longest wait for an answer, in ms; by default 5 s more than the statement may take. */
  queryTimeoutMs?: number;
  /** Told about connections that broke while idle or in use; the pool replaces them by itself. */
  onConnectionError?: (error: Error) => void;
}

/**
 * A pool of connections that survives what node-postgres does not by itself: an idle connection that breaks
 * must not end the process, a connection in use neither, and one that hangs must not hang us for ever.
 */
export const makePool = (url: string, options: PoolOptions): pg.Pool => {
  const { max, name, statementTimeoutMs = 30_000, onConnectionError = () => undefined } = options;
  const limits = statementTimeoutMs
    ? {
        statement_timeout: statementTimeoutMs,
        // A black hole sends no answer at all, so the client needs a limit of its own.
        query_timeout: options.queryTimeoutMs ?? statementTimeoutMs + 5_000,
        idle_in_transaction_session_timeout: 30_000,
      }
    : {};
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: `bihuan ${name}`,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    ...limits,
  });
  pool.on('error', onConnectionError);
  pool.on('connect', (client) => client.on('error', onConnectionError));
  return pool;
};
