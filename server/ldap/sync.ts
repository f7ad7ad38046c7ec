import { randomUUID } from 'node:crypto';
import { Prisma, type PrismaClient } from '../../prisma/client/client.ts';
import { record } from '../audit/record.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { checkTree } from '../orgs/write.ts';
import type { LdapSettings } from './client.ts';
import { type KnownOrg, type KnownPerson, type Plan, planSync } from './plan.ts';
import { type DirectoryContent, readDirectory } from './read.ts';

export interface SyncOptions {
  dryRun: boolean;
  /** Whether accounts and units of the same name that were kept by hand become the directory's. */
  adopt: boolean;
  now: Date;
}

/** What a sync did, or would do. */
export type SyncResult = Pick<Plan, 'orgs' | 'people' | 'roles' | 'skipped'> & { dryRun: boolean };

/** A city's worth of people, one by one. */
const TIMEOUT = 10 * 60_000;

/**
 * Makes people and organisations what the directory says, all of it or nothing. Those that are kept by hand and the three
 * administrators are never touched.
 * @throws ldap.off, ldap.unreachable, ldap.tooMany
 */
export const syncDirectory = async (
  prisma: PrismaClient,
  settings: LdapSettings,
  { dryRun, adopt, now }: SyncOptions,
): Promise<SyncResult> => {
  const directory = await readDirectory(settings);
  return prisma.$transaction(
    async (db) => {
      await db.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('ldap.sync'))`);
      const { kept, ...plan } = planSync(directory, await readKnown(db), { adopt, newId: randomUUID });
      checkGuard(plan, kept, settings.ldapMostDeactivated);
      const result = { dryRun, ...plan };
      if (dryRun) return result;
      await apply(db, plan, now);
      await note(db, result, directory, now);
      return result;
    },
    { timeout: TIMEOUT, maxWait: 60_000 },
  );
};

const readKnown = async (db: Database): Promise<{ orgs: KnownOrg[]; people: KnownPerson[] }> => {
  const orgs = await db.orgUnit.findMany({
    select: {
      id: true,
      code: true,
      name: true,
      kind: true,
      category: true,
      parentId: true,
      active: true,
      directoryId: true,
    },
  });
  const people = await db.person.findMany({
    select: {
      id: true,
      username: true,
      name: true,
      title: true,
      email: true,
      orgId: true,
      active: true,
      directoryId: true,
      roles: { where: { orgId: null }, select: { role: true } },
    },
  });
  return { orgs, people: people.map((one) => ({ ...one, roles: one.roles.map(({ role }) => role) })) };
};

/** A directory that is half gone, or a filter with a slip of the pen, must not close the accounts of a city. */
const checkGuard = ({ people, orgs }: Omit<Plan, 'kept'>, kept: Plan['kept'], most: number): void => {
  for (const [what, gone, total] of [
    ['people', people.deactivate.length, kept.people],
    ['orgs', orgs.deactivate.length, kept.orgs],
  ] as const)
    if (gone * 100 > total * most) throw problem('ldap.tooMany', { what, gone, total, most });
};

const apply = async (db: Database, { orgs, people, roles }: Omit<Plan, 'kept'>, now: Date): Promise<void> => {
  for (const { parentId: _later, ...data } of orgs.create) await db.orgUnit.create({ data });
  for (const { id, parentId } of orgs.create)
    if (parentId !== null) await db.orgUnit.update({ where: { id }, data: { parentId } });
  for (const { id, changes } of orgs.update)
    await db.orgUnit.update({ where: { id }, data: { ...valuesOf(changes), version: { increment: 1 } } });
  if (orgs.create.length + orgs.update.length > 0) await checkTree(db);
  for (const data of people.create) await db.person.create({ data });
  for (const { id, changes } of people.update)
    await db.person.update({ where: { id }, data: { ...valuesOf(changes), version: { increment: 1 } } });
  const gone = people.deactivate.map(({ id }) => id);
  await db.person.updateMany({ where: { id: { in: gone } }, data: { active: false, version: { increment: 1 } } });
  await db.session.deleteMany({ where: { personId: { in: gone } } });
  await db.orgUnit.updateMany({
    where: { id: { in: orgs.deactivate.map(({ id }) => id) } },
    data: { active: false, version: { increment: 1 } },
  });
  for (const { id: personId, role } of roles.add)
    await db.role.create({ data: { id: randomUUID(), personId, role, orgId: null } });
  for (const { id: personId, role } of roles.remove)
    await db.role.deleteMany({ where: { personId, role, orgId: null } });
  await db.$executeRaw`SELECT pg_notify('bihuan_directory', '')`;
  await db.directorySync.deleteMany({ where: { at: { lt: new Date(now.getTime() - 400 * 86_400_000) } } });
};

const valuesOf = (changes: Record<string, { to: string | null }>): Record<string, string | null> =>
  Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to]));

const note = async (db: Database, result: SyncResult, directory: DirectoryContent, now: Date): Promise<void> => {
  const detail = {
    read: { people: directory.people.length, orgs: directory.orgs?.length ?? 0 },
    people: countsOf(result.people),
    orgs: countsOf(result.orgs),
    roles: { added: result.roles.add.length, removed: result.roles.remove.length },
    skipped: result.skipped.length,
  };
  await db.directorySync.create({ data: { id: randomUUID(), at: now, ok: true, detail } });
  await record(overPrisma(db), { action: 'ldap.sync', detail });
};

const countsOf = ({ create, update, deactivate }: { create: unknown[]; update: unknown[]; deactivate: unknown[] }) => ({
  created: create.length,
  updated: update.length,
  deactivated: deactivate.length,
});
