import { Decimal } from 'decimal.js';
import type { Hint } from '../indicators/hints.ts';

export interface Performance {
  /** How good the unit's work is, from 0 to 1. */
  quality: number;
  /** How much of the year is over. */
  elapsed: number;
  /** From 0 to 1, drawn for this value. */
  u: number;
}

/**
 * A value that a unit might report: on its way to the target, further the better its work is, sometimes behind. What adds up over
 * the year gets its part of it, what is counted up to now as much as the year is over.
 */
export function plausibleValue(
  { direction, aggregation, periods, ...hint }: Hint,
  { quality, elapsed, u }: Performance,
): Decimal {
  const reach = quality + 0.08 + (u - 0.5) * 0.3;
  const within = (value: Decimal): Decimal => {
    const low = hint.min === null ? value : Decimal.max(value, hint.min);
    return hint.max === null ? low : Decimal.min(low, hint.max);
  };
  if (direction === 'band' && hint.low !== null && hint.high !== null) {
    const width = new Decimal(hint.high).minus(hint.low);
    return within(new Decimal(hint.low).plus(width.times(reach > 0.85 ? u : 1.2)));
  }
  const target = new Decimal(hint.target ?? 100);
  const whole = target.times(direction === 'down' ? 2 - reach : reach);
  if (aggregation === 'sum') return within(whole.div(periods));
  return within(aggregation === 'toDate' ? whole.times(elapsed) : whole);
}
