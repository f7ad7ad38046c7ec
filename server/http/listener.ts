import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';

/** What the engine tells every node when a case moved. */
export interface CaseMoved {
  caseId: string;
  revision: number;
  people: string[];
}

export interface Listener {
  close(): Promise<void>;
}

export interface ListenerOptions {
  connection: pg.ClientConfig;
  logger: Logger;
  moved: (message: CaseMoved) => void;
  /** Another node changed organisations, people or roles. */
  directoryChanged: () => void;
  /** Another node edited the working days. */
  calendarChanged: () => void;
  /** What these people may act on changed, though no case moved. */
  desksChanged: (people: string[]) => void;
  /** The connection is back after a gap: anything may have happened meanwhile. */
  resumed: () => void;
}

/** Listens to the channel `bihuan` on one connection of its own, which comes back by itself. */
export const makeListener = ({
  connection,
  logger,
  moved,
  directoryChanged,
  calendarChanged,
  desksChanged,
  resumed,
}: ListenerOptions): Listener => {
  const closing = new AbortController();
  const { signal } = closing;
  const closed = once(signal, 'abort').then(() => undefined);

  /** Listens until the connection ends. Ending one that is still connecting may never be answered, so nobody waits for that. */
  const listen = async (): Promise<void> => {
    const client = new pg.Client({ ...connection, statement_timeout: 0, query_timeout: 0, keepAlive: true });
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', (error) => logger.debug({ err: error }, 'live updates lost the database'));
    client.on('notification', ({ channel, payload }) => {
      if (channel === 'bihuan_directory') return directoryChanged();
      if (channel === 'bihuan_calendar') return calendarChanged();
      if (channel === 'bihuan_desks') return desksChanged(JSON.parse(payload ?? '[]') as string[]);
      const message = parse(payload);
      if (message) moved(message);
    });
    const connect = async (): Promise<void> => {
      await client.connect();
      await client.query('LISTEN bihuan; LISTEN bihuan_directory; LISTEN bihuan_calendar; LISTEN bihuan_desks');
      if (!signal.aborted) resumed();
    };
    try {
      await Promise.race([connect().then(() => ended), closed]);
    } finally {
      client.end().catch(() => undefined);
      if (signal.aborted) await Promise.race([ended, pause(1_000, undefined, { ref: false })]);
    }
  };

  const run = async (): Promise<void> => {
    for (let tries = 0; !signal.aborted; ) {
      tries = await listen().then(
        () => 0,
        (error) => {
          logger.debug({ err: error }, 'live updates wait for the database');
          return tries + 1;
        },
      );
      await pause(Math.min(5_000, 100 * 2 ** Math.min(tries, 6)), undefined, { signal }).catch(() => undefined);
    }
  };
  const running = run();

  return {
    close: async () => {
      closing.abort();
      await running;
    },
  };
};

const parse = (payload: string | undefined): CaseMoved | undefined => {
  try {
    const { caseId, revision, people } = JSON.parse(payload ?? '') as Partial<CaseMoved>;
    if (typeof caseId !== 'string' || typeof revision !== 'number') return undefined;
    return { caseId, revision, people: Array.isArray(people) ? people : [] };
  } catch {
    return undefined;
  }
};
