import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { PrismaClient } from '../../prisma/client/client.ts';
import { makePool } from './pool.ts';

export type Prisma = PrismaClient;

/** Prisma waits two seconds for a connection by default, too short for a busy machine. */
const transactionOptions = { maxWait: 10_000, timeout: 30_000 };

/** What failed, without the values that it failed with: messages go into the log. */
const errorFormat = 'minimal';

/**
 * A Prisma client on a pool of ours, or on an address (then it makes its own pool and `$disconnect` ends it).
 * There is no query engine binary: Prisma compiles queries in JavaScript and `pg` sends them.
 */
export const makePrisma = (source: pg.Pool | string, { max = 10 } = {}): PrismaClient => {
  if (typeof source !== 'string')
    return new PrismaClient({ adapter: new PrismaPg(source), transactionOptions, errorFormat });
  const pool = makePool(source, { max, name: 'prisma' });
  return new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true }),
    transactionOptions,
    errorFormat,
  });
};
