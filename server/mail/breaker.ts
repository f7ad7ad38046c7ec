/** Stops trying a server that does not work, and tries it again now and then. */
export interface Breaker {
  /** How many may be tried now: none while open, one to find out whether it works again, else all. */
  allows(now: Date): 'none' | 'one' | 'all';
  worked(): void;
  failed(now: Date): void;
}

const FAILURES = 3;
const FIRST_MS = 30_000;
const LONGEST_MS = 10 * 60_000;

/** Opens after three failures in a row for half a minute, then for twice as long each time, up to ten minutes. */
export function makeBreaker(): Breaker {
  let failures = 0;
  let opened = 0;
  let until = 0;
  return {
    allows: (now) => {
      if (failures < FAILURES) return 'all';
      return now.getTime() < until ? 'none' : 'one';
    },
    worked: () => {
      failures = 0;
      opened = 0;
      until = 0;
    },
    failed: (now) => {
      failures += 1;
      // Those that were under way together when it opened are one failure.
      if (failures < FAILURES || now.getTime() < until) return;
      until = now.getTime() + Math.min(FIRST_MS * 2 ** opened, LONGEST_MS);
      opened += 1;
    },
  };
}
