import type pg from 'pg';
import { type Calendar, millis } from '../../workflows/calendar/calendar.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import { type Engine, type Job, makeEngine, uuidOf } from '../engine/index.ts';
import { makeVirtualClock, type VirtualClock } from '../simulate/clock.ts';
import type { RehearsalCity } from './city.ts';
import { rehearsedServices } from './served.ts';
import type { Choice } from './values.ts';

/** When people act who are not silent: an hour before they must, or at once. */
export type Pace = 'onTime' | 'atOnce';

/** Where somebody is silent: the first time that one of these blocks opens, for this item if it is said. */
export interface Silence {
  blocks: readonly string[];
  item: string | null;
  /** The live block whose timers are waited for. */
  live: string;
}

/** One run of the cycle, up to where it is silent; without silence to its end. */
export interface Scenario {
  id: string;
  choice: Choice;
  pace: Pace;
  silence: Silence | null;
}

/** The real engine on a scratch database, with a clock that is set by hand. */
export interface Stage {
  pool: pg.Pool;
  engine: Engine;
  clock: VirtualClock;
  calendar: Calendar;
  template: CycleTemplate;
  city: RehearsalCity;
  year: number;
  /** What the engine's steps asked for; taken out as it is done. */
  jobs: Job[];
  /** By the id of their cycle. */
  scenarios: ReadonlyMap<string, Scenario>;
}

export interface StageOptions extends Pick<Stage, 'pool' | 'calendar' | 'template' | 'city' | 'year'> {
  directory: LiveDirectory;
  scenarios: readonly Omit<Scenario, 'id'>[];
  /** Tells this stage's cycles from those of others. */
  name: string;
}

const HOUR = 3_600_000;

/** Launches a cycle for each scenario, all in the morning of the year's first working day. */
export async function makeStage({ directory, scenarios, name, ...rest }: StageOptions): Promise<Stage> {
  const { pool, calendar, template, city, year } = rest;
  const opening = calendar.endOf(calendar.nextWorkingDay(`${year}-01-01`));
  const clock = makeVirtualClock(millis(opening) - 9 * HOUR);
  const jobs: Job[] = [];
  const launched = scenarios.map((scenario, n) => ({ ...scenario, id: uuidOf('rehearse', name, n) }));
  const chosen = new Map(launched.map((scenario) => [scenario.id, scenario]));
  const engine = makeEngine({
    pool,
    directory,
    calendar: () => calendar,
    clock,
    services: rehearsedServices((cycleId) => (chosen.get(cycleId) as Scenario).choice),
    commit: { connections: 1, batch: 256 },
    jobSink: (job) => jobs.push(job),
  });
  for (const { id, choice } of launched) {
    await pool.query(
      `INSERT INTO cycles (id, template_key, template_version, name, year, status, launched_at) VALUES ($1, $2, $3, $4, $5, 'launching', $6)`,
      [id, template.key, template.version, `rehearsal ${name}`, year, clock.now()],
    );
    await pool.query('INSERT INTO cycle_participants (cycle_id, org_id, category) SELECT $1, unnest($2::uuid[]), $3', [
      id,
      [city.units.get(choice.category)],
      choice.category,
    ]);
    await engine.launchCycle(id);
    await engine.checkGates(id);
  }
  return { ...rest, engine, clock, jobs, scenarios: chosen };
}
