import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { JsonObject } from '../../workflows/json.ts';
import { type CycleTemplate, cycleTemplateSchema } from '../../workflows/template/schema.ts';
import { type Engine, makeEngine } from '../engine/index.ts';
import type { StartCase } from '../engine/types.ts';
import { makeVirtualClock } from '../simulate/clock.ts';
import { median, percentile, runCallers } from './callers.ts';
import { benchCalendar, benchDirectory } from './city.ts';
import { ACTOR, newStandardCase, STEPS, standardEvent, standardTemplate } from './standardCase.ts';

/** Timers of one case that come due together: a reminder and three rungs. */
const PER_CASE = 4;
/** How far apart a case's timers lie; all four within one second. */
const APART_MS = 200;
const USERS = 20;
/** A user reads for so long before the next step. */
const THINK_MS = 40;

const START = Date.parse('2026-03-02T01:00:00.000Z');

const name = (text: string) => ({ zh: text, en: text });

const laddered: CycleTemplate = cycleTemplateSchema.parse({
  ...standardTemplate,
  key: 'laddered',
  name: name('a task with a ladder'),
  phases: {
    ...standardTemplate.phases,
    plan: {
      blocks: [
        {
          key: 'work',
          name: name('work'),
          type: 'task',
          who: [{ kind: 'person', person: ACTOR }],
          deadline: { from: 'opened', workingDays: 5 },
          remind: [0],
          escalate: [
            { after: 0, do: 'remind' },
            { after: 0, do: 'supervise', colour: 'yellow' },
            { after: 0, do: 'supervise', colour: 'red' },
          ],
        },
      ],
    },
  },
});

const definition = { template: laddered, track: { kind: 'participant' } } as unknown as JsonObject;
const facts = { kind: 'plain', period: { year: 2026, start: '2026-01-01', end: '2026-12-31' } };
const newLadderedCase = (): StartCase => ({
  id: uuidv7(),
  kind: 'plain',
  title: 'a task with a ladder',
  definition,
  input: { facts, data: {} },
});

export interface TimersBenchOptions {
  timers: number;
  onProgress?: (share: number) => void;
}

export interface TimersBench {
  timers: number;
  cases: number;
  drainS: number;
  /** A user's step on another case while the timers fire, and the same without them. */
  userP99Ms: number;
  userP50Ms: number;
  idleP99Ms: number;
  userSteps: number;
  doubled: number;
  missed: number;
  /** Cases whose timers did not fire in the order of their due dates. */
  disordered: number;
}

const round = (value: number) => Number(value.toFixed(2));

/**
 * Lets timers of real cases come due in the same second and fires them by `engine.fireDue`, while users of the same process
 * act on other cases. What fired is read from the record: each timer once, those of a case in the order of their due dates.
 */
export async function benchTimers(
  pool: pg.Pool,
  { timers, onProgress = () => {} }: TimersBenchOptions,
): Promise<TimersBench> {
  const clock = makeVirtualClock(START);
  const engine = makeEngine({ pool, directory: benchDirectory, calendar: () => benchCalendar, clock });
  try {
    const cases = Array.from({ length: Math.ceil(timers / PER_CASE) }, newLadderedCase);
    let started = 0;
    await runCallers(32, cases, async (start) => {
      await engine.startCase(start);
      started += 1;
      if (started % 100 === 0) onProgress((started / cases.length) * 0.5);
    });
    await spread(
      pool,
      cases.map(({ id }) => id),
    );
    const others = Array.from({ length: 2000 }, newStandardCase);
    await runCallers(32, others, async (start) => void (await engine.startCase(start)));
    onProgress(0.6);
    await pool.query('ANALYZE cases, timers, tasks, task_candidates, case_events');

    const { planned, last } = await readPlan(pool);
    clock.set(last);
    const idle = await actMeanwhile(engine, others.splice(0, 500), () => pause(2_000));
    onProgress(0.7);
    let fired = 0;
    let drainS = 0;
    const busy = await actMeanwhile(engine, others, async () => {
      const began = performance.now();
      fired = await engine.fireDue();
      drainS = (performance.now() - began) / 1000;
    });
    onProgress(0.9);
    const { rows } = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM timers WHERE due_at <= $1', [
      clock.now(),
    ]);
    const record = await readRecord(pool);
    const found = compare(planned, record);
    return {
      timers: planned.size,
      cases: cases.length,
      drainS: round(drainS),
      userP99Ms: round(percentile(busy, 0.99)),
      userP50Ms: round(median(busy)),
      idleP99Ms: round(percentile(idle, 0.99)),
      userSteps: busy.length,
      ...found,
      missed: Math.max(found.missed, rows[0]?.n ?? 0, planned.size - fired),
    };
  } finally {
    await engine.close();
  }
}

/** Moves a case's timers apart within the second, in each case in another order than that of the ladder. */
async function spread(pool: pg.Pool, ids: readonly string[]): Promise<void> {
  await pool.query(
    `UPDATE timers SET due_at = due_at + ((rung + 1) * 3 + n) % $2 * make_interval(secs => $3)
     FROM unnest($1::uuid[]) WITH ORDINALITY AS k(id, n) WHERE case_id = id`,
    [ids, PER_CASE, APART_MS / 1000],
  );
}

type Plan = Map<string, { caseId: string; due: number }>;
const placeOf = (caseId: string, rung: number) => `${caseId}/${rung}`;

async function readPlan(pool: pg.Pool): Promise<{ planned: Plan; last: number }> {
  const { rows } = await pool.query<{ case_id: string; rung: number; due_at: Date }>(
    `SELECT case_id, rung, due_at FROM timers WHERE event->>'block' = 'work'`,
  );
  const planned: Plan = new Map(
    rows.map((row) => [placeOf(row.case_id, row.rung), { caseId: row.case_id, due: row.due_at.getTime() }]),
  );
  return { planned, last: Math.max(...[...planned.values()].map(({ due }) => due)) };
}

/** Places in the order of the record. */
async function readRecord(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ case_id: string; rung: number }>(
    `SELECT case_id, (body->'events'->0->>'rung')::int AS rung FROM case_events WHERE type = 'timer' ORDER BY case_id, seq`,
  );
  return rows.map(({ case_id, rung }) => placeOf(case_id, rung));
}

function compare(planned: Plan, record: readonly string[]): Pick<TimersBench, 'doubled' | 'missed' | 'disordered'> {
  const seen = new Set(record);
  const last = new Map<string, number>();
  const disordered = new Set<string>();
  for (const place of record) {
    const timer = planned.get(place);
    if (!timer) continue;
    if (timer.due < (last.get(timer.caseId) ?? 0)) disordered.add(timer.caseId);
    last.set(timer.caseId, timer.due);
  }
  return {
    doubled: record.length - seen.size,
    missed: [...planned.keys()].filter((place) => !seen.has(place)).length,
    disordered: disordered.size,
  };
}

/** Users act on their cases, step by step, until the work is done. Returns what each step took, in ms. */
async function actMeanwhile(engine: Engine, cases: StartCase[], work: () => Promise<unknown>): Promise<number[]> {
  const latencies: number[] = [];
  let done = false;
  const user = async () => {
    for (let own = cases.pop(); own && !done; own = cases.pop()) {
      for (let n = 1; n <= STEPS && !done; n += 1) {
        const began = performance.now();
        await engine.apply({ caseId: own.id, event: standardEvent(n) });
        latencies.push(performance.now() - began);
        await pause(THINK_MS);
      }
    }
  };
  const users = Array.from({ length: USERS }, user);
  try {
    await work();
  } finally {
    done = true;
    await Promise.all(users);
  }
  return latencies;
}
