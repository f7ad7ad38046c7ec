import { z } from 'zod';
import { evaluateFeel } from '../template/feel.ts';
import { nameSchema } from '../template/key.ts';
import { checkFeel } from '../template/lint/feel.ts';
import { ANY, TEXT } from '../template/lint/types.ts';

const words = z.array(z.string().trim().min(1).max(100)).min(1).max(200);
const code = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, { message: 'code: letters, digits, "." "_" and "-", at most 64' });

/** What a rule's condition may name. A complaint comes from anybody: nothing in it may make a condition run long. */
const SCOPE = { text: TEXT, channel: TEXT, category: ANY, place: ANY };
const isCondition = (source: string): boolean => checkFeel(source, SCOPE).problems.length === 0;

/** What a complaint must be like for a rule to hold: everything that the rule names; of several words or categories, one. */
export const complaintRuleSchema = z
  .strictObject({
    key: nameSchema,
    channels: words.optional(),
    categories: words.optional(),
    keywords: words.optional(),
    /** None of these may occur. */
    without: words.optional(),
    /** A FEEL condition over `text`, `category`, `place`, `channel`. */
    if: z
      .string()
      .min(1)
      .max(2000)
      .refine(isCondition, { message: 'a FEEL condition over text, category, place, channel' })
      .optional(),
    indicator: code.optional(),
    /** Code of the unit that deals with it. */
    unit: code.optional(),
  })
  .refine(({ indicator, unit }) => indicator !== undefined || unit !== undefined, {
    message: 'a rule names an indicator, a unit, or both',
  });
export type ComplaintRule = z.infer<typeof complaintRuleSchema>;

/** The first rule that holds decides. Days are working days; those of 潍坊's 12345 by default: 5 to deal with it. */
export const complaintRulesSchema = z.strictObject({
  rules: z
    .array(complaintRuleSchema)
    .max(1000)
    .refine((rules) => new Set(rules.map(({ key }) => key)).size === rules.length, { message: 'a key occurs twice' }),
  days: z
    .strictObject({
      /** For the unit. */
      unit: z.int().min(1).max(100).default(5),
      /** For the city's office, before it goes to the executive meeting. */
      cityOffice: z.int().min(1).max(100).default(5),
    })
    .default({ unit: 5, cityOffice: 5 }),
});
export type ComplaintRules = z.infer<typeof complaintRulesSchema>;

export interface ComplaintText {
  channel: string;
  text: string;
  category?: string | undefined;
  place?: string | undefined;
}

/**
 * Finds the rule that a complaint falls under; null when none holds.
 *
 * @example classify([{ key: 'lamps', keywords: ['路灯'], indicator: 'LIGHTS', unit: 'csgl' }], { channel: '12345', text: '路灯不亮' })?.key // 'lamps'
 */
export const classify = (rules: readonly ComplaintRule[], complaint: ComplaintText): ComplaintRule | null =>
  rules.find((rule) => holdsFor(rule, complaint)) ?? null;

const holdsFor = (rule: ComplaintRule, { channel, text, category, place }: ComplaintText): boolean => {
  const plain = text.toLowerCase();
  const occurs = (word: string) => plain.includes(word.toLowerCase());
  if (rule.channels && !rule.channels.includes(channel)) return false;
  if (rule.categories && (category === undefined || !rule.categories.includes(category))) return false;
  if (rule.keywords && !rule.keywords.some(occurs)) return false;
  if (rule.without?.some(occurs)) return false;
  const scope = { channel, text, category: category ?? null, place: place ?? null };
  return rule.if === undefined || evaluateFeel(rule.if, scope) === true;
};
