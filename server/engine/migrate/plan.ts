import type { Json } from '../../../workflows/json.ts';
import type { CaseContext } from '../../../workflows/machine/context.ts';
import type { Definition } from '../../../workflows/machine/definition.ts';
import { type Mapping, missedMeetings, type Unsafe } from '../../../workflows/machine/migrate.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { problem } from '../../http/problem.ts';
import type { Core } from '../core.ts';
import { placeOf } from '../project.ts';
import { endedStops, type Queryable, rowsByCase, stopsByCase } from '../rows.ts';
import type { CaseKind, CaseStatus } from '../types.ts';
import { type Move, moveOf, type TaskNow, type TimerNow } from './move.ts';
import type { MigratedCase } from './types.ts';

export interface CaseRow {
  id: string;
  kind: CaseKind;
  cycle_id: string;
  org_id: string | null;
  parent_id: string | null;
  title: string;
  definition: string;
  status: CaseStatus;
  revision: number;
  snapshot: string;
}

/** A case that is to be moved, with what it becomes. */
export interface Planned {
  row: CaseRow;
  before: CaseContext;
  definition: Definition;
  tasks: TaskNow[];
  timers: TimerNow[];
  move: Move | null;
  unsafe: Unsafe[];
}

/** Reads cases with their rows and says what each would become; those under the new version already are left out. */
export async function plan(
  core: Core,
  db: Queryable,
  ids: readonly string[],
  to: CycleTemplate,
  mapping: Mapping,
  lock: '' | 'FOR UPDATE' = '',
): Promise<Planned[]> {
  const { rows } = await db.query<CaseRow>(
    `SELECT id, kind, cycle_id, org_id, parent_id, title, definition, status, revision, snapshot::text AS snapshot FROM cases
     WHERE id = ANY($1) AND status IN ('active', 'suspended') ORDER BY id ${lock}`,
    [ids],
  );
  const tasks = await rowsByCase<TaskNow>(
    db,
    `SELECT case_id AS id, seat, block, state, due_at AS "dueAt", provisional, opened_at AS "openedAt" FROM tasks
     WHERE case_id = ANY($1) AND (state IN ('open', 'waiting') OR block = ANY($2)) ORDER BY seat`,
    ids,
    Object.keys(mapping),
  );
  const timers = await rowsByCase<TimerNow>(
    db,
    `SELECT case_id AS id, scope, rung, due_at AS "dueAt", event, provisional, opened_at AS "openedAt", frozen_at AS "frozenAt", parked
     FROM timers WHERE case_id = ANY($1) ORDER BY scope, rung`,
    ids,
  );
  const stops = await stopsByCase(db, ids);
  const at = core.clock.now().toISOString();
  const planned: Planned[] = [];
  for (const row of rows) {
    const { definition, restore } = await core.store.logic(row.definition);
    if (!definition || definition.template.version === to.version) continue;
    const snapshot = restore(JSON.parse(row.snapshot) as Json);
    const stood = stops.get(row.id) ?? [];
    const now = {
      definition,
      snapshot,
      tasks: tasks.get(row.id) ?? [],
      timers: timers.get(row.id) ?? [],
      stops: endedStops(stood),
      frozenAt: row.status === 'suspended' ? (stood.at(-1)?.from ?? null) : null,
    };
    const move = moveOf(now, to, mapping, at, core.calendar());
    const unsafe = 'unsafe' in move ? move.unsafe : [];
    const { tasks: held, timers: set } = now;
    planned.push({
      row,
      before: snapshot.context,
      definition,
      tasks: held,
      timers: set,
      move: 'unsafe' in move ? null : move,
      unsafe,
    });
  }
  return planned;
}

/** Adds to each participant the meetings that it and the cycle's own case would miss. */
export async function withMeetings(
  core: Core,
  cycleId: string,
  planned: Planned[],
  to: CycleTemplate,
  db: Queryable = core.pool,
): Promise<Planned[]> {
  const own = await db.query<{ snapshot: string; definition: string }>(
    `SELECT snapshot::text AS snapshot, definition FROM cases WHERE cycle_id = $1 AND kind = 'cycle' AND status IN ('active', 'suspended')`,
    [cycleId],
  );
  const gates = await db.query<{ block: string }>('SELECT block FROM cycle_gates WHERE cycle_id = $1', [cycleId]);
  const passed = new Set(gates.rows.map(({ block }) => block));
  const moving = planned.find(({ row }) => row.kind === 'cycle');
  if (moving && !moving.move) return planned;
  const there = own.rows[0];
  const logic = there && (await core.store.logic(there.definition));
  const cycle = moving?.move?.snapshot.context ?? (there && logic?.restore(JSON.parse(there.snapshot) as Json).context);
  return planned.map((one) => {
    if (one.row.kind !== 'participant' || !one.move) return one;
    return { ...one, unsafe: missedMeetings(to, one.move.snapshot.context, cycle, passed) };
  });
}

export function tell({ row, before, definition, tasks, move, unsafe }: Planned): MigratedCase {
  const seats = new Map(move?.tasks.map(({ seat, block }) => [seat, block]));
  return {
    caseId: row.id,
    title: row.title,
    kind: row.kind,
    status: row.status,
    from: placeOf(definition, before).blocks,
    to: move ? placeOf(move.definition, move.snapshot.context).blocks : [],
    tasks: move
      ? tasks
          .filter(({ state }) => state === 'open' || state === 'waiting')
          .map(({ seat, block }) => ({ seat, from: block, to: seats.get(seat) ?? block }))
      : [],
    dates: move?.dates ?? [],
    unsafe,
  };
}

export const unsafeProblem = (unsafe: readonly Planned[]) =>
  problem('migration.unsafe', {
    errors: unsafe
      .flatMap(({ row, unsafe: reasons }) =>
        reasons.map(({ reason, text }) => ({
          path: `cases.${row.id}`,
          id: reason,
          message: { zh: `${row.title}：${text.zh}`, en: `${row.title}: ${text.en}` },
        })),
      )
      .slice(0, 200),
  });

/** A case with its items: they speak of each other's blocks, so they go together. */
export function groupsOf(planned: readonly Planned[]): Planned[][] {
  const ids = new Set(planned.map(({ row }) => row.id));
  const groups = new Map<string, Planned[]>();
  const parents = new Map(planned.map(({ row }) => [row.id, row.parent_id]));
  const rootOf = (id: string): string => {
    const parent = parents.get(id);
    return parent && ids.has(parent) ? rootOf(parent) : id;
  };
  for (const one of planned) {
    const root = rootOf(one.row.id);
    groups.set(root, [...(groups.get(root) ?? []), one]);
  }
  // The cycle's own case goes first: whether a participant can go depends on where that stands.
  const first = (group: Planned[]) => (group.some(({ row }) => row.kind === 'cycle') ? 0 : 1);
  return [...groups.values()].sort((a, b) => first(a) - first(b));
}
