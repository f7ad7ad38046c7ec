import { z } from 'zod';
import { blockSchema } from '../../workflows/template/block.ts';
import { keySchema } from '../../workflows/template/key.ts';
import { cycleTemplateSchema } from '../../workflows/template/schema.ts';
import { textSchema } from '../../workflows/text.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import { canSchema, idSchema, instantSchema, named } from '../http/schema.ts';

named('Block', blockSchema);
named('CycleTemplate', cycleTemplateSchema);

export const findingSchema = named(
  'TemplateFinding',
  z.object({
    path: z.string(),
    severity: z.enum(['error', 'warning']),
    id: z.string(),
    reason: textSchema,
    hint: textSchema,
  }),
);

const statusSchema = z.enum(['draft', 'published', 'retired']);
const names = { key: z.string(), version: z.int(), status: statusSchema, name: textSchema };
const times = { updatedAt: instantSchema, publishedAt: instantSchema.optional() };

export const templateRowSchema = named(
  'TemplateRow',
  z.object({ ...names, versions: z.int(), ...times, can: canSchema }),
);
export const templatePage = pageOf(templateRowSchema);
export const templateQuery = z.strictObject({ ...pageQuery, status: statusSchema.optional() });

export const versionRowSchema = named(
  'TemplateVersionRow',
  z.object({ ...names, revision: z.int(), ...times, can: canSchema }),
);
export const versionList = z.object({ items: z.array(versionRowSchema) });

/** A draft may be half done, so any JSON may come back; a published version always is a CycleTemplate. */
export const templateVersionSchema = named(
  'TemplateVersion',
  z.object({
    ...names,
    revision: z.int(),
    ...times,
    content: z.record(z.string(), z.unknown()).meta({ description: 'a CycleTemplate; a draft may be incomplete' }),
    findings: z.array(findingSchema),
    can: canSchema,
  }),
);

export const keyParams = z.strictObject({ key: keySchema });
export const versionParams = z.strictObject({ key: keySchema, version: z.coerce.number().int().min(1).max(100_000) });

/** A draft must at least say what it is; the linter says what it lacks. */
export const draftBody = z.strictObject({ content: z.looseObject({ key: keySchema, name: textSchema }) });
export type Draft = z.infer<typeof draftBody>['content'];

export const lintBody = z.strictObject({ content: z.record(z.string(), z.unknown()) });
export const lintResult = z.object({ findings: z.array(findingSchema) });

export const forecastBody = z.strictObject({
  year: z.int().min(0).max(9999),
  orgId: idSchema,
  category: keySchema.optional().meta({ description: 'the unit’s own when absent' }),
  from: instantSchema.optional().meta({ description: 'when it would be launched; now when absent' }),
});
