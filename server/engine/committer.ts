import pg from 'pg';
import { transaction, within } from '../db/transaction.ts';
import { statementFor } from './statement.ts';
import type { Write } from './write.ts';

const answered = () => new Promise<void>((resolve) => setImmediate(resolve));

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

/** Steps that are written together: those of timers apart from all others, which people may be waiting for. */
interface Lane {
  queue: Waiting[];
  /** Writers at work. */
  writers: number;
  /** Steps in their statements. */
  flying: number;
}

const newLane = (): Lane => ({ queue: [], writers: 0, flying: 0 });

/**
 * Group commit. A step that finds a free connection is written at once, alone; steps that arrive while all are busy wait and
 * go together in the next statement. So there is no delay without load, and one fsync for many steps under it. Timers and
 * people do not wait for each other: when the ones hold all connections, there is one more for the others.
 */
export function makeCommitter(pool: pg.Pool, { connections, batch }: CommitterOptions): Committer {
  const people = newLane();
  const timers = newLane();
  let idle: (() => void) | null = null;
  const inFlight = () => people.writers + timers.writers;
  const queued = () => people.queue.length + timers.queue.length;

  const pump = () => {
    while (people.queue.length > 0 && (inFlight() < connections || people.writers === 0)) open(people);
    while (timers.queue.length > 0 && (inFlight() < connections || timers.writers === 0)) open(timers);
  };
  const open = (lane: Lane) => {
    lane.writers += 1;
    void drain(lane).finally(() => {
      lane.writers -= 1;
      pump();
      if (inFlight() === 0 && queued() === 0) idle?.();
    });
  };

  // One writer: keeps its connection for as long as there is something to write. After a statement of
  // several steps it lets the callers that were just answered bring their next ones, so that these go together too.
  const drain = async (lane: Lane) => {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      if (lane.queue.length > 0) for (const waiting of takeGroup(lane)) waiting.reject(error);
      return;
    }
    let broken = false;
    while (lane.queue.length > 0 && !broken) {
      const group = takeGroup(lane);
      lane.flying += group.length;
      broken = await write(client, group);
      lane.flying -= group.length;
      if (group.length > 1) await answered();
    }
    client.release(broken);
  };

  // A statement carries starts or steps, not both, at most one of each case, and a step with extras goes alone.
  const takeGroup = (lane: Lane): Waiting[] => {
    const first = lane.queue[0] as Waiting;
    if (batch === 1 || alone(first.write)) return lane.queue.splice(0, 1);
    const starts = first.write.start !== null;
    // An equal share for each writer: while one waits for the disk, the callers of the other's group prepare their next steps.
    const share = Math.min(batch, Math.ceil((lane.queue.length + lane.flying) / connections));
    const cases = new Set<string>();
    const group: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const waiting of lane.queue) {
      const fits =
        group.length < share &&
        (waiting.write.start !== null) === starts &&
        !alone(waiting.write) &&
        !cases.has(waiting.write.id);
      if (fits) cases.add(waiting.write.id);
      (fits ? group : rest).push(waiting);
    }
    lane.queue = rest;
    return group;
  };

  return {
    commit: (write) =>
      new Promise((resolve, reject) => {
        (write.fired ? timers : people).queue.push({ write, resolve, reject });
        pump();
      }),
    load: () => ({ queued: queued(), inFlight: inFlight() }),
    close: () =>
      new Promise((resolve) => {
        if (inFlight() === 0 && queued() === 0) resolve();
        else idle = resolve;
      }),
  };
}

const alone = (write: Write) => write.extras.length > 0 || write.children.length > 0;

/** Writes a group and answers its steps. True when the connection can no longer be trusted. */
async function write(client: pg.PoolClient, group: Waiting[], tries = 0): Promise<boolean> {
  const writes = group.map((waiting) => waiting.write);
  try {
    const done = writes.some(alone)
      ? await within(client, () => withCompany(client, writes))
      : await once(client, writes);
    for (const waiting of group) waiting.resolve(done.has(waiting.write.id));
    return false;
  } catch (error) {
    // One bad step must not take its neighbours with it; of steps that met another node's, each is tried again alone.
    const again = isRefusedWrite(error) ? group.length > 1 : isConflict(error) && tries < TRIES;
    let broken = !isRefusedWrite(error) && !isConflict(error);
    if (again) for (const waiting of group) broken = (await write(client, [waiting], tries + 1)) || broken;
    else for (const waiting of group) waiting.reject(error);
    return broken;
  }
}

/** How often a write is tried that met another node's. */
const TRIES = 10;

const codeOf = (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : '');

/** The server refused the statement for what it says, so nothing of it was written, and it would be refused again. */
export const isRefusedWrite = (error: unknown): boolean => /^(2[0-3]|42)/.test(codeOf(error));

/** A deadlock with another node's batch (two batches lock the same cases in another order): nothing was written. */
const isConflict = (error: unknown) => /^40(001|P01)/.test(codeOf(error));

async function once(client: pg.PoolClient, writes: readonly Write[]): Promise<Set<string>> {
  const { rows } = await client.query<{ id: string; jobs?: number }>(statementFor(writes));
  return new Set(rows.map((row) => row.id));
}

/** Writes steps with what else belongs to them, all or nothing. */
export function inTransaction(pool: pg.Pool, writes: readonly Write[]): Promise<Set<string>> {
  return transaction(pool, (client) => withCompany(client, writes));
}

async function withCompany(client: pg.PoolClient, writes: readonly Write[]): Promise<Set<string>> {
  const done = await once(client, writes);
  const written = writes.filter((write) => done.has(write.id));
  for (const extra of written.flatMap((write) => write.extras)) await client.query(extra.text, extra.values);
  const children = written.flatMap((write) => write.children);
  if (children.length > 0) await withCompany(client, children);
  return done;
}
