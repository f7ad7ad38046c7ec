import { z } from 'zod';
import { decimalSchema } from '../decimal.ts';
import { keySchema, nameSchema } from '../template/key.ts';
import { textSchema } from '../text.ts';

const categories = z.array(keySchema).min(1).max(100).optional();
const n = z.int().min(1).max(10_000);

/**
 * Whom a use applies to, among this year's results. `top`, `bottom`: the first or last n of each category (`of: 'all'`: of all
 * units), those with the same score as the n-th together. `grade`: who has one of these grades. `climb`: the n with the biggest climb in rank
 * against last year, at least one place. `score`: within bounds. `target`: who met, or did not meet, the target of the year.
 */
export const whomSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('top'), n, of: z.enum(['category', 'all']).optional(), categories }),
  z.strictObject({ kind: z.literal('bottom'), n, of: z.enum(['category', 'all']).optional(), categories }),
  z.strictObject({ kind: z.literal('grade'), grades: z.array(keySchema).min(1).max(20), categories }),
  z.strictObject({ kind: z.literal('climb'), n, of: z.enum(['category', 'all']).optional(), categories }),
  z.strictObject({
    kind: z.literal('score'),
    atLeast: decimalSchema.optional(),
    below: decimalSchema.optional(),
    categories,
  }),
  z.strictObject({ kind: z.literal('target'), met: z.boolean(), categories }),
  /** Who has rectification items that are closed (`closed`), or still open (`open`), at the end. */
  z.strictObject({ kind: z.literal('items'), state: z.enum(['open', 'closed', 'any']), categories }),
]);
export type Whom = z.infer<typeof whomSchema>;

/**
 * What is done. `award` and `honour` are withheld while a `noAwards` of the unit lasts (`years`: this one counted). `budget`:
 * next year's money changes by so many percent. `handOver`: the matter goes to another office.
 * `mustCheck`: the rectified items (`of`) are checked first in the next cycle.
 */
export const effectSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('award') }),
  z.strictObject({ kind: z.literal('honour') }),
  z.strictObject({ kind: z.literal('talk') }),
  z.strictObject({ kind: z.literal('interview') }),
  z.strictObject({ kind: z.literal('criticism') }),
  z.strictObject({ kind: z.literal('noAwards'), years: z.int().min(1).max(10) }),
  z.strictObject({ kind: z.literal('noPromotion'), years: z.int().min(1).max(10) }),
  z.strictObject({ kind: z.literal('transfer') }),
  z.strictObject({ kind: z.literal('handOver'), to: textSchema }),
  z.strictObject({ kind: z.literal('budget'), percent: decimalSchema }),
  z.strictObject({ kind: z.literal('mustCheck') }),
]);
export type Effect = z.infer<typeof effectSchema>;

/**
 * 结果运用: one use of the results. With `running` it applies only to whom it would apply in that many years running, this one
 * counted: `{from: 2, to: 2}` exactly the second year, `{from: 3}` the third and each after it.
 */
export const resultUseSchema = z.strictObject({
  key: nameSchema,
  name: textSchema,
  whom: whomSchema,
  running: z.strictObject({ from: z.int().min(1).max(20), to: z.int().min(1).max(20).optional() }).optional(),
  effect: effectSchema,
});
export type ResultUse = z.infer<typeof resultUseSchema>;
export const resultUsesSchema = z
  .array(resultUseSchema)
  .max(100)
  .refine((uses) => new Set(uses.map((use) => use.key)).size === uses.length, { message: 'each key of a use once' });
