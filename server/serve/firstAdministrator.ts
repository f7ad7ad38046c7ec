import { randomBytes, randomUUID } from 'node:crypto';
import { Prisma, type PrismaClient } from '../../prisma/client/client.ts';
import { hashPassword } from '../auth/password.ts';

export interface FirstAdministrator {
  username: string;
  password: string;
}

/**
 * On a database without anyone: makes the administrator who lets the others in, with a password that is drawn now and shown
 * once. Undefined when there are people already.
 */
export const makeFirstAdministrator = async (prisma: PrismaClient): Promise<FirstAdministrator | undefined> => {
  if ((await prisma.person.count()) > 0) return undefined;
  const password = randomBytes(12).toString('base64url');
  const passwordHash = await hashPassword(password);
  return prisma.$transaction(async (db) => {
    await db.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('people.administrators'))`);
    if ((await db.person.count()) > 0) return undefined;
    const org = { code: 'city', name: '本市', nameEn: 'The city', kind: 'group' };
    const { id: orgId } = await db.orgUnit.upsert({
      where: { code: 'city' },
      create: { id: randomUUID(), ...org },
      update: {},
    });
    const person = { id: randomUUID(), username: 'admin', name: '管理员', orgId, passwordHash };
    await db.person.create({ data: person });
    await db.role.create({ data: { id: randomUUID(), personId: person.id, role: 'systemAdministrator' } });
    return { username: person.username, password };
  });
};
