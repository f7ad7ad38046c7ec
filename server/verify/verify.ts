import type pg from 'pg';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { CaseContext, CaseEvent } from '../../workflows/machine/context.ts';
import type { Definition } from '../../workflows/machine/definition.ts';
import { type Mapping, migrateCase } from '../../workflows/machine/migrate.ts';
import type { Snapshot } from '../../workflows/machine/run.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import { untilOf } from '../../workflows/template/block.ts';
import { statusOf } from '../engine/build.ts';
import type { Logic, LogicOf } from '../engine/logic.ts';
import { templateLogic } from '../engine/logic.ts';
import type { RecordedMove } from '../engine/migrate/move.ts';
import { placeOf, projectionOf } from '../engine/project.ts';
import { checkScores } from './scores.ts';

export interface Mismatch {
  caseId: string;
  /** record, snapshot, case, tasks, candidates, timers, score or audit */
  what: string;
  detail: string;
}

export interface Verification {
  ok: boolean;
  cases: number;
  events: number;
  mismatches: Mismatch[];
}

interface CaseRow {
  id: string;
  definition: string;
  status: string;
  revision: number;
  snapshot: string;
  blocks: string[];
  waits: string[];
  phase: string | null;
  outcome: string | null;
}

interface TaskState {
  id: string;
  seat: number;
  state: string;
  outcome: string | null;
  closedBy: string | null;
  people: string[];
}

const BATCH = 200;

export interface VerifyOptions {
  logicOf?: LogicOf;
  onProgress?: (cases: number) => void;
  /** Only cases that have changed since then. */
  since?: Date;
  /** False: leave the record alone, and compare the tables with the stored snapshot. */
  replay?: boolean;
}

/**
 * Rebuilds every case from its record and compares: the record has no gap and is as long as the revision says, the snapshot is
 * the fold of the events, the case's row says where that stands, open tasks and their people are the open seats, a decided
 * task has the outcome of its seat, timers belong to live blocks, a case that runs waits for something, and every score follows from
 * its own explanation.
 */
export async function verify(pool: pg.Pool, options: VerifyOptions = {}): Promise<Verification> {
  const { logicOf = templateLogic, onProgress, since = new Date(0), replay = true } = options;
  const logics = new Map<string, Logic>();
  for (const row of (await pool.query<{ hash: string; content: Json }>('SELECT hash, content FROM definitions')).rows)
    logics.set(row.hash, logicOf(row.content));
  const result: Verification = { ok: true, cases: 0, events: 0, mismatches: [] };
  const client = await pool.connect();
  try {
    // One snapshot of the database, so that a running system verifies too.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const { rows } = await client.query<CaseRow>(
        'SELECT id, definition, status, revision, snapshot::text AS snapshot, blocks, waits, phase, outcome FROM cases WHERE id > $1 AND updated_at >= $3 ORDER BY id LIMIT $2',
        [after, BATCH, since],
      );
      if (rows.length === 0) break;
      after = (rows.at(-1) as CaseRow).id;
      await checkBatch(client, rows, logics, replay, result);
      onProgress?.(result.cases);
    }
    await checkScores(client, since, result);
    await orphans(client, result);
    await unrecorded(client, since, result);
    await client.query('COMMIT');
  } finally {
    client.release();
  }
  result.ok = result.mismatches.length === 0;
  return result;
}

