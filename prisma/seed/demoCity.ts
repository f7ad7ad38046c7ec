import type { PrismaClient } from '../client/client.ts';
import { type DemoCity, demoCity } from './city.ts';
import { organisationOf, ownRows } from './organisations/index.ts';
import { type Register, registerOf } from './organisations/register.ts';

/** So many unit codes and user names of a demo city belong to others. */
export class NoRoomError extends Error {
  constructor(
    readonly orgs: number,
    readonly people: number,
  ) {
    super(`${orgs} unit codes and ${people} user names of the demo city are in use`);
    this.name = 'NoRoomError';
  }
}

export interface SeededCity {
  /** False when everything was there already: then nothing was changed. */
  created: boolean;
  orgs: number;
  people: number;
  roles: number;
}

/**
 * Creates 示例市 in one transaction, or nothing if it exists. All accounts get the same `passwordHash`: hashing is slow on
 * purpose, and the password is public.
 */
export const seedDemoCity = (prisma: PrismaClient, { passwordHash }: { passwordHash: string }): Promise<SeededCity> =>
  seed(prisma, [demoCity()], passwordHash);

/**
 * The same inside somebody's transaction, for a city that has a system administrator already: without the demo's own, whose name
 * theirs may be. Answers how much was made.
 */
export async function addDemoCity(
  tx: Transaction,
  { passwordHash }: { passwordHash: string },
): Promise<{ orgs: number; people: number }> {
  const { orgs, people, roles } = demoCity();
  const administrators = new Set(
    roles.filter(({ role }) => role === 'systemAdministrator').map(({ personId }) => personId),
  );
  const others = people.filter(({ id }) => !administrators.has(id));
  const theirs = roles.filter(({ personId }) => !administrators.has(personId));
  await insert(tx, { orgs, people: others, roles: theirs }, passwordHash);
  return { orgs: orgs.length, people: others.length };
}

/** Creates whom a shipped template is tried out with, beside 示例市 where its organisation says so; nothing of what exists. */
export async function seedDemoOrganisation(
  prisma: PrismaClient,
  key: string,
  { passwordHash }: { passwordHash: string },
): Promise<SeededCity> {
  const parts = [...(organisationOf(key).city ? [demoCity()] : []), ownRows(key)];
  return seed(prisma, parts, passwordHash, registerOf(key));
}

async function seed(
  prisma: PrismaClient,
  parts: readonly DemoCity[],
  passwordHash: string,
  register?: Register,
): Promise<SeededCity> {
  const count = (of: keyof DemoCity) => parts.reduce((all, part) => all + part[of].length, 0);
  const created = await prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('bihuan.seed'))`;
      let any = false;
      for (const part of parts) any = (await insert(tx, part, passwordHash)) || any;
      if (register) await enter(tx, register);
      return any;
    },
    { timeout: 60_000 },
  );
  return { created, orgs: count('orgs'), people: count('people'), roles: count('roles') };
}

type Transaction = Pick<Parameters<Parameters<PrismaClient['$transaction']>[0]>[0], '$executeRaw' | '$queryRaw'>;

/** Plain SQL: Prisma takes seconds to compile an insert of so many rows, PostgreSQL milliseconds to run it. */
async function insert(tx: Transaction, city: DemoCity, passwordHash: string): Promise<boolean> {
  const first = [...city.orgs, ...city.roles][0];
  if (!first) return false;
  const there = await tx.$queryRaw<unknown[]>`
    SELECT FROM org_units WHERE id = ${first.id}::uuid UNION ALL SELECT FROM roles WHERE id = ${first.id}::uuid`;
  if (there.length > 0) return false;
  const { people, roles } = await withRoom(tx, city);
  const orgs = JSON.stringify(city.orgs);
  await tx.$executeRaw`
    INSERT INTO org_units (id, code, name, name_en, kind, category, demo)
    SELECT id, code, name, "nameEn", kind, category, true FROM json_to_recordset(${orgs}::json)
      AS k(id uuid, code text, name text, "nameEn" text, kind text, category text)`;
  await tx.$executeRaw`
    INSERT INTO people (id, username, name, title, email, org_id, password_hash, demo)
    SELECT id, username, name, title, email, "orgId", ${passwordHash}, true FROM json_to_recordset(${JSON.stringify(people)}::json)
      AS k(id uuid, username text, name text, title text, email text, "orgId" uuid)`;
  await tx.$executeRaw`
    INSERT INTO roles (id, person_id, role, org_id)
    SELECT id, "personId", role, "orgId" FROM json_to_recordset(${JSON.stringify(roles)}::json)
      AS k(id uuid, "personId" uuid, role text, "orgId" uuid)`;
  // Units point at each other and at their heads, so the pointers come last.
  await tx.$executeRaw`
    UPDATE org_units SET parent_id = k."parentId", head_id = k."headId", monitoring_unit_id = k."monitoringUnitId"
    FROM json_to_recordset(${orgs}::json) AS k(id uuid, "parentId" uuid, "headId" uuid, "monitoringUnitId" uuid)
    WHERE org_units.id = k.id`;
  return true;
}

/**
 * Who of a city is made where others are already: an administrator of the demo whose user name somebody has is left out, for
 * nothing in the city hangs on them.
 *
 * @throws NoRoomError when any other user name, or the code of a unit, is somebody's
 */
async function withRoom(
  tx: Transaction,
  { orgs, people, roles }: DemoCity,
): Promise<Pick<DemoCity, 'people' | 'roles'>> {
  const taken = await tx.$queryRaw<{ username: string }[]>`
    SELECT username FROM people WHERE username = ANY(${people.map(({ username }) => username)})`;
  const codes = await tx.$queryRaw<unknown[]>`SELECT FROM org_units WHERE code = ANY(${orgs.map(({ code }) => code)})`;
  const names = new Set(taken.map(({ username }) => username));
  const left = new Set(people.filter(({ username }) => names.has(username)).map(({ id }) => id));
  const administers = (id: string) =>
    roles.some(({ personId, role }) => personId === id && role.endsWith('Administrator'));
  if (codes.length > 0 || [...left].some((id) => !administers(id))) throw new NoRoomError(codes.length, left.size);
  return {
    people: people.filter(({ id }) => !left.has(id)),
    roles: roles.filter(({ personId }) => !left.has(personId)),
  };
}

/** Years before, and values of another place; what somebody entered already stays. */
async function enter(tx: Transaction, { history, benchmarks, by }: Register): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO indicator_history (org_id, code, year, value, source, set_by, set_at)
    SELECT o.id, k.code, k.year, k.value, k.source, ${by}::uuid, now() FROM json_to_recordset(${JSON.stringify(history)}::json)
      AS k(org text, code text, year int, value numeric, source text) JOIN org_units o ON o.code = k.org ON CONFLICT DO NOTHING`;
  await tx.$executeRaw`
    INSERT INTO benchmarks (code, place, period, value, source, set_by, set_at)
    SELECT code, place, period, value, source, ${by}::uuid, now() FROM json_to_recordset(${JSON.stringify(benchmarks)}::json)
      AS k(code text, place text, period text, value numeric, source text) ON CONFLICT DO NOTHING`;
}
