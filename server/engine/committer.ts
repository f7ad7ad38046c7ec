import pg from 'pg';
import { statementFor } from './statement.ts';
import type { Write } from './write.ts';

/** Commits the writes of steps. Resolves true once the step is durable, false when the case had moved on meanwhile. */
export interface Committer {
  commit(write: Write): Promise<boolean>;
  /** Steps waiting to be written, and statements under way. */
  load(): { queued: number; inFlight: number };
  close(): Promise<void>;
}

export interface CommitterOptions {
  /** How many statements may be under way at once. */
  connections: number;
  /** How many steps one statement may carry; 1 turns group commit off. */
  batch: number;
}

interface Waiting {
  write: Write;
  resolve: (done: boolean) => void;
  reject: (error: unknown) => void;
}

/**
 * Group commit. A step that finds a free connection is written at once, alone; steps that arrive while all are busy wait and
 * go together in the next statement. So there is no delay without load, and one fsync for many steps under it.
 */
export function makeCommitter(pool: pg.Pool, { connections, batch }: CommitterOptions): Committer {
  let queue: Waiting[] = [];
  let inFlight = 0;
  let idle: (() => void) | null = null;

  const pump = () => {
    while (inFlight < connections && queue.length > 0) {
      const group = takeGroup();
      inFlight += 1;
      void write(pool, group).finally(() => {
        inFlight -= 1;
        pump();
        if (inFlight === 0 && queue.length === 0) idle?.();
      });
    }
  };

  // A statement carries starts or steps, not both, at most one of each case, and a step with extras goes alone.
  const takeGroup = (): Waiting[] => {
    const first = queue[0] as Waiting;
    if (batch === 1 || alone(first.write)) return queue.splice(0, 1);
    const starts = first.write.start !== null;
    const cases = new Set<string>();
    const group: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const waiting of queue) {
      const fits =
        group.length < batch &&
        (waiting.write.start !== null) === starts &&
        !alone(waiting.write) &&
        !cases.has(waiting.write.id);
      if (fits) cases.add(waiting.write.id);
      (fits ? group : rest).push(waiting);
    }
    queue = rest;
    return group;
  };

  return {
    commit: (write) =>
      new Promise((resolve, reject) => {
        queue.push({ write, resolve, reject });
        pump();
      }),
    load: () => ({ queued: queue.length, inFlight }),
    close: () =>
      new Promise((resolve) => {
        if (inFlight === 0 && queue.length === 0) resolve();
        else idle = resolve;
      }),
  };
}

const alone = (write: Write) => write.extras.length > 0 || write.children.length > 0;

async function write(pool: pg.Pool, group: Waiting[]): Promise<void> {
  const writes = group.map((waiting) => waiting.write);
  try {
    const done = writes.some(alone) ? await inTransaction(pool, writes) : await once(pool, writes);
    for (const waiting of group) waiting.resolve(done.has(waiting.write.id));
  } catch (error) {
    // One bad step must not take its neighbours with it.
    if (group.length > 1 && isStatementError(error)) for (const waiting of group) await write(pool, [waiting]);
    else for (const waiting of group) waiting.reject(error);
  }
}

/** The server refused the statement, so nothing of it was written; anything else may have been committed unheard. */
const isStatementError = (error: unknown) => error instanceof pg.DatabaseError && /^(2[0-3]|42)/.test(error.code ?? '');

async function once(pool: pg.Pool | pg.PoolClient, writes: readonly Write[]): Promise<Set<string>> {
  const { rows } = await pool.query<{ id: string; jobs?: number }>(statementFor(writes));
  return new Set(rows.map((row) => row.id));
}

/** Writes steps with what else belongs to them, all or nothing. */
export async function inTransaction(pool: pg.Pool, writes: readonly Write[]): Promise<Set<string>> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const done = await withCompany(client, writes);
    await client.query('COMMIT');
    client.release();
    return done;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    client.release(true);
    throw error;
  }
}

async function withCompany(client: pg.PoolClient, writes: readonly Write[]): Promise<Set<string>> {
  const done = await once(client, writes);
  const written = writes.filter((write) => done.has(write.id));
  for (const extra of written.flatMap((write) => write.extras)) await client.query(extra.text, extra.values);
  const children = written.flatMap((write) => write.children);
  if (children.length > 0) await withCompany(client, children);
  return done;
}
