import { z } from 'zod';
import { textSchema } from '../../workflows/text.ts';
import { canSchema, idSchema, instantSchema, named, refSchema } from '../http/schema.ts';

const decimal = z.string().nullable();

export const scoreSchema = named(
  'Score',
  z.object({
    case: idSchema,
    org: refSchema,
    block: z.object({ key: z.string(), name: textSchema }),
    value: decimal.meta({ description: 'null: the rule does not apply, which is never 0' }),
    explanation: z.unknown(),
    words: z.array(z.string()).meta({ description: 'the explanation in the language asked for, a line each' }),
    ruleHash: z.string(),
    inputsHash: z.string(),
    run: idSchema,
    at: instantSchema,
  }),
);

export const recomputeBody = z.strictObject({ block: z.string().min(1).max(64).optional() });

const standingSchema = z.object({ score: decimal, rank: z.int().nullable(), grade: z.string().nullable() });

export const runSchema = named(
  'ScoreRun',
  z.object({
    id: idSchema,
    cycle: idSchema,
    block: z.string(),
    name: textSchema.meta({ description: 'of the block' }),
    round: z.int(),
    state: z.enum(['draft', 'accepted', 'superseded', 'discarded']),
    ruleHash: z.string(),
    madeAt: instantSchema,
    madeBy: refSchema.nullable(),
    decidedAt: instantSchema.nullable(),
    decidedBy: refSchema.nullable(),
    reason: z.string().nullable(),
    diff: z
      .object({
        base: idSchema,
        changed: z.array(z.object({ case: idSchema, name: z.string(), before: standingSchema, after: standingSchema })),
        unchanged: z.int(),
      })
      .nullable(),
    can: canSchema,
  }),
);
export const runListSchema = z.object({ items: z.array(runSchema) });
