import { z } from 'zod';
import { ADJUSTMENT_KINDS } from '../../workflows/adjustments/schema.ts';
import { FREQUENCIES } from '../../workflows/indicators/schema.ts';
import { nameSchema } from '../../workflows/template/key.ts';
import { textSchema } from '../../workflows/text.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import { canSchema, idSchema, instantSchema, lineText, longText, named, refSchema } from '../http/schema.ts';

const points = z.string().regex(/^\d{1,9}(\.\d{1,6})?$/, { message: 'points without a sign, as text: "2" or "0.5"' });
const STATES = ['proposed', 'approved', 'rejected', 'withdrawn', 'revoked'] as const;

export const newAdjustmentBody = z.strictObject({
  orgId: idSchema,
  item: nameSchema,
  points: points.optional(),
  /** Of an item that is for a stage. */
  period: z.string().max(10).optional(),
  reason: longText(2000),
  document: lineText(200).optional(),
  evidence: z.array(idSchema).max(20).optional(),
});
export type NewAdjustment = z.infer<typeof newAdjustmentBody>;

export const correctionBody = z.strictObject({
  points: points.optional(),
  reason: longText(2000).optional(),
  document: lineText(200).nullable().optional(),
  evidence: z.array(idSchema).max(20).optional(),
});
export type Correction = z.infer<typeof correctionBody>;

export const optionalReason = z.strictObject({ reason: longText(2000).optional() });

export const adjustmentQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(STATES).optional(),
  kind: z.enum(ADJUSTMENT_KINDS).optional(),
  item: nameSchema.optional(),
  orgId: idSchema.optional(),
});

const itemRef = z.object({ key: z.string(), name: textSchema });
export const adjustmentSchema = named(
  'Adjustment',
  z.object({
    id: idSchema,
    org: refSchema,
    caseId: idSchema,
    kind: z.enum(ADJUSTMENT_KINDS),
    item: itemRef,
    group: itemRef.nullable(),
    points: z.string(),
    reason: z.string(),
    document: z.string().nullable(),
    evidence: z.array(z.object({ id: idSchema, name: z.string(), size: z.int(), mime: z.string() })),
    source: z.record(z.string(), z.json()),
    period: z.string().nullable().meta({ description: 'the stage that it is for, or the period of its light' }),
    withheld: textSchema.nullable().meta({ description: 'why a bonus counts for nothing' }),
    state: z.enum(STATES),
    proposedBy: refSchema.nullable(),
    proposedAt: instantSchema,
    decidedBy: refSchema.nullable(),
    decidedAt: instantSchema.nullable(),
    version: z.int(),
    can: canSchema,
  }),
);
export type AdjustmentView = z.infer<typeof adjustmentSchema>;
export const adjustmentPage = pageOf(adjustmentSchema);

export const adjustmentDetail = named(
  'AdjustmentDetail',
  z.object({
    ...adjustmentSchema.shape,
    changes: z.array(
      z.object({
        at: instantSchema,
        by: refSchema.nullable(),
        what: z.enum(['proposed', 'corrected', 'approved', 'rejected', 'withdrawn', 'revoked']),
        reason: z.string().nullable(),
        before: z.record(z.string(), z.json()).nullable(),
        after: z.record(z.string(), z.json()),
      }),
    ),
  }),
);

const cappedSchema = z.object({
  kind: z.enum(['bonus', 'deduction']),
  key: z.string(),
  name: textSchema,
  before: z.string(),
  after: z.string(),
  cap: z.string().nullable(),
});
export const totalsSchema = z.object({
  items: z.array(
    z.object({
      org: refSchema,
      caseId: idSchema,
      items: z.array(cappedSchema),
      groups: z.array(cappedSchema),
      year: z.array(cappedSchema),
      sum: z.string().meta({ description: 'bonus less deduction, after all caps' }),
      vetoes: z.array(itemRef),
      proposed: z.int().meta({ description: 'entries that wait for a decision' }),
      withheld: z.int().meta({ description: 'approved bonuses that count for nothing' }),
    }),
  ),
});
export const schemeSchema = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(ADJUSTMENT_KINDS),
      name: textSchema,
      basis: textSchema.nullable(),
      group: z.string().nullable(),
      points: z.string().nullable(),
      most: z.string().nullable(),
      cap: z.string().nullable(),
      stage: z.enum(FREQUENCIES).nullable(),
      goal: z.string().nullable(),
      evidence: z.boolean(),
    }),
  ),
  goals: z
    .array(
      z.object({
        key: z.string(),
        name: textSchema,
        points: z.string(),
        units: z.int(),
        lost: z.int().meta({ description: 'units that lost points by it, as approved' }),
        bonuses: z.int().meta({ description: 'units that have a bonus by it, as approved' }),
        refused: z.array(textSchema).meta({ description: 'why another unit may not be given a bonus now' }),
      }),
    )
    .meta({ description: 'the special goals, for whoever leads them or approves' }),
  can: canSchema,
});
