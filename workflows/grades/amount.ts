import { Decimal } from 'decimal.js';
import { Exact } from '../scoring/exact.ts';
import type { Amount } from './schema.ts';

const MODES = { floor: Decimal.ROUND_FLOOR, halfUp: Decimal.ROUND_HALF_UP, ceil: Decimal.ROUND_CEIL } as const;

/**
 * How many of `n` units an amount stands for.
 * @throws RangeError when the amount is below zero or above all: it came from elsewhere than a checked template
 */
export function unitsOf(amount: Amount, n: number): number {
  if ('count' in amount) {
    if (amount.count < 0) throw new RangeError(`a quota below zero: ${amount.count}`);
    return amount.count;
  }
  const share = new Exact(amount.share);
  if (share.lt(0) || share.gt(1)) throw new RangeError(`a quota is a share between 0 and 1, not ${amount.share}`);
  return share.times(n).toDecimalPlaces(0, MODES[amount.round]).toNumber();
}
