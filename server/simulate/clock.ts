import type { Clock } from '../engine/types.ts';

/** A clock that stands still until it is set. It never goes back. */
export interface VirtualClock extends Clock {
  set(instant: number): void;
}

export function makeVirtualClock(start: number): VirtualClock {
  let ms = start;
  return {
    now: () => new Date(ms),
    set: (instant) => {
      ms = Math.max(ms, instant);
    },
  };
}
