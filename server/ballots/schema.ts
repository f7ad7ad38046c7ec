import { z } from 'zod';
import { assessorGroupSchema, ballotRuleSchema, scaleSchema } from '../../workflows/ballots/schema.ts';
import { textSchema } from '../../workflows/text.ts';
import { canSchema, idSchema, instantSchema, longText, named, refSchema } from '../http/schema.ts';

const sheetState = z.enum(['open', 'submitted', 'recused', 'excluded']);

export const castSchema = z.strictObject({
  participant: idSchema.meta({ description: 'the case of the unit' }),
  item: z.string().min(1).max(64).optional(),
  value: z.string().max(30).optional(),
  option: z.string().max(64).optional(),
  abstain: z.boolean().optional(),
});

export const opinionSchema = z.strictObject({ participant: idSchema.optional(), text: longText(2000) });

export const draftBody = z.strictObject({ ballots: z.array(castSchema).max(100_000) });
export const sheetBody = z.strictObject({
  ballots: z.array(castSchema).min(1).max(100_000),
  opinions: z.array(opinionSchema).max(500).optional(),
});
export const recuseBody = z.strictObject({
  participants: z.array(idSchema).min(1).max(10_000).optional(),
  reason: longText(2000),
});

export const sheetRowSchema = named(
  'BallotSheetRow',
  z.object({
    id: idSchema,
    round: idSchema,
    cycle: refSchema,
    block: z.object({ key: z.string(), name: textSchema }),
    group: z.object({ key: z.string(), name: textSchema, kind: assessorGroupSchema.shape.kind }),
    layer: z.string().nullable(),
    state: sheetState,
    expected: z.int(),
    filled: z.int().meta({ description: 'ballots in the draft, or handed in' }),
    closesAt: instantSchema.nullable(),
    open: z.boolean(),
    can: canSchema,
  }),
);
export const sheetListSchema = z.object({ items: z.array(sheetRowSchema) });

export const sheetSchema = named(
  'BallotSheet',
  z.object({
    ...sheetRowSchema.shape,
    scale: scaleSchema,
    abstain: z.boolean(),
    rules: z.array(ballotRuleSchema),
    items: z.array(z.object({ key: z.string(), name: textSchema })),
    opinions: z.boolean(),
    participants: z.array(
      z.object({
        id: idSchema,
        code: z.string(),
        name: z.string(),
        category: z.string(),
        state: z.enum(['due', 'recused', 'excluded']),
        items: z.array(z.string()),
        goals: z
          .array(z.object({ title: z.string(), what: z.string(), answer: z.string().nullable() }))
          .meta({ description: 'what became of the raters’ opinions, for a group that looks at it' }),
      }),
    ),
    ballots: z.array(castSchema),
    spoilt: z.array(textSchema),
  }),
);

export const handedSchema = z.object({ sheet: idSchema, ballots: z.int(), spoilt: z.array(textSchema) });

const progressSchema = z.object({
  group: z.string(),
  name: textSchema,
  layer: z.string().nullable(),
  assessors: z.int(),
  submitted: z.int(),
  recused: z.int(),
  spoilt: z.int(),
  expected: z.int(),
  cast: z.int(),
});

export const roundSchema = named(
  'BallotRound',
  z.object({
    id: idSchema,
    block: z.object({ key: z.string(), name: textSchema }),
    round: z.int(),
    openedAt: instantSchema,
    closesAt: instantSchema.nullable(),
    open: z.boolean(),
    progress: z.array(progressSchema),
    links: z.array(z.object({ group: z.string(), layer: z.string().nullable(), issued: z.int(), used: z.int() })),
    surveys: z
      .array(
        z.object({
          group: z.string(),
          name: textSchema,
          layers: z.array(z.object({ key: z.string(), name: textSchema })),
        }),
      )
      .meta({ description: 'groups of the public, for which links can be issued' }),
    can: canSchema,
  }),
);
export const roundListSchema = z.object({ items: z.array(roundSchema) });

export const pendingSchema = z.object({
  items: z.array(
    z.object({
      id: idSchema,
      group: z.string(),
      layer: z.string().nullable(),
      assessor: refSchema,
      org: z.string(),
      state: sheetState.exclude(['submitted']),
      expected: z.int(),
      reason: z.string().nullable(),
    }),
  ),
});

const statisticSchema = z.object({
  n: z.int().meta({ description: 'valid ballots' }),
  sum: z.string(),
  counts: z.record(z.string(), z.int()).optional().meta({ description: 'votes by option' }),
  ranks: z.array(z.string()).optional().meta({ description: 'the places that the assessors gave' }),
  weight: z.string().optional().meta({ description: 'of a layer: what it counts among the others' }),
  name: textSchema.optional(),
});
export type Statistic = z.infer<typeof statisticSchema>;
export const statsSchema = named(
  'BallotStats',
  z.object({
    items: z.array(
      z.object({
        participant: refSchema,
        group: z.string(),
        cast: z.int(),
        valid: z.int(),
        shown: z.boolean().meta({ description: 'false below the minimum of votes' }),
        items: z.record(
          z.string(),
          statisticSchema.extend({ layers: z.record(z.string(), statisticSchema).optional() }),
        ),
      }),
    ),
  }),
);
