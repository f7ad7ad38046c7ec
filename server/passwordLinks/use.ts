import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { choosePassword, type PasswordRules } from '../auth/choosePassword.ts';
import { countKeys, forgive } from '../auth/lockout.ts';
import { endSessions, hashToken } from '../auth/session.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import type { linkSchema } from './schema.ts';

/** Whose link it is; `link.invalid` when it is used, out of date, or was never made. */
export const readLink = async (db: Database, token: string, now: Date): Promise<z.infer<typeof linkSchema>> => {
  const link = await db.passwordLink.findUnique({ where: { tokenHash: hashToken(token) }, include: { person: true } });
  if (!link || link.usedAt || link.expiresAt <= now || !link.person.active) throw problem('link.invalid');
  const { username, name } = link.person;
  const kind = link.kind === 'invitation' ? 'invitation' : 'reset';
  return { kind, username, name, expiresAt: link.expiresAt.toISOString() };
};

/**
 * Chooses a password by a link, which is used up by that. Whoever has it reads the mails of the account, so it is unlocked too; but
 * it signs nobody in: the second factor is asked for as ever.
 */
export const usePasswordLink = async (
  db: Database,
  { token, password }: { token: string; password: string },
  { settings, now }: { settings: PasswordRules; now: Date },
): Promise<{ personId: string; kind: string; ended: number }> => {
  const [link] = await db.$queryRaw<{ person_id: string; kind: string }[]>(Prisma.sql`
    UPDATE password_links l SET used_at = ${now} FROM people p
    WHERE l.token_hash = ${hashToken(token)} AND l.used_at IS NULL AND l.expires_at > ${now} AND p.id = l.person_id AND p.active
    RETURNING l.person_id, l.kind`);
  if (!link) throw problem('link.invalid');
  const { person_id: personId, kind } = link;
  await choosePassword(db, personId, password, { settings, now });
  const ended = await endSessions(db, personId);
  await forgive(db, [countKeys.person(personId)], now);
  return { personId, kind, ended };
};
