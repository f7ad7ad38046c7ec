import { Exact } from '../scoring/exact.ts';

/** Growth against the same period of last year, in percent. Null where there is nothing to compare with, or it was 0. */
export function growth(now: string | null, before: string | null): string | null {
  if (now === null || before === null || new Exact(before).isZero()) return null;
  return new Exact(now).minus(before).div(new Exact(before).abs()).times(100).toDecimalPlaces(20).toFixed();
}

export interface IndexPart {
  /** Percent: progress, growth + 100, or whatever the index is made of; null does not apply. */
  value: string | null;
  weight: string;
}

/**
 * 加权指数: the weighted mean of its parts. A part without a value does not apply: its weight is spread over the others.
 * @returns null where no part applies
 */
export function weightedIndex(parts: readonly IndexPart[]): string | null {
  let [sum, weights] = [new Exact(0), new Exact(0)];
  for (const { value, weight } of parts) {
    if (new Exact(weight).lt(0)) throw new RangeError(`a weight below zero: ${weight}`);
    if (value === null) continue;
    sum = sum.plus(new Exact(value).times(weight));
    weights = weights.plus(weight);
  }
  return weights.isZero() ? null : sum.div(weights).toDecimalPlaces(20).toFixed();
}
