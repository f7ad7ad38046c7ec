import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import { record } from '../audit/record.ts';
import { choosePassword, type PasswordRules } from '../auth/choosePassword.ts';
import { hashPaperCode } from '../auth/paperCode.ts';
import type { Administrator } from '../auth/roles.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { type FieldError, problem } from '../http/problem.ts';
import type { Setup } from './schema.ts';

const DUTIES: Record<'system' | 'security' | 'audit', Administrator> = {
  system: 'systemAdministrator',
  security: 'securityAdministrator',
  audit: 'auditAdministrator',
};

/** 三员: makes the three administrators of an instance that has nobody yet. The code is used up by that. */
export const setUp = async (
  db: Database,
  body: Setup,
  { settings, now }: { settings: PasswordRules; now: Date },
): Promise<void> => {
  await db.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('people.administrators'))`);
  if ((await db.person.count()) > 0) throw problem('setup.done');
  const { count } = await db.setupSecret.deleteMany({
    where: { hash: hashPaperCode(body.code), expiresAt: { gt: now } },
  });
  if (count === 0) throw problem('setup.code');
  checkApart(body);
  await db.setupSecret.deleteMany();
  const name = body.city ?? '本市';
  const { id: orgId } = await db.orgUnit.upsert({
    where: { code: 'city' },
    create: { id: randomUUID(), code: 'city', name, kind: 'group' },
    update: { name },
  });
  for (const [key, role] of Object.entries(DUTIES) as [keyof typeof DUTIES, Administrator][]) {
    const { password, ...person } = body[key];
    const id = randomUUID();
    await db.person.create({
      data: { id, orgId, username: person.username, name: person.name, email: person.email ?? null },
    });
    await choosePassword(db, id, password, { settings, now, path: `${key}.password` });
    await db.role.create({ data: { id: randomUUID(), personId: id, role } });
    await record(overPrisma(db), { action: 'setup', object: `people/${id}`, detail: { role } });
  }
  await db.$executeRaw`SELECT pg_notify('bihuan_directory', '')`;
};

/** Three people, not one under three names that look alike. */
const checkApart = (body: Setup): void => {
  const seen = new Set<string>();
  const errors: FieldError[] = [];
  for (const key of Object.keys(DUTIES) as (keyof typeof DUTIES)[]) {
    const username = body[key].username.toLowerCase();
    if (seen.has(username))
      errors.push({
        path: `${key}.username`,
        message: { zh: '三名管理员须用不同的用户名', en: 'the three administrators need user names of their own' },
      });
    seen.add(username);
  }
  if (errors.length > 0) throw problem('input.invalid', { errors });
};
