import type { Direction } from '../indicators/schema.ts';
import { Exact } from '../scoring/exact.ts';

export interface Aim {
  direction: Direction;
  target?: string | null;
  low?: string | null;
  high?: string | null;
}

/**
 * Whether a value meets its target by direction; exactly the target is met.
 * @returns null where there is no target or no value: that is not rated
 */
export function targetMet(aim: Aim, value: string | null): boolean | null {
  if (value === null) return null;
  const x = new Exact(value);
  if (aim.direction === 'band') {
    const [low, high] = [aim.low ?? null, aim.high ?? null];
    if (low === null && high === null) return null;
    return (low === null || x.gte(low)) && (high === null || x.lte(high));
  }
  const target = aim.target ?? null;
  if (target === null) return null;
  return aim.direction === 'up' ? x.gte(target) : x.lte(target);
}
