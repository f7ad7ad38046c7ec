import { z } from 'zod';
import { decimalSchema } from '../decimal.ts';
import { indicatorCodeSchema } from '../indicators/schema.ts';
import { nameSchema } from '../template/key.ts';
import { textSchema } from '../text.ts';

/** From the most severe to on course. Orange stands between red and yellow; not every scheme has it. */
export const COLOURS = ['red', 'orange', 'yellow', 'blue', 'green'] as const;
export type Colour = (typeof COLOURS)[number];
export const colourSchema = z.enum(COLOURS);

/**
 * What light rules look at; percents are points of 100. What is not known of an indicator is left out, and a condition on it
 * does not hold.
 *
 * - `progress`: how far it is; `planned`: how far it should be by the day; `behind`: planned − progress, `behindShare`: that in
 *   percent of what was planned.
 * - `achieved`: value against target by direction, 100 = met (`down` is mirrored: twice the target gives 0).
 * - `daysLate`: days past the due day while not done; `daysLeft`: days until it.
 * - `unstarted`: months in which it should have run and had not begun, this one counted.
 * - `spending`: spent in percent of the budget; `spendingBehind`: planned spending − spending.
 * - `evidenceMissing`: how many pieces of required evidence are missing; `unreported`: days past the day of reporting.
 * - `worsening`: how many periods in a row the value got worse; `change`: better (+) or worse (−) than the period before, in percent.
 */
export const MEASURES = [
  'progress',
  'planned',
  'behind',
  'behindShare',
  'achieved',
  'daysLate',
  'daysLeft',
  'unstarted',
  'spending',
  'spendingBehind',
  'evidenceMissing',
  'unreported',
  'worsening',
  'change',
] as const;
export type Measure = (typeof MEASURES)[number];

/** One measure within bounds; `above` and `below` leave the bound itself out, `atLeast` and `atMost` take it in. */
export const conditionSchema = z
  .strictObject({
    of: z.enum(MEASURES),
    above: decimalSchema.optional(),
    atLeast: decimalSchema.optional(),
    below: decimalSchema.optional(),
    atMost: decimalSchema.optional(),
  })
  .refine((c) => [c.above, c.atLeast, c.below, c.atMost].some((bound) => bound !== undefined), {
    message: 'a condition needs a bound: above, atLeast, below or atMost',
  })
  .refine(
    (c) => (c.above === undefined || c.atLeast === undefined) && (c.below === undefined || c.atMost === undefined),
    {
      message: 'one bound from below and one from above',
    },
  );
export type Condition = z.infer<typeof conditionSchema>;

const reply = z.int().min(1).max(250);

/**
 * What follows from a light, as data. `track`: listed for attention; `warning`: a notice to the unit; `letter`: a special letter;
 * `talk`: with the `head` of the unit or its `deputy`; `report`: in writing; `points`: proposed for the ledger; `noBonus`: of the
 * stage or of the year; `supervise`: a supervision order. `reply` is in working days.
 */
export const consequenceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('track') }),
  z.strictObject({ kind: z.literal('warning'), reply: reply.optional() }),
  z.strictObject({ kind: z.literal('letter'), reply: reply.optional() }),
  z.strictObject({ kind: z.literal('talk'), with: z.enum(['head', 'deputy']) }),
  z.strictObject({ kind: z.literal('report'), reply: reply.optional() }),
  z.strictObject({ kind: z.literal('points'), points: decimalSchema }),
  z.strictObject({ kind: z.literal('noBonus'), of: z.enum(['stage', 'year']) }),
  /** `sheet`: the colour it starts at; without it the first of the template's sheets. */
  z.strictObject({ kind: z.literal('supervise'), sheet: colourSchema.optional(), reply: reply.optional() }),
]);
export type Consequence = z.infer<typeof consequenceSchema>;

/** All of `when` must hold; the most severe colour among the rules that hold is the light, the first rule of it gives the reason. */
export const lightRuleSchema = z.strictObject({
  key: nameSchema,
  name: textSchema.optional(),
  colour: colourSchema,
  when: z.array(conditionSchema).min(1).max(10),
  consequences: z.array(consequenceSchema).max(10).optional(),
});
export type LightRule = z.infer<typeof lightRuleSchema>;

/**
 * What follows when a colour comes again for the same indicator, this light counted: the n-th in the cycle (`total`), or the n-th in
 * a row (`inARow`; a period without a light breaks none). Once, unless `again`: each further one as well.
 */
export const repeatedSchema = z.strictObject({
  key: nameSchema,
  name: textSchema.optional(),
  colour: colourSchema,
  counted: z.enum(['total', 'inARow']),
  times: z.int().min(2).max(100),
  again: z.boolean().optional(),
  consequences: z.array(consequenceSchema).min(1).max(10),
});

/**
 * 亮灯规则. A light is green when what a rule looks at is known and no rule holds; where nothing that the rules look at is known
 * there is no light. `schedule: 'linear'`: where no milestone says how far it should be, evenly from start to due day.
 */
export const lightSchemeSchema = z.strictObject({
  name: textSchema.optional(),
  schedule: z.literal('linear').optional(),
  /** The unit's indicator whose value is the money spent, and whose target the budget. */
  spending: indicatorCodeSchema.optional(),
  rules: z.array(lightRuleSchema).min(1).max(50),
  repeated: z.array(repeatedSchema).max(20).optional(),
});
export type LightScheme = z.infer<typeof lightSchemeSchema>;
