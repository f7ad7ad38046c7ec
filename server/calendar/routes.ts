import { z } from 'zod';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { daySchema } from '../http/schema.ts';
import { FIRST_YEAR, lastYear } from './range.ts';

const calendarSchema = z.object({
  year: z.int(),
  knownUntil: daySchema,
  days: z
    .array(z.object({ day: daySchema, working: z.boolean(), name: z.string() }))
    .meta({ description: 'days that differ from the week, Monday to Friday: holidays and make-up days' }),
});

export const calendarRoutes: Route[] = [
  route({
    id: 'calendar.read',
    method: 'get',
    path: '/calendar',
    summary: { zh: '一年的节假日与调休', en: 'holidays and make-up days of a year' },
    can: 'signedIn',
    input: { query: z.strictObject({ year: z.coerce.number().int().min(0).max(9999) }) },
    output: { status: 200, body: calendarSchema },
    problems: ['calendar.outside'],
    handler: async ({ db, query: { year }, deps }) => {
      const state = await db.calendarState.findUnique({ where: { id: 1 } });
      const knownUntil = state?.knownUntil.toISOString().slice(0, 10) ?? deps.calendar().knownUntil;
      if (year < FIRST_YEAR || year > lastYear(knownUntil)) {
        throw problem('calendar.outside', { date: year, from: FIRST_YEAR, to: lastYear(knownUntil) });
      }
      const range = { gte: new Date(Date.UTC(year, 0, 1)), lt: new Date(Date.UTC(year + 1, 0, 1)) };
      const days = await db.calendarDay.findMany({ where: { day: range }, orderBy: { day: 'asc' } });
      return {
        body: {
          year,
          knownUntil,
          days: days.map(({ day, working, name }) => ({ day: day.toISOString().slice(0, 10), working, name })),
        },
      };
    },
  }),
];
