import { randomUUID } from 'node:crypto';
import { Prisma, type PrismaClient } from '../../prisma/client/client.ts';
import { ADMINISTRATORS, areSeparate, isAdministrator } from '../auth/roles.ts';
import { problem } from '../http/problem.ts';

/**
 * Makes somebody an administrator from the server's own console, where nobody who can sign in is one: the way in after an upgrade,
 * and back in when the last one has left.
 */
export const appoint = (prisma: PrismaClient, username: string, role: string): Promise<{ name: string }> =>
  prisma.$transaction(async (db) => {
    if (!isAdministrator(role)) throw problem('role.appoint.unknown', { roles: ADMINISTRATORS.join(', ') });
    await db.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('people.administrators'))`);
    const person = await db.person.findUnique({ where: { username }, include: { roles: true } });
    if (!person?.active) throw problem('person.unknown');
    const holder = await db.role.findFirst({ where: { role, person: { active: true } }, include: { person: true } });
    if (holder) throw problem('role.appoint.held', { role, username: holder.person.username });
    if (!areSeparate([role, ...person.roles.map((held) => held.role)])) throw problem('role.separate');
    await db.role.create({ data: { id: randomUUID(), personId: person.id, role } });
    await db.person.update({ where: { id: person.id }, data: { version: { increment: 1 } } });
    await db.$executeRaw`SELECT pg_notify('bihuan_directory', '')`;
    return { name: person.name };
  });
