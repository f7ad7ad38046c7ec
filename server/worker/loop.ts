import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isAway } from './away.ts';

/** Something that is done now and then again after each pause, until it is stopped. */
export interface Loop {
  stop(): Promise<void>;
}

/** Infinity means never. A failure never ends a loop. Pauses vary by a tenth, so that nodes started together do not stay in step. */
export function startLoop(name: string, everyMs: number, work: () => Promise<unknown>, logger: Logger): Loop {
  const stopping = new AbortController();
  const run = async () => {
    while (!stopping.signal.aborted && Number.isFinite(everyMs)) {
      try {
        await work();
      } catch (error) {
        if (isAway(error)) logger.debug({ err: error, loop: name }, 'waits for the database');
        else logger.error({ err: error, loop: name }, 'failed, will be tried again');
      }
      const ms = everyMs * (0.9 + Math.random() * 0.2);
      await pause(ms, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
