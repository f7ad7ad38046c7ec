import type pg from 'pg';
import { seedCalendar } from '../../prisma/seed/index.ts';
import type { Item } from '../../workflows/machine/context.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import { loadCalendar } from '../calendar/load.ts';
import { makePool } from '../db/index.ts';
import { makePrisma } from '../db/prisma.ts';
import { makeDirectory } from '../directory/directory.ts';
import type { Settings } from '../settings/index.ts';
import { publishTemplate } from '../simulate/city.ts';
import { makeDraw } from '../simulate/draw.ts';
import { openScratch } from '../simulate/scratch.ts';
import { foundCity } from './city.ts';
import { type Played, play } from './play.ts';
import { type RehearsalRow, rowsOf, type Watch } from './rows.ts';
import { type Found, findChoices } from './search.ts';
import { makeStage, type Pace, type Scenario, type Stage, type StageOptions } from './stage.ts';
import { type Timed, timedBlocks } from './targets.ts';

export type { RehearsalRow } from './rows.ts';

export interface RehearseOptions {
  settings: Pick<Settings, 'databaseUrl' | 'data'>;
  template: CycleTemplate;
  year: number;
  onProgress?: (share: number) => void;
}

/** A block with timers that no run came by, and why. */
export interface Unreached {
  block: string;
  name: Text;
  reason: Text;
}

export interface Rehearsal {
  template: string;
  version: number;
  year: number;
  /** Timers that the template asks for, items of months and quarters apart. */
  rungs: number;
  fired: number;
  unfired: number;
  /** Those whose day rests on a calendar that is not published. */
  provisional: number;
  /** Fired, but told nobody. */
  unheard: number;
  unreached: Unreached[];
  rows: RehearsalRow[];
  knownUntil: string;
  /** Cycles that were run, and steps taken in them. */
  cycles: number;
  steps: number;
  seconds: number;
}

/**
 * Runs every timer and every ladder of a template in virtual time, through the real engine on a database of its own: for each
 * block the cycle is led there, forms filled in so that each path is taken, and then nobody acts until its last rung has fired.
 */
export async function rehearse(options: RehearseOptions): Promise<Rehearsal> {
  const { settings, template, year } = options;
  const scratch = await openScratch(settings, { name: `bihuan_rehearsal_${process.pid}`, keep: false });
  const pool = makePool(scratch.url, { max: 8, name: 'rehearse' });
  try {
    return await rehearseOn(pool, { template, year, onProgress: options.onProgress ?? (() => {}) });
  } finally {
    await pool.end();
    await scratch.close();
  }
}

type OnPool = Required<Omit<RehearseOptions, 'settings'>>;

/** The same on an empty, migrated database. */
export async function rehearseOn(pool: pg.Pool, { template, year, onProgress }: OnPool): Promise<Rehearsal> {
  const began = performance.now();
  await seedCalendar(makePrisma(pool));
  await publishTemplate(pool, template, new Date(Date.UTC(year, 0, 1)));
  const city = await foundCity(pool, template);
  const calendar = await loadCalendar(pool);
  const directory = await makeDirectory(pool);
  const timed = timedBlocks(template);
  const common = { pool, calendar, directory, template, city, year };
  const run = makeRun(common);

  const wanted = timed.map(({ site }) => site.block.key);
  const around = { year, person: city.staff[0] ?? '' };
  const found = findChoices(template, wanted, around, sectionsOf(directory, city), makeDraw(1));
  const scouts = await run(
    'scout',
    found.choices.map((choice) => ({ choice, pace: 'onTime', silence: null })),
    (share) => onProgress(share * 0.3),
  );

  const watches = timed.flatMap((one) => watchesOf(one, scouts));
  const silences = watches.filter(({ timed: { silent }, scenario }) => silent.length > 0 && scenario);
  const watched = await watchAll(run, 'silent', silences, 'onTime', (share) => onProgress(0.3 + share * 0.5));
  // What passes before its task appears if everyone takes their time may yet fire when they do not.
  const rows = (one: Watch) => rowsOf(one, calendar, city);
  const hurried = watched.filter((one) => rows(one).some(({ fired }) => !fired));
  const again = await watchAll(run, 'hurried', hurried, 'atOnce', (share) => onProgress(0.8 + share * 0.2));
  const better = new Map(hurried.map((one, i) => [one, again[i] as Watch]));

  const final = watches.map((one) => {
    const slow = watched[silences.indexOf(one)] ?? one;
    const quick = better.get(slow);
    return quick && firedOf(rows(quick)) > firedOf(rows(slow)) ? quick : slow;
  });
  const reached = final.filter(({ scenario }) => scenario);
  const all = reached.flatMap(rows);
  const unreached = final
    .filter(({ scenario }) => !scenario)
    .map(({ timed: one }) => unreachedOf(one, found, scouts.played));
  const missed = final.filter(({ scenario }) => !scenario).flatMap(rows);
  const fired = firedOf(all);
  return {
    template: template.key,
    version: template.version,
    year,
    rungs: all.length + missed.length,
    fired,
    unfired: all.length + missed.length - fired,
    provisional: all.filter(({ provisional }) => provisional).length,
    unheard: all.filter((row) => row.fired && row.remark).length,
    unreached,
    rows: [...all, ...missed],
    knownUntil: calendar.knownUntil,
    cycles: run.total.cycles,
    steps: run.total.steps,
    seconds: Math.round(performance.now() - began) / 1000,
  };
}

