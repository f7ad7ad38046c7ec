import { z } from 'zod';
import { keySchema } from '../../workflows/template/key.ts';
import { levelSchema } from '../evidence/level.ts';
import { idSchema } from '../http/schema.ts';

export const rolesBody = z.strictObject({
  clearance: levelSchema.optional().meta({ description: '密级: up to which level of files; as it was when left out' }),
  roles: z
    .array(z.strictObject({ role: keySchema, orgId: idSchema.nullable().optional() }))
    .max(100)
    .meta({ description: 'all the roles of the person: for the whole city, or inside a unit' }),
});
export type RolesBody = z.infer<typeof rolesBody>;
export type Roles = RolesBody['roles'];
