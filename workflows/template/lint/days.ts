import { countOf, type When } from '../when.ts';

/** Between which days a day can fall, counted from 1 January of the period's year, whatever its holidays. */
export interface Days {
  min: number;
  max: number;
}

/** What a `When` may refer to where it stands. */
export interface Edges {
  phase?: { start: Days; end: Days } | undefined;
  item?: 'months' | 'quarters' | 'year' | undefined;
}

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The longest run of days without work, with its make-up days moved, fits in this. */
const REST = 12;

/** When the last of the items starts, and the first ends. */
const LAST_START = { months: 335, quarters: 274, year: 0 };
const FIRST_END = { months: 30, quarters: 89, year: 364 };

/** Whether a `MM-DD` is a day of some year. 29 February stands for the end of February. */
export function isRealDay(monthDay: string): boolean {
  const [month = 0, day = 0] = monthDay.split('-').map(Number);
  return monthDay === '02-29' || (day >= 1 && day <= (MONTHS[month - 1] ?? 0));
}

/**
 * The span of days that a `When` can mean, moved off holidays as deadlines are; undefined for one that counts from the
 * opening of a block, or from nothing.
 */
export function daysOf(when: When, edges: Edges): Days | undefined {
  const days = namedDaysOf(when, edges);
  return days && ('date' in when || countOf(when).workingDays === 0) ? { min: days.min, max: days.max + REST } : days;
}

/** The same, not moved: what the edge of a phase is. */
export function namedDaysOf(when: When, edges: Edges): Days | undefined {
  if ('date' in when) {
    const [month = 1, day = 1] = when.date.split('-').map(Number);
    const first =
      MONTHS.slice(0, month - 1).reduce((sum, n) => sum + n, 0) + day - 1 + (when.year === 'next' ? 365 : 0);
    // A leap year moves what lies behind its 29 February.
    return { min: first, max: first + (when.year === 'next' || month > 2 ? 1 : 0) };
  }
  const base = edge(when.from, edges);
  if (!base) return undefined;
  const { days, workingDays } = countOf(when);
  const earlier = when.countFirst ? -Math.sign(days || workingDays) : 0;
  const counted = when.workingDays === undefined && workingDays === 0 ? undefined : workingDays;
  return shift({ min: base.min + days + Math.min(0, earlier), max: base.max + days + Math.max(0, earlier) }, counted);
}

function edge(from: Extract<When, { from: string }>['from'], { phase, item }: Edges): Days | undefined {
  switch (from) {
    case 'opened':
      return undefined;
    case 'periodStart':
      return { min: 0, max: 0 };
    case 'periodEnd':
      return { min: 364, max: 365 };
    case 'phaseStart':
      return phase?.start;
    case 'phaseEnd':
      return phase?.end;
    case 'itemStart':
      return item && { min: 0, max: LAST_START[item] };
    case 'itemEnd':
      return item && { min: FIRST_END[item], max: 365 };
  }
}

/** So many working days are at least as many calendar days, and at most twice as many and a long holiday. */
function shift({ min, max }: Days, workingDays: number | undefined): Days {
  if (workingDays === undefined) return { min, max };
  if (workingDays >= 0) return { min: min + workingDays, max: max + workingDays * 2 + REST };
  return { min: min + workingDays * 2 - REST, max: max + workingDays };
}
