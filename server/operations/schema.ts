import { z } from 'zod';
import { textSchema } from '../../workflows/text.ts';
import { instantSchema, named, refSchema } from '../http/schema.ts';

const hours = z.number().nullable();

const handledSchema = {
  done: z.int().meta({ description: 'closed by somebody who acted' }),
  late: z.int().meta({ description: 'of these, after their deadline' }),
  medianHours: hours.meta({ description: 'from opened to closed, hours of the clock; null when nothing is done' }),
  p90Hours: hours.meta({ description: 'nine of ten took at most so long' }),
  open: z.int(),
  overdue: z.int(),
};

export const handlingSchema = named(
  'Handling',
  z.object({
    blocks: z.array(
      z.object({
        block: z.string(),
        name: textSchema,
        phase: z.string(),
        returned: z.int().meta({ description: 'of those done: sent back to an earlier block' }),
        ...handledSchema,
      }),
    ),
    offices: z.array(z.object({ org: refSchema, ...handledSchema })).meta({
      description:
        'by the unit of whoever closed a task, and for open ones of whoever holds it (each once for each such unit)',
    }),
  }),
);
export type Handling = z.infer<typeof handlingSchema>;

export const operationsSchema = named(
  'Operations',
  z.object({
    at: instantSchema,
    jobs: z.object({
      waiting: z.int().meta({ description: 'due and not yet taken' }),
      running: z.int(),
      later: z.int().meta({ description: 'for a later time' }),
      failing: z.int().meta({ description: 'failed at least once, to be tried again' }),
      oldestSeconds: z.number().nullable().meta({ description: 'how long the oldest has been due' }),
      kinds: z.array(z.object({ task: z.string(), waiting: z.int(), failing: z.int() })),
    }),
    timers: z.object({
      waiting: z.int(),
      due: z.int().meta({ description: 'due and not yet fired' }),
      parked: z.int().meta({ description: 'held up by an incident' }),
      latestSeconds: z.number().nullable().meta({ description: 'how long the longest of those due has been waiting' }),
      next: instantSchema.nullable(),
    }),
    mails: z.object({ queued: z.int(), failed: z.int(), oldestSeconds: z.number().nullable() }),
    incidents: z.object({ open: z.int(), lastDay: z.int() }),
    steps: z.object({ lastHour: z.int(), lastDay: z.int() }),
    tasks: z.object({ open: z.int(), overdue: z.int() }),
    workers: z.array(z.object({ node: z.string(), workers: z.int(), alive: z.boolean() })),
  }),
);
export type Operations = z.infer<typeof operationsSchema>;
