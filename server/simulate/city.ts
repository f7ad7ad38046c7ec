import type pg from 'pg';
import type { PrismaClient } from '../../prisma/client/client.ts';
import {
  DEMO_PASSWORD,
  demoParticipants,
  NoRoomError,
  organisationKeys,
  seedCalendar,
  seedDemoCity,
  seedDemoOrganisation,
} from '../../prisma/seed/index.ts';
import { type Calendar, millis } from '../../workflows/calendar/calendar.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { record } from '../audit/record.ts';
import { hashPassword } from '../auth/password.ts';
import { loadCalendar } from '../calendar/load.ts';
import { makePrisma } from '../db/prisma.ts';
import { overPg } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import { makeDirectory } from '../directory/directory.ts';
import { type Job, makeEngine, uuidOf } from '../engine/index.ts';
import { problem } from '../http/problem.ts';
import { services } from '../services.ts';
import { makeVirtualClock } from './clock.ts';
import { makeDraw } from './draw.ts';
import type { World } from './world.ts';

/**
 * Calendar and demo organisation of a template with its accounts; nothing is changed where they exist already. A template that
 * is not shipped is tried out with the demo city.
 *
 * @throws sample.notEmpty where its codes and names are others'
 */
export async function seedCity(
  prisma: PrismaClient,
  template: string,
): Promise<{ created: boolean; orgs: number; people: number }> {
  await seedCalendar(prisma);
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  const seeding = organisationKeys().includes(template)
    ? seedDemoOrganisation(prisma, template, { passwordHash })
    : seedDemoCity(prisma, { passwordHash });
  const { created, orgs, people } = await seeding.catch((error) => {
    throw error instanceof NoRoomError ? problem('sample.notEmpty', { orgs: error.orgs, people: error.people }) : error;
  });
  return { created, orgs, people };
}

/** Who takes part in a cycle of the demo organisation: as it says, else the departments of the template's categories. */
export async function participantsFor(
  pool: pg.Pool,
  { key, categories }: CycleTemplate,
): Promise<{ orgId: string; category: string }[]> {
  const known = Object.keys(categories);
  if (organisationKeys().includes(key)) return demoParticipants(key).filter(({ category }) => known.includes(category));
  const { rows } = await pool.query<{ orgId: string; category: string }>(
    `SELECT id AS "orgId", category FROM org_units WHERE active AND kind = 'department' AND category = ANY($1) ORDER BY code`,
    [known],
  );
  return rows;
}

/** How many units could take part in a cycle of a template, each once. */
export const demoUnits = (template: CycleTemplate): number =>
  demoParticipants(organisationKeys().includes(template.key) ? template.key : 'zjg-departments').length;

/** Whether units of its demo organisation could take part in a cycle of a template: it ships, and still has their categories. */
export const fitsDemo = ({ key, categories }: CycleTemplate): boolean =>
  organisationKeys().includes(key) && demoParticipants(key).some(({ category }) => Object.hasOwn(categories, category));

/** Publishes a template version that ships with the product, unless it is there already. */
export async function publishTemplate(pool: pg.Pool, template: CycleTemplate, at: Date): Promise<void> {
  await transaction(pool, async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO templates (key, version, status, content, updated_at, published_at) VALUES ($1, $2, 'published', $3, $4, $4) ON CONFLICT DO NOTHING`,
      [template.key, template.version, JSON.stringify(template), at],
    );
    const object = `templates/${template.key}/versions/${template.version}`;
    if (rowCount === 1) await record(overPg(client), { action: 'templates.ship', object });
  });
}

/** What makes a world: the same values give the same one. */
export interface WorldOptions {
  pool: pg.Pool;
  template: CycleTemplate;
  year: number;
  seed: number;
  /** How many departments take part; all of them without it. */
  cases?: number | undefined;
  name: string;
  /** When it begins; by default at `launchTime`. */
  launchAt?: Date;
}

/** From nine in the morning to the end of the day. */
export const WORKDAY_MS = 9 * 3_600_000;

/** When a cycle begins: nine in the morning of the year's first working day. */
export const launchTime = (calendar: Calendar, year: number): Date =>
  new Date(millis(calendar.endOf(calendar.nextWorkingDay(`${year}-01-01`))) - WORKDAY_MS);

/** Launches a cycle of the demo city in virtual time, or takes up one that was interrupted where its record ends. */
export async function launchWorld(options: WorldOptions): Promise<World> {
  const { pool, template, year, seed } = options;
  const calendar = await loadCalendar(pool);
  const directory = await makeDirectory(pool);
  const cycleId = uuidOf('simulate', seed, template.key, template.version, year);
  const launch = options.launchAt ?? launchTime(calendar, year);
  const record = await pool.query<{ last: Date | null }>(
    'SELECT max(e.at) AS last FROM case_events e JOIN cases c ON c.id = e.case_id WHERE c.cycle_id = $1',
    [cycleId],
  );
  const clock = makeVirtualClock(record.rows[0]?.last?.getTime() ?? launch.getTime());
  const jobs: Job[] = [];
  const engine = makeEngine({
    pool,
    directory,
    calendar: () => calendar,
    clock,
    services,
    commit: { connections: 1, batch: 256 },
    jobSink: (job) => jobs.push(job),
  });
  const world: World = {
    pool,
    prisma: makePrisma(pool),
    engine,
    clock,
    calendar,
    directory,
    template,
    cycleId,
    year,
    draw: makeDraw(seed),
    jobs,
  };
  await launchIn(world, { cycleId, name: options.name, launch, cases: options.cases });
  return world;
}

/** Launches a cycle in a world, with that many units (all of them without a number). */
export async function launchIn(
  { pool, engine, template, year }: Pick<World, 'pool' | 'engine' | 'template' | 'year'>,
  { cycleId, name, launch, cases }: { cycleId: string; name: string; launch: Date; cases?: number | undefined },
): Promise<void> {
  await pool.query(
    `INSERT INTO cycles (id, template_key, template_version, name, year, status, launched_at) VALUES ($1, $2, $3, $4, $5, 'launching', $6) ON CONFLICT DO NOTHING`,
    [cycleId, template.key, template.version, name, year, launch],
  );
  const participants = await participantsFor(pool, template);
  // The first of each category, then the second of each, so that few units are spread over all categories.
  await pool.query(
    `INSERT INTO cycle_participants (cycle_id, org_id, category)
     SELECT $1, id, category FROM (
       SELECT o.id, k.category, row_number() OVER (PARTITION BY k.category ORDER BY k.listed) AS place, k.listed
       FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS k(id, category, listed) JOIN org_units o ON o.id = k.id AND o.active
     ) p ORDER BY place, listed LIMIT $4 ON CONFLICT DO NOTHING`,
    [cycleId, participants.map(({ orgId }) => orgId), participants.map(({ category }) => category), cases ?? null],
  );
  await engine.launchCycle(cycleId);
  await engine.checkGates(cycleId);
}
