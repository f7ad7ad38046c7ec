import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { areSeparate, isAdministrator } from '../auth/roles.ts';
import { defined } from '../http/defined.ts';
import type { Database } from '../http/deps.ts';
import { checkVersion } from '../http/etag.ts';
import { type FieldError, problem } from '../http/problem.ts';
import { keepAdministrators } from './keep.ts';
import type { Roles, RolesBody } from './schema.ts';

/** Says all the roles of a person who still has the version named. They hold from that person's next request on. */
export const grantRoles = async (
  db: Database,
  id: string,
  version: number,
  { roles, clearance }: RolesBody,
  me: Me,
): Promise<void> => {
  if (id === me.id) throw problem('role.own');
  const [current] = await db.$queryRaw<{ version: number }[]>(
    Prisma.sql`SELECT version FROM people WHERE id = ${id}::uuid FOR UPDATE`,
  );
  if (!current) throw problem('person.unknown');
  checkVersion(current.version, version);
  await checkUnits(db, roles);
  if (!areSeparate(roles.map(({ role }) => role))) throw problem('role.separate');
  await keepAdministrators(db, () => setRoles(db, id, roles));
  await db.person.update({ where: { id }, data: { ...defined({ clearance }), version: { increment: 1 } } });
};

const setRoles = async (db: Database, personId: string, roles: Roles): Promise<void> => {
  const unique = new Map(roles.map(({ role, orgId }) => [`${role}@${orgId ?? ''}`, { role, orgId: orgId ?? null }]));
  await db.role.deleteMany({ where: { personId } });
  await db.role.createMany({ data: [...unique.values()].map((role) => ({ id: randomUUID(), personId, ...role })) });
};

const checkUnits = async (db: Database, roles: Roles): Promise<void> => {
  const wanted = roles.flatMap(({ orgId }) => (orgId ? [orgId] : []));
  const found = await db.orgUnit.findMany({ where: { id: { in: wanted } }, select: { id: true } });
  const known = new Set(found.map(({ id }) => id));
  const errors = roles.flatMap(({ role, orgId }, at): FieldError[] => {
    if (!orgId) return [];
    if (isAdministrator(role)) return [{ path: `roles[${at}].orgId`, message: CITY_ONLY }];
    return known.has(orgId) ? [] : [{ path: `roles[${at}].orgId`, message: UNKNOWN }];
  });
  if (errors.length > 0) throw problem('input.invalid', { errors });
};

const UNKNOWN = { zh: '没有这个单位', en: 'no such organisation' };
export const CITY_ONLY = { zh: '管理员只能是全市的', en: 'an administrator is one for the whole city' };
