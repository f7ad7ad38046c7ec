import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { CaseContext } from '../../workflows/machine/context.ts';
import type { Definition } from '../../workflows/machine/definition.ts';
import { type Mapping, mappingErrors, missedMeetings, type Unsafe } from '../../workflows/machine/migrate.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { problem } from '../http/problem.ts';
import { HORIZON_MS } from './build.ts';
import type { Core } from './core.ts';
import { checkGates } from './gates.ts';
import { addJobs } from './jobs.ts';
import { type Move, type MovedDate, moveOf, type TaskNow, type TimerNow } from './move.ts';
import { placeOf } from './project.ts';
import { retried } from './redate.ts';
import type { Stop } from './redates.ts';
import type { CaseKind, CaseStatus, Job } from './types.ts';

export interface MigrateOptions {
  version: number;
  mapping?: Mapping;
  actor: string;
  /** Only says what would become of each case, and changes nothing. */
  dryRun?: boolean;
  onProgress?: (progress: { moved: number; total: number }) => void;
}

/** What a move makes of a case, or why it cannot be moved. */
export interface MigratedCase {
  caseId: string;
  title: string;
  kind: CaseKind;
  status: CaseStatus;
  /** Keys of the live blocks, before and after. */
  from: string[];
  to: string[];
  tasks: { seat: number; from: string; to: string }[];
  dates: MovedDate[];
  unsafe: Unsafe[];
}

export interface Migration {
  id: string | null;
  from: number;
  to: number;
  /** `planned`: a dry run; `running`: some cases are left, a repeat goes on. */
  state: 'planned' | 'running' | 'done' | 'undone';
  /** Cases under the new version by now, of all that run. */
  moved: number;
  total: number;
  cases: MigratedCase[];
}

interface CycleRow {
  status: string;
  template_key: string;
  template_version: number;
}

