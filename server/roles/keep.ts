import { Prisma } from '../../prisma/client/client.ts';
import { ADMINISTRATORS } from '../auth/roles.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';

/**
 * Makes a change, unless it takes the last account that can sign in from one of the three administrators' duties. One such change
 * at a time, so that two administrators cannot remove each other.
 */
export const keepAdministrators = async <T>(db: Database, change: () => Promise<T>): Promise<T> => {
  await db.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext('people.administrators'))`);
  const before = await held(db);
  const result = await change();
  const after = await held(db);
  const lost = [...before].find((role) => !after.has(role));
  if (lost) throw problem('person.lastAdministrator', { role: lost });
  return result;
};

const held = async (db: Database): Promise<Set<string>> => {
  const rows = await db.role.findMany({
    where: { role: { in: [...ADMINISTRATORS] }, person: { active: true } },
    select: { role: true },
    distinct: ['role'],
  });
  return new Set(rows.map(({ role }) => role));
};
