import { z } from 'zod';
import { keySchema } from '../../workflows/template/key.ts';
import { heldRoleSchema } from '../auth/schema.ts';
import { levelSchema } from '../evidence/level.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import {
  canSchema,
  flagQuery,
  idSchema,
  lineText,
  mailSchema,
  named,
  refSchema,
  userNameSchema,
} from '../http/schema.ts';

export const personSchema = named(
  'Person',
  z.object({
    id: idSchema,
    username: z.string(),
    name: z.string(),
    title: z.string().optional(),
    email: z.string().optional().meta({ description: 'shown to those who keep accounts, and to oneself' }),
    org: refSchema,
    roles: z.array(heldRoleSchema),
    clearance: levelSchema
      .optional()
      .meta({ description: '密级: up to which level of files; shown to whoever grants it, and to oneself' }),
    active: z.boolean(),
    demo: z.boolean(),
    version: z.int(),
    can: canSchema,
  }),
);
export type Person = z.infer<typeof personSchema>;

export const personPage = pageOf(personSchema);
export const personQuery = z.strictObject({
  ...pageQuery,
  orgId: idSchema.optional(),
  role: keySchema.optional(),
  active: flagQuery.optional(),
});

export const newPersonBody = z.strictObject({
  username: userNameSchema,
  name: lineText(100),
  title: lineText(100).nullable().optional(),
  email: mailSchema.nullable().optional(),
  orgId: idSchema,
  language: z.enum(['zh', 'en']).optional(),
  active: z.boolean().optional(),
});
export type NewPerson = z.infer<typeof newPersonBody>;

export const personPatchBody = newPersonBody.partial();
export type PersonPatch = z.infer<typeof personPatchBody>;

export const invitedSchema = z.object({
  invited: z.int(),
  unreachable: z.int().meta({ description: 'people without a mail address: each needs a link that is handed over' }),
});
