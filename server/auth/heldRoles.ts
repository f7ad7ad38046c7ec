import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { heldRoleSchema } from './schema.ts';

/** A role held for the whole city, or inside a unit. */
export interface HeldRole {
  role: string;
  orgId: string | null;
  orgName: string | null;
}

/** The roles of the person whose row a query calls `person`, as JSON in one column. */
export const heldRoles = (person: 'p' | 'w'): Prisma.Sql => Prisma.sql`
  coalesce((SELECT json_agg(json_build_object('role', r.role, 'orgId', r.org_id, 'orgName', ro.name) ORDER BY r.role, ro.name)
            FROM roles r LEFT JOIN org_units ro ON ro.id = r.org_id WHERE r.person_id = ${Prisma.raw(person)}.id), '[]')`;

/** Roles as they are answered. */
export const presentRoles = (roles: readonly HeldRole[]): z.infer<typeof heldRoleSchema>[] =>
  roles.map(({ role, orgId, orgName }) => ({ role, ...(orgId && { org: { id: orgId, name: orgName ?? '' } }) }));
