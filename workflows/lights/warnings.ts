import { z } from 'zod';
import { flagRuleSchema } from '../series/schema.ts';
import { textSchema } from '../text.ts';
import { colourSchema } from './schema.ts';

/**
 * 督办. `sheets` is the ladder of supervision orders, mild to severe: each next one is issued when the former lapsed unanswered
 * (or was answered badly and not again in time). `urgent`: an urgent matter may start at any colour, else at the first.
 * `review`: working days in which the office accepts or returns an answer. `by: 'case'`: the template's own blocks carry supervision
 * through; the register only notes what followed from a light.
 */
export const warningsSchema = z.strictObject({
  sheets: z
    .array(z.strictObject({ colour: colourSchema, name: textSchema.optional(), reply: z.int().min(1).max(250) }))
    .max(5)
    .refine((sheets) => new Set(sheets.map((sheet) => sheet.colour)).size === sheets.length, {
      message: 'each colour of a sheet once',
    }),
  urgent: z.boolean().optional(),
  by: z.literal('case').optional(),
  review: z.int().min(1).max(250).optional(),
  /** Which values are suspicious. */
  flags: z.array(flagRuleSchema).max(30).optional(),
});
export type WarningScheme = z.infer<typeof warningsSchema>;
export type Sheet = WarningScheme['sheets'][number];
