import type { Queryable } from '../engine/rows.ts';
import type { Database } from '../http/deps.ts';

/** Lets what is written in plain SQL run in a transaction of Prisma's. */
export const sqlOf = (db: Database): Queryable => {
  const query = async (given: string | { text: string; values?: unknown[] }, values: unknown[] = []) => {
    const { text, values: own = values } = typeof given === 'string' ? { text: given, values } : given;
    const rows = await db.$queryRawUnsafe<object[]>(text, ...own);
    return { rows, rowCount: rows.length };
  };
  return { query } as unknown as Queryable;
};
