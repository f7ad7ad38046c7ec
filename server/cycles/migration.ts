import { z } from 'zod';
import { keySchema } from '../../workflows/template/key.ts';
import { textSchema } from '../../workflows/text.ts';
import type { Migration } from '../engine/migrate/index.ts';
import { idSchema, instantSchema, named } from '../http/schema.ts';

export const migrationBody = z.strictObject({
  version: z.int().min(1).max(100_000).meta({ description: 'a newer, published version of the cycle’s template' }),
  mapping: z
    .record(keySchema, keySchema)
    .optional()
    .meta({ description: 'old to new keys of blocks, branches and paths whose keys differ; all others map by key' }),
  dryRun: z.boolean().meta({ description: 'only says what would become of each case' }),
});

export const migrationSchema = named(
  'Migration',
  z.object({
    id: idSchema.nullable(),
    from: z.int(),
    to: z.int(),
    state: z.enum(['planned', 'running', 'done', 'undone']),
    safe: z.boolean(),
    moved: z.int().meta({ description: 'cases under the new version by now' }),
    total: z.int(),
    cases: z.array(
      z.object({
        caseId: idSchema,
        title: z.string(),
        kind: z.string(),
        status: z.string(),
        from: z.array(z.string()).meta({ description: 'blocks that are active' }),
        to: z.array(z.string()).meta({ description: 'blocks that are active after; none when it cannot be moved' }),
        tasks: z
          .array(z.object({ seat: z.int(), from: z.string(), to: z.string() }))
          .meta({ description: 'open tasks, which stay with who holds them' }),
        dates: z.array(
          z.object({
            what: z.enum(['deadline', 'timer']),
            block: z.string(),
            do: z.string().optional(),
            from: instantSchema.nullable(),
            to: instantSchema.nullable(),
            provisional: z.boolean(),
          }),
        ),
        unsafe: z.array(z.object({ reason: z.string(), block: z.string(), text: textSchema })),
      }),
    ),
  }),
);

/** Cases that are told one by one, those that cannot be moved first. */
const TOLD = 500;

/** A move of a cycle as the API tells it. */
export const presentMigration = (migration: Migration): z.infer<typeof migrationSchema> => ({
  ...migration,
  safe: migration.cases.every(({ unsafe }) => unsafe.length === 0),
  cases: migration.cases.toSorted((a, b) => b.unsafe.length - a.unsafe.length).slice(0, TOLD),
});
