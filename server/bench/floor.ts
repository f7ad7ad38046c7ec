import type pg from 'pg';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { CaseContext, CaseEvent } from '../../workflows/machine/context.ts';
import type { Snapshot } from '../../workflows/machine/run.ts';
import { buildWrite, type Origin } from '../engine/build.ts';
import { hashOf, type Logic, type LogicStep, templateLogic } from '../engine/logic.ts';
import type { Write } from '../engine/write.ts';
import { ACTOR, newStandardCase, STEPS, standardEvent } from './standardCase.ts';

/**
 * The floor: the same rows of the same case written by hand, one statement and one transaction a step, without any engine.
 * What each step writes was computed beforehand, so that only the database's work is measured.
 */
const START = {
  name: 'floor_start',
  text: `WITH c AS (
    INSERT INTO cases (id, kind, title, definition, status, revision, snapshot, blocks, waits, phase, started_at, updated_at)
    VALUES ($1, 'plain', 'standard case', $2, 'active', 1, $3, $4, '{}', 'plan', $5, $5)
  ), e AS (INSERT INTO case_events (case_id, seq, at, type, body) VALUES ($1, 1, $5, 'start', $6)
  ), t AS (INSERT INTO tasks (case_id, seat, block, round, kind, state, opened_at, due_at) VALUES ($1, $7, $8, 1, 'task', 'open', $5, $9)
  ), k AS (INSERT INTO task_candidates (person_id, case_id, seat) VALUES ($10, $1, $7)
  ) INSERT INTO timers (case_id, scope, rung, due_at, event, opened_at) VALUES ($1, $11, $12, $9, $13, $5)`,
};

const STEP = {
  name: 'floor_step',
  text: `WITH c AS (
    UPDATE cases SET snapshot = $2, revision = $3 + 1, blocks = $4, updated_at = $5 WHERE id = $1 AND revision = $3
  ), e AS (INSERT INTO case_events (case_id, seq, at, type, actor, body) VALUES ($1, $3 + 1, $5, 'act', $10, $6)
  ), closed AS (UPDATE tasks SET state = 'done', closed_at = $5, closed_by = $10, outcome = 'submit' WHERE case_id = $1 AND seat = $14
  ), gone AS (DELETE FROM task_candidates WHERE case_id = $1 AND seat = $14
  ), t AS (INSERT INTO tasks (case_id, seat, block, round, kind, state, opened_at, due_at) VALUES ($1, $7, $8, 1, 'task', 'open', $5, $9)
  ), k AS (INSERT INTO task_candidates (person_id, case_id, seat) VALUES ($10, $1, $7)
  ), cancelled AS (DELETE FROM timers WHERE case_id = $1 AND scope = $15
  ) INSERT INTO timers (case_id, scope, rung, due_at, event, opened_at) VALUES ($1, $11, $12, $9, $13, $5)`,
};

/** What the steps of one new standard case write. */
export function floorCase(logic: Logic, hash: string, calendar: Calendar, at: string): Write[] {
  const { id, input, title } = newStandardCase();
  const start = { kind: 'plain' as const, cycleId: null, orgId: null, parentId: null, title, definition: hash };
  const people = () => [[ACTOR]];
  const writes: Write[] = [];
  let snapshot: Snapshot<CaseContext> | null = null;
  for (let n = 0; n <= STEPS; n += 1) {
    const event = n === 0 ? null : ({ ...standardEvent(n), at } as unknown as CaseEvent);
    const origin: Origin = { id, kind: 'plain', cycleId: null, revision: n, logic, snapshot };
    const step: LogicStep = event && snapshot ? logic.step(snapshot, event, people) : logic.start(input, people);
    const cause = event ? { type: 'act', actor: ACTOR, body: {} } : { type: 'start', body: { start: input } };
    writes.push(buildWrite({ origin, start: event ? null : start, step, cause, event, fired: null, at, calendar }));
    snapshot = step.snapshot;
  }
  return writes;
}

/** Makes cases for the floor to write. */
export function floorCases(count: number, calendar: Calendar, at: string): Write[][] {
  const definition = newStandardCase().definition;
  const logic = templateLogic(definition);
  return Array.from({ length: count }, () => floorCase(logic, hashOf(definition), calendar, at));
}

/** Writes one step by hand. */
export async function floorStep(pool: pg.Pool, write: Write): Promise<void> {
  const task = write.opened[0];
  const timer = write.timersSet[0];
  if (!task || !timer) throw new Error('a step of the standard case opens a task with a timer');
  const tail = [
    write.blocks,
    write.at,
    write.event.body,
    task.seat,
    task.block,
    task.dueAt,
    ACTOR,
    timer.scope,
    timer.rung,
    timer.event,
  ];
  if (write.start) await pool.query({ ...START, values: [write.id, write.start.definition, write.snapshot, ...tail] });
  else
    await pool.query({
      ...STEP,
      values: [write.id, write.snapshot, write.expected, ...tail, write.closed[0]?.seat, write.timersCancelled[0]],
    });
}
