import type { Direction } from '../indicators/schema.ts';
import { amount, Exact, settled } from '../scoring/exact.ts';
import { targetMet } from '../series/target.ts';
import { forecast, improving } from '../series/trend.ts';
import type { Text } from '../text.ts';

/** What next year comes to along a straight line, with its 95 % prediction interval. */
export interface Next {
  value: string;
  low: string;
  high: string;
}

/** Where a score has been heading over `years` years, `slope` a year. */
export interface YearsTrend {
  years: number;
  slope: string;
  next: Next;
}

/** An indicator of a unit with what it came to, this year and before. */
export interface IndicatorYears {
  code: string;
  name: Text;
  unit: string;
  direction: Direction;
  target: string | null;
  low: string | null;
  high: string | null;
  actual: string | null;
  /** Earlier years, in any order. */
  years: readonly { year: number; value: string }[];
}

export interface IndicatorTrend {
  code: string;
  name: Text;
  unit: string;
  value: string | null;
  target: string | null;
  /** Null: not rated. */
  met: boolean | null;
  /** Against the mean of up to five years before; null for a band, or where none is known. */
  improving: boolean | null;
  years: { year: number; value: string }[];
  next: Next | null;
}

/** How many years a trend looks back. */
const YEARS = 5;
const PLACES = 2;
const short = (text: string): string => settled(new Exact(text)).toDecimalPlaces(PLACES).toFixed();

/** The trend of a score over the years that are known; null with fewer than three. */
export function yearsTrend(years: readonly { year: number; score: string | null }[]): YearsTrend | null {
  const line = carriedOn(years.map(({ year, score }) => ({ year, value: score })));
  return (
    line && { years: years.filter(({ score }) => score !== null).length, slope: short(line.slope), next: nextOf(line) }
  );
}

/** How an indicator does beside its own earlier years; nothing where none of them is known. */
export function trendOf({ actual, years, ...one }: IndicatorYears, year: number): IndicatorTrend[] {
  const before = years
    .filter((each) => each.year < year && each.year >= year - YEARS)
    .toSorted((a, b) => a.year - b.year);
  if (before.length === 0) return [];
  const line = carriedOn([...before, { year, value: actual }]);
  return [
    {
      code: one.code,
      name: one.name,
      unit: one.unit,
      value: actual === null ? null : amount(new Exact(actual)).text,
      target: one.target,
      met: targetMet({ direction: one.direction, target: one.target, low: one.low, high: one.high }, actual),
      improving: improving(
        one.direction,
        actual,
        before.map(({ value }) => value),
      ),
      years: before,
      next: line && nextOf(line),
    },
  ];
}

const nextOf = ({ value, low, high }: Next): Next => ({ value: short(value), low: short(low), high: short(high) });

/** The line through the years, at the year after the last; a year that is missing leaves a gap. */
function carriedOn(years: readonly { year: number; value: string | null }[]) {
  const first = Math.min(...years.map(({ year }) => year));
  const last = Math.max(...years.map(({ year }) => year));
  const values = Array.from(
    { length: last - first + 1 },
    (_, i) => years.find(({ year }) => year === first + i)?.value ?? null,
  );
  return forecast(values, values.length + 1);
}
