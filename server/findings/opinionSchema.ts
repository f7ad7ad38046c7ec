import { z } from 'zod';
import { pageOf, pageQuery } from '../http/page.ts';
import { idSchema, instantSchema, lineText, longText, named, refSchema } from '../http/schema.ts';
import { indicatorCode, severitySchema } from './schema.ts';

const sortSchema = z.enum(['praise', 'opinion']);

export const opinionsBody = z.strictObject({
  cycleId: idSchema,
  opinions: z
    .array(z.strictObject({ orgId: idSchema.optional(), layer: lineText(100).optional(), text: longText(4000) }))
    .min(1)
    .max(500),
});
export const opinionIds = z.object({ ids: z.array(idSchema) });
export const sortBody = z.strictObject({
  cycleId: idSchema,
  ids: z.array(idSchema).min(1).max(1000),
  sort: sortSchema,
});

export const opinionSchema = named(
  'Opinion',
  z.object({
    id: idSchema,
    cycleId: idSchema,
    org: refSchema.optional(),
    layer: z.string().optional(),
    text: z.string(),
    sort: sortSchema.optional(),
    goalId: idSchema.optional(),
    at: instantSchema,
  }),
);
export const opinionPage = pageOf(opinionSchema);
export const opinionQuery = z.strictObject({
  ...pageQuery,
  cycleId: idSchema,
  orgId: idSchema.optional(),
  kind: z.enum(['praise', 'opinion', 'unsorted']).optional(),
  goalId: idSchema.optional(),
});

export const goalBody = z.strictObject({
  cycleId: idSchema,
  title: lineText(300),
  what: longText(2000),
  indicator: indicatorCode.optional(),
  opinions: z.array(idSchema).min(1).max(1000),
  units: z.array(idSchema).min(1).max(500),
});
export const issueBody = z.strictObject({ severity: severitySchema.default('minor') });

export const goalSchema = named(
  'ImprovementGoal',
  z.object({
    id: idSchema,
    number: z.int(),
    title: z.string(),
    what: z.string(),
    indicator: z.string().optional(),
    state: z.enum(['draft', 'confirmed', 'issued']),
    opinions: z.int(),
    units: z.array(refSchema),
  }),
);
export type GoalView = z.infer<typeof goalSchema>;
export const goalQuery = z.strictObject({ cycleId: idSchema });
export const goalList = z.object({
  items: z.array(goalSchema),
  opinions: z.int().meta({ description: 'all that raters wrote in this cycle' }),
  praise: z.int(),
  unsorted: z.int(),
});
