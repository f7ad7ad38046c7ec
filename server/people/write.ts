import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import { endSessions } from '../auth/session.ts';
import { defined } from '../http/defined.ts';
import type { Database } from '../http/deps.ts';
import { isDuplicate } from '../http/errors.ts';
import { checkVersion } from '../http/etag.ts';
import { problem } from '../http/problem.ts';
import { keepAdministrators } from '../roles/keep.ts';
import type { NewPerson, PersonPatch } from './schema.ts';

/** Adds a person and gives the id. They choose a password themselves, by an invitation. */
export const createPerson = async (db: Database, body: NewPerson): Promise<string> => {
  await checkUnit(db, body.orgId);
  const id = randomUUID();
  await db.person.create({ data: { id, ...defined(body) } }).catch(taken(body.username));
  return id;
};

/** Changes a person who still has the version named. A closed account ends the sessions. */
export const changePerson = async (db: Database, id: string, version: number, body: PersonPatch): Promise<void> => {
  const rows = await db.$queryRaw<{ version: number }[]>(
    Prisma.sql`SELECT version FROM people WHERE id = ${id}::uuid FOR UPDATE`,
  );
  const current = rows[0];
  if (!current) throw problem('person.unknown');
  checkVersion(current.version, version);
  if (body.orgId !== undefined) await checkUnit(db, body.orgId);
  const write = () =>
    db.person
      .update({ where: { id }, data: { ...defined(body), version: { increment: 1 } } })
      .catch(taken(body.username ?? ''));
  await (body.active === false ? keepAdministrators(db, write) : write());
  if (body.active === false) await endSessions(db, id);
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
