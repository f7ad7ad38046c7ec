import Tinypool from 'tinypool';
import { compile } from '../cli/compile.mjs';
import type { Printing } from './thread.ts';

/** A thread that has nothing to print for so long ends, and gives its memory back. */
const IDLE_MS = 60_000;

let opened: Promise<Tinypool> | undefined;

/** Makes the press ready: a thread for letters and reports, begun with the first of them. */
export const openPress = (): Promise<Tinypool> => {
  opened ??= compile('server/print/thread.ts', ['server', 'workflows'])
    .then((filename) => new Tinypool({ filename, minThreads: 0, maxThreads: 1, idleTimeout: IDLE_MS }))
    .catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
  return opened;
};

/** Prints a letter or report beside whatever else is done, one after the other: drawing takes long, and others are answered meanwhile. */
export const print = async (printing: Printing): Promise<Buffer> =>
  Buffer.from((await (await openPress()).run(printing)) as Uint8Array);
