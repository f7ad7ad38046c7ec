import { z } from 'zod';
import { textSchema } from '../../workflows/text.ts';
import { named } from './schema.ts';

/** The shape of every refusal: RFC 9457 with a stable id and both languages. */
export const problemSchema = named(
  'Problem',
  z.looseObject({
    type: z.string(),
    id: z.string(),
    status: z.int(),
    title: z.string(),
    detail: z.string().optional(),
    hint: z.string().optional(),
    titles: textSchema,
    details: textSchema.optional(),
    hints: textSchema.optional(),
    errors: z.array(z.looseObject({ path: z.string(), message: textSchema })).optional(),
    requestId: z.string(),
  }),
);