interface CaseRow {
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

type Queryable = Pick<pg.Pool, 'query'>;

/** A case that is to be moved, with what it becomes. */
interface Planned {
  row: CaseRow;
  before: CaseContext;
  definition: Definition;
  tasks: TaskNow[];
  timers: TimerNow[];
  move: Move | null;
  unsafe: Unsafe[];
}

/**
 * Moves a running cycle to a newer version of its template: its own case, its participants' and their items'. All of them can
 * be moved or none is. Then each participant goes with its items in one transaction; meetings wait until all have gone. What
 * an interrupted run has moved stays; a repeat moves the rest.
 */
export async function migrateCycle(core: Core, cycleId: string, options: MigrateOptions): Promise<Migration> {
  const { version, actor, dryRun = false, onProgress } = options;
  const cycle = await readCycle(core.pool, cycleId);
  const running = await runningMove(core.pool, cycleId);
  const mapping = running?.mapping ?? options.mapping ?? {};
  if (running && (running.to_version !== version || (options.mapping && !same(options.mapping, running.mapping))))
    throw problem('migration.running', { to: running.to_version });
  if (!running && cycle.template_version === version && !dryRun) {
    const last = await lastMove(core.pool, cycleId);
    if (last?.state === 'done' && last.to_version === version) {
      const total = (await idsOf(core.pool, cycleId)).length;
      return { id: last.id, from: last.from_version, to: version, state: 'done', moved: total, total, cases: [] };
    }
  }
  if (cycle.status !== 'running' && cycle.status !== 'suspended') throw problem('cycle.state', { state: cycle.status });
  const { from, to } = await templatesOf(core.pool, cycle, version);
  const wrong = mappingErrors(from, to, mapping);
  if (wrong.length > 0)
    throw problem('input.invalid', {
      errors: wrong.map(({ key, text }) => ({ path: `mapping.${key}`, message: text })),
    });

  const all = await idsOf(core.pool, cycleId);
  const planned = await plan(core, core.pool, all, to, mapping);
  const cases = await withMeetings(core, cycleId, planned, to);
  const state = { from: from.version, to: version, total: all.length, cases: cases.map(tell) };
  const moved = all.length - planned.length;
  if (dryRun) return { id: running?.id ?? null, ...state, state: 'planned', moved };
  const unsafe = cases.filter((one) => one.unsafe.length > 0);
  if (unsafe.length > 0 && !running) throw unsafeProblem(unsafe);

  const id = running?.id ?? (await begin(core, cycleId, cycle, version, mapping, actor));
  const progress = { moved, total: all.length };
  const left: MigratedCase[] = [];
  for (const group of groupsOf(planned)) {
    const refused = await retried(() => moveGroup(core, group, { id, to, mapping, actor, cycleId }));
    if (refused) left.push(...refused.map(tell));
    else progress.moved += group.length;
    onProgress?.({ ...progress });
    if (refused && group.some(({ row }) => row.kind === 'cycle')) break;
  }
  if (left.length > 0) return { id, ...state, cases: left, state: 'running', moved: progress.moved };
  await end(core, id, cycleId, version);
  const last = await lastMove(core.pool, cycleId);
  return { id, ...state, state: last?.state ?? 'done', moved: progress.moved };
}

/**
 * Takes the last move of a cycle back, all cases in one transaction: each stands again where it stood, with its tasks and
 * timers, as its record says.
 * @throws `migration.passed` when anything has happened since
 */
export const undoMigration = (core: Core, cycleId: string, by: { actor: string }): Promise<Migration> =>
  retried(() => undoOnce(core, cycleId, by));

async function undoOnce(core: Core, cycleId: string, { actor }: { actor: string }): Promise<Migration> {
  const cycle = await readCycle(core.pool, cycleId);
  const last = await lastMove(core.pool, cycleId);
  if (!last || last.state === 'undone') throw problem('migration.none');
  if (cycle.status !== 'running' && cycle.status !== 'suspended') throw problem('cycle.state', { state: cycle.status });
  const at = core.clock.now().toISOString();
  const client = await core.pool.connect();
  let broken = true;
  let rows: UndoRow[] = [];
  try {
    await client.query('BEGIN');
    const locked = await client.query(`SELECT FROM cycle_migrations WHERE id = $1 AND state <> 'undone' FOR UPDATE`, [
      last.id,
    ]);
    if (locked.rowCount === 0) throw problem('migration.none');
    const found = await client.query<UndoRow>(
      `SELECT c.id, c.kind, c.org_id, c.title, c.status, c.revision, c.blocks, e.seq, e.body FROM case_events e JOIN cases c ON c.id = e.case_id
       WHERE c.cycle_id = $1 AND e.type = 'migrate' AND e.body->'migrate'->>'id' = $2 ORDER BY c.id FOR UPDATE OF c`,
      [cycleId, last.id],
    );
    rows = found.rows;
    const passed = rows.filter(({ revision, seq }) => revision !== seq);
    if (passed.length > 0)
      throw problem('migration.passed', {
        errors: passed.slice(0, 200).map(({ id, title }) => ({
          path: `cases.${id}`,
          message: { zh: `“${title}”此后已有新的进展`, en: `"${title}" has moved on since` },
        })),
      });
    for (const row of rows) await putBack(core, client, row, last.id, actor, at);
    await client.query(`UPDATE cycle_migrations SET state = 'undone', ended_at = $2 WHERE id = $1`, [last.id, at]);
    await client.query('UPDATE cycles SET template_version = $2 WHERE id = $1', [cycleId, last.from_version]);
    if (!core.jobSink) await addJobs(client, [{ task: 'gates.check', payload: { cycleId } }], at);
    await client.query('COMMIT');
    broken = false;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release(broken);
  }
  for (const row of rows) announce(core, cycleId, row, row.revision + 1, at, actor, 'unmigrate');
  core.jobSink?.({ task: 'gates.check', payload: { cycleId } });
  const cases = rows.map(
    ({ id, title, kind, status, blocks, body }): MigratedCase => ({
      caseId: id,
      title,
      kind,
      status,
      from: blocks,
      to: body.before.place.blocks,
      tasks: [],
      dates: [],
      unsafe: [],
    }),
  );
  return {
    id: last.id,
    from: last.to_version,
    to: last.from_version,
    state: 'undone',
    moved: rows.length,
    total: rows.length,
    cases,
  };
}

const same = (a: Mapping, b: Mapping) =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

async function readCycle(db: Queryable, cycleId: string): Promise<CycleRow> {
  const { rows } = await db.query<CycleRow>('SELECT status, template_key, template_version FROM cycles WHERE id = $1', [
    cycleId,
  ]);
  if (!rows[0]) throw problem('cycle.unknown');
  return rows[0];
}

interface MoveRow {
  id: string;
  from_version: number;
  to_version: number;
  mapping: Mapping;
  state: 'running' | 'done' | 'undone';
}

async function lastMove(db: Queryable, cycleId: string): Promise<MoveRow | undefined> {
  const { rows } = await db.query<MoveRow>(
    'SELECT id, from_version, to_version, mapping, state FROM cycle_migrations WHERE cycle_id = $1 ORDER BY id DESC LIMIT 1',
    [cycleId],
  );
  return rows[0];
}

const runningMove = async (db: Queryable, cycleId: string): Promise<MoveRow | undefined> => {
  const last = await lastMove(db, cycleId);
  return last?.state === 'running' ? last : undefined;
};

/** The version that a cycle runs and the one that it is to run: a newer one, published. */
async function templatesOf(db: Queryable, { template_key: key, template_version: current }: CycleRow, version: number) {
  const { rows } = await db.query<{ version: number; status: string; content: CycleTemplate }>(
    'SELECT version, status, content FROM templates WHERE key = $1 AND version = ANY($2)',
    [key, [current, version]],
  );
  const from = rows.find((row) => row.version === current);
  const to = rows.find((row) => row.version === version);
  if (!from || !to) throw problem('template.unknown', { key });
  if (version <= current) throw problem('migration.version', { version, current });
  if (to.status !== 'published') throw problem('template.draft');
  return { from: from.content, to: to.content };
}

/** The running cases of a cycle. */
async function idsOf(db: Queryable, cycleId: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `SELECT id FROM cases WHERE cycle_id = $1 AND status IN ('active', 'suspended') ORDER BY id`,
    [cycleId],
  );
  return rows.map(({ id }) => id);
}

