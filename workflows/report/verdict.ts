import { accumulates } from '../indicators/course.ts';
import { type CourseAhead, outlookOf } from '../series/outlook.ts';
import { targetMet } from '../series/target.ts';
import type { ReportIndicator } from './data.ts';

/** How many years a trend looks back. */
export const YEARS = 5;

/**
 * Whether a target is met by direction. `open`: it comes together over the year, which is not over, so that it can still go either way;
 * `noValue`, `noTarget`: not rated.
 */
export const VERDICTS = ['met', 'missed', 'open', 'noValue', 'noTarget'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** An indicator, with where it stands and where it is heading. */
export interface Judged {
  indicator: ReportIndicator;
  course: CourseAhead;
  verdict: Verdict;
  /** The value of the last period of the year is known. */
  whole: boolean;
}

export const judge = (indicator: ReportIndicator): Judged => {
  const course = outlookOf(indicator, YEARS);
  const whole = (course.points.at(-1)?.value ?? null) !== null;
  return { indicator, course, whole, verdict: verdictOf(indicator, course, whole) };
};

function verdictOf(one: ReportIndicator, { value }: CourseAhead, whole: boolean): Verdict {
  const aimed = one.direction === 'band' ? one.low !== null || one.high !== null : one.target !== null;
  if (!aimed) return 'noTarget';
  const met = targetMet(one, value);
  if (met === null) return 'noValue';
  const changes = !whole && (accumulates(one.aggregation) || one.aggregation === 'max');
  // What is counted up can still reach a target, or go beyond a limit.
  if (changes && met === (one.direction !== 'up')) return 'open';
  return met ? 'met' : 'missed';
}

export const countOf = (judged: readonly Judged[], verdict: Verdict): number =>
  judged.filter((one) => one.verdict === verdict).length;

/** How many are met and missed, and the share of those rated that are met. */
export const tally = (judged: readonly Judged[]) => {
  const [met, missed] = [countOf(judged, 'met'), countOf(judged, 'missed')];
  return { met, missed, rated: met + missed };
};
