import type { Direction } from '../indicators/schema.ts';
import { Exact } from '../scoring/exact.ts';
import { growth, weightedIndex } from './growth.ts';

/** An indicator at the end of a period; decimals as text. */
export interface PaceFacts {
  code: string;
  name: string;
  direction: Direction;
  target: string | null;
  weight: string | null;
  /** What it comes to by then, and what it came to by the same period of the year before. */
  value: string | null;
  before: string | null;
}

export interface PaceRow {
  code: string;
  name: string;
  value: string | null;
  /** Percent on the same period of the year before. */
  growth: string | null;
  /** Percent of the year's target. */
  progress: string | null;
}

export interface Pace {
  rows: PaceRow[];
  /** The mean of those that are to grow, by weight. */
  growth: string | null;
  /** The plain mean of all. */
  progress: string | null;
  /** 加权指数: the mean of their progress by weight; 100 is all of the year's targets. */
  index: string | null;
}

const PLACES = 2;
const short = (value: string | null): string | null =>
  value === null ? null : new Exact(value).toDecimalPlaces(PLACES, Exact.ROUND_HALF_UP).toFixed();

/** Percent of the year's target: a limit mirrored, never below nothing; of a band there is none. */
function progressOf({ direction, target, value }: PaceFacts): string | null {
  if (value === null || target === null || direction === 'band' || new Exact(target).isZero()) return null;
  const share = new Exact(value).div(target).times(100);
  return Exact.max(0, direction === 'up' ? share : share.neg().plus(200)).toFixed();
}

/**
 * 月度进度: growth on the year before, progress rate and weighted index, of each indicator and of all. What is not known is left out, never
 * taken for 0; the index is rounded once, half up, to two places.
 */
export function paceOf(facts: readonly PaceFacts[]): Pace {
  const known = facts.map((one) => ({ ...one, grown: growth(one.value, one.before), reached: progressOf(one) }));
  const mean = (values: readonly { value: string | null; weight: string }[]) => short(weightedIndex(values));
  return {
    rows: known.map(({ code, name, value, grown, reached }) => ({
      code,
      name,
      value,
      growth: short(grown),
      progress: short(reached),
    })),
    growth: mean(
      known.flatMap(({ direction, grown, weight }) =>
        direction === 'up' ? [{ value: grown, weight: weight ?? '0' }] : [],
      ),
    ),
    progress: mean(known.map(({ reached }) => ({ value: reached, weight: '1' }))),
    index: mean(known.map(({ reached, weight }) => ({ value: reached, weight: weight ?? '0' }))),
  };
}
