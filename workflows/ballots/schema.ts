import { z } from 'zod';
import { anchorsSchema } from '../template/anchors.ts';
import { keySchema, nameSchema } from '../template/key.ts';
import { whoSchema } from '../template/when.ts';
import { textSchema } from '../text.ts';

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/, { message: 'a decimal, as text: "12.5"' });
const weight = z.string().regex(/^\d+(\.\d+)?$/, { message: 'a weight, as text: "0.3"' });

/** What one ballot may say: a number within bounds in steps, whose points may be anchored, or one of the options, each worth points. */
export const scaleSchema = z.union([
  z.strictObject({ min: decimal, max: decimal, step: decimal.optional(), anchors: anchorsSchema.optional() }),
  z.strictObject({
    options: z
      .array(z.strictObject({ key: keySchema, name: textSchema, points: decimal }))
      .min(2)
      .max(20),
  }),
]);
export type Scale = z.infer<typeof scaleSchema>;

/** Who scores: as for tasks, found for each unit that is scored; `heads`: the heads of all the cycle's units. */
export const assessorSchema = z.union([whoSchema, z.strictObject({ kind: z.literal('heads') })]);
export type Assessor = z.infer<typeof assessorSchema>;

const whoList = z.array(assessorSchema).min(1).max(20);

const counted = {
  /** Of so many of the sheet's ballots. */
  count: z.int().min(0).max(10_000).optional(),
  /** Or of such a share of them, between 0 and 1, rounded down (`atMost`) or up (`atLeast`). */
  share: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?)$/)
    .optional(),
  /** Counts scores from here on … */
  from: decimal.optional(),
  /** … or below here … */
  below: decimal.optional(),
  /** … or of this option. */
  option: keySchema.optional(),
  /** Asked of sheets with so many ballots that say something, not of smaller ones. */
  sheetFrom: z.int().min(2).max(10_000).optional(),
};

/**
 * A rule over all ballots of one sheet (of one item, where there are several). `refuse` (what is usual): the sheet is sent
 * back with its errors; `invalid`: it is taken and counts as a spoilt one.
 */
export const ballotRuleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('atMost'), ...counted, effect: z.enum(['refuse', 'invalid']).optional() }),
  z.strictObject({ kind: z.literal('atLeast'), ...counted, effect: z.enum(['refuse', 'invalid']).optional() }),
  z.strictObject({ kind: z.literal('notAllEqual'), effect: z.enum(['refuse', 'invalid']).optional() }),
]);
export type BallotRule = z.infer<typeof ballotRuleSchema>;

/**
 * A part of a group whose ballots are counted apart (市领导、副职…; 市民、企业、代表…). With weights, for all or per category, the mean of
 * the group is the mean of its layers by their weights.
 */
const layerSchema = z.strictObject({
  key: nameSchema,
  name: textSchema,
  weight: z.union([weight, z.record(keySchema, weight)]).optional(),
  who: whoList.optional(),
});

/**
 * 评价主体: a group that gives ballots, by its own scale and rules.
 *
 * - `who`, or each layer's `who`, says who belongs to it; a `public` group has nobody: it answers by one-time links.
 * - `items`: one ballot for each unit (what is usual), one for each of these, or one for each indicator of the unit.
 * - `about: 'goals'`: it looks at what became of the raters' opinions. Only units that got improvement goals from opinions are scored, and
 *   only by the layers whose opinions these were.
 * - Nobody scores the own unit (but `self`), and with `exceptMonitored` no unit that the own one monitors.
 * - Below `minVotes` ballots that say something of an item nothing of them is shown, nor counted: 3 unless stated, 1 for `self`. The
 *   same holds for a layer with a weight.
 */
export const assessorGroupSchema = z.strictObject({
  key: nameSchema,
  name: textSchema,
  kind: z.enum(['self', 'superior', 'peer', 'public', 'thirdParty']),
  who: whoList.optional(),
  layers: z.array(layerSchema).min(1).max(20).optional(),
  /** Looks at the improvement goals of a unit, not at the unit. */
  about: z.literal('goals').optional(),
  /** Whom it scores; all categories without it. */
  categories: z.array(keySchema).min(1).max(50).optional(),
  scale: scaleSchema,
  /** A ballot may be left blank on purpose; it counts for nothing. */
  abstain: z.boolean().optional(),
  items: z
    .union([
      z.literal('indicators'),
      z
        .array(z.strictObject({ key: nameSchema, name: textSchema }))
        .min(1)
        .max(200),
    ])
    .optional(),
  rules: z.array(ballotRuleSchema).max(20).optional(),
  minVotes: z.int().min(1).max(100_000).optional(),
  exceptMonitored: z.boolean().optional(),
  /** A sheet that was handed in may be changed until the round closes. */
  change: z.boolean().optional(),
  /** The order in which each assessor puts the units of a category is kept, for rules by rank. */
  ranks: z.boolean().optional(),
  /** Asks for opinions in words beside the scores. */
  opinions: z.boolean().optional(),
});
export type AssessorGroup = z.infer<typeof assessorGroupSchema>;

export const assessorsSchema = z.array(assessorGroupSchema).max(50);
