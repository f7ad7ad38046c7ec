import { problem } from './problem.ts';

/** So many addresses are remembered; the oldest are forgotten first. */
const REMEMBERED = 10_000;

/** Counts the requests of an address in each stretch of minutes, so that nothing can be guessed and one caller does not take all. */
export const makeAddressLimit = ({ most = 60, minutes = 1 } = {}) => {
  const seen = new Map<string, { stretch: number; hits: number }>();
  return (address: string, now: Date): void => {
    const stretch = Math.floor(now.getTime() / (minutes * 60_000));
    const before = seen.get(address);
    const hits = before?.stretch === stretch ? before.hits + 1 : 1;
    seen.delete(address);
    seen.set(address, { stretch, hits });
    for (const key of seen.keys()) {
      if (seen.size <= REMEMBERED) break;
      seen.delete(key);
    }
    if (hits > most) throw problem('rate.limited');
  };
};