/** Reads cases with their rows and says what each would become; those under the new version already are left out. */
async function plan(
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
  const tasks = await grouped<TaskNow>(
    db,
    `SELECT case_id AS id, seat, block, state, due_at AS "dueAt", provisional, opened_at AS "openedAt" FROM tasks
     WHERE case_id = ANY($1) AND (state IN ('open', 'waiting') OR block = ANY($2)) ORDER BY seat`,
    ids,
    Object.keys(mapping),
  );
  const timers = await grouped<TimerNow>(
    db,
    `SELECT case_id AS id, scope, rung, due_at AS "dueAt", event, provisional, opened_at AS "openedAt", frozen_at AS "frozenAt", parked
     FROM timers WHERE case_id = ANY($1) ORDER BY scope, rung`,
    ids,
  );
  const stops = await grouped<Stop & { to: string | null }>(
    db,
    `SELECT case_id AS id, at AS "from", resumed AS "to" FROM (
       SELECT case_id, seq, type, at, lead(at) OVER (PARTITION BY case_id ORDER BY seq) AS resumed FROM case_events
       WHERE case_id = ANY($1) AND type IN ('suspend', 'resume')
     ) e WHERE type = 'suspend' ORDER BY seq`,
    ids,
  );
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
      stops: stood.filter((stop): stop is Stop => stop.to !== null),
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

/** Rows by case, their instants as text. */
async function grouped<Row>(
  db: Queryable,
  text: string,
  ...values: (readonly string[])[]
): Promise<Map<string, Row[]>> {
  const { rows } = await db.query<{ id: string } & Record<string, unknown>>(text, values);
  const groups = new Map<string, Row[]>();
  for (const { id, ...row } of rows) {
    const plain = Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
    );
    groups.set(id, [...(groups.get(id) ?? []), plain as Row]);
  }
  return groups;
}

