import { z } from 'zod';
import { textSchema } from '../../workflows/text.ts';
import { daySchema, idSchema, instantSchema, lineText } from '../http/schema.ts';

const specialDay = z.strictObject({ day: daySchema, working: z.boolean(), name: lineText(40) });

export const yearParams = z.strictObject({ year: z.coerce.number().int().min(0).max(9999) });

export const calendarSchema = z.object({
  year: z.int(),
  knownUntil: daySchema,
  version: z.int(),
  days: z
    .array(specialDay)
    .meta({ description: 'days that differ from the week, Monday to Friday: holidays and make-up days' }),
});

export const calendarBody = z.strictObject({
  days: z.array(specialDay).max(366).meta({ description: 'all days of the year that differ from the week' }),
  knownUntil: daySchema.meta({
    description: 'later days follow the plain week, and dates that rest on them are provisional',
  }),
});
export type CalendarBody = z.infer<typeof calendarBody>;

/** What another calendar moves. */
export const redatedSchema = z.object({
  cases: z.int(),
  moved: z.int().meta({ description: 'deadlines and timers that fall on another moment' }),
  settled: z.int().meta({ description: 'those that only become certain, or uncertain' }),
  rows: z
    .array(
      z.object({
        caseId: idSchema,
        title: z.string(),
        block: z.string(),
        blockName: textSchema,
        what: z.enum(['deadline', 'timer']),
        rung: z.int().optional(),
        from: instantSchema,
        to: instantSchema,
        provisional: z.boolean(),
      }),
    )
    .meta({ description: 'the first hundred of those that move' }),
});
