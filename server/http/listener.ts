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
  /** The connection is back after a gap: anything may have happened meanwhile. */
  resumed: () => void;
}

/** Listens to the channel `bihuan` on one connection of its own, which comes back by itself. */
export const makeListener = ({ connection, logger, moved, directoryChanged, resumed }: ListenerOptions): Listener => {
  const closing = new AbortController();
  let client: pg.Client | undefined;

  const listen = async (): Promise<void> => {
    const mine = new pg.Client({ ...connection, statement_timeout: 0, query_timeout: 0, keepAlive: true });
    client = mine;
    const ended = new Promise<void>((resolve) => mine.once('end', resolve));
    mine.on('error', (error) => logger.warn({ err: error }, 'live updates lost the database'));
    mine.on('notification', ({ channel, payload }) => {
      if (channel === 'bihuan_directory') return directoryChanged();
      const message = parse(payload);
      if (message) moved(message);
    });
    await mine.connect();
    await mine.query('LISTEN bihuan');
    await mine.query('LISTEN bihuan_directory');
    resumed();
    await ended;
  };

  const run = async (): Promise<void> => {
    for (let tries = 0; !closing.signal.aborted; tries++) {
      await listen().catch((error) => logger.debug({ err: error }, 'live updates wait for the database'));
      await client?.end().catch(() => undefined);
      await pause(Math.min(5_000, 100 * 2 ** Math.min(tries, 6)), undefined, { signal: closing.signal }).catch(
        () => undefined,
      );
    }
  };
  const running = run();

  return {
    close: async () => {
      closing.abort();
      await client?.end().catch(() => undefined);
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
