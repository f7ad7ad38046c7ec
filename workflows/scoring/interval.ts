import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import { Exact, settled } from './exact.ts';

/** A stretch of numbers with open or closed ends; null: without end. */
export interface Interval {
  from: Decimal | null;
  to: Decimal | null;
  fromClosed: boolean;
  toClosed: boolean;
}

const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const INTERVAL = new RegExp(String.raw`^([[(])\s*(?:(${NUMBER})\s*)?,\s*(?:(${NUMBER})\s*)?([\])])$`);

/** `[80,90)`: from 80 to below 90. An end that is left out is open: `[90,)` is 90 and more, `(,60)` below 60. */
export const intervalSchema = z.string().max(100).regex(INTERVAL, {
  message: 'an interval such as [80,90), [90,) or (,60)',
});

const known = new Map<string, Interval>();

/** Reads an interval. @throws when the text is none */
export function intervalOf(text: string): Interval {
  const before = known.get(text);
  if (before) return before;
  const found = INTERVAL.exec(text);
  if (!found) throw new Error(`not an interval: ${text}`);
  const [, left, from, to, right] = found;
  const interval = {
    from: from === undefined ? null : new Exact(from),
    to: to === undefined ? null : new Exact(to),
    fromClosed: left === '[',
    toClosed: right === ']',
  };
  if (known.size > 10_000) known.clear();
  known.set(text, interval);
  return interval;
}

export function contains(interval: Interval, value: Decimal): boolean {
  const { from, to, fromClosed, toClosed } = interval;
  const x = settled(value);
  if (from && (fromClosed ? x.lt(from) : x.lte(from))) return false;
  if (to && (toClosed ? x.gt(to) : x.gte(to))) return false;
  return true;
}
