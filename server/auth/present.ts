import type { z } from 'zod';
import type { Deps } from '../http/deps.ts';
import { dutyOf } from './duty.ts';
import { presentRoles } from './heldRoles.ts';
import type { Me } from './me.ts';
import type { meSchema } from './schema.ts';

/** What the caller is told about itself. */
export const presentMe = (me: Me, deps: Pick<Deps, 'settings' | 'demo'>, now: Date): z.infer<typeof meSchema> => {
  const duty = dutyOf(me, deps, now);
  return {
    person: {
      id: me.id,
      username: me.username,
      name: me.name,
      ...(me.title && { title: me.title }),
      language: me.language,
      demo: me.demo,
      clearance: me.clearance,
      org: me.org,
    },
    roles: presentRoles(me.roles),
    can: [...me.abilities].sort(),
    csrf: me.session.csrf,
    demo: deps.demo !== undefined,
    preferences: me.preferences,
    secondFactor: me.secondFactor,
    ...(duty && { duty }),
  };
};
