import { Exact } from '../scoring/exact.ts';
import type { Aggregation, Direction, RollUp } from './schema.ts';

/** How many decimal places a mean or a share keeps, rounded half up. */
const PLACES = 12;
const text = (value: InstanceType<typeof Exact>): string => {
  const rounded = value.toDecimalPlaces(PLACES, Exact.ROUND_HALF_UP);
  return rounded.isZero() ? '0' : rounded.toFixed();
};

/** The value of a whole from those of its periods, in order; what is not there is left out. Null when nothing is. */
export function aggregate(how: Aggregation, values: readonly (string | null)[]): string | null {
  const known = values.flatMap((value) => (value === null ? [] : [new Exact(value)]));
  const last = known.at(-1);
  if (last === undefined) return null;
  if (how === 'last' || how === 'toDate') return text(last);
  if (how === 'max') return text(Exact.max(...known));
  const sum = known.reduce((all, one) => all.plus(one), new Exact(0));
  return text(how === 'sum' ? sum : sum.div(known.length));
}

export interface Part {
  value: string | null;
  /** For `weighted`; 1 where it says none. */
  weight?: string | null;
}

/** The value of a whole from those of its parts; null while one is missing: a missing part is never 0. */
export function rollUp(how: RollUp, parts: readonly Part[]): string | null {
  if (parts.length === 0) return null;
  const known = parts.flatMap(({ value, weight }) =>
    value === null ? [] : [{ value: new Exact(value), weight: new Exact(how === 'weighted' ? (weight ?? '1') : '1') }],
  );
  if (known.length < parts.length) return null;
  const sum = known.reduce((all, { value, weight }) => all.plus(value.times(weight)), new Exact(0));
  if (how === 'sum') return text(sum);
  const weights = known.reduce((all, { weight }) => all.plus(weight), new Exact(0));
  return weights.isZero() ? null : text(sum.div(weights));
}

export interface Measured {
  period: string;
  value: string;
}

export interface BenchmarkLine {
  period: string;
  own: string | null;
  benchmark: string | null;
  /** By how much the own value is ahead; negative: behind. With `band` there is no ahead: own minus benchmark. */
  gap: string | null;
}

export interface BenchmarkView {
  lines: BenchmarkLine[];
  /** How the last gap compares with the one before. */
  trend: 'catchingUp' | 'fallingBehind' | 'steady' | null;
}

/** 对标: own values beside those of another place, period by period. */
export function benchmark(own: readonly Measured[], other: readonly Measured[], direction: Direction): BenchmarkView {
  const periods = [...new Set([...own, ...other].map(({ period }) => period))].sort();
  const lines = periods.map((period): BenchmarkLine => {
    const mine = own.find((one) => one.period === period)?.value ?? null;
    const theirs = other.find((one) => one.period === period)?.value ?? null;
    if (mine === null || theirs === null) return { period, own: mine, benchmark: theirs, gap: null };
    const ahead = direction === 'down' ? new Exact(theirs).minus(mine) : new Exact(mine).minus(theirs);
    return { period, own: mine, benchmark: theirs, gap: text(ahead) };
  });
  const [before, last] = lines.flatMap(({ gap }) => (gap === null ? [] : [new Exact(gap)])).slice(-2);
  if (!before || !last) return { lines, trend: null };
  const change = direction === 'band' ? before.abs().minus(last.abs()) : last.minus(before);
  return { lines, trend: change.isZero() ? 'steady' : change.isPos() ? 'catchingUp' : 'fallingBehind' };
}
