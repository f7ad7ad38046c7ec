import { type Day, formatDay, parseDay } from './day.ts';
import { makeWorkingDays } from './workingDays.ts';

/**
 * What a city's calendar says. `days` holds the days that differ from the week's pattern (Monday to Friday): holidays are
 * false, make-up days (调休) true. Days after `knownUntil` follow the plain week and are provisional.
 */
export interface CalendarData {
  days: Readonly<Record<Day, boolean>>;
  knownUntil: Day;
  /** When a working day ends, `HH:MM` in the city's time: the moment of deadlines. */
  dayEnd: string;
  /** The city's fixed offset from UTC, `+08:00`. */
  offset: string;
}

export interface Calendar {
  readonly knownUntil: Day;
  isWorkingDay(day: Day): boolean;
  /** The n-th working day after the day, before it when negative; 0 gives the day itself or the next working day. */
  addWorkingDays(day: Day, n: number): Day;
  addDays(day: Day, n: number): Day;
  /** Working days after `from` up to and with `to`; negative when `to` is earlier. Undoes `addWorkingDays`. */
  workingDaysBetween(from: Day, to: Day): number;
  /** The day in the city on which an instant falls. */
  dayOf(instant: string): Day;
  /** The instant (UTC) at which that day's work ends. */
  endOf(day: Day): string;
  /** The day itself when it is a working day, else the next one. */
  nextWorkingDay(day: Day): Day;
  /** The same days for an office whose working day ends at another time (`HH:MM`). */
  closingAt(dayEnd: string | undefined): Calendar;
}

const MINUTE = 60_000;
export const DAY = 86_400_000;

/** @throws RangeError when a day, the end of the day or the offset is malformed */
export function makeCalendar(data: CalendarData): Calendar {
  const work = makeWorkingDays(Object.entries(data.days).map(([day, working]) => [parseDay(day), working]));
  const offset = offsetMinutes(data.offset) * MINUTE;
  const dayEnd = clockMinutes(data.dayEnd) * MINUTE;
  parseDay(data.knownUntil);
  const add = (day: number, n: number): number => {
    if (n > 0) return work.nth(work.before(day + 1) + n - 1);
    return work.nth(work.before(day) + n);
  };
  const others = new Map<string, Calendar>();
  const calendar: Calendar = {
    knownUntil: data.knownUntil,
    isWorkingDay: (day) => work.isWorking(parseDay(day)),
    addWorkingDays: (day, n) => formatDay(add(parseDay(day), n)),
    addDays: (day, n) => formatDay(parseDay(day) + n),
    workingDaysBetween(from, to) {
      const [a, b] = [parseDay(from), parseDay(to)];
      return b >= a ? work.before(b + 1) - work.before(a + 1) : work.before(b) - work.before(a);
    },
    dayOf: (instant) => formatDay(Math.floor((millis(instant) + offset) / DAY)),
    endOf: (day) => new Date(parseDay(day) * DAY + dayEnd - offset).toISOString(),
    nextWorkingDay: (day) => formatDay(add(parseDay(day), 0)),
    closingAt(end) {
      if (end === undefined || end === data.dayEnd) return calendar;
      const other = others.get(end) ?? makeCalendar({ ...data, dayEnd: end });
      others.set(end, other);
      return other;
    },
  };
  return calendar;
}

/** Milliseconds of an instant. @throws RangeError when it is not one */
export function millis(instant: string): number {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) throw new RangeError(`not an instant: "${instant}"`);
  return at;
}

/** An instant moved by whole days; the time of day stays. */
export const shiftDays = (instant: string, days: number): string =>
  new Date(millis(instant) + days * DAY).toISOString();

function clockMinutes(text: string): number {
  const parts = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text);
  const minutes = parts ? Number(parts[1]) * 60 + Number(parts[2]) : Number.NaN;
  if (Number.isNaN(minutes) || minutes > 24 * 60) throw new RangeError(`not a time of day: "${text}"`);
  return minutes;
}

function offsetMinutes(text: string): number {
  const parts = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(text);
  if (!parts) throw new RangeError(`not an offset from UTC: "${text}"`);
  return (parts[1] === '-' ? -1 : 1) * (Number(parts[2]) * 60 + Number(parts[3]));
}
