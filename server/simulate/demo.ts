import type pg from 'pg';
import type { PrismaClient } from '../../prisma/client/client.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, demoPersonId } from '../../prisma/seed/index.ts';
import { millis } from '../../workflows/calendar/calendar.ts';
import { library } from '../../workflows/library/index.ts';
import { zjgDepartments as DEMO_TEMPLATE } from '../../workflows/library/zjg-departments.ts';
import type { DemoAccounts } from '../auth/schema.ts';
import { loadCalendar } from '../calendar/load.ts';
import { tell } from '../worker/tell.ts';
import { makeActors } from './actors.ts';
import { launchTime, launchWorld, publishTemplate, seedCity, WORKDAY_MS } from './city.ts';
import { run } from './run.ts';
import { nothingYet } from './world.ts';

export interface SeededDemo {
  /** False when everything was there already. */
  created: boolean;
  orgs: number;
  people: number;
  templates: string[];
  cycles: { id: string; name: string; year: number; cases: number; steps: number }[];
}

export interface SeedDemoOptions {
  pool: pg.Pool;
  prisma: PrismaClient;
  /** Up to when the cycle has been run: now, so that the inbox looks as on any day of the year. */
  now: Date;
  /** At most so many departments take part; without it 8 in last year's cycle, 24 in the pilot and all in next year's. */
  cases?: number;
  onProgress?: (progress: { day: string; share: number; steps: number }) => void;
}

const SEED = 1;
/** 'demo' as a number: nodes that start together take turns. */
const LOCK = 1684368751;
/** So long after its launch a cycle has units in every step of planning. */
const PLANNING_DAYS = 24;
const PILOT_UNITS = 24;
const FINISHED_UNITS = 8;

/**
 * Makes 示例市 with three cycles, run through the engine in virtual time up to now: last year's with a few units, whose results
 * are out; this year's pilot; and next year's with all 131, which are drawing up their plans. May be repeated: what is there stays as it is, and a run that
 * was interrupted goes on where its record ends.
 */
export async function seedDemo(options: SeedDemoOptions): Promise<SeededDemo> {
  const lock = await options.pool.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK]);
    return await seedLocked(options);
  } finally {
    // Ends the session and with it the lock.
    lock.release(true);
  }
}

async function seedLocked({ pool, prisma, now, cases, onProgress }: SeedDemoOptions): Promise<SeededDemo> {
  const { orgs, people } = await seedCity(prisma, DEMO_TEMPLATE.key);
  for (const template of Object.values(library)) await publishTemplate(pool, template, now);
  const common = { orgs, people, templates: Object.keys(library) };
  const ready = await readDemoCycles(pool);
  if (ready.length >= 3) return { created: false, ...common, cycles: ready };

  const worlds = await planWorlds(pool, now, cases);
  for (const [i, plan] of worlds.entries()) {
    const world = await launchWorld({ pool, seed: SEED, ...plan });
    world.tell = ({ payload }) => tell({ ...world, mailLinks: null }, payload);
    const from = plan.launchAt.getTime();
    const ran = nothingYet();
    await run(world, ran, makeActors(world, ran), now, ({ now: at, steps }) => {
      const share = (at.getTime() - from) / Math.max(1, now.getTime() - from);
      onProgress?.({ day: world.calendar.dayOf(at.toISOString()), share: (i + share) / worlds.length, steps });
    });
    await world.engine.close();
    // Who launched it is written last: a demo cycle without that is not ready.
    await pool.query('UPDATE cycles SET launched_by = $2 WHERE id = $1', [world.cycleId, demoPersonId('office')]);
  }
  return { created: true, ...common, cycles: await readDemoCycles(pool) };
}

async function planWorlds(pool: pg.Pool, now: Date, cases?: number) {
  const template = DEMO_TEMPLATE;
  const calendar = await loadCalendar(pool);
  const today = calendar.dayOf(now.toISOString());
  // In the first weeks of a year last year's cycle is being evaluated and this year's planned.
  const year = Number(calendar.addDays(today, -60).slice(0, 4));
  const planned = calendar.endOf(calendar.addWorkingDays(today, -PLANNING_DAYS));
  return [
    {
      template,
      year: year - 1,
      name: `${year - 1} 年度${template.name.zh}（试点）`,
      cases: Math.min(FINISHED_UNITS, cases ?? FINISHED_UNITS),
      launchAt: launchTime(calendar, year - 1),
    },
    {
      template,
      year,
      name: `${year} 年度${template.name.zh}（试点）`,
      cases: Math.min(PILOT_UNITS, cases ?? PILOT_UNITS),
      launchAt: launchTime(calendar, year),
    },
    {
      template,
      year: year + 1,
      cases,
      name: `${year + 1} 年度${template.name.zh}`,
      launchAt: new Date(millis(planned) - WORKDAY_MS),
    },
  ];
}

async function readDemoCycles(pool: pg.Pool): Promise<SeededDemo['cycles']> {
  const { rows } = await pool.query<SeededDemo['cycles'][number]>(
    `SELECT c.id, c.name, c.year, (SELECT count(*)::int FROM cycle_participants p WHERE p.cycle_id = c.id) AS cases,
       (SELECT coalesce(sum(k.revision), 0)::int FROM cases k WHERE k.cycle_id = c.id) AS steps
     FROM cycles c WHERE c.launched_by = $1 ORDER BY c.launched_at LIMIT 3`,
    [demoPersonId('office')],
  );
  return rows;
}

/** The accounts to try, for the sign-in page; undefined when this database has no demo city. */
export async function readDemoAccounts(pool: pg.Pool): Promise<DemoAccounts | undefined> {
  const { rows } = await pool.query<{ username: string; name: string; org: string; place: number }>(
    `SELECT DISTINCT ON (a.place) a.place::int, p.username, p.name, o.name AS org
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS a(username, pattern, place)
     JOIN people p ON p.demo AND p.active AND (p.username = a.username OR p.username LIKE a.pattern) JOIN org_units o ON o.id = p.org_id
     LEFT JOIN (SELECT person_id, count(*) AS tasks FROM task_candidates GROUP BY person_id) k ON k.person_id = p.id
     LEFT JOIN (SELECT org_id, count(*) AS cycles FROM cycle_participants GROUP BY org_id) c ON c.org_id = p.org_id
     ORDER BY a.place, k.tasks IS NULL, c.cycles DESC NULLS LAST, k.tasks DESC, p.username = a.username DESC, p.username`,
    [DEMO_ACCOUNTS.map(({ username }) => username), DEMO_ACCOUNTS.map(({ username, like }) => like ?? username)],
  );
  const accounts = rows.flatMap(({ place, username, name, org }) => {
    const role = DEMO_ACCOUNTS[place - 1]?.role;
    return role ? [{ username, name, role, org }] : [];
  });
  return accounts.length > 0 ? { password: DEMO_PASSWORD, accounts } : undefined;
}
