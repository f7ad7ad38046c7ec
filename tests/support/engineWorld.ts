import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll } from 'vitest';
import { makePool } from '../../server/db/pool.ts';
import { type LiveDirectory, makeDirectory } from '../../server/directory/directory.ts';
import { type Applied, type Engine, type EngineOptions, makeEngine } from '../../server/engine/index.ts';
import { services } from '../../server/services.ts';
import { makeCalendar } from '../../workflows/calendar/calendar.ts';
import { chinaCalendar } from '../../workflows/calendar/china.ts';
import type { ActEvent } from '../../workflows/machine/context.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { makeTestDatabase, type TestDatabase } from './database.ts';

/** A clock that stands still until it is told otherwise. */
export interface TestClock {
  now(): Date;
  set(instant: string): void;
  advance(ms: number): void;
}

export const makeTestClock = (start = '2026-03-02T01:00:00.000Z'): TestClock => {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    set: (instant) => {
      now = Date.parse(instant);
    },
    advance: (ms) => {
      now += ms;
    },
  };
};

export const testCalendar = makeCalendar(chinaCalendar());

/** A unit of the test city: its staff submit, `office` approves; each has sections with heads of their own. */
export interface TestUnit {
  id: string;
  head: string;
  staff: string;
  sections: { id: string; code: string; head: string }[];
}

/** An engine on a database of its own, with a small city: `office` and `office2` hold the role `performanceOffice`. */
export interface EngineWorld {
  database: TestDatabase;
  pool: pg.Pool;
  clock: TestClock;
  directory: LiveDirectory;
  engine: Engine;
  office: string;
  office2: string;
  units: TestUnit[];
  /** Another node: an engine with connections and a cache of its own on the same database. */
  node(options?: Partial<EngineOptions>): Promise<Engine>;
  publish(template: CycleTemplate): Promise<void>;
  /** A cycle of a published template with these units (all by default), not launched. */
  newCycle(template: CycleTemplate, units?: TestUnit[]): Promise<string>;
  /** Publishes, creates and launches; returns the cycle and the case of each unit. */
  launch(template: CycleTemplate, units?: TestUnit[]): Promise<{ cycleId: string; cases: string[] }>;
  /** Acts on the open seat of a block as one of its people. */
  act(
    caseId: string,
    block: string,
    action?: ActEvent['action'],
    more?: Partial<ActEvent> & ActOptions,
  ): Promise<Applied>;
}

interface ActOptions {
  key?: string;
  revision?: number;
  on?: Engine;
}

export async function makeEngineWorld(
  options: Partial<EngineOptions> & { units?: number; sections?: number; clock?: TestClock } = {},
): Promise<EngineWorld> {
  const { units: unitCount = 2, sections = 2, clock = makeTestClock(), ...engineOptions } = options;
  const database = await makeTestDatabase();
  const { pool } = database;
  const closing: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closing) await close();
  });

  const org = (code: string, kind: string, parent: string | null) =>
    insert(pool, 'org_units', { id: randomUUID(), code, name: code, kind, parent_id: parent });
  const person = (username: string, orgId: string) =>
    insert(pool, 'people', {
      id: randomUUID(),
      username,
      name: username,
      org_id: orgId,
      email: `${username}@test.invalid`,
    });
  const role = (personId: string, name: string, orgId: string | null) =>
    insert(pool, 'roles', { id: randomUUID(), person_id: personId, role: name, org_id: orgId });
  const head = (orgId: string, personId: string) =>
    pool.query('UPDATE org_units SET head_id = $2 WHERE id = $1', [orgId, personId]);

  const root = await org('city', 'group', null);
  const office = await person('office', root);
  const office2 = await person('office2', root);
  for (const who of [office, office2]) await role(who, 'performanceOffice', null);
  await head(root, office);
  const units: TestUnit[] = [];
  for (let n = 1; n <= unitCount; n += 1) {
    const id = await org(`unit${n}`, 'department', root);
    const unit: TestUnit = {
      id,
      head: await person(`head${n}`, id),
      staff: await person(`staff${n}`, id),
      sections: [],
    };
    await head(id, unit.head);
    await role(unit.staff, 'staff', id);
    for (let s = 1; s <= sections; s += 1) {
      const code = `unit${n}-${s}`;
      const section = await org(code, 'section', id);
      const sectionHead = await person(`section${n}-${s}`, section);
      await head(section, sectionHead);
      unit.sections.push({ id: section, code, head: sectionHead });
    }
    units.push(unit);
  }

  const directory = await makeDirectory(pool);
  const common = { directory, calendar: () => testCalendar, clock, services, ...engineOptions };
  const engine = makeEngine({ pool, ...common });
  closing.push(() => engine.close());

  const publish = async (template: CycleTemplate) => {
    await pool.query(
      `INSERT INTO templates (key, version, status, content, updated_at) VALUES ($1, $2, 'published', $3, now()) ON CONFLICT DO NOTHING`,
      [template.key, template.version, JSON.stringify(template)],
    );
  };
  const newCycle = async (template: CycleTemplate, participants = units) => {
    await publish(template);
    const id = randomUUID();
    await pool.query(
      `INSERT INTO cycles (id, template_key, template_version, name, year, status, launched_at) VALUES ($1, $2, $3, 'cycle', 2026, 'launching', $4)`,
      [id, template.key, template.version, clock.now()],
    );
    const category = Object.keys(template.categories)[0];
    await pool.query('INSERT INTO cycle_participants (cycle_id, org_id, category) SELECT $1, unnest($2::uuid[]), $3', [
      id,
      participants.map((unit) => unit.id),
      category,
    ]);
    return id;
  };

  return {
    database,
    pool,
    clock,
    directory,
    engine,
    office,
    office2,
    units,
    publish,
    newCycle,
    node: async (given = {}) => {
      const own = makePool(database.url, { max: 6, name: 'node' });
      const other = makeEngine({ pool: own, ...common, ...given });
      closing.push(async () => {
        await other.close();
        await own.end();
      });
      return other;
    },
    launch: async (template, participants = units) => {
      const cycleId = await newCycle(template, participants);
      await engine.launchCycle(cycleId);
      const { rows } = await pool.query<{ org_id: string; case_id: string }>(
        'SELECT org_id, case_id FROM cycle_participants WHERE cycle_id = $1',
        [cycleId],
      );
      const caseOf = new Map(rows.map((row) => [row.org_id, row.case_id]));
      return { cycleId, cases: participants.map((unit) => caseOf.get(unit.id) as string) };
    },
    act: async (caseId, block, action = 'submit', { key, revision, on = engine, ...more } = {}) => {
      const { context } = await on.read(caseId);
      const seat = context.live[block]?.seats?.find(({ state }) => state === 'open');
      if (!seat) throw new Error(`"${block}" has no open seat; live: ${Object.keys(context.live).join()}`);
      return on.apply({
        caseId,
        event: { type: 'act', seat: seat.n, action, actor: seat.people[0] ?? '', ...more },
        ...(key !== undefined && { key }),
        ...(revision !== undefined && { revision }),
      });
    },
  };
}

async function insert(pool: pg.Pool, table: string, row: Record<string, unknown> & { id: string }): Promise<string> {
  const names = Object.keys(row);
  await pool.query(
    `INSERT INTO ${table} (${names.join()}) VALUES (${names.map((_, i) => `$${i + 1}`).join()})`,
    Object.values(row),
  );
  return row.id;
}

/** The rows of a query. */
export const rowsOf = async <Row extends object>(pool: pg.Pool, sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await pool.query<Row>(sql, values)).rows;
