import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import { isStrongPassword } from '../auth/common.ts';
import { hashPassword } from '../auth/password.ts';
import { defined } from '../http/defined.ts';
import type { Database } from '../http/deps.ts';
import { isDuplicate } from '../http/errors.ts';
import { checkVersion } from '../http/etag.ts';
import { type FieldError, problem } from '../http/problem.ts';
import type { NewPerson, PersonPatch } from './schema.ts';

/** Adds a person and gives the id. Without a password nobody can sign in with the account. */
export const createPerson = async (db: Database, { roles, password, ...body }: NewPerson): Promise<string> => {
  await checkUnits(db, { roles, orgId: body.orgId });
  const passwordHash = password === undefined ? null : await newHash(password, body.username);
  const id = randomUUID();
  await db.person.create({ data: { id, passwordHash, ...defined(body) } }).catch(taken(body.username));
  if (roles) await setRoles(db, id, roles);
  return id;
};

/** Changes a person who still has the version named. A new password or a closed account ends the sessions. */
export const changePerson = async (db: Database, id: string, version: number, body: PersonPatch): Promise<void> => {
  const { roles, password, ...columns } = body;
  const rows = await db.$queryRaw<{ version: number; username: string }[]>(
    Prisma.sql`SELECT version, username FROM people WHERE id = ${id}::uuid FOR UPDATE`,
  );
  const current = rows[0];
  if (!current) throw problem('person.unknown');
  checkVersion(current.version, version);
  await checkUnits(db, { roles, orgId: body.orgId });
  const secret =
    password === undefined ? {} : { passwordHash: await newHash(password, body.username ?? current.username) };
  await db.person
    .update({ where: { id }, data: { ...defined(columns), ...secret, version: { increment: 1 } } })
    .catch(taken(body.username ?? ''));
  if (password !== undefined || body.active === false) await db.session.deleteMany({ where: { personId: id } });
  if (roles) await setRoles(db, id, roles);
  if (roles || body.active === false) await keepAdministrator(db);
};

const newHash = (password: string, username: string): Promise<string> => {
  if (!isStrongPassword(password, username)) throw problem('password.weak');
  return hashPassword(password);
};

const taken = (username: string) => (error: unknown) => {
  throw isDuplicate(error) ? problem('person.usernameTaken', { username }) : error;
};

type Roles = NonNullable<PersonPatch['roles']>;

const setRoles = async (db: Database, personId: string, roles: Roles): Promise<void> => {
  const unique = new Map(roles.map(({ role, orgId }) => [`${role}@${orgId ?? ''}`, { role, orgId: orgId ?? null }]));
  await db.role.deleteMany({ where: { personId } });
  await db.role.createMany({ data: [...unique.values()].map((role) => ({ id: randomUUID(), personId, ...role })) });
};

const checkUnits = async (db: Database, { roles, orgId }: { roles: Roles | undefined; orgId: string | undefined }) => {
  const wanted = [
    ...(orgId ? [{ path: 'orgId', id: orgId }] : []),
    ...(roles ?? []).flatMap(({ orgId: id }, at) => (id ? [{ path: `roles[${at}].orgId`, id }] : [])),
  ];
  const found = await db.orgUnit.findMany({ where: { id: { in: wanted.map(({ id }) => id) } }, select: { id: true } });
  const known = new Set(found.map(({ id }) => id));
  const errors: FieldError[] = wanted
    .filter(({ id }) => !known.has(id))
    .map(({ path }) => ({ path, message: { zh: '没有这个单位', en: 'no such organisation' } }));
  if (errors.length > 0) throw problem('input.invalid', { errors });
};

/** Someone must be left who can let people in. One change at a time, so that two administrators cannot remove each other. */
export const keepAdministrator = async (db: Database): Promise<void> => {
  await db.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('people.administrators'))`);
  const left = await db.role.count({ where: { role: 'administrator', orgId: null, person: { active: true } } });
  if (left === 0) throw problem('person.lastAdministrator');
};
