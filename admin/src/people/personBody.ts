import type { Level, Person } from '../api/types.ts';

const FIELDS = ['username', 'name', 'title', 'email', 'orgId', 'active'] as const;

/** A person as the form edits one: the unit by id. */
export const formOf = (person: Person) => ({
  ...person,
  orgId: person.org.id,
});

/** What the API takes. */
export function personBody(values: Record<string, unknown>): Record<string, unknown> {
  const body: Record<string, unknown> = Object.fromEntries(
    FIELDS.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key] === '' ? null : values[key]]])),
  );
  return body;
}

interface RolesForm {
  clearance?: Level;
  roles?: { role: string; orgId?: string | null }[];
}

/** The roles of a person as the form edits them, their units by id, and up to which level of files they are cleared. */
export const rolesForm = (person: Person): RolesForm => ({
  ...(person.clearance !== undefined && { clearance: person.clearance }),
  roles: person.roles.map(({ role, org }) => ({ role, orgId: org?.id ?? null })),
});

export const rolesBody = ({ clearance, roles = [] }: RolesForm) => ({
  ...(clearance !== undefined && { clearance }),
  roles: roles.map(({ role, orgId }) => ({ role, orgId: orgId || null })),
});
