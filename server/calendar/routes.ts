import { makeCalendar } from '../../workflows/calendar/calendar.ts';
import type { Database, Deps } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { readCalendarData } from './load.ts';
import { FIRST_YEAR, lastYear } from './range.ts';
import { calendarBody, calendarSchema, redatedSchema, yearParams } from './schema.ts';
import { checkDays, withYear, writeYear } from './write.ts';

const dayOf = (date: Date) => date.toISOString().slice(0, 10);

async function readYear(db: Database, deps: Deps, year: number) {
  const state = await db.calendarState.findUnique({ where: { id: 1 } });
  const knownUntil = state ? dayOf(state.knownUntil) : deps.calendar().knownUntil;
  if (year < FIRST_YEAR || year > lastYear(knownUntil)) {
    throw problem('calendar.outside', { date: year, from: FIRST_YEAR, to: lastYear(knownUntil) });
  }
  const range = { gte: new Date(Date.UTC(year, 0, 1)), lt: new Date(Date.UTC(year + 1, 0, 1)) };
  const days = await db.calendarDay.findMany({ where: { day: range }, orderBy: { day: 'asc' } });
  const version = state?.version ?? 0;
  return {
    body: {
      year,
      knownUntil,
      version,
      days: days.map(({ day, working, name }) => ({ day: dayOf(day), working, name })),
    },
    version,
  };
}

export const calendarRoutes: Route[] = [
  route({
    id: 'calendar.read',
    method: 'get',
    path: '/calendar',
    summary: { zh: '一年的节假日与调休', en: 'holidays and make-up days of a year' },
    can: 'signedIn',
    input: { query: yearParams },
    output: { status: 200, body: calendarSchema },
    problems: ['calendar.outside'],
    handler: ({ db, query: { year }, deps }) => readYear(db, deps, year),
  }),
  route({
    id: 'calendar.preview',
    method: 'post',
    path: '/calendar/:year/preview',
    summary: {
      zh: '预览：修改日历会移动哪些期限',
      en: 'which open dates another calendar would move; changes nothing',
    },
    can: 'calendar.write',
    change: 'none',
    input: { params: yearParams, body: calendarBody },
    output: { status: 200, body: redatedSchema },
    problems: ['calendar.outside'],
    handler: async ({ params: { year }, body, deps }) => {
      const data = await readCalendarData(deps.pool);
      checkDays(year, body, data.knownUntil);
      return { body: await deps.engine.redate({ preview: makeCalendar(withYear(data, year, body)) }) };
    },
  }),
  route({
    id: 'calendar.write',
    method: 'put',
    path: '/calendar/:year',
    summary: {
      zh: '修改一年的节假日与调休，并重算未完成的期限',
      en: 'set the special days of a year; open dates are counted again',
    },
    can: 'calendar.write',
    changesCalendar: true,
    ifMatch: true,
    input: { params: yearParams, body: calendarBody },
    output: { status: 200, body: calendarSchema },
    problems: ['calendar.outside'],
    handler: async ({ db, params: { year }, body, deps, ifMatch }) => {
      checkDays(year, body, deps.calendar().knownUntil);
      await writeYear(db, year, ifMatch, body);
      return readYear(db, deps, year);
    },
  }),
];
