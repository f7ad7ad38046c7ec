import { z } from 'zod';
import { keySchema } from '../../workflows/template/key.ts';
import { idSchema } from '../http/schema.ts';

export const rolesBody = z.strictObject({
  roles: z
    .array(z.strictObject({ role: keySchema, orgId: idSchema.nullable().optional() }))
    .max(100)
    .meta({ description: 'all the roles of the person: for the whole city, or inside a unit' }),
});
export type Roles = z.infer<typeof rolesBody>['roles'];
