import { describe, expect, it } from 'vitest';
import { makePool } from '../../../server/db/index.ts';
import { makePrisma } from '../../../server/db/prisma.ts';
import { toProblem } from '../../../server/http/errors.ts';
import { problem } from '../../../server/http/problem.ts';
import { makeTestDatabase } from '../../support/database.ts';

const database = await makeTestDatabase();

const idOf = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
    return 'nothing was thrown';
  } catch (error) {
    return toProblem(error).id;
  }
};

describe('a database that is away', () => {
  it('is 503 when nobody listens', async () => {
    const prisma = makePrisma('postgres://bihuan@127.0.0.1:1/none');
    const pool = makePool('postgres://bihuan@127.0.0.1:1/none', { max: 1, name: 'nowhere' });
    expect(await idOf(() => prisma.person.count())).toBe('database.unavailable');
    expect(await idOf(() => prisma.$queryRaw`SELECT 1`)).toBe('database.unavailable');
    expect(await idOf(() => prisma.$transaction(async (db) => db.person.count()))).toBe('database.unavailable');
    expect(await idOf(() => pool.query('SELECT 1'))).toBe('database.unavailable');
    await prisma.$disconnect();
    await pool.end();
  });

  it('is 503 when it ends a connection under way', async () => {
    const prisma = makePrisma(database.pool);
    const kill = 'SELECT pg_terminate_backend(pg_backend_pid())';
    expect(await idOf(() => prisma.$queryRawUnsafe(kill))).toBe('database.unavailable');
    expect(await idOf(() => database.pool.query(kill))).toBe('database.unavailable');
    expect(await idOf(() => prisma.$transaction(async (db) => db.$queryRawUnsafe(kill)))).toBe('database.unavailable');
    expect(await prisma.person.count()).toBe(0);
    await prisma.$disconnect();
  });

  it('is something else than a mistake of ours', async () => {
    const prisma = makePrisma(database.pool);
    expect(await idOf(() => prisma.$queryRaw`SELECT nonsense`)).toBe('server.error');
    expect(toProblem(new TypeError('x is not a function')).id).toBe('server.error');
    expect(toProblem(problem('task.closed')).id).toBe('task.closed');
    const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' });
    expect(toProblem(deadlock).id).toBe('database.conflict');
    await prisma.$disconnect();
  });
});
