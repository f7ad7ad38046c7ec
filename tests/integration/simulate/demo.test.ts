import { describe, expect, it } from 'vitest';
import { verifyPassword } from '../../../server/auth/password.ts';
import { makePrisma } from '../../../server/db/prisma.ts';
import { readDemoAccounts, seedDemo } from '../../../server/simulate/demo.ts';
import { verify } from '../../../server/verify/verify.ts';
import { library } from '../../../workflows/library/index.ts';
import { makeTestDatabase } from '../../support/database.ts';

const { pool } = await makeTestDatabase();
const prisma = makePrisma(pool);
const now = new Date('2026-11-20T04:00:00Z');
const rows = async (sql: string) => (await pool.query(sql)).rows as Record<string, unknown>[];

describe('seedDemo', () => {
  it('goes on where it was interrupted, and does nothing once it is done', { timeout: 120_000 }, async () => {
    expect(await readDemoAccounts(pool)).toBeUndefined();
    const interrupt = ({ steps }: { steps: number }) => {
      if (steps > 150) throw new Error('power cut');
    };
    await expect(seedDemo({ pool, prisma, now, cases: 8, onProgress: interrupt })).rejects.toThrow('power cut');
    const done = await seedDemo({ pool, prisma, now, cases: 8 });
    expect(done).toMatchObject({ created: true, templates: Object.keys(library) });
    expect(done.cycles.map(({ year, cases }) => [year, cases])).toEqual([
      [2025, 8],
      [2026, 8],
      [2027, 8],
    ]);
    // Last year's is over: everyone has a score that explains itself, a grade and a letter.
    const year = `(SELECT id FROM cycles WHERE year = 2025)`;
    expect(await rows(`SELECT status FROM cycles WHERE year = 2025`)).toEqual([{ status: 'closed' }]);
    expect(await rows(`SELECT count(*)::int AS n FROM letters WHERE cycle_id = ${year}`)).toEqual([{ n: 8 }]);
    const judged = `SELECT count(DISTINCT case_id)::int AS n FROM results WHERE cycle_id = ${year} AND grade IS NOT NULL`;
    expect(await rows(judged)).toEqual([{ n: 8 }]);
    expect(await seedDemo({ pool, prisma, now: new Date('2026-12-20T04:00:00Z'), cases: 8 })).toEqual({
      ...done,
      created: false,
    });
    expect((await verify(pool)).mismatches).toEqual([]);
    expect(await rows(`SELECT max(at) < '2026-11-20T04:00:00Z' AS past FROM case_events`)).toEqual([{ past: true }]);
    const late = await rows(`SELECT count(*)::int AS n FROM timers WHERE due_at < '2026-11-20T04:00:00Z'`);
    expect(late).toEqual([{ n: 0 }]);
    const open = await rows(`SELECT DISTINCT block FROM tasks WHERE state = 'open'`);
    expect(open.length).toBeGreaterThan(1);
  });

  it('names accounts with something to do, and their password', async () => {
    const demo = await readDemoAccounts(pool);
    expect(demo?.accounts.map(({ username }) => username.replace(/^\w+\./, '*.'))).toEqual([
      'office',
      '*.head',
      '*.staff1',
      '*.section1',
      '*.monitor',
      'committee',
      'standing',
      'leader1',
      '*.rater1',
      'admin',
      'security',
      'auditor',
    ]);
    const { passwordHash } = await prisma.person.findUniqueOrThrow({ where: { username: 'office' } });
    expect(await verifyPassword(demo?.password ?? '', passwordHash)).toBe(true);
    const todo = await pool.query(
      'SELECT count(*)::int AS n FROM task_candidates k JOIN people p ON p.id = k.person_id WHERE p.username = ANY($1)',
      [demo?.accounts.map(({ username }) => username)],
    );
    expect(todo.rows[0].n).toBeGreaterThan(1);
  });
});
