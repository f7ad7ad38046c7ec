import type pg from 'pg';
import type { Database } from '../http/deps.ts';

/** Asks the database, whether over a pool, a connection in a transaction, or Prisma. Columns of numbers are asked for as text. */
export interface Sql {
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Over a pool, or a connection of one. */
export const overPg = (client: Pick<pg.Pool | pg.PoolClient, 'query'>): Sql => ({
  query: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    ((await client.query(text, [...values])) as unknown as { rows: Row[] }).rows,
});

/** Over Prisma, in the transaction of a change. Values are cast in the text: `$1::uuid`. */
export const overPrisma = (db: Database): Sql => ({
  query: <Row extends object>(text: string, values: readonly unknown[] = []) =>
    db.$queryRawUnsafe<Row[]>(text, ...values),
});