const firedOf = (rows: readonly RehearsalRow[]) => rows.filter(({ fired }) => fired).length;

interface Ran {
  stage: Stage;
  played: Played;
}

/** Plays scenarios, counting what was played. */
function makeRun(common: Omit<StageOptions, 'scenarios' | 'name'>) {
  const total = { cycles: 0, steps: 0 };
  const run = async (
    name: string,
    scenarios: StageOptions['scenarios'],
    onProgress: (share: number) => void,
  ): Promise<Ran> => {
    const stage = await makeStage({ ...common, name, scenarios });
    try {
      const played = await play(stage, onProgress);
      total.cycles += scenarios.length;
      total.steps += played.steps;
      return { stage, played };
    } finally {
      await stage.engine.close();
    }
  };
  return Object.assign(run, { total });
}

/** Where a block's timers were seen: once for each item that has dates of its own, once for all others. */
function watchesOf(timed: Timed, { stage, played }: Ran): Watch[] {
  const dated = timed.site.repeat?.block.over === 'months' || timed.site.repeat?.block.over === 'quarters';
  const watches = new Map<string | null, Watch>();
  for (const scenario of stage.scenarios.values()) {
    const items = played.visits.get(scenario.id)?.get(timed.live) ?? [];
    const known = dated ? [...items] : [...items].slice(0, 1);
    for (const item of known) {
      const key = dated ? item : null;
      if (!watches.has(key)) watches.set(key, { timed, item, scenario, played });
    }
  }
  return watches.size > 0 ? [...watches.values()] : [{ timed, item: null, scenario: null, played: null }];
}

/** Runs each target's scenario again, silent where it is. */
async function watchAll(
  run: ReturnType<typeof makeRun>,
  name: string,
  watches: readonly Watch[],
  pace: Pace,
  onProgress: (share: number) => void,
): Promise<Watch[]> {
  if (watches.length === 0) return [];
  const scenarios = watches.map(({ timed, item, scenario }) => ({
    choice: (scenario as Scenario).choice,
    pace,
    silence: { blocks: timed.silent, item, live: timed.live },
  }));
  const { stage, played } = await run(name, scenarios, onProgress);
  const ids = [...stage.scenarios.values()];
  return watches.map((watch, i) => ({ ...watch, scenario: ids[i] as Scenario, played }));
}

/** Why no run came by a block. */
function unreachedOf({ site }: Timed, found: Found, played: Played): Unreached {
  const { block } = site;
  const failure = played.failures[0];
  const reason: Text = found.missing.includes(block.key)
    ? found.stopped
      ? {
          zh: `没有找到能通过“${found.stopped.block}”的取值：${found.stopped.why}`,
          en: `no values were found that get past "${found.stopped.block}": ${found.stopped.why}`,
        }
      : {
          zh: `没有找到满足条件的取值：${conditionsOf(site)}`,
          en: `no values were found for which this holds: ${conditionsOf(site)}`,
        }
    : failure
      ? { zh: `“${failure.block}”办不下去：${failure.why}`, en: `"${failure.block}" cannot go on: ${failure.why}` }
      : { zh: '演练没有走到这一步', en: 'the rehearsal did not come by' };
  return { block: block.key, name: block.name, reason };
}

/** The conditions of the paths that a block stands in, outermost first. */
function conditionsOf(site: Timed['site']): string {
  const conditions: string[] = [];
  for (let at: Timed['site'] | undefined = site; at?.parent; at = at.parent) {
    const { block } = at.parent;
    if (block.type !== 'branch') continue;
    const path = block.paths.find(({ key }) => key === at?.pathKey);
    conditions.unshift(path ? path.if : `not(${block.paths.map((one) => one.if).join(' or ')})`);
  }
  return conditions.join(' and ');
}

/** The sections that the units of the city have, as a case knows them. */
function sectionsOf(directory: Awaited<ReturnType<typeof makeDirectory>>, city: Stage['city']): Item[] {
  const [category, unit] = [...city.units][0] ?? ['', ''];
  return directory.participantFacts(unit, category).sections ?? [];
}
