import { Decimal } from 'decimal.js';

/** Decimals that lose no digit of what people enter: decimal.js otherwise rounds each result to 20 digits. */
export const Exact = Decimal.clone({ precision: 120, toExpNeg: -120, toExpPos: 120 });

/** How a value is rounded, where a rule says so. */
export const ROUNDING = {
  halfUp: Decimal.ROUND_HALF_UP,
  halfEven: Decimal.ROUND_HALF_EVEN,
  ceil: Decimal.ROUND_CEIL,
  floor: Decimal.ROUND_FLOOR,
} as const;
export type RoundingMode = keyof typeof ROUNDING;

/** Digits that count; the rest of the precision takes up what an endless quotient lost. */
const SURE = 100;
/** Decimal places of an endless value when it is written down. */
const WRITTEN = 30;

/** Of an endless quotient, such as a third taken three times, the value that it stands for: before comparing, rounding, writing. */
export const settled = (value: Decimal): Decimal =>
  value.precision() > SURE ? value.toSignificantDigits(SURE) : value;

/** A figure of a score: exact, and as it is written. */
export interface Amount {
  exact: Decimal;
  /** Endless values are written with 30 decimal places; nothing is computed from what is written. */
  text: string;
}

export function amount(value: Decimal | string | number): Amount {
  const exact = value instanceof Exact ? value : new Exact(value);
  const sure = settled(exact);
  return { exact, text: (sure.decimalPlaces() > WRITTEN ? sure.toDecimalPlaces(WRITTEN) : sure).toFixed() };
}

/** Rounded to a number of places, and written with all of them. */
export function rounded(value: Decimal, places: number, mode: RoundingMode): Amount {
  const exact = settled(value).toDecimalPlaces(places, ROUNDING[mode]);
  const text = exact.toFixed(places);
  return { exact, text: exact.isZero() ? text.replace('-', '') : text };
}
