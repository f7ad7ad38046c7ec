import { z } from 'zod';
import { keySchema, nameSchema } from '../template/key.ts';

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { message: 'MM-DD' });

/**
 * From when: as soon as a block was reached (by the unit's own case, or by the cycle's), or from a day of the year (of the next one
 * with `year: 'next'`). A block inside a repeat over months or quarters publishes them one by one.
 */
const fromSchema = z.union([
  z.strictObject({ block: keySchema }),
  z.strictObject({ date: monthDay, year: z.enum(['this', 'next']).optional() }),
]);
export type PublishFrom = z.infer<typeof fromSchema>;

const partSchema = z.strictObject({ from: fromSchema });

/**
 * 公开: what anybody may see of a cycle without signing in, and from when. What is not named here stays inside.
 *
 * - `goals`: the units' indicators with definitions and targets; before they are assigned, those of the draft plan.
 * - `progress`: verified values; what a unit reported itself is never public. `lights`: their colours.
 * - `results`: score, rank and grade. `answers`: the public answers to rectified items.
 * - `texts`: reports, as they were written into fields of the cycle's or the unit's case, each from when it is approved.
 */
export const publishSchema = z.strictObject({
  goals: partSchema.optional(),
  progress: partSchema.optional(),
  lights: partSchema.optional(),
  results: partSchema.optional(),
  answers: partSchema.optional(),
  texts: z
    .array(z.strictObject({ field: nameSchema, from: fromSchema }))
    .max(20)
    .optional(),
  /**
   * 征求公众意见: while the window `during` of a unit is open, anybody may say what they think; it becomes the rows of the table
   * `into` (with `source: 'consultation'`), whose column `answer` says what was made of it. Opinion and answer are then public.
   */
  consultation: z.strictObject({ during: keySchema, into: nameSchema, answer: nameSchema }).optional(),
});
export type Publish = z.infer<typeof publishSchema>;

export const PUBLISHED_PARTS = ['goals', 'progress', 'lights', 'results', 'answers'] as const;
export type PublishedPart = (typeof PUBLISHED_PARTS)[number];

/** The longest opinion that the public may send; the column `opinion` must have room for it. */
export const OPINION_LENGTH = 1000;
