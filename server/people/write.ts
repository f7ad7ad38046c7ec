import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import { isStrongPassword } from '../auth/common.ts';
import { hashPassword } from '../auth/password.ts';
import { defined } from '../http/defined.ts';
import type { Database } from '../http/deps.ts';
import { isDuplicate } from '../http/errors.ts';
import { checkVersion } from '../http/etag.ts';
import { problem } from '../http/problem.ts';
import { keepAdministrators } from '../roles/keep.ts';
import type { NewPerson, PersonPatch } from './schema.ts';

/** Adds a person and gives the id. Without a password nobody can sign in with the account. */
export const createPerson = async (db: Database, { password, ...body }: NewPerson): Promise<string> => {
  await checkUnit(db, body.orgId);
  const passwordHash = password === undefined ? null : await newHash(password, body.username);
  const id = randomUUID();
  await db.person.create({ data: { id, passwordHash, ...defined(body) } }).catch(taken(body.username));
  return id;
};

/** Changes a person who still has the version named. A new password or a closed account ends the sessions. */
export const changePerson = async (db: Database, id: string, version: number, body: PersonPatch): Promise<void> => {
  const { password, ...columns } = body;
  const rows = await db.$queryRaw<{ version: number; username: string }[]>(
    Prisma.sql`SELECT version, username FROM people WHERE id = ${id}::uuid FOR UPDATE`,
  );
  const current = rows[0];
  if (!current) throw problem('person.unknown');
  checkVersion(current.version, version);
  if (body.orgId !== undefined) await checkUnit(db, body.orgId);
  const secret =
    password === undefined ? {} : { passwordHash: await newHash(password, body.username ?? current.username) };
  const write = () =>
    db.person
      .update({ where: { id }, data: { ...defined(columns), ...secret, version: { increment: 1 } } })
      .catch(taken(body.username ?? ''));
  await (body.active === false ? keepAdministrators(db, write) : write());
  if (password !== undefined || body.active === false) await db.session.deleteMany({ where: { personId: id } });
};

const newHash = (password: string, username: string): Promise<string> => {
  if (!isStrongPassword(password, username)) throw problem('password.weak');
  return hashPassword(password);
};

const taken = (username: string) => (error: unknown) => {
  throw isDuplicate(error) ? problem('person.usernameTaken', { username }) : error;
};

const checkUnit = async (db: Database, orgId: string): Promise<void> => {
  if ((await db.orgUnit.count({ where: { id: orgId } })) > 0) return;
  throw problem('input.invalid', {
    errors: [{ path: 'orgId', message: { zh: '没有这个单位', en: 'no such organisation' } }],
  });
};