/** Adds to each participant the meetings that it and the cycle's own case would miss. */
async function withMeetings(
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

function tell({ row, before, definition, tasks, move, unsafe }: Planned): MigratedCase {
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

const unsafeProblem = (unsafe: readonly Planned[]) =>
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
function groupsOf(planned: readonly Planned[]): Planned[][] {
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

async function begin(
  core: Core,
  cycleId: string,
  { template_version: from }: CycleRow,
  to: number,
  mapping: Mapping,
  actor: string,
): Promise<string> {
  const id = uuidv7();
  const { rowCount } = await core.pool.query(
    `WITH c AS (SELECT id FROM cycles WHERE id = $2 AND template_version = $3 FOR UPDATE)
     INSERT INTO cycle_migrations (id, cycle_id, from_version, to_version, mapping, state, started_at, started_by)
     SELECT $1, c.id, $3, $4, $5, 'running', $6, $7 FROM c
     WHERE NOT EXISTS (SELECT FROM cycle_migrations m WHERE m.cycle_id = $2 AND m.state = 'running')`,
    [id, cycleId, from, to, JSON.stringify(mapping), core.clock.now(), actor],
  );
  if (rowCount === 0) throw problem('migration.running', { to });
  return id;
}

async function end(core: Core, id: string, cycleId: string, version: number): Promise<void> {
  const at = core.clock.now().toISOString();
  await core.pool.query(
    `WITH m AS (UPDATE cycle_migrations SET state = 'done', ended_at = $3 WHERE id = $1 AND state = 'running' RETURNING cycle_id)
     UPDATE cycles SET template_version = $4 FROM m WHERE cycles.id = m.cycle_id AND cycles.id = $2`,
    [id, cycleId, at, version],
  );
  await checkGates(core, cycleId);
}

interface Moving {
  id: string;
  to: CycleTemplate;
  mapping: Mapping;
  actor: string;
  cycleId: string;
}

/** Moves a case with its items in one transaction. Answers those that have gone where they cannot be moved meanwhile. */
async function moveGroup(core: Core, group: readonly Planned[], moving: Moving): Promise<Planned[] | null> {
  const at = core.clock.now().toISOString();
  const root = group[0]?.row.id ?? '';
  return core.inOrder(root, async () => {
    const client = await core.pool.connect();
    let broken = true;
    try {
      await client.query('BEGIN');
      const going = await client.query(`SELECT FROM cycle_migrations WHERE id = $1 AND state = 'running' FOR SHARE`, [
        moving.id,
      ]);
      if (going.rowCount === 0) {
        await client.query('ROLLBACK');
        broken = false;
        return null; // another node has ended it, or it was taken back
      }
      const ids = group.map(({ row }) => row.id);
      // Items that have come since are moved as well.
      const kin = await client.query<{ id: string }>(
        `WITH RECURSIVE kin AS (SELECT id FROM cases WHERE id = ANY($1) UNION SELECT c.id FROM cases c JOIN kin ON c.parent_id = kin.id)
         SELECT id FROM kin`,
        [ids],
      );
      await client.query('SELECT FROM cases WHERE id = ANY($1) ORDER BY id FOR UPDATE', [ids]);
      const all = [...new Set([...ids, ...kin.rows.map(({ id }) => id)])];
      const planned = await plan(core, client, all, moving.to, moving.mapping, 'FOR UPDATE');
      const checked = await withMeetings(core, moving.cycleId, planned, moving.to, client);
      const unsafe = checked.filter((one) => one.unsafe.length > 0);
      if (unsafe.length > 0) {
        await client.query('ROLLBACK');
        broken = false;
        return unsafe;
      }
      const jobs: Job[] = [];
      for (const one of checked) jobs.push(...(await write(core, client, one, moving, at)));
      if (!core.jobSink) await addJobs(client, jobs.splice(0), at);
      await client.query('COMMIT');
      broken = false;
      for (const { row } of checked) announce(core, moving.cycleId, row, row.revision + 1, at, moving.actor, 'migrate');
      for (const job of jobs) core.jobSink?.(job);
      return null;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release(broken);
    }
  });
}

/** What the record keeps of before a move, so that it can be taken back. */
interface Before {
  snapshot: Json;
  place: { blocks: string[]; waits: string[]; phase: string | null };
  tasks: TaskNow[];
  timers: TimerNow[];
}

async function write(core: Core, client: Queryable, one: Planned, moving: Moving, at: string): Promise<Job[]> {
  const { row, before, definition, tasks, timers, move } = one;
  if (!move) throw new Error('nothing to write');
  const { hash, logic } = await core.store.define(move.definition as unknown as Json);
  const kept: Before = {
    snapshot: JSON.parse(row.snapshot) as Json,
    place: placeOf(definition, before),
    tasks,
    timers,
  };
  const renamed = [...move.keys].filter(([old, key]) => old !== key);
  const record = { id: moving.id, from: row.definition, to: hash, mapping: moving.mapping };
  await put(client, row, {
    hash,
    snapshot: JSON.stringify(logic.persist(move.snapshot)),
    place: placeOf(move.definition, move.snapshot.context),
    tasks: move.tasks,
    timers: move.timers,
    renamed,
    event: { type: 'migrate', actor: moving.actor, body: { migrate: record, before: kept, renamed, events: [] } },
    at,
  });
  const near = Date.parse(at) + HORIZON_MS;
  const due = move.timers.filter(({ frozenAt, parked, dueAt }) => !frozenAt && !parked && Date.parse(dueAt) <= near);
  const jobs = [...new Set(due.map(({ dueAt }) => dueAt))].map(
    (dueAt): Job => ({
      task: 'timers.fire',
      payload: { at: dueAt },
    }),
  );
  for (const [old, key] of move.keys) {
    const block = blockByKey(move.definition.template, key);
    if (old === key || block?.type !== 'compute') continue;
    const round = move.snapshot.context.live[key]?.round ?? 0;
    jobs.push({ task: 'rank', payload: { caseId: row.id, block: key, round } });
  }
  return jobs;
}

interface Put {
  hash: string;
  snapshot: string;
  place: Before['place'];
  tasks: readonly TaskNow[];
  timers: readonly TimerNow[];
  /** Live blocks with their new keys. */
  renamed: readonly (readonly [string, string])[];
  event: { type: string; actor: string; body: object };
  at: string;
}

/** Writes a case under a definition with its open tasks' dates and all its timers. */
async function put(
  client: Queryable,
  { id, revision }: Pick<CaseRow, 'id' | 'revision'>,
  { hash, snapshot, place, tasks, timers, renamed, event, at }: Put,
): Promise<void> {
  await client.query(
    `UPDATE cases SET definition = $2, snapshot = $3, blocks = $4, waits = $5, phase = $6, revision = revision + 1, updated_at = $7 WHERE id = $1`,
    [id, hash, snapshot, place.blocks, place.waits, place.phase, at],
  );
  await client.query('INSERT INTO case_events (case_id, seq, at, type, actor, body) VALUES ($1, $2, $3, $4, $5, $6)', [
    id,
    revision + 1,
    at,
    event.type,
    event.actor,
    JSON.stringify(event.body),
  ]);
  await client.query(
    `UPDATE tasks t SET block = k.block, due_at = k.due, provisional = k.provisional
     FROM unnest($2::int[], $3::text[], $4::timestamptz[], $5::bool[]) AS k(seat, block, due, provisional) WHERE t.case_id = $1 AND t.seat = k.seat`,
    [
      id,
      tasks.map(({ seat }) => seat),
      tasks.map(({ block }) => block),
      tasks.map(({ dueAt }) => dueAt),
      tasks.map(({ provisional }) => provisional),
    ],
  );
  // A vacancy is filled by the name of its block.
  for (const [old, key] of renamed)
    await client.query(
      `UPDATE incidents SET detail = jsonb_set(detail::jsonb, '{event,block}', to_jsonb($3::text))::json
       WHERE case_id = $1 AND kind = 'vacancy' AND state = 'open' AND detail->'event'->>'block' = $2`,
      [id, old, key],
    );
  await client.query('DELETE FROM timers WHERE case_id = $1', [id]);
  await client.query(
    `INSERT INTO timers (case_id, scope, rung, due_at, event, provisional, opened_at, frozen_at, parked)
     SELECT $1, k.* FROM unnest($2::text[], $3::int[], $4::timestamptz[], $5::json[], $6::bool[], $7::timestamptz[], $8::timestamptz[], $9::bool[]) AS k`,
    [
      id,
      timers.map(({ scope }) => scope),
      timers.map(({ rung }) => rung),
      timers.map(({ dueAt }) => dueAt),
      timers.map(({ event: what }) => JSON.stringify(what)),
      timers.map(({ provisional }) => provisional),
      timers.map(({ openedAt }) => openedAt),
      timers.map(({ frozenAt }) => frozenAt),
      timers.map(({ parked }) => parked),
    ],
  );
}

interface UndoRow {
  id: string;
  kind: CaseKind;
  org_id: string | null;
  title: string;
  status: CaseStatus;
  revision: number;
  blocks: string[];
  seq: number;
  body: { migrate: { id: string; from: string }; before: Before; renamed: [string, string][] };
}

const putBack = (core: Core, client: Queryable, row: UndoRow, id: string, actor: string, at: string): Promise<void> => {
  core.cache.delete(row.id);
  const { migrate, before, renamed } = row.body;
  return put(client, row, {
    hash: migrate.from,
    snapshot: JSON.stringify(before.snapshot),
    place: before.place,
    tasks: before.tasks,
    timers: before.timers,
    renamed: renamed.map(([old, key]) => [key, old] as const),
    event: { type: 'unmigrate', actor, body: { undo: { id }, events: [] } as unknown as JsonObject },
    at,
  });
};

function announce(
  core: Core,
  cycleId: string,
  { id, org_id: orgId, status }: Pick<CaseRow, 'id' | 'org_id' | 'status'>,
  revision: number,
  at: string,
  actor: string,
  type: 'migrate' | 'unmigrate',
): void {
  core.cache.delete(id);
  const people = [actor];
  core.emit({ caseId: id, cycleId, orgId, revision, at, people, event: { type }, opened: [], closed: [], status });
}
