import type pg from 'pg';
import { type Calendar, type CalendarData, makeCalendar } from '../../workflows/calendar/calendar.ts';
import { chinaCalendar } from '../../workflows/calendar/china.ts';

/** The city's calendar as its administrators edited it; an empty table gives the published one. */
export async function readCalendarData(pool: pg.Pool): Promise<CalendarData> {
  const [days, state] = await Promise.all([
    pool.query<{ day: string; working: boolean }>('SELECT day::text AS day, working FROM calendar_days'),
    pool.query<{ known: string }>('SELECT known_until::text AS known FROM calendar_state WHERE id = 1'),
  ]);
  const published = chinaCalendar();
  const known = state.rows[0]?.known;
  if (known === undefined) return published;
  return {
    ...published,
    knownUntil: known,
    days: Object.fromEntries(days.rows.map(({ day, working }) => [day, working])),
  };
}

export const loadCalendar = async (pool: pg.Pool): Promise<Calendar> => makeCalendar(await readCalendarData(pool));
