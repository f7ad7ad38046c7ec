import { JOB_ATTEMPTS, runAt } from './jobs.ts';
import { columnsOf, give, type Relation, relationOf } from './relation.ts';
import type { Write } from './write.ts';

export interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

/**
 * The statement that writes a batch of steps: one round trip, one transaction, any number of cases.
 *
 * A step takes effect only if the case still has the revision it was computed from, its idempotency key is new and, for a
 * timer, its row is still there; the other inserts and deletes join the cases that were written. It returns their ids.
 * A part that a batch has no rows for is left out, and a lone step's values are parameters where they are needed, so that it
 * costs the server little more than the same statement written by hand. Each such shape is put together and prepared once.
 */
export function statementFor(writes: readonly Write[]): Statement {
  const single = writes.length === 1;
  const rows = rowsOf(writes);
  if (rows.fired.length % writes.length > 0) throw new Error('steps of timers are written apart from all others');
  const values: unknown[] = [];
  const given: { key: RelationName; shape: string; first: number }[] = [];
  let name = single ? 'bh1' : 'bh';
  for (const key of NAMES) {
    if (rows[key].length === 0) continue;
    const first = values.length + 1;
    const shape = give(COLUMNS[key], skipOf(key, single), rows[key], values);
    given.push({ key, shape, first });
    name += `_${LETTER[key]}${shape}`;
  }
  const keyed = writes.some((w) => w.event.key !== null);
  if (keyed) name += '_k';
  let text = texts.get(name);
  if (text === undefined) {
    const relations: Relations = {};
    for (const { key, shape, first } of given)
      relations[key] = relationOf(COLUMNS[key], skipOf(key, single), shape, first);
    text = textOf(relations, single, keyed);
    texts.set(name, text);
  }
  return { name, text, values };
}

const texts = new Map<string, string>();

/** Of a lone step, the case's id is the first parameter and not given again. */
const skipOf = (key: RelationName, single: boolean) => (single && key !== 'steps' ? 1 : 0);

const COLUMNS = {
  steps: columnsOf(
    'id uuid, revision int4, snapshot json, status text, blocks text, waits text, phase text, outcome text, at timestamptz, ended bool, type text, actor uuid, on_behalf_of uuid, key text, body json, request text, address text',
  ),
  fired: columnsOf('id uuid, scope text, rung int4'),
  cases: columnsOf('id uuid, kind text, cycle_id uuid, org_id uuid, parent_id uuid, title text, definition text'),
  closed: columnsOf('id uuid, seat int4, state text, actor uuid, outcome text'),
  unseated: columnsOf('id uuid, seat int4, person uuid'),
  reopened: columnsOf('id uuid, seat int4'),
  opened: columnsOf('id uuid, seat int4, block text, round int4, kind text, due_at timestamptz, provisional bool'),
  seated: columnsOf('id uuid, seat int4, person uuid'),
  cancelled: columnsOf('id uuid, scope text'),
  timers: columnsOf('id uuid, scope text, rung int4, due_at timestamptz, event json, provisional bool'),
  messages: columnsOf('id uuid, case_id uuid, scope text, rung int4, due_at timestamptz, event json'),
  jobs: columnsOf('id uuid, task text, payload json, run_at timestamptz'),
};

type RelationName = keyof typeof COLUMNS;
type Relations = Partial<Record<RelationName, Relation>>;
type Rows = Record<RelationName, (readonly unknown[])[]>;
const NAMES = Object.keys(COLUMNS) as RelationName[];
const LETTER = Object.fromEntries(NAMES.map((key, i) => [key, 'sfnxurojdtmw'[i]])) as Record<RelationName, string>;

