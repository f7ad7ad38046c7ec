import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import type { CalendarData } from './calendar.ts';
import type { Day } from './day.ts';

/** A day that the State Council's yearly notice sets apart from the week: a holiday, or a make-up day (调休). */
export interface NamedDay {
  day: Day;
  working: boolean;
  name: string;
}

const nameOf = (entry: string) => entry.split(',')[1] ?? entry;

/** Every published holiday and make-up day, from 2004, in order. */
export const CHINA_DAYS: readonly NamedDay[] = [
  ...Object.entries(published.holidays).map(([day, entry]) => ({ day, working: false, name: nameOf(entry) })),
  ...Object.entries(published.workdays).map(([day, entry]) => ({ day, working: true, name: `${nameOf(entry)}调休` })),
].sort((a, b) => (a.day < b.day ? -1 : 1));

const lastYear = Number(CHINA_DAYS.at(-1)?.day.slice(0, 4));

/** The calendar of mainland offices for these years (all that are published, without them). Later days are the plain week. */
export function chinaCalendar(years: { from?: number; to?: number } = {}): CalendarData {
  const { from = 0, to = lastYear } = years;
  const inYears = CHINA_DAYS.filter(({ day }) => Number(day.slice(0, 4)) >= from && Number(day.slice(0, 4)) <= to);
  return {
    days: Object.fromEntries(inYears.map(({ day, working }) => [day, working])),
    knownUntil: `${Math.min(to, lastYear)}-12-31`,
    dayEnd: '18:00',
    offset: '+08:00',
  };
}
