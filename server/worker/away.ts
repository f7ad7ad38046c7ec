import { setTimeout as pause } from 'node:timers/promises';
import { toProblem } from '../http/errors.ts';

/** The database is away, or went away before it said how a change ended: it passes, and what was asked may be asked again. */
export const isAway = (error: unknown): boolean => {
  const { id } = toProblem(error);
  return id === 'database.unavailable' || id === 'engine.unavailable';
};

const FIRST_MS = 50;
const LONGEST_MS = 1_000;

/** Does it again for as long as the database is away. Ends by its result, by another error, or when it is told to stop. */
export async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let ms = FIRST_MS; ; ms = Math.min(ms * 2, LONGEST_MS)) {
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !isAway(error)) throw error;
      await pause(ms, undefined, { signal }).catch(() => {
        throw error;
      });
    }
  }
}
