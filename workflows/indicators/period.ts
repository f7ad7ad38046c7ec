import { daysInMonth } from '../calendar/day.ts';
import { FREQUENCIES, type Frequency } from './schema.ts';

/** A month, quarter, half or year: `2026-03`, `2026-Q1`, `2026-H1`, `2026`; with its first and last day. */
export interface Period {
  key: string;
  frequency: Frequency;
  year: number;
  start: string;
  end: string;
}

const MONTHS = { month: 1, quarter: 3, half: 6, year: 12 } as const;
const pad = (n: number) => String(n).padStart(2, '0');

const keyOf = (frequency: Frequency, year: number, n: number): string =>
  ({ month: `${year}-${pad(n)}`, quarter: `${year}-Q${n}`, half: `${year}-H${n}`, year: `${year}` })[frequency];

/** The periods of a year, in order. */
export function periodsOf(frequency: Frequency, year: number): Period[] {
  const months = MONTHS[frequency];
  return Array.from({ length: 12 / months }, (_, i) => {
    const [from, to] = [i * months + 1, (i + 1) * months];
    const end = `${year}-${pad(to)}-${pad(daysInMonth(year, to))}`;
    return { key: keyOf(frequency, year, i + 1), frequency, year, start: `${year}-${pad(from)}-01`, end };
  });
}

/** The period of that key, or undefined where there is none: `2026-Q5`, `2026-13`. */
export function periodOf(key: string): Period | undefined {
  const year = Number(/^([12]\d{3})(-|$)/.exec(key)?.[1]);
  if (Number.isNaN(year)) return undefined;
  return FREQUENCIES.flatMap((frequency) => periodsOf(frequency, year)).find((period) => period.key === key);
}

/**
 * The period whose value is due in a stretch of time, such as a quarter of a repeat: the one that ends on its last day. So what
 * is counted half-yearly is due in every second quarter, and what is counted monthly with the quarter's last month.
 */
export function dueIn(frequency: Frequency, year: number, endsOn: string = `${year}-12-31`): Period | undefined {
  return periodsOf(frequency, year).find(({ end }) => end === endsOn);
}
