import { z } from 'zod';
import { idSchema, lineText, named } from '../http/schema.ts';

export const holdingsSchema = named(
  'Holdings',
  z.object({
    personId: idSchema,
    tables: z.array(
      z.object({
        table: z.string(),
        rows: z.array(z.record(z.string(), z.unknown())),
        more: z
          .boolean()
          .meta({ description: 'there are more rows than are given here; `bihuan person export` gives all' }),
      }),
    ),
  }),
);

export const eraseBody = z.strictObject({ reason: lineText(500) });
export const pseudonymSchema = named('Pseudonym', z.object({ username: z.string(), name: z.string() }));
