import type { HumanBlock } from '../template/block.ts';
import { countOf, type Rung, type When } from '../template/when.ts';
import { type Calendar, DAY, millis, shiftDays } from './calendar.ts';
import { type Day, daysInMonth, epochDayOf, formatDay, parseDay } from './day.ts';

/** What a `when` may refer to. Days are the city's; `opened` is the instant at which the block became live. */
export interface Anchors {
  opened: string;
  period: { start: Day; end: Day; year: number };
  phase?: { start?: Day | undefined; end?: Day | undefined } | undefined;
  item?: { start?: string | undefined; end?: string | undefined } | undefined;
}

/** A moment, and whether it rests on days that the calendar does not know yet. */
export interface Moment {
  at: string;
  provisional: boolean;
}

/**
 * The day that a `when` names, before it is moved off a holiday.
 * @throws RangeError when it refers to an edge that is not known here
 */
export function dayOfWhen(when: When, anchors: Anchors, calendar: Calendar): Day {
  if ('date' in when) {
    const year = anchors.period.year + (when.year === 'next' ? 1 : 0);
    const month = Number(when.date.slice(0, 2));
    return formatDay(epochDayOf(year, month, Math.min(Number(when.date.slice(3)), daysInMonth(year, month))));
  }
  const { days, workingDays } = countOf(when);
  const from = anchorDay(when.from, anchors, calendar);
  // Who counts the first day too begins a day earlier.
  const earlier = when.countFirst ? -Math.sign(days || workingDays) : 0;
  const start = calendar.addDays(from, days + earlier);
  // The named day itself is a working day's end or is moved to one; only counted working days are looked for here.
  return workingDays === 0 && when.workingDays === undefined ? start : calendar.addWorkingDays(start, workingDays);
}

/** The moment that a `when` names: the end of that working day, or of the next one when the day is off. */
export function resolveWhen(when: When, anchors: Anchors, calendar: Calendar): Moment {
  const named = dayOfWhen(when, anchors, calendar);
  const day = calendar.nextWorkingDay(named);
  const base = 'from' in when ? anchorDay(when.from, anchors, calendar) : day;
  return { at: calendar.endOf(day), provisional: day > calendar.knownUntil || base > calendar.knownUntil };
}

function anchorDay(from: Extract<When, { from: string }>['from'], anchors: Anchors, calendar: Calendar): Day {
  const { opened, period, phase, item } = anchors;
  if (from === 'opened') return calendar.dayOf(opened);
  const day = {
    periodStart: period.start,
    periodEnd: period.end,
    phaseStart: phase?.start,
    phaseEnd: phase?.end,
    itemStart: item?.start,
    itemEnd: item?.end,
  }[from];
  if (day === undefined) throw new RangeError(`"${from}" is not known here`);
  return day;
}

/** The days on which a phase is meant to begin and end; nothing when its template gives no window. */
export function phaseDays(
  window: { start: When; end: When } | undefined,
  anchors: Omit<Anchors, 'phase' | 'item'>,
  calendar: Calendar,
): { start: Day; end: Day } | undefined {
  if (!window) return undefined;
  return { start: dayOfWhen(window.start, anchors, calendar), end: dayOfWhen(window.end, anchors, calendar) };
}

/** A timer of a human block. Reminders have negative numbers, the escalation ladder counts from 0: stable for a template. */
export interface LadderTimer extends Moment {
  rung: number;
  do: Rung['do'];
}

/**
 * Every reminder and rung of a block with its moment, in order of date: whole working days from the deadline, at its time
 * of day. With `opened`, reminders that would lie before it are left out.
 */
export function ladderOf(
  block: Pick<HumanBlock, 'remind' | 'escalate'>,
  due: string,
  calendar: Calendar,
  opened?: string,
): LadderTimer[] {
  const dueDay = calendar.dayOf(due);
  const dueAt = millis(due);
  const timer = (rung: number, what: Rung['do'], workingDays: number) => {
    const day = workingDays === 0 ? dueDay : calendar.addWorkingDays(dueDay, workingDays);
    const provisional = day > calendar.knownUntil || dueDay > calendar.knownUntil;
    return { rung, do: what, ms: dueAt + (parseDay(day) - parseDay(dueDay)) * DAY, provisional };
  };
  const offsets = [...new Set(block.remind)].sort((a, b) => a - b);
  const since = opened === undefined ? Number.NEGATIVE_INFINITY : millis(opened);
  const reminders = offsets.map((offset, i) => timer(i - offsets.length, 'remind', offset));
  const rungs = (block.escalate ?? []).map((rung, i) => timer(i, rung.do, rung.after));
  return [...reminders.filter(({ ms }) => ms > since), ...rungs]
    .sort((a, b) => a.ms - b.ms || a.rung - b.rung)
    .map(({ ms, ...rest }) => ({ ...rest, at: new Date(ms).toISOString() }));
}

/**
 * A due moment after the clock stood still from `frozenAt` to `resumedAt`: as many working days remain as remained then,
 * at the same time of day. What was due before the stop stays due; what fell into it is never due at once.
 */
export function shiftFrozen(due: string, frozenAt: string, resumedAt: string, calendar: Calendar): string {
  if (millis(due) <= millis(frozenAt) || millis(resumedAt) <= millis(frozenAt)) return toInstant(due);
  const day = calendar.dayOf(due);
  const stood = calendar.workingDaysBetween(calendar.dayOf(frozenAt), calendar.dayOf(resumedAt));
  const moved = (workingDays: number) =>
    shiftDays(due, parseDay(calendar.addWorkingDays(day, workingDays)) - parseDay(day));
  const at = stood === 0 ? toInstant(due) : moved(stood);
  return millis(at) > millis(resumedAt) ? at : moved(stood + 1);
}

const toInstant = (instant: string) => new Date(millis(instant)).toISOString();
