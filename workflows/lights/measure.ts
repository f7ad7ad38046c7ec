import type { Decimal } from 'decimal.js';
import { type Day, parseDay } from '../calendar/day.ts';
import type { Direction } from '../indicators/schema.ts';
import { Exact } from '../scoring/exact.ts';
import type { LightScheme, Measure } from './schema.ts';

type Known = string | null | undefined;

/** What is known of one indicator of one unit on a day; decimals as text, what is not known is left out or null. */
export interface LightFacts {
  /** The day that it is judged for. */
  day: Day;
  /** Percent reached; without it, how far the value fulfils the target, of a level at most 100. */
  progress?: Known;
  /** Percent that should be reached by the day. */
  planned?: Known;
  start?: Day | null | undefined;
  due?: Day | null | undefined;
  begun?: boolean | undefined;
  done?: boolean | undefined;
  direction?: Direction | undefined;
  /** Must be met on any day, not only by the due day: so all of it is planned for each. By default `down` and `band`. */
  level?: boolean | undefined;
  value?: Known;
  target?: Known;
  low?: Known;
  high?: Known;
  /** Values of earlier periods, oldest first. */
  earlier?: readonly (string | null)[] | undefined;
  budget?: Known;
  spent?: Known;
  plannedSpending?: Known;
  evidence?: { required: number; given: number } | undefined;
  reportBy?: Day | null | undefined;
  reported?: boolean | undefined;
}

export type Measures = Partial<Record<Measure, Decimal>>;

const decimal = (text: Known): Decimal | undefined =>
  text === null || text === undefined ? undefined : new Exact(text);
const percent = (part: Decimal, whole: Decimal): Decimal | undefined =>
  whole.isZero() ? undefined : part.div(whole).times(100).toDecimalPlaces(20);

/**
 * How far a value fulfils its target, in percent: 100 = met exactly. Linear on both sides of the target in each direction (so `down`
 * is mirrored: half the target gives 150, twice the target 0), never below 0; for a band 100 inside, less by the distance from it.
 * @returns undefined where there is nothing to compare
 */
export function achieved(
  given: Pick<LightFacts, 'direction' | 'value' | 'target' | 'low' | 'high'>,
): Decimal | undefined {
  const value = decimal(given.value);
  if (!value) return undefined;
  if (given.direction === 'band') {
    const [low, high] = [decimal(given.low), decimal(given.high)];
    if (low && value.lt(low)) return fulfilled(value, low, 1);
    if (high && value.gt(high)) return fulfilled(value, high, -1);
    return low || high ? new Exact(100) : undefined;
  }
  const target = decimal(given.target);
  return target && fulfilled(value, target, given.direction === 'down' ? -1 : 1);
}

function fulfilled(value: Decimal, target: Decimal, sign: 1 | -1): Decimal {
  const better = value.minus(target).times(sign);
  if (target.isZero()) return new Exact(better.gte(0) ? 100 : 0);
  return Exact.max(0, better.div(target.abs()).times(100).plus(100).toDecimalPlaces(20));
}

/** What of the measures can be known from the facts. */
export function measuresOf(scheme: Pick<LightScheme, 'schedule'>, facts: LightFacts): Measures {
  const out: Measures = {};
  const put = (key: Measure, value: Decimal | undefined) => {
    if (value !== undefined) out[key] = value;
  };
  const day = parseDay(facts.day);
  const level = facts.level ?? (facts.direction === 'down' || facts.direction === 'band');
  // Before its start nothing is to be done, and nothing is behind.
  const ahead = facts.start && facts.day < facts.start && !facts.begun ? new Exact(0) : undefined;
  put('achieved', achieved(facts));
  put(
    'progress',
    decimal(facts.progress) ?? (out.achieved && level ? Exact.min(100, out.achieved) : out.achieved) ?? ahead,
  );
  const scheduled = level && !ahead ? new Exact(100) : (evenly(facts.start, facts.due, facts.day) ?? ahead);
  put('planned', decimal(facts.planned) ?? (scheme.schedule === 'linear' ? scheduled : undefined));
  if (out.planned && out.progress) {
    const behind = out.planned.minus(out.progress);
    put('behind', behind);
    put('behindShare', percent(behind, out.planned));
  }
  if (facts.due) {
    const left = parseDay(facts.due) - day;
    put('daysLate', new Exact(facts.done ? 0 : Math.max(0, -left)));
    if (!facts.done) put('daysLeft', new Exact(left));
  }
  if (facts.start && facts.begun !== undefined)
    put('unstarted', new Exact(facts.begun ? 0 : monthsSince(facts.start, facts.day)));
  const [budget, spent] = [decimal(facts.budget), decimal(facts.spent)];
  if (budget && spent) put('spending', percent(spent, budget));
  const plannedSpending = decimal(facts.plannedSpending);
  if (plannedSpending && out.spending) put('spendingBehind', plannedSpending.minus(out.spending));
  if (facts.evidence) put('evidenceMissing', new Exact(Math.max(0, facts.evidence.required - facts.evidence.given)));
  // Before the day of reporting nobody can be late, and silence says nothing.
  const late = facts.reportBy ? day - parseDay(facts.reportBy) : 0;
  if (facts.reported === true || (facts.reported === false && late > 0))
    put('unreported', new Exact(facts.reported ? 0 : late));
  trend(facts, put);
  return out;
}

/** Percent that should be done by a day when the work is spread evenly; on the due day all of it, before the start nothing. */
export function evenly(start: Known, due: Known, day: Day): Decimal | undefined {
  if (!start || !due) return undefined;
  const [from, to] = [parseDay(start), parseDay(due)];
  if (to < from) return undefined;
  const passed = Math.min(Math.max(parseDay(day) - from + 1, 0), to - from + 1);
  return new Exact(passed)
    .div(to - from + 1)
    .times(100)
    .toDecimalPlaces(20);
}

/** The month of the start is the first; 0 before it. */
function monthsSince(start: Day, day: Day): number {
  if (day < start) return 0;
  const months = (text: Day) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
  return months(day) - months(start) + 1;
}

/** How much worse a value is: its distance from what is wanted, growing as it gets worse. */
function badness(facts: LightFacts, value: Decimal): Decimal {
  if (facts.direction === 'down') return value;
  if (facts.direction !== 'band') return value.neg();
  const [low, high] = [decimal(facts.low), decimal(facts.high)];
  return Exact.max(0, low ? low.minus(value) : 0, high ? value.minus(high) : 0);
}

function trend(facts: LightFacts, put: (key: Measure, value: Decimal | undefined) => void): void {
  const value = decimal(facts.value);
  const earlier = (facts.earlier ?? []).flatMap((text) => decimal(text) ?? []);
  const last = earlier.at(-1);
  if (!value || !last) return;
  const series = [...earlier, value].map((each) => badness(facts, each));
  let run = 0;
  for (let i = series.length - 1; i > 0 && series[i]?.gt(series[i - 1] ?? 0); i -= 1) run += 1;
  put('worsening', new Exact(run));
  const better = badness(facts, last).minus(badness(facts, value));
  put('change', percent(better, last.abs()));
}
