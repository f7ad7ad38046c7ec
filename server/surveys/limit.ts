import { problem } from '../http/problem.ts';

const PER_MINUTE = 60;
/** So many addresses are remembered; the oldest are forgotten first. */
const REMEMBERED = 10_000;

/** Counts the requests of an address in each minute, so that links cannot be guessed and one caller does not take all. */
export const makeSurveyLimit = (most = PER_MINUTE) => {
  const seen = new Map<string, { minute: number; hits: number }>();
  return (address: string, now: Date): void => {
    const minute = Math.floor(now.getTime() / 60_000);
    const before = seen.get(address);
    const hits = before?.minute === minute ? before.hits + 1 : 1;
    seen.delete(address);
    seen.set(address, { minute, hits });
    for (const key of seen.keys()) {
      if (seen.size <= REMEMBERED) break;
      seen.delete(key);
    }
    if (hits > most) throw problem('rate.limited');
  };
};
