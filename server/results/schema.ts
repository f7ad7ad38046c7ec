import { z } from 'zod';
import { amountSchema } from '../../workflows/grades/schema.ts';
import { keySchema } from '../../workflows/template/key.ts';
import { textSchema } from '../../workflows/text.ts';
import { idSchema, instantSchema, lineText, longText, named, refSchema } from '../http/schema.ts';

const resultOnce = z.object({
  score: z.string().nullable(),
  rank: z.int().nullable(),
  rankOf: z.int().nullable(),
  grade: z.string().nullable(),
});

export const resultsSchema = z.object({
  public: z.boolean().meta({ description: 'the window of publicity is open or over' }),
  notices: z
    .array(z.object({ block: z.string(), name: textSchema, text: textSchema, open: z.boolean() }))
    .meta({ description: 'what the windows of publicity say that are open, or over' }),
  grades: z.array(z.object({ key: z.string(), name: textSchema })),
  items: z.array(
    z.object({
      org: refSchema,
      caseId: idSchema.nullable().meta({ description: 'for whoever may read the case' }),
      category: z.string(),
      ...resultOnce.shape,
      computedGrade: z.string().nullable().meta({ description: 'what the rule gave, where a decision gave another' }),
      because: z.array(textSchema),
      before: resultOnce
        .nullable()
        .meta({ description: 'the first result, where appeals or a second meeting changed it' }),
      appeal: z.object({ decision: z.string(), findings: z.string().nullable() }).nullable(),
      uses: z.array(
        z.object({ key: z.string(), name: textSchema, because: textSchema, withheld: textSchema.nullable() }),
      ),
    }),
  ),
});

const figure = z.string().nullable();
export const dimensionsSchema = named(
  'ScoreDimensions',
  z.object({
    categories: z.array(
      z.object({
        category: z.string(),
        dimensions: z.array(
          z.object({ path: z.string(), name: textSchema, level: z.int(), most: figure, mean: figure, best: figure }),
        ),
        units: z.array(z.object({ org: refSchema, score: figure, parts: z.record(z.string(), figure) })),
      }),
    ),
  }),
);

const standing = {
  org: refSchema,
  caseId: idSchema,
  at: z.array(textSchema).meta({ description: 'the blocks where the case stands' }),
};
const offered = z.boolean().meta({ description: 'the template has it' });
export const appealsSchema = named(
  'Appeals',
  z.object({
    offered,
    items: z.array(
      z.object({
        ...standing,
        ground: z.string().nullable(),
        decision: z.string().nullable().meta({ description: 'upheld, partly or rejected; null while it is reviewed' }),
        findings: z.string().nullable(),
      }),
    ),
  }),
);
export const interviewsSchema = named(
  'Interviews',
  z.object({
    offered,
    items: z.array(
      z.object({
        ...standing,
        date: z.string().nullable(),
        place: z.string().nullable(),
        by: refSchema.nullable(),
        record: z.string().nullable(),
        agreed: z.string().nullable(),
        signed: z.array(z.object({ name: textSchema, by: refSchema, at: instantSchema })),
      }),
    ),
  }),
);

export const yearsSchema = z.object({
  years: z.array(z.int()),
  items: z.array(
    z.object({
      org: refSchema,
      category: z.string(),
      years: z.array(z.object({ year: z.int(), ...resultOnce.shape })),
      climbed: z.int().nullable().meta({ description: 'places gained against the year before' }),
    }),
  ),
  biggestClimb: z.array(z.object({ category: z.string(), places: z.int(), orgs: z.array(refSchema) })),
});

export const whatIfBody = z.strictObject({
  weights: z
    .array(z.strictObject({ path: z.string().min(1).max(500), weight: z.string().regex(/^\d{1,6}(\.\d{1,6})?$/) }))
    .max(500)
    .default([]),
});
export const whatIfSchema = z.object({
  parts: z.array(z.object({ path: z.string(), name: textSchema, weight: z.string(), given: z.string() })),
  items: z.array(
    z.object({
      org: refSchema,
      category: z.string(),
      given: z.object({ score: z.string(), rank: z.int().nullable() }),
      wanted: z.object({ score: z.string(), rank: z.int().nullable() }),
    }),
  ),
});

export const exceptionBody = z.strictObject({
  orgId: idSchema,
  grade: keySchema,
  reason: longText(2000),
  document: lineText(200),
});
export const raiseBody = z.strictObject({
  quota: keySchema,
  amount: amountSchema,
  reason: longText(2000),
  document: lineText(200),
});

const decision = {
  id: idSchema,
  reason: z.string(),
  document: z.string(),
  decidedBy: refSchema,
  at: instantSchema,
  revoked: z.object({ by: refSchema, at: instantSchema, reason: z.string() }).nullable(),
};
export const decisionsSchema = named(
  'GradeDecisions',
  z.object({
    exceptions: z.array(
      z.object({ ...decision, org: refSchema, computedGrade: z.string().nullable(), grade: z.string() }),
    ),
    raises: z.array(z.object({ ...decision, quota: z.string(), name: textSchema, amount: amountSchema })),
    quotas: z.array(
      z.object({
        quota: z.string(),
        name: textSchema,
        category: z.string(),
        of: z.int(),
        least: z.int(),
        most: z.int(),
        used: z.int(),
        left: z.int(),
        kept: z.boolean(),
      }),
    ),
    alarm: z.object({ share: z.string(), because: textSchema }).nullable(),
    open: z.boolean().meta({ description: 'decisions still reach the grades' }),
  }),
);
