import { z } from 'zod';
import { keySchema } from './key.ts';

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { message: 'MM-DD' });

/**
 * A day said relative to something that the case knows.
 *
 * - `{ date: '03-31', year: 'next' }`: that day of the period's year, or of the year after it.
 * - `{ from: 'opened', workingDays: 5 }`: five working days after the block opened. `from` may also be an edge of the
 *   period, of the phase's window, or of the `item` of the enclosing repeat (a month). `days` are calendar days and are
 *   added first. Negative numbers count back.
 * - `counting` says what `days` are instead: `working` days, or `statutory`, as in 行政复议法, where up to ten are working
 *   days and more are calendar days. With `countFirst` the day that it counts from is itself the first day.
 *
 * The moment is the end of the working day (the calendar's `dayEnd`) of the day found; a day that is not a working day
 * moves to the next one.
 */
export const whenSchema = z.union([
  z.strictObject({ date: monthDay, year: z.enum(['this', 'next']).optional() }),
  z.strictObject({
    from: z.enum(['opened', 'periodStart', 'periodEnd', 'phaseStart', 'phaseEnd', 'itemStart', 'itemEnd']),
    days: z.int().min(-3700).max(3700).optional(),
    workingDays: z.int().min(-1000).max(1000).optional(),
    counting: z.enum(['calendar', 'working', 'statutory']).optional(),
    countFirst: z.boolean().optional(),
  }),
]);
export type When = z.infer<typeof whenSchema>;

/** Up to so many statutory days are working days. */
const STATUTORY_WORKING = 10;

/** How many calendar and working days a `when` counts, whatever it calls them. */
export function countOf(when: Extract<When, { from: string }>): { days: number; workingDays: number } {
  const { days = 0, workingDays = 0, counting = 'calendar' } = when;
  const working = counting === 'working' || (counting === 'statutory' && Math.abs(days) <= STATUTORY_WORKING);
  return working ? { days: 0, workingDays: days + workingDays } : { days, workingDays };
}

/**
 * A rung of the escalation ladder: what happens `after` so many working days past the deadline (0 = at the deadline).
 *
 * - `remind`: mail to those who hold the task.
 * - `head`, `superior`, `office`: they are told, by mail and on the task.
 * - `supervise`: a supervision order of a `colour` is put on record.
 * - `deduct`: `points` (a decimal) are proposed as a deduction.
 * - `transfer`: the open seats move to `to`.
 * - `pass`, `return`: the block decides by itself; only where the template says so.
 */
export const rungSchema = z.strictObject({
  after: z.int().min(0).max(1000),
  do: z.enum(['remind', 'head', 'superior', 'office', 'supervise', 'deduct', 'transfer', 'pass', 'return']),
  colour: z.enum(['blue', 'yellow', 'orange', 'red']).optional(),
  points: z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .optional(),
  to: z.lazy(() => whoSchema).optional(),
});
export type Rung = z.infer<typeof rungSchema>;

/**
 * Who acts. Resolved by the directory when the block opens; the answer is kept on record.
 *
 * - `role`: everyone who holds this role for the whole city, or with `of` inside a unit: the participant's, or the unit
 *   that monitors it.
 * - `person`: one named account.
 * - `head`: the head of the participant's unit (or of the `item`, in a repeat over sections).
 * - `superior`: the head of the unit above the previous actor's.
 * - `field`: the person chosen in that field.
 * - `initiator`: who submitted the first task of the case; `actorOf`: who decided that block last.
 */
export const whoSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('role'),
    role: keySchema,
    of: z.enum(['participant', 'monitoringUnit', 'item']).optional(),
  }),
  z.strictObject({ kind: z.literal('person'), person: z.string().min(1).max(100) }),
  z.strictObject({ kind: z.literal('head'), of: z.enum(['participant', 'monitoringUnit', 'item']).optional() }),
  z.strictObject({ kind: z.literal('superior') }),
  z.strictObject({ kind: z.literal('field'), field: keySchema }),
  z.strictObject({ kind: z.literal('initiator') }),
  z.strictObject({ kind: z.literal('actorOf'), block: keySchema }),
]);
export type Who = z.infer<typeof whoSchema>;
