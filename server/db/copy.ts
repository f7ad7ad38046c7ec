import type { Readable } from 'node:stream';
import type pg from 'pg';

/** What node-postgres calls on whatever is handed to `client.query`; its type declarations leave out the part for COPY. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
  stream: Readable & {
    write(chunk: Buffer): boolean;
    writableNeedDrain: boolean;
    once(event: string, then: () => void): unknown;
  };
}

/** How much may wait to be taken before the server is asked to pause. */
const HIGH_WATER = 1024 * 1024;

/**
 * The bytes of `COPY … TO STDOUT`, as they come; the server waits while nobody takes them. Returns how many rows they are.
 *
 * @example for await (const bytes of copyOut(client, 'COPY people TO STDOUT (FORMAT csv)')) …
 */
export async function* copyOut(client: pg.Client, text: string): AsyncGenerator<Buffer, number> {
  const chunks: Buffer[] = [];
  let [waiting, rows, done] = [0, 0, false];
  let failed: Error | undefined;
  let connection: CopyConnection | undefined;
  let wake: () => void = () => undefined;
  const query = {
    submit: (to: CopyConnection) => {
      connection = to;
      to.query(text);
    },
    handleCopyData: ({ chunk }: { chunk: Buffer }) => {
      chunks.push(Buffer.from(chunk));
      waiting += chunk.length;
      if (waiting > HIGH_WATER) connection?.stream.pause();
      wake();
    },
    handleCommandComplete: (message: { text: string }) => {
      rows = rowsOf(message.text);
    },
    handleReadyForQuery: () => {
      done = true;
      wake();
    },
    handleError: (error: Error) => {
      [failed, done] = [error, true];
      wake();
    },
  };
  client.query(query as unknown as pg.Submittable);
  try {
    while (!failed) {
      const all = Buffer.concat(chunks.splice(0));
      waiting = 0;
      connection?.stream.resume();
      if (all.length > 0) yield all;
      else if (done) return rows;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    throw failed;
  } finally {
    connection?.stream.resume();
  }
}

/** Sends bytes to `COPY … FROM STDIN` as fast as the server takes them. Gives how many rows it wrote. */
export const copyIn = (client: pg.Client, text: string, bytes: AsyncIterable<Buffer>): Promise<number> =>
  new Promise((resolve, reject) => {
    let rows = 0;
    let failed: Error | undefined;
    const send = async (to: CopyConnection): Promise<void> => {
      for await (const chunk of bytes) {
        if (failed) return;
        to.sendCopyFromChunk(chunk);
        if (to.stream.writableNeedDrain) await new Promise<void>((drained) => to.stream.once('drain', drained));
      }
      to.endCopyFrom();
    };
    const query = {
      submit: (to: CopyConnection) => to.query(text),
      handleCopyInResponse: (to: CopyConnection) => {
        send(to).catch((error: Error) => {
          failed = error;
          to.sendCopyFail('the source failed');
        });
      },
      handleCommandComplete: (message: { text: string }) => {
        rows = rowsOf(message.text);
      },
      handleReadyForQuery: () => resolve(rows),
      handleError: (error: Error) => {
        failed ??= error;
        reject(failed);
      },
    };
    client.query(query as unknown as pg.Submittable);
  });

/** The n of `COPY n`. */
const rowsOf = (tag: string): number => Number(/^COPY (\d+)/.exec(tag)?.[1] ?? 0);