async function checkBatch(
  client: pg.PoolClient,
  rows: CaseRow[],
  logics: Map<string, Logic>,
  replay: boolean,
  result: Verification,
): Promise<void> {
  const ids = [rows.map((row) => row.id)];
  const events = group(
    await client.query<{ id: string; seq: number; type: string; body: JsonObject }>(
      `SELECT case_id AS id, seq, type, CASE WHEN $2 THEN body END AS body FROM case_events
       WHERE case_id = ANY($1) AND ($2 OR type IN ('suspend', 'resume')) ORDER BY case_id, seq`,
      [...ids, replay],
    ),
  );
  const tasks = group(
    await client.query<TaskState>(
      `SELECT t.case_id AS id, t.seat, t.state, t.outcome, t.closed_by AS "closedBy", array_remove(array_agg(k.person_id::text ORDER BY k.person_id), NULL) AS people
     FROM tasks t LEFT JOIN task_candidates k USING (case_id, seat) WHERE t.case_id = ANY($1) GROUP BY t.case_id, t.seat ORDER BY t.case_id, t.seat`,
      ids,
    ),
  );
  const timers = group(
    await client.query<{ id: string; scope: string }>(
      'SELECT DISTINCT case_id AS id, scope FROM timers WHERE case_id = ANY($1)',
      ids,
    ),
  );
  for (const row of rows) {
    const found = (what: string, detail: string) => result.mismatches.push({ caseId: row.id, what, detail });
    result.cases += 1;
    const record = events.get(row.id) ?? [];
    result.events += record.length;
    const gap = replay ? record.findIndex((event, i) => event.seq !== i + 1) : -1;
    if (replay && record.length !== row.revision) found('record', `revision ${row.revision}, ${record.length} events`);
    if (gap >= 0) found('record', `event ${gap + 1} is missing`);
    const logic = logics.get(row.definition);
    if (!logic) {
      found('record', `definition ${row.definition} is missing`);
      continue;
    }
    try {
      const snapshot = replay
        ? fold(
            logics,
            row.definition,
            record.map((event) => event.body),
          )
        : logic.restore(JSON.parse(row.snapshot) as Json);
      if (JSON.stringify(logic.persist(snapshot)) !== row.snapshot) found('snapshot', 'is not the fold of the events');
      else {
        checkRow(
          logic,
          snapshot,
          row,
          record.filter(({ type }) => type === 'suspend' || type === 'resume').at(-1)?.type,
          found,
        );
        checkProjection(logic, snapshot, row, tasks.get(row.id) ?? [], timers.get(row.id) ?? [], found);
      }
    } catch (error) {
      found('record', `does not replay: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/**
 * Replays recorded bodies from the start, under the definition that the case began with: a migration goes on under the next,
 * its undoing goes back to where it was.
 */
export function fold(
  logics: ReadonlyMap<string, Logic>,
  definition: string,
  bodies: readonly JsonObject[],
): Snapshot<CaseContext> {
  const logicOf = (hash: string): Logic => {
    const logic = logics.get(hash);
    if (!logic) throw new Error(`definition ${hash} is missing`);
    return logic;
  };
  const moves = bodies.flatMap((body) => (body.migrate ? [body.migrate as unknown as RecordedMove] : []));
  let logic = logicOf(moves[0]?.from ?? definition);
  let snapshot = logic.begin((bodies[0]?.start ?? {}) as JsonObject);
  const left: { logic: Logic; snapshot: Snapshot<CaseContext> }[] = [];
  for (const body of bodies) {
    for (const event of (body.events ?? []) as unknown as CaseEvent[]) snapshot = logic.replay(snapshot, event);
    if (body.migrate) {
      const move = body.migrate as unknown as RecordedMove;
      const next = logicOf(move.to);
      left.push({ logic, snapshot });
      snapshot = migrated(logic, next, move.mapping, snapshot);
      logic = next;
    }
    if (body.undo) ({ logic, snapshot } = left.pop() ?? { logic, snapshot });
  }
  return snapshot;
}

function migrated(from: Logic, to: Logic, mapping: Mapping, snapshot: Snapshot<CaseContext>): Snapshot<CaseContext> {
  if (!from.definition || !to.definition) throw new Error('not a template case');
  const moved = migrateCase(from.definition, to.definition, mapping, snapshot);
  if ('unsafe' in moved) throw new Error(moved.unsafe.map(({ text }) => text.en).join('; '));
  return moved.snapshot;
}

type Found = (what: string, detail: string) => void;

function checkRow(
  logic: Logic,
  snapshot: Snapshot<CaseContext>,
  row: CaseRow,
  control: string | undefined,
  found: Found,
): void {
  const stands = statusOf(snapshot);
  const status = stands === 'active' && control === 'suspend' ? 'suspended' : stands;
  const expected = {
    status,
    outcome: snapshot.context.outcome ?? null,
    ...placeOf(logic.definition, snapshot.context),
  };
  for (const name of ['status', 'outcome', 'blocks', 'waits', 'phase'] as const)
    if (String(expected[name]) !== String(row[name]))
      found('case', `${name} is ${row[name]}, should be ${expected[name]}`);
}

function checkProjection(
  logic: Logic,
  snapshot: Snapshot<CaseContext>,
  row: CaseRow,
  tasks: TaskState[],
  timers: { scope: string }[],
  found: Found,
): void {
  const { seats, scopes } = projectionOf(logic.definition, snapshot.context);
  const expected = [...seats].map(([n, { seat }]) => `${n}:${[...seat.people].sort().join()}`).sort();
  const open = tasks.filter(({ state }) => state === 'open');
  const actual = open.map(({ seat, people }) => `${seat}:${people.join()}`).sort();
  if (expected.join(' ') !== actual.join(' '))
    found('tasks', `open seats [${expected.join(' ')}], open tasks [${actual.join(' ')}]`);
  const ended = row.status === 'done' || row.status === 'cancelled';
  checkOutcomes(snapshot.context, ended, tasks, found);
  if (!ended && logic.definition) checkWaits(logic.definition, snapshot.context, timers, found);
  for (const { scope } of timers) {
    const message = /^(child:|drop$)/.test(scope);
    if (!message && !scope.startsWith('delay:') && (ended || !scopes.has(scope)))
      found('timers', `timer of "${scope}", which is not live`);
  }
}

/** Exactly one outcome a task: none while it is open or waits for its turn, its seat's once it is decided. */
function checkOutcomes(context: CaseContext, ended: boolean, tasks: TaskState[], found: Found): void {
  const seats = new Map(
    Object.values(context.live ?? {}).flatMap(({ seats: all }) => (all ?? []).map((one) => [one.n, one])),
  );
  for (const { seat: n, state, outcome, closedBy } of tasks) {
    const unsettled = state === 'open' || state === 'waiting';
    if (unsettled && (ended || outcome !== null)) found('tasks', `task ${n} is ${state}, outcome ${outcome}`);
    if (state === 'done' && outcome === null) found('tasks', `task ${n} is done, without an outcome`);
    const seat = seats.get(n);
    if (seat?.state === 'done' && !seat.auto && (outcome !== seat.action || closedBy !== (seat.by ?? null)))
      found('tasks', `task ${n}: ${outcome} by ${closedBy}, its seat: ${seat.action} by ${seat.by}`);
  }
}

/** A case that runs waits: each human block for somebody, a date for its timer. */
function checkWaits({ template }: Definition, { live }: CaseContext, timers: { scope: string }[], found: Found): void {
  const keys = Object.keys(live);
  if (keys.length === 0) found('case', 'is active, and nothing in it is');
  for (const [key, { seats, round }] of Object.entries(live)) {
    const block = blockByKey(template, key);
    if (seats !== undefined && !seats?.some((seat) => seat.state === 'open'))
      found('tasks', `"${key}" is live, without an open task`);
    const dated = block !== undefined && untilOf(block) !== undefined;
    if (dated && block.per !== 'cycle' && !timers.some(({ scope }) => scope === `${key}#${round}`))
      found('timers', `"${key}" waits for a day, without a timer`);
  }
}

/** Every event has its row in the audit, unless that is old enough to be in an archive. */
async function unrecorded(client: pg.PoolClient, since: Date, result: Verification): Promise<void> {
  const { rows } = await client.query<{ id: string; seq: number }>(
    `SELECT e.case_id AS id, e.seq FROM case_events e WHERE e.at >= $1 AND e.at >= coalesce((SELECT max(before) FROM audit_starts), '-infinity')
       AND NOT EXISTS (SELECT FROM audit a WHERE a.action = 'case.' || e.type AND a.object = 'case/' || e.case_id || '/' || e.seq)`,
    [since],
  );
  for (const { id, seq } of rows)
    result.mismatches.push({ caseId: id, what: 'audit', detail: `event ${seq} is not on record in the audit` });
}

async function orphans(client: pg.PoolClient, result: Verification): Promise<void> {
  for (const [what, table] of [
    ['record', 'case_events'],
    ['tasks', 'tasks'],
    ['candidates', 'task_candidates'],
    ['timers', 'timers'],
  ] as const) {
    const { rows } = await client.query<{ id: string }>(
      `SELECT DISTINCT case_id AS id FROM ${table} x WHERE NOT EXISTS (SELECT FROM cases c WHERE c.id = x.case_id)`,
    );
    for (const { id } of rows) result.mismatches.push({ caseId: id, what, detail: 'belongs to no case' });
  }
  const { rows } = await client.query<{ id: string; seat: number }>(
    `SELECT DISTINCT case_id AS id, seat FROM task_candidates k
     WHERE NOT EXISTS (SELECT FROM tasks t WHERE t.case_id = k.case_id AND t.seat = k.seat AND t.state = 'open')
       AND EXISTS (SELECT FROM cases c WHERE c.id = k.case_id)`,
  );
  for (const { id, seat } of rows)
    result.mismatches.push({ caseId: id, what: 'candidates', detail: `of task ${seat}, which is not open` });
}

function group<T extends { id: string }>({ rows }: { rows: T[] }): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const list = groups.get(row.id);
    if (list) list.push(row);
    else groups.set(row.id, [row]);
  }
  return groups;
}
