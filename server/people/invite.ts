import { Prisma } from '../../prisma/client/client.ts';
import { record } from '../audit/record.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database, Deps } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { askForLink, giveLink, isReachable } from '../passwordLinks/ask.ts';

/** Somebody new gets a mail with a link to choose a password, if mail reaches them. */
export const inviteIfReachable = async (db: Database, id: string, deps: Pick<Deps, 'settings'>): Promise<void> => {
  const person = await db.person.findUniqueOrThrow({ where: { id } });
  if (person.active && isReachable(person, deps)) await askForLink(db, { personId: id, kind: 'invitation' });
};

/** Invites somebody who has no password yet; whoever has one is the security administrator's affair. */
export const invitePerson = (deps: Pick<Deps, 'prisma' | 'settings'>, id: string, now: Date) =>
  deps.prisma.$transaction(async (db) => {
    const person = await db.person.findUnique({ where: { id } });
    if (!person?.active) throw problem('person.unknown');
    if (person.passwordHash !== null) throw problem('account.hasPassword');
    const given = await giveLink(db, person, 'invitation', now, deps);
    const how = 'sentTo' in given ? 'mail' : 'shown';
    await record(overPrisma(db), { action: 'people.invite', object: `people/${id}`, detail: { how } });
    return given;
  });

/** Invites all who have neither a password nor a good invitation, as after an import. */
export const inviteEverybody = async (db: Database, now: Date, deps: Pick<Deps, 'settings'>) => {
  const people = await db.$queryRaw<{ id: string; email: string | null }[]>(Prisma.sql`
    SELECT p.id::text, p.email FROM people p WHERE p.active AND p.password_hash IS NULL AND NOT EXISTS (
      SELECT FROM password_links l WHERE l.person_id = p.id AND l.kind = 'invitation' AND l.used_at IS NULL AND l.expires_at > ${now})`);
  const reachable = people.filter((person) => isReachable(person, deps));
  for (const { id } of reachable) await askForLink(db, { personId: id, kind: 'invitation' });
  return { invited: reachable.length, unreachable: people.length - reachable.length };
};
