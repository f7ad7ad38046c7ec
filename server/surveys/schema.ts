import { z } from 'zod';
import { ballotRuleSchema, scaleSchema } from '../../workflows/ballots/schema.ts';
import { textSchema } from '../../workflows/text.ts';
import { castSchema, opinionSchema } from '../ballots/schema.ts';
import { idSchema, instantSchema, named } from '../http/schema.ts';

export const tokenParams = z.strictObject({ token: z.string().regex(/^[A-Za-z0-9_-]{32}$/) });

export const linksBody = z.strictObject({
  group: z.string().min(1).max(64),
  layer: z.string().min(1).max(64).optional(),
  count: z.int().min(1).max(10_000),
});
export const linksSchema = z.object({
  links: z.array(z.string()).meta({ description: 'addresses of the survey, shown this once' }),
});

export const surveySchema = named(
  'Survey',
  z.object({
    cycle: z.string(),
    group: z.object({ key: z.string(), name: textSchema }),
    scale: scaleSchema,
    abstain: z.boolean(),
    rules: z.array(ballotRuleSchema),
    items: z.array(z.object({ key: z.string(), name: textSchema })),
    opinions: z.boolean(),
    participants: z.array(
      z.object({ id: idSchema, name: z.string(), category: z.string(), items: z.array(z.string()) }),
    ),
    readAt: instantSchema,
  }),
);

export const answerBody = z.strictObject({
  ballots: z.array(castSchema).max(10_000),
  opinions: z.array(opinionSchema).max(50).default([]),
});
export const answeredSchema = z.object({ ballots: z.int(), spoilt: z.array(textSchema) });
