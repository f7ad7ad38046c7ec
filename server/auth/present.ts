import type { z } from 'zod';
import type { Me } from './me.ts';
import type { meSchema } from './schema.ts';

/** What the caller is told about itself. */
export const presentMe = (me: Me, demo: boolean): z.infer<typeof meSchema> => ({
  person: {
    id: me.id,
    username: me.username,
    name: me.name,
    ...(me.title && { title: me.title }),
    language: me.language,
    demo: me.demo,
    org: me.org,
  },
  roles: me.roles.map(({ role, orgId, orgName }) => ({
    role,
    ...(orgId && { org: { id: orgId, name: orgName ?? '' } }),
  })),
  can: [...me.abilities].sort(),
  csrf: me.session.csrf,
  demo,
  preferences: me.preferences,
});
