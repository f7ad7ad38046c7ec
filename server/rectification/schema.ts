import { z } from 'zod';
import { textSchema } from '../../workflows/text.ts';
import { findingSchema } from '../findings/schema.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import { codeSchema, daySchema, flagQuery, idSchema, instantSchema, named, refSchema } from '../http/schema.ts';

export const itemStateSchema = z.enum(['open', 'closed', 'carried']);
export const itemSourceSchema = z.enum([
  'inspection',
  'observation',
  'complaint',
  'survey',
  'result',
  'mustCheck',
  'unit',
]);

const linkSchema = z.object({ id: idSchema, code: z.string(), cycle: refSchema, state: itemStateSchema });

const itemFields = {
  id: idSchema,
  code: z.string(),
  cycle: refSchema,
  org: refSchema,
  source: itemSourceSchema,
  findingId: idSchema.optional(),
  indicator: z.string().optional(),
  problem: z.string(),
  measure: z.string().optional(),
  owner: z.string().optional(),
  due: daySchema.optional(),
  state: itemStateSchema.meta({ description: 'carried: left open, it opens the next cycle’s plan' }),
  stage: z.enum(['plan', 'review', 'work', 'verify', 'closed', 'carried']).meta({ description: 'how far it is' }),
  task: z.string().optional().meta({ description: 'the open task of the caller that is about it' }),
  overdue: z.boolean(),
  case: z.object({ id: idSchema }).meta({ description: 'of the unit' }),
  itemCase: z
    .object({
      id: idSchema,
      at: z.array(textSchema).meta({ description: 'the blocks where it stands' }),
      dueAt: instantSchema.optional(),
    })
    .optional(),
  carriedFrom: linkSchema.optional(),
  carriedTo: linkSchema.optional(),
  publicAnswer: z.string().optional(),
  publishedAt: instantSchema.optional(),
  openedAt: instantSchema,
  endedAt: instantSchema.optional(),
};

export const itemSchema = named('RectificationItem', z.object(itemFields));
export type ItemView = z.infer<typeof itemSchema>;
export const itemPage = pageOf(itemSchema);

export const itemDetailSchema = named(
  'RectificationLine',
  z.object({
    ...itemFields,
    finding: findingSchema.optional(),
    origin: z
      .object({ kind: z.string(), id: idSchema, text: z.string() })
      .optional()
      .meta({ description: 'the inspection, observation, complaint or improvement goal that the finding comes from' }),
    former: z.array(linkSchema).meta({ description: 'in earlier cycles, the latest first' }),
    acts: z.array(
      z.object({
        at: instantSchema,
        block: textSchema,
        action: z.string(),
        by: refSchema.optional(),
        reason: z.string().optional(),
      }),
    ),
  }),
);
export type ItemDetail = z.infer<typeof itemDetailSchema>;

export const itemQuery = z.strictObject({
  ...pageQuery,
  cycleId: idSchema.optional(),
  orgId: idSchema.optional(),
  state: itemStateSchema.optional(),
  source: itemSourceSchema.optional(),
  indicator: codeSchema.optional(),
  overdue: flagQuery.optional(),
});
