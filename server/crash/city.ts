import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { makeCalendar } from '../../workflows/calendar/calendar.ts';
import { chinaCalendar } from '../../workflows/calendar/china.ts';
import { hashPassword } from '../auth/password.ts';
import { makeDirectory } from '../directory/directory.ts';
import { makeEngine } from '../engine/index.ts';
import { CRASH_YEAR, crashTemplate } from './template.ts';

/** Who signs in and does all the work. */
export const OFFICE = { username: 'crash-office', password: 'crash-run-only-2020' };

/** Fills a new database with units and a launched cycle, before anything is killed. */
export async function makeCrashCity(pool: pg.Pool, cases: number): Promise<void> {
  const root = randomUUID();
  const office = randomUUID();
  const cycle = randomUUID();
  await pool.query(`INSERT INTO org_units (id, code, name, kind) VALUES ($1, 'crash', 'crash', 'office')`, [root]);
  await pool.query('INSERT INTO people (id, username, name, org_id, password_hash) VALUES ($1, $2, $2, $3, $4)', [
    office,
    OFFICE.username,
    root,
    await hashPassword(OFFICE.password),
  ]);
  await pool.query(`INSERT INTO roles (id, person_id, role) VALUES ($1, $2, 'performanceOffice')`, [
    randomUUID(),
    office,
  ]);
  await pool.query(
    `INSERT INTO templates (key, version, status, content, updated_at) VALUES ($1, 1, 'published', $2, now())`,
    [crashTemplate.key, JSON.stringify(crashTemplate)],
  );
  await pool.query(
    `INSERT INTO cycles (id, template_key, template_version, name, year, status, launched_at) VALUES ($1, $2, 1, 'crash', $3, 'launching', now())`,
    [cycle, crashTemplate.key, CRASH_YEAR],
  );
  await pool.query(
    `WITH units AS (INSERT INTO org_units (id, code, name, kind) SELECT gen_random_uuid(), 'crash-' || n, 'unit ' || n, 'department' FROM generate_series(1, $2::int) n RETURNING id)
     INSERT INTO cycle_participants (cycle_id, org_id, category) SELECT $1::uuid, id, 'all' FROM units`,
    [cycle, cases],
  );
  const directory = await makeDirectory(pool);
  const calendar = makeCalendar(chinaCalendar());
  const engine = makeEngine({ pool, directory, calendar: () => calendar });
  await engine.launchCycle(cycle);
  await engine.close();
}