function rowsOf(writes: readonly Write[]): Rows {
  const rows: Rows = {
    steps: [],
    fired: [],
    cases: [],
    closed: [],
    unseated: [],
    reopened: [],
    opened: [],
    seated: [],
    cancelled: [],
    timers: [],
    messages: [],
    jobs: [],
  };
  for (const w of writes) {
    const { id, event, start } = w;
    rows.steps.push([
      id,
      w.expected,
      w.snapshot,
      w.status,
      w.blocks.join(),
      w.waits.join(),
      w.phase,
      w.outcome,
      w.at,
      w.ended,
      event.type,
      event.actor,
      event.onBehalfOf,
      event.key,
      event.body,
      event.request,
      event.address,
    ]);
    if (w.fired) rows.fired.push([id, w.fired.scope, w.fired.rung]);
    if (start) {
      const { kind, cycleId, orgId, parentId, title, definition } = start;
      rows.cases.push([id, kind, cycleId, orgId, parentId, title, definition]);
    }
    for (const { seat, state, by, outcome } of w.closed) rows.closed.push([id, seat, state, by, outcome]);
    for (const { seat, block, round, kind, dueAt, provisional, people } of w.opened) {
      rows.opened.push([id, seat, block, round, kind, dueAt, provisional]);
      for (const person of people) rows.seated.push([id, seat, person]);
    }
    for (const { seat, people } of w.reopened) {
      rows.reopened.push([id, seat]);
      for (const person of people) rows.seated.push([id, seat, person]);
    }
    for (const { seat, added, removed } of w.reseated) {
      for (const person of added) rows.seated.push([id, seat, person]);
      for (const person of removed) rows.unseated.push([id, seat, person]);
    }
    for (const scope of w.timersCancelled) rows.cancelled.push([id, scope]);
    for (const { caseId, scope, rung, dueAt, event, provisional } of w.timersSet) {
      if (caseId === id) rows.timers.push([id, scope, rung, dueAt, event, provisional]);
      else rows.messages.push([id, caseId, scope, rung, dueAt, event]);
    }
    for (const job of w.jobs) rows.jobs.push([id, job.task, JSON.stringify(job.payload), runAt(job, w.at)]);
  }
  return rows;
}

/** A part of the statement: its SQL from how it refers to its rows' columns, what it reads from, and a condition. */
type Part = (k: Relation['ref'], from: string, and: string) => string;

/** Puts together what `rowsOf` found rows for. Every part reads from `c`, the cases that were written. */
function textOf(relations: Relations, single: boolean, keyed: boolean): string {
  const { steps, fired, cases, jobs } = relations;
  if (!steps) throw new Error('a statement needs a step');
  // One step's values are parameters wherever they are needed; those of several are a relation that is read again and again.
  const s: Relation['ref'] = single ? steps.ref : (column) => `s.${column}`;
  const parts = single ? [] : [`s AS (SELECT ${steps.all} FROM ${steps.from})`];
  parts.push(`c AS (${cases ? insertCases(s, cases, single) : updateCases(s, fired, keyed, single)})`);
  parts.push(`e AS (INSERT INTO case_events (case_id, seq, at, type, actor, on_behalf_of, key, body, request, address)
    SELECT ${s('id')}, ${s('revision')} + 1, ${s('at')}, ${s('type')}, ${s('actor')}, ${s('on_behalf_of')}, ${s('key')}, ${s('body')}, ${s('request')}, ${s('address')}
    FROM ${single ? 'c' : 's JOIN c ON c.id = s.id'})`);
  const add = (name: string, relation: Relation | undefined, part: Part) => {
    if (!relation) return;
    const { ref, from } = relation;
    const same = `c.id = ${ref('id')}`;
    const joined = from === '' ? 'c' : `${from} ${single ? 'CROSS JOIN c' : `JOIN c ON ${same}`}`;
    parts.push(`${name} AS (${part(ref, joined, from === '' && !single ? ` AND ${same}` : '')})`);
  };
  const whereTask = (k: Relation['ref'], table: string) =>
    `WHERE ${table}.case_id = ${k('id')} AND ${table}.seat = ${k('seat')}`;

  add(
    'closed',
    relations.closed,
    (k, from, and) =>
      `UPDATE tasks SET state = ${k('state')}, closed_at = CASE WHEN ${k('state')} <> 'waiting' THEN c.at END,
       closed_by = ${k('actor')}, outcome = ${k('outcome')}, draft = NULL FROM ${from} ${whereTask(k, 'tasks')}${and}`,
  );
  add(
    'gone',
    relations.closed,
    (k, from, and) => `DELETE FROM task_candidates t USING ${from} ${whereTask(k, 't')}${and}`,
  );
  add(
    'unseated',
    relations.unseated,
    (k, from, and) =>
      `DELETE FROM task_candidates t USING ${from} ${whereTask(k, 't')} AND t.person_id = ${k('person')}${and}`,
  );
  add(
    'reopened',
    relations.reopened,
    (k, from, and) =>
      `UPDATE tasks SET state = 'open', closed_at = NULL, closed_by = NULL, outcome = NULL FROM ${from} ${whereTask(k, 'tasks')}${and}`,
  );
  add(
    'opened',
    relations.opened,
    (k, from, and) => `INSERT INTO tasks (case_id, seat, block, round, kind, state, opened_at, due_at, provisional)
      SELECT ${k('id')}, ${k('seat')}, ${k('block')}, ${k('round')}, ${k('kind')}, 'open', c.at, ${k('due_at')}, ${k('provisional')} FROM ${from} WHERE true${and}`,
  );
  add(
    'seated',
    relations.seated,
    (k, from, and) => `INSERT INTO task_candidates (person_id, case_id, seat)
      SELECT ${k('person')}, ${k('id')}, ${k('seat')} FROM ${from} WHERE true${and}`,
  );
  add(
    'cancelled',
    relations.cancelled,
    (k, from, and) =>
      `DELETE FROM timers t USING ${from} WHERE t.case_id = ${k('id')} AND t.scope = ${k('scope')}${and}`,
  );
  add(
    'gone_off',
    fired,
    (k, from, and) =>
      `DELETE FROM timers t USING ${from} WHERE t.case_id = ${k('id')} AND t.scope = ${k('scope')} AND t.rung = ${k('rung')}${and}`,
  );
  add(
    'timed',
    relations.timers,
    (k, from, and) => `INSERT INTO timers (case_id, scope, rung, due_at, event, provisional, opened_at)
      SELECT ${k('id')}, ${k('scope')}, ${k('rung')}, ${k('due_at')}, ${k('event')}, ${k('provisional')}, c.at FROM ${from} WHERE true${and}`,
  );
  // A message may be there already, and stays the one that it is.
  add(
    'messages',
    relations.messages,
    (k, from, and) => `INSERT INTO timers (case_id, scope, rung, due_at, event, provisional, opened_at)
      SELECT ${k('case_id')}, ${k('scope')}, ${k('rung')}, ${k('due_at')}, ${k('event')}, false, c.at FROM ${from} WHERE true${and} ON CONFLICT DO NOTHING`,
  );
  add(
    'jobs',
    jobs,
    (
      k,
      from,
      and,
    ) => `SELECT graphile_worker.add_job(${k('task')}, ${k('payload')}, run_at := ${k('run_at')}, max_attempts := ${JOB_ATTEMPTS}) AS added
      FROM ${from} WHERE true${and}`,
  );
  return `WITH ${parts.join(', ')} SELECT c.id${jobs ? ', (SELECT count(added) FROM jobs) AS jobs' : ''} FROM c`;
}

