import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Engine } from '../engine/index.ts';

const GATHER_MS = 50;
/** PostgreSQL takes messages up to 8000 bytes. */
const MAX_BYTES = 7_500;

interface Moved {
  caseId: string;
  revision: number;
  people: string[];
}

/**
 * Tells every node which cases this process has moved. After the commit and many at once, so it costs the engine nothing;
 * a message that is lost with the process only means that pages refresh a little later.
 */
export const announceCommits = (engine: Engine, pool: Pool, logger: Logger): { close(): Promise<void> } => {
  const moved = new Map<string, Moved>();
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();

  const flush = async (): Promise<void> => {
    const messages = [...moved.values()].map((message) => {
      const text = JSON.stringify(message);
      return Buffer.byteLength(text) > MAX_BYTES ? JSON.stringify({ ...message, people: [] }) : text;
    });
    moved.clear();
    if (messages.length === 0) return;
    await pool.query(`SELECT pg_notify('bihuan', m) FROM unnest($1::text[]) AS m`, [messages]);
  };

  const send = (): void => {
    timer = undefined;
    sending = sending.then(flush).catch((error) => logger.debug({ err: error }, 'commits could not be announced'));
  };

  const stop = engine.onCommitted(({ caseId, revision, people }) => {
    const before = moved.get(caseId);
    moved.set(caseId, { caseId, revision, people: [...new Set([...(before?.people ?? []), ...people])] });
    timer ??= setTimeout(send, GATHER_MS);
  });

  return {
    close: async () => {
      stop();
      clearTimeout(timer);
      send();
      await sending;
    },
  };
};
