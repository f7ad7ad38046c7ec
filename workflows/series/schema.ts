import { z } from 'zod';
import { decimalSchema } from '../decimal.ts';
import { nameSchema } from '../template/key.ts';

const positive = decimalSchema.refine((text) => Number(text) > 0, { message: 'above zero' });
const flag = { key: nameSchema, /** Opens a supervision order as well. */ supervise: z.boolean().optional() };

/**
 * Which values are suspicious, as data.
 *
 * - `outlier`: the robust z-score (0.6745 × distance from the median / median absolute deviation) of the value among at least `least`
 *   earlier ones is above `z`.
 * - `jump`: changed by more than `percent` against the period before.
 * - `impossible`: outside the range that the indicator's definition allows.
 * - `copied`: exactly the value of the `period` before, or of another `unit` in the same period; `times`: so many in a row, or so many
 *   other units (1). Values of fewer significant `digits` (2) may well be equal by chance: 0, 5, 100.
 * - `gap`: reported better than verified by more than `percent` of the target (of the verified value where there is none).
 * - `idle`: reported as fulfilled to at least `achieved` percent while the audit finds at least `idle` percent of the money idle.
 */
export const flagRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...flag, kind: z.literal('outlier'), z: positive, least: z.int().min(3).max(100) }),
  z.strictObject({ ...flag, kind: z.literal('jump'), percent: positive }),
  z.strictObject({ ...flag, kind: z.literal('impossible') }),
  z.strictObject({
    ...flag,
    kind: z.literal('copied'),
    from: z.enum(['period', 'unit']),
    times: z.int().min(1).max(20).optional(),
    digits: z.int().min(1).max(20).optional(),
  }),
  z.strictObject({ ...flag, kind: z.literal('gap'), percent: positive }),
  z.strictObject({ ...flag, kind: z.literal('idle'), achieved: positive, idle: positive }),
]);
export type FlagRule = z.infer<typeof flagRuleSchema>;
