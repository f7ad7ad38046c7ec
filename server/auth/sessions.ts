import type { z } from 'zod';
import type { Database } from '../http/deps.ts';
import type { Settings } from '../settings/index.ts';
import type { sessionSchema } from './schema.ts';
import { idleSince } from './session.ts';

/** The sessions of a person that are alive, the last used first. */
export const listSessions = async (
  db: Database,
  personId: string,
  currentId: string,
  now: Date,
  settings: Pick<Settings, 'sessionIdleMinutes'>,
): Promise<z.infer<typeof sessionSchema>[]> => {
  const sessions = await db.session.findMany({
    where: { personId, expiresAt: { gt: now }, seenAt: { gt: idleSince(now, settings) } },
    orderBy: [{ seenAt: 'desc' }, { id: 'asc' }],
  });
  return sessions.map(({ id, address, agent, secondFactor, createdAt, seenAt, expiresAt }) => ({
    id,
    address,
    agent,
    secondFactor,
    openedAt: createdAt.toISOString(),
    usedAt: seenAt.toISOString(),
    endsAt: expiresAt.toISOString(),
    current: id === currentId,
  }));
};

/** Ends one session of a person; false when there is none of this id. */
export const endSession = async (db: Database, personId: string, id: string): Promise<boolean> => {
  const { count } = await db.session.deleteMany({ where: { personId, id } });
  return count > 0;
};
