import type { Person } from '../api/types.ts';

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
  roles?: { role: string; orgId?: string | null }[];
}

/** The roles of a person as the form edits them: their units by id. */
export const rolesForm = (person: Person): Required<RolesForm> => ({
  roles: person.roles.map(({ role, org }) => ({ role, orgId: org?.id ?? null })),
});

export const rolesBody = ({ roles = [] }: RolesForm) => ({
  roles: roles.map(({ role, orgId }) => ({ role, orgId: orgId || null })),
});
