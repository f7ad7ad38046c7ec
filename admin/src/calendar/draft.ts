import type { CalendarDay } from '../api/types.ts';
import { addDays } from '../form/plainDate.ts';

/** What a day shall be: as its weekday says, a day off, or a working day. */
export type Kind = 'week' | 'off' | 'work';

export const kindOf = (day: CalendarDay | undefined): Kind => (day ? (day.working ? 'work' : 'off') : 'week');

/** A year's special days with some days set anew. */
export function withDays(
  days: readonly CalendarDay[],
  set: readonly string[],
  kind: Kind,
  name: string,
): CalendarDay[] {
  const rest = days.filter(({ day }) => !set.includes(day));
  const added = kind === 'week' ? [] : set.map((day) => ({ day, working: kind === 'work', name }));
  return [...rest, ...added].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** The days from one to another, both included, that lie in the first one's year. */
export function daysFrom(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to && day.slice(0, 4) === from.slice(0, 4); day = addDays(day, 1)) days.push(day);
  return days;
}

/** How many days are other ones than before. */
export function changesOf(before: readonly CalendarDay[], now: readonly CalendarDay[]): number {
  const key = ({ day, working, name }: CalendarDay) => `${day} ${working} ${name}`;
  const [a, b] = [new Set(before.map(key)), new Set(now.map(key))];
  const changed = [...before.filter((day) => !b.has(key(day))), ...now.filter((day) => !a.has(key(day)))];
  return new Set(changed.map(({ day }) => day)).size;
}
