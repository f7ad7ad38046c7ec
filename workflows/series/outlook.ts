import { periodsOf } from '../indicators/period.ts';
import type { Aggregation, Direction, Frequency } from '../indicators/schema.ts';
import { aggregate } from '../indicators/series.ts';
import { growth } from './growth.ts';
import { targetMet } from './target.ts';
import { type Forecast, forecast, improving } from './trend.ts';

/** A year before; with `breaks` it does not compare with this one. */
export interface YearBefore {
  year: number;
  value: string;
  breaks: readonly unknown[];
}

/** An indicator of a unit with its values of the year and the years before. */
export interface Course<Before extends YearBefore = YearBefore> {
  direction: Direction;
  frequency: Frequency;
  aggregation: Aggregation;
  year: number;
  target: string | null;
  low: string | null;
  high: string | null;
  values: readonly { period: string; value: string | null }[];
  years: readonly Before[];
}

export interface CourseAhead<Before extends YearBefore = YearBefore> {
  /** Each period of the year: its own value, and what counts by its end. */
  points: { period: string; value: string | null; running: string | null }[];
  /** What the year comes to so far. */
  value: string | null;
  /** The end of the year along a straight line; null with fewer than three values. */
  forecast: (Forecast & { meets: boolean | null }) | null;
  /** Against the year before, in percent. */
  growth: string | null;
  /** Against the mean of the years before. */
  improving: boolean | null;
  /** Years that count neither for growth nor for the trend. */
  breaks: Before[];
}

/**
 * Where an indicator is heading: what its values come to by the end of the year if they go on along a straight line (with the 95 %
 * prediction interval), and how the year compares with up to `back` years before it.
 */
export function outlookOf<Before extends YearBefore>(course: Course<Before>, back: number): CourseAhead<Before> {
  const { direction, frequency, aggregation, year, values, years } = course;
  const periods = periodsOf(frequency, year);
  const byPeriod = new Map(values.map(({ period, value }) => [period, value]));
  const own = periods.map(({ key }) => byPeriod.get(key) ?? null);
  // What counts at the end of a period: for a sum, all that has come in by then.
  const running = own.map((value, i) => (value === null ? null : aggregate(aggregation, own.slice(0, i + 1))));
  const sofar = aggregate(aggregation, own);
  const ahead = forecast(running, periods.length);
  const comparable = new Map(years.flatMap((one) => (one.breaks.length > 0 ? [] : [[one.year, one.value]])));
  const before = Array.from({ length: back }, (_, i) => comparable.get(year - back + i) ?? null);
  return {
    points: periods.map(({ key }, i) => ({ period: key, value: own[i] ?? null, running: running[i] ?? null })),
    value: sofar,
    forecast: ahead && { ...ahead, meets: targetMet(course, ahead.value) },
    growth: growth(sofar, comparable.get(year - 1) ?? null),
    improving: improving(direction, sofar, before),
    breaks: years.filter(({ breaks }) => breaks.length > 0),
  };
}
