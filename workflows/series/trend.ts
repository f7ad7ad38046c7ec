import type { Decimal } from 'decimal.js';
import type { Direction } from '../indicators/schema.ts';
import { Exact } from '../scoring/exact.ts';

/**
 * Whether a value is at least as good as the mean of the periods before it.
 * @param before the last n periods (five years, say); those without a value are left out
 * @returns null where nothing is known to compare with, or for a band
 */
export function improving(
  direction: Direction,
  value: string | null,
  before: readonly (string | null)[],
): boolean | null {
  const known = before.flatMap((each) => (each === null ? [] : new Exact(each)));
  if (value === null || known.length === 0 || direction === 'band') return null;
  const mean = Exact.sum(...known).div(known.length);
  return direction === 'up' ? mean.lte(value) : mean.gte(value);
}

export interface Forecast {
  /** The line at the period asked for, and how much it changes a period. */
  value: string;
  slope: string;
  /** 95 % prediction interval of a single value (Student t, n − 2 degrees of freedom). */
  low: string;
  high: string;
  interval: 'prediction95';
  n: number;
}

/** Student t, two-sided 95 %, for 1 to 30 degrees of freedom. */
const T95 =
  '12.706 4.303 3.182 2.776 2.571 2.447 2.365 2.306 2.262 2.228 2.201 2.179 2.16 2.145 2.131 2.12 2.11 2.101 2.093 2.086 2.08 2.074 2.069 2.064 2.06 2.056 2.052 2.048 2.045 2.042'.split(
    ' ',
  );

/**
 * The straight line of least squares through a series, carried on to period `to` with its interval.
 * @param values one for each period from 1; null where there is none
 * @returns null with fewer than three values: two points always lie on a line
 */
export function forecast(values: readonly (string | null)[], to: number): Forecast | null {
  const points = values.flatMap((y, i) => (y === null ? [] : { x: i + 1, y: new Exact(y) }));
  const n = points.length;
  if (n < 3) return null;
  // Sums over the numbers of the periods are whole numbers; only those with values need decimals. A city has thousands of lines.
  const sx = points.reduce((sum, { x }) => sum + x, 0);
  const sxx = n * points.reduce((sum, { x }) => sum + x * x, 0) - sx * sx;
  const sum = (of: (point: { x: number; y: Decimal }) => Decimal) => Exact.sum(...points.map(of));
  const sy = sum(({ y }) => y);
  const sxy = sum(({ x, y }) => y.times(x))
    .times(n)
    .minus(sy.times(sx));
  const syy = sum(({ y }) => y.times(y))
    .times(n)
    .minus(sy.times(sy));
  const slope = sxy.div(sxx);
  const value = slope
    .times(n * to - sx)
    .plus(sy)
    .div(n);
  // What an endless quotient leaves of a line without residuals may be below zero.
  const residual = Exact.max(0, syy.minus(sxy.times(sxy).div(sxx))).div(n * (n - 2));
  const spread = residual.times(new Exact((n * to - sx) ** 2 + (n + 1) * sxx).div(n * sxx)).sqrt();
  // Beyond 30 degrees of freedom the interval stays that of 30: a little too wide, never too narrow.
  const half = spread.times(T95[Math.min(n - 2, T95.length) - 1] ?? '0');
  const text = (value: Decimal) => value.toDecimalPlaces(10).toFixed();
  return {
    value: text(value),
    slope: text(slope),
    low: text(value.minus(half)),
    high: text(value.plus(half)),
    interval: 'prediction95',
    n,
  };
}
