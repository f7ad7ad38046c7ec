import type { Calendar } from '../../workflows/calendar/calendar.ts';

const HOUR = 3_600_000;
/** A working day begins so long before it ends: 09:00 where it ends at 18:00. */
const WORKDAY_HOURS = 9;
/** Holders of a task are urged at most once in so much time, whoever urges. */
export const URGE_EVERY_HOURS = 1;

/** The instant at which a working day begins. */
export const openingOf = (day: string, calendar: Calendar): Date =>
  new Date(Date.parse(calendar.endOf(day)) - WORKDAY_HOURS * HOUR);

/**
 * When a task may be urged again: an hour after the last time, but in working hours; what falls outside of them waits for
 * the beginning of the next working day. Pure.
 */
export function nextUrge(last: Date, calendar: Calendar): Date {
  const next = new Date(last.getTime() + URGE_EVERY_HOURS * HOUR);
  const day = calendar.dayOf(next.toISOString());
  if (!calendar.isWorkingDay(day) || next.toISOString() > calendar.endOf(day))
    return openingOf(calendar.addWorkingDays(day, calendar.isWorkingDay(day) ? 1 : 0), calendar);
  const opening = openingOf(day, calendar);
  return next < opening ? opening : next;
}
