import { describe, expect, it } from 'vitest';
import { DEMO_PASSWORD, seedCalendar, seedDemoCity, seedDemoOrganisation } from '../../../prisma/seed/index.ts';
import { hashPassword, verifyPassword } from '../../../server/auth/password.ts';
import { makePrisma } from '../../../server/db/prisma.ts';
import { seedCity } from '../../../server/simulate/city.ts';
import { makeTestDatabase } from '../../support/database.ts';

const { pool } = await makeTestDatabase();
const prisma = makePrisma(pool);

const rows = async (sql: string) => (await pool.query(sql)).rows[0] as Record<string, unknown>;

describe('seedCalendar', () => {
  it('loads the published years, and leaves edits alone when repeated', async () => {
    expect(await seedCalendar(prisma)).toMatchObject({ knownUntil: '2026-12-31' });
    await pool.query("UPDATE calendar_days SET working = true WHERE day = '2026-10-05'");
    await pool.query("DELETE FROM calendar_days WHERE day = '2026-10-06'");
    expect(await seedCalendar(prisma)).toEqual({ added: 0, knownUntil: '2026-12-31' });
    const sql = (day: string) =>
      `SELECT count(*)::int AS n, bool_and(working) AS working FROM calendar_days WHERE day = '${day}'`;
    expect(await rows(sql('2026-10-05'))).toEqual({ n: 1, working: true });
    expect(await rows(sql('2026-10-06'))).toEqual({ n: 0, working: null });
    expect(await rows(sql('2026-02-28'))).toEqual({ n: 1, working: true });
  });

  it('adds the years that a newer release knows', async () => {
    await pool.query("DELETE FROM calendar_days WHERE day >= '2026-01-01'");
    await pool.query("UPDATE calendar_state SET known_until = '2025-12-31'");
    const { added } = await seedCalendar(prisma);
    expect(added).toBe(39);
    expect(await rows('SELECT known_until::text AS until, version FROM calendar_state')).toEqual({
      until: '2026-12-31',
      version: 2,
    });
  });
});

describe('seedDemoCity', () => {
  it('creates the city once, with people who can sign in', async () => {
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    const [first, second] = await Promise.all([
      seedDemoCity(prisma, { passwordHash }),
      seedDemoCity(prisma, { passwordHash }),
    ]);
    expect([first.created, second.created].sort()).toEqual([false, true]);
    const { orgs, people, roles } = first;
    expect(await rows('SELECT count(*)::int AS orgs, bool_and(demo) AS demo FROM org_units')).toEqual({
      orgs,
      demo: true,
    });
    expect(await rows('SELECT count(*)::int AS people, bool_and(demo) AS demo FROM people')).toEqual({
      people,
      demo: true,
    });
    expect(await rows('SELECT count(*)::int AS roles FROM roles')).toEqual({ roles });
    const head = await prisma.orgUnit.findUniqueOrThrow({
      where: { code: 'jyj' },
      include: { head: true, parent: { include: { head: true } }, monitoringUnit: true },
    });
    expect(head.head?.username).toBe('jyj.head');
    expect(head.parent?.head?.username).toBe('leader4');
    expect(head.monitoringUnit?.code).toBe('rsj');
    expect(await verifyPassword(DEMO_PASSWORD, head.head?.passwordHash ?? null)).toBe(true);
  });
});

describe('a city that was begun without the demo', () => {
  const begun = async (sql: string) => {
    const own = await makeTestDatabase();
    await own.pool.query(
      `INSERT INTO org_units (id, code, name, kind) VALUES (gen_random_uuid(), 'hq', '市委', 'other')`,
    );
    await own.pool.query(sql);
    const read = async (query: string) => (await own.pool.query(query)).rows;
    return { prisma: makePrisma(own.pool), read };
  };
  const person = (username: string) =>
    `INSERT INTO people (id, username, name, org_id) SELECT gen_random_uuid(), '${username}', '张三', id FROM org_units`;

  it('keeps its administrator: the demo has none of that name', async () => {
    const { prisma: own, read } = await begun(person('admin'));
    expect((await seedDemoCity(own, { passwordHash: 'x' })).created).toBe(true);
    expect(await read(`SELECT name, demo FROM people WHERE username = 'admin'`)).toEqual([
      { name: '张三', demo: false },
    ]);
    expect(
      await read(`SELECT username FROM people WHERE demo AND username IN ('security', 'office') ORDER BY 1`),
    ).toEqual([{ username: 'office' }, { username: 'security' }]);
    expect((await seedDemoCity(own, { passwordHash: 'x' })).created).toBe(false);
  });

  it('is left alone where its people or units have names of the demo', async () => {
    const people = await begun(person('office'));
    await expect(seedDemoCity(people.prisma, { passwordHash: 'x' })).rejects.toMatchObject({ orgs: 0, people: 1 });
    const units = await begun(`UPDATE org_units SET code = 'fgw'`);
    await expect(seedCity(units.prisma, 'zjg-departments')).rejects.toMatchObject({
      id: 'sample.notEmpty',
      status: 409,
    });
    for (const { read } of [people, units])
      expect(await read('SELECT count(*)::int AS n FROM org_units')).toEqual([{ n: 1 }]);
  });
});

describe('seedDemoOrganisation', () => {
  it('stands beside what is there, and is made once', async () => {
    const passwordHash = await hashPassword(DEMO_PASSWORD);
    await seedDemoCity(prisma, { passwordHash });
    const before = await rows('SELECT count(*)::int AS n FROM org_units');
    const first = await seedDemoOrganisation(prisma, 'nyc-mmr', { passwordHash });
    expect(first).toMatchObject({ created: true, orgs: 45 });
    expect(await rows('SELECT count(*)::int AS n FROM org_units')).toEqual({ n: Number(before.n) + first.orgs });
    expect(await seedDemoOrganisation(prisma, 'nyc-mmr', { passwordHash })).toMatchObject({ created: false });
    expect(await seedDemoOrganisation(prisma, 'five-stages', { passwordHash })).toMatchObject({ created: false });
    await expect(seedDemoOrganisation(prisma, 'nowhere', { passwordHash })).rejects.toThrow(
      /no demo organisation "nowhere"/,
    );
    const agency = await prisma.orgUnit.findUniqueOrThrow({ where: { code: 'nyc-dsny' }, include: { head: true } });
    expect(agency).toMatchObject({ nameEn: 'Department of Sanitation', head: { username: 'nyc-dsny.head' } });
  });
});
