import { z } from 'zod';
import { keySchema } from '../../workflows/template/key.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import { canSchema, codeSchema, flagQuery, idSchema, lineText, named, refSchema } from '../http/schema.ts';

export const ORG_KINDS = ['department', 'district', 'section', 'office', 'committee', 'group', 'person'] as const;
export const orgKindSchema = z.enum(ORG_KINDS);

export const orgSchema = named(
  'OrgUnit',
  z.object({
    id: idSchema,
    code: z.string(),
    name: z.string(),
    nameEn: z.string().optional(),
    kind: z.string(),
    category: z.string().optional(),
    parent: refSchema.optional(),
    head: refSchema.optional(),
    monitoringUnit: refSchema.optional(),
    dayEnd: z.string().optional().meta({ description: 'when its working day ends, if not when the city’s does' }),
    active: z.boolean(),
    demo: z.boolean(),
    version: z.int(),
    people: z.int().meta({ description: 'active people in it' }),
    units: z.int().meta({ description: 'organisations directly below it' }),
    can: canSchema,
  }),
);
export type Org = z.infer<typeof orgSchema>;

export const orgPage = pageOf(orgSchema);
export const orgQuery = z.strictObject({
  ...pageQuery,
  kind: orgKindSchema.optional(),
  category: keySchema.optional(),
  parentId: z
    .union([idSchema, z.literal('none')])
    .optional()
    .meta({ description: 'directly below this one; `none`: those at the top' }),
  active: flagQuery.optional(),
});

const links = {
  parentId: idSchema.nullable().optional(),
  headId: idSchema.nullable().optional(),
  monitoringUnitId: idSchema.nullable().optional(),
};

const clockSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'a time of day, as HH:MM' });

export const newOrgBody = z.strictObject({
  code: codeSchema,
  name: lineText(200),
  nameEn: lineText(200).nullable().optional(),
  kind: orgKindSchema,
  category: keySchema.nullable().optional(),
  dayEnd: clockSchema.nullable().optional(),
  active: z.boolean().optional(),
  ...links,
});
export type NewOrg = z.infer<typeof newOrgBody>;

export const sampleBody = z.strictObject({
  password: z.string().min(1).max(200).meta({ description: 'of all accounts that come with it' }),
});
export const sampleSchema = z.object({ orgs: z.int(), people: z.int() });

export const orgPatchBody = newOrgBody.partial();
export type OrgPatch = z.infer<typeof orgPatchBody>;