function updateCases(s: Relation['ref'], fired: Relation | undefined, keyed: boolean, single: boolean): string {
  const from = single ? [] : ['s'];
  const where = [`cases.id = ${s('id')}`, `cases.revision = ${s('revision')}`];
  if (fired) {
    const f = fired.ref;
    if (!single) from.push(fired.from);
    from.push('timers x');
    if (!single) where.push(`${f('id')} = ${s('id')}`);
    where.push(`x.case_id = ${f('id')}`, `x.scope = ${f('scope')}`, `x.rung = ${f('rung')}`);
    where.push('NOT x.parked', 'x.frozen_at IS NULL');
  }
  if (keyed) where.push(`NOT EXISTS (SELECT FROM case_events y WHERE y.case_id = ${s('id')} AND y.key = ${s('key')})`);
  return `UPDATE cases SET snapshot = ${s('snapshot')}, revision = ${s('revision')} + 1, status = ${s('status')}, blocks = string_to_array(${s('blocks')}, ','),
    waits = string_to_array(${s('waits')}, ','), phase = ${s('phase')}, outcome = ${s('outcome')}, updated_at = ${s('at')}, ended_at = CASE WHEN ${s('ended')} THEN ${s('at')} END
    ${from.length > 0 ? `FROM ${from.join(', ')}` : ''} WHERE ${where.join(' AND ')} RETURNING cases.id, ${s('at')} AS at`;
}

function insertCases(s: Relation['ref'], cases: Relation, single: boolean): string {
  const n = cases.ref;
  return `INSERT INTO cases (id, kind, cycle_id, org_id, parent_id, title, definition, status, revision, snapshot, blocks, waits, phase, outcome, started_at, updated_at, ended_at)
    SELECT ${s('id')}, ${n('kind')}, ${n('cycle_id')}, ${n('org_id')}, ${n('parent_id')}, ${n('title')}, ${n('definition')}, ${s('status')}, 1, ${s('snapshot')},
      string_to_array(${s('blocks')}, ','), string_to_array(${s('waits')}, ','), ${s('phase')}, ${s('outcome')}, ${s('at')}, ${s('at')}, CASE WHEN ${s('ended')} THEN ${s('at')} END
    ${single ? '' : `FROM s JOIN ${cases.from} ON ${n('id')} = s.id`} ON CONFLICT DO NOTHING RETURNING cases.id, cases.started_at AS at`;
}
