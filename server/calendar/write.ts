import type { CalendarData } from '../../workflows/calendar/calendar.ts';
import type { Database } from '../http/deps.ts';
import { checkVersion } from '../http/etag.ts';
import { problem } from '../http/problem.ts';
import { FIRST_YEAR, lastYear } from './range.ts';
import type { CalendarBody } from './schema.ts';

const yearOf = (day: string) => Number(day.slice(0, 4));

/** Refuses days of other years, days given twice, and a horizon that lies outside of what is known or can be. */
export function checkDays(year: number, { days, knownUntil }: CalendarBody, known: string): void {
  const seen = new Set<string>();
  const errors = days.flatMap(({ day }, i) => {
    const twice = seen.has(day);
    seen.add(day);
    const path = `days[${i}].day`;
    if (yearOf(day) !== year) return [{ path, message: { zh: `不在 ${year} 年内`, en: `not a day of ${year}` } }];
    return twice ? [{ path, message: { zh: '重复', en: 'given twice' } }] : [];
  });
  if (errors.length > 0) throw problem('input.invalid', { errors });
  const until = yearOf(knownUntil);
  const last = lastYear(known);
  for (const date of [year, until])
    if (date < FIRST_YEAR || date > last) throw problem('calendar.outside', { date, from: FIRST_YEAR, to: last });
}

/** A calendar with another set of special days in one year. */
export const withYear = (data: CalendarData, year: number, { days, knownUntil }: CalendarBody): CalendarData => ({
  ...data,
  knownUntil,
  days: {
    ...Object.fromEntries(Object.entries(data.days).filter(([day]) => yearOf(day) !== year)),
    ...Object.fromEntries(days.map(({ day, working }) => [day, working])),
  },
});

/** Writes a year's special days, as a new version of the calendar. */
export async function writeYear(db: Database, year: number, version: number, body: CalendarBody): Promise<void> {
  const [state] = await db.$queryRaw<{ version: number }[]>`SELECT version FROM calendar_state WHERE id = 1 FOR UPDATE`;
  checkVersion(state?.version ?? 0, version);
  const range = { gte: new Date(Date.UTC(year, 0, 1)), lt: new Date(Date.UTC(year + 1, 0, 1)) };
  await db.calendarDay.deleteMany({ where: { day: range } });
  await db.calendarDay.createMany({
    data: body.days.map(({ day, working, name }) => ({ day: new Date(day), working, name })),
  });
  await db.calendarState.update({
    where: { id: 1 },
    data: { knownUntil: new Date(body.knownUntil), version: { increment: 1 } },
  });
}
