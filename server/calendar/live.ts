import type pg from 'pg';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { loadCalendar } from './load.ts';

/** The city's calendar as a process knows it; read anew when an administrator has edited it. */
export interface LiveCalendar {
  current(): Calendar;
  reload(): Promise<void>;
}

export async function makeLiveCalendar(pool: pg.Pool): Promise<LiveCalendar> {
  let calendar = await loadCalendar(pool);
  return {
    current: () => calendar,
    reload: async () => {
      calendar = await loadCalendar(pool);
    },
  };
}
