import { Exact } from '../scoring/exact.ts';

export interface Weighed {
  code: string;
  weight: string;
}

/** What the weights add up to, to the last digit. */
export const weightSum = (list: readonly { weight: string }[]): string =>
  list.reduce((sum, { weight }) => sum.plus(weight), new Exact(0)).toFixed();

/**
 * Brings weights to a total in proportion, to so many places; the digits that rounding leaves over go to those that lost most, so
 * that the sum is the total exactly. Used where some indicators do not apply: the others take over their weight.
 *
 * @returns the weights by code; null when there is no weight to share by
 */
export function rescale(list: readonly Weighed[], total: string, places = 6): Map<string, string> | null {
  const sum = new Exact(weightSum(list));
  if (sum.isZero()) return null;
  const unit = new Exact(10).pow(-places);
  const shares = list.map(({ code, weight }) => {
    const exact = new Exact(weight).times(total).div(sum);
    const down = exact.toDecimalPlaces(places, Exact.ROUND_DOWN);
    return { code, down, lost: exact.minus(down) };
  });
  const given = shares.reduce((all, { down }) => all.plus(down), new Exact(0));
  const left = new Exact(total).minus(given).div(unit).round().toNumber();
  const first = [...shares]
    .sort((a, b) => b.lost.cmp(a.lost) || (a.code < b.code ? -1 : 1))
    .slice(0, left)
    .map(({ code }) => code);
  const lucky = new Set(first);
  return new Map(shares.map(({ code, down }) => [code, (lucky.has(code) ? down.plus(unit) : down).toFixed()]));
}
