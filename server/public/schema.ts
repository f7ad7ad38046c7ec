import { z } from 'zod';
import { AGGREGATIONS, DIRECTIONS, FREQUENCIES } from '../../workflows/indicators/schema.ts';
import { colourSchema } from '../../workflows/lights/schema.ts';
import { OPINION_LENGTH, PUBLISHED_PARTS } from '../../workflows/publish/schema.ts';
import { textSchema } from '../../workflows/text.ts';
import { idSchema, instantSchema, longText, named, refSchema } from '../http/schema.ts';

const decimal = z.string().meta({ description: 'a decimal' }).nullable();
const partSchema = z.enum(PUBLISHED_PARTS);

export const publicRowSchema = named(
  'PublicCycleRow',
  z.object({
    id: idSchema,
    name: z.string(),
    year: z.int(),
    template: z.object({ key: z.string(), name: textSchema, description: textSchema.nullable() }),
    status: z.enum(['launching', 'running', 'suspended', 'closed']),
  }),
);
export type PublicRow = z.infer<typeof publicRowSchema>;
export const publicListSchema = z.object({ items: z.array(publicRowSchema) });

export const publicIndicatorSchema = named(
  'PublicIndicator',
  z.object({
    code: z.string(),
    name: textSchema,
    unit: z.string(),
    definition: z
      .object({
        direction: z.enum(DIRECTIONS),
        frequency: z.enum(FREQUENCIES),
        aggregation: z.enum(AGGREGATIONS),
        formula: z.string().nullable(),
        source: z.string().nullable(),
        monitoredBy: z.string().nullable(),
      })
      .nullable()
      .meta({ description: 'null of a draft plan' }),
    weight: decimal,
    target: decimal,
    low: decimal,
    high: decimal,
    values: z.array(z.object({ period: z.string(), value: decimal, colour: colourSchema.nullable() })),
    value: decimal.meta({ description: 'what the public periods come to' }),
    met: z.boolean().nullable(),
  }),
);
export type PublicIndicator = z.infer<typeof publicIndicatorSchema>;

const resultSchema = z.object({
  score: decimal,
  rank: z.int().nullable(),
  rankOf: z.int().nullable(),
  grade: textSchema.nullable(),
});

const consultationSchema = z.object({
  open: z.boolean(),
  until: instantSchema.nullable(),
  opinions: z
    .array(z.object({ opinion: z.string(), answer: z.string() }))
    .meta({ description: 'what the public said, once it is answered' }),
});

export const publicUnitSchema = named(
  'PublicUnit',
  z.object({
    org: refSchema,
    category: z.string(),
    shows: z.array(partSchema),
    draft: z.boolean().meta({ description: 'the goals are those of the draft plan' }),
    indicators: z.array(publicIndicatorSchema),
    result: resultSchema.nullable(),
    consultation: consultationSchema.nullable(),
  }),
);
export type PublicUnit = z.infer<typeof publicUnitSchema>;

export const publicCycleSchema = named(
  'PublicCycle',
  z.object({
    ...publicRowSchema.shape,
    shows: z.array(partSchema),
    categories: z.array(z.object({ key: z.string(), name: textSchema, ranked: z.boolean() })),
    /** While the window of publicity is open, results may still change. */
    results: z.enum(['publicity', 'final']).nullable(),
    units: z.array(publicUnitSchema),
    texts: z
      .array(z.object({ name: textSchema, org: refSchema.nullable(), text: z.string() }))
      .meta({ description: 'reports, of a unit or (org null) of the whole cycle' }),
    answers: z.array(z.object({ org: refSchema, problem: z.string(), answer: z.string(), publishedAt: instantSchema })),
  }),
);
export type PublicCycle = z.infer<typeof publicCycleSchema>;

export const opinionBody = z.strictObject({ org: idSchema, text: longText(OPINION_LENGTH) });
export const opinionTaken = z.object({ until: instantSchema.nullable() });

export const DOWNLOADS = ['indicators', 'results', 'answers', 'opinions'] as const;
export const downloadQuery = z.strictObject({
  format: z.enum(['csv', 'json']),
  part: z.enum(DOWNLOADS).optional(),
  language: z.enum(['zh', 'en']).optional(),
});
