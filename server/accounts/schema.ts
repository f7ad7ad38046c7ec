import { z } from 'zod';
import { heldRoleSchema, sessionSchema } from '../auth/schema.ts';
import { pageOf, pageQuery } from '../http/page.ts';
import { idSchema, named, refSchema } from '../http/schema.ts';

export const accountSchema = named(
  'Account',
  z.object({
    id: idSchema,
    username: z.string(),
    name: z.string(),
    org: refSchema,
    roles: z.array(heldRoleSchema),
    active: z.boolean(),
    hasPassword: z.boolean(),
    passwordChangedAt: z.string().optional(),
    signedInAt: z.string().optional(),
    lockedUntil: z.string().optional(),
    secondFactorSince: z.string().optional(),
    invitedUntil: z.string().optional().meta({ description: 'an invitation is out' }),
    sessions: z.int().meta({ description: 'sessions that are alive' }),
    reachable: z.boolean().meta({ description: 'a mail would reach the person' }),
  }),
);
export type Account = z.infer<typeof accountSchema>;

export const accountPage = pageOf(accountSchema);
export const accountQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(['locked', 'signedIn', 'noSecondFactor', 'noPassword', 'closed']).optional(),
});

export const accountWithSessions = accountSchema.extend({ open: z.array(sessionSchema) });

export const sessionParams = z.strictObject({ id: idSchema, sessionId: idSchema });
