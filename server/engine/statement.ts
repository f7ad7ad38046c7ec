import { JOB_ATTEMPTS } from './jobs.ts';
import type { Write } from './write.ts';

/**
 * The statement that writes a batch of steps: one round trip, one transaction, any number of cases.
 *
 * A step takes effect only if the case still has the revision it was computed from, its idempotency key is new and, for a
 * timer, its row is still there; the other inserts and deletes join the cases that were written. It returns their ids.
 * A part that a batch has no rows for is left out, and a single row is a row of parameters instead of arrays, so that a
 * lone step costs the server little more than the same statement written by hand. Each such shape is prepared once.
 */
export function statementFor(writes: readonly Write[]): Statement {
  const starts = writes[0]?.start !== null;
  const sql = makeBuilder(writes.length === 1);
  const parts = [`s AS (SELECT * FROM ${sql.rows('s', STEP, writes.map(stepRow))})`];
  parts.push(starts ? insertCases(sql, writes) : updateCases(sql, writes));
  parts.push(
    `e AS (INSERT INTO case_events (case_id, seq, at, type, actor, on_behalf_of, key, body)
     SELECT s.id, s.revision + 1, s.at, s.type, s.actor, s.on_behalf_of, s.key, s.body::json FROM s ${sql.join('s')})`,
  );
  const closed = writes.flatMap((w) => w.closed.map((k) => [w.id, k.seat, k.state, k.by, k.outcome]));
  if (closed.length > 0) {
    sql.note('c');
    parts.push(
      `closed AS (UPDATE tasks SET state = k.state, closed_at = CASE WHEN k.state <> 'waiting' THEN c.at END, closed_by = k.actor, outcome = k.outcome, draft = NULL
       FROM ${sql.rows('k', CLOSED, closed)} ${sql.join('k')} WHERE tasks.case_id = k.id AND tasks.seat = k.seat)`,
    );
  }
  const gone = writes.flatMap((w) => w.closed.map((k) => [w.id, k.seat]));
  if (gone.length > 0) {
    sql.note('g');
    parts.push(
      `gone AS (DELETE FROM task_candidates USING ${sql.rows('k', SEAT, gone)} ${sql.join('k')}
       WHERE task_candidates.case_id = k.id AND task_candidates.seat = k.seat)`,
    );
  }
  const unseated = writes.flatMap((w) => w.reseated.flatMap((k) => k.removed.map((person) => [w.id, k.seat, person])));
  if (unseated.length > 0) {
    sql.note('u');
    parts.push(
      `unseated AS (DELETE FROM task_candidates USING ${sql.rows('k', SEATED, unseated)} ${sql.join('k')}
       WHERE task_candidates.case_id = k.id AND task_candidates.seat = k.seat AND task_candidates.person_id = k.person)`,
    );
  }
  const reopened = writes.flatMap((w) => w.reopened.map((k) => [w.id, k.seat]));
  if (reopened.length > 0) {
    sql.note('r');
    parts.push(
      `reopened AS (UPDATE tasks SET state = 'open', closed_at = NULL, closed_by = NULL, outcome = NULL
       FROM ${sql.rows('r', SEAT, reopened)} ${sql.join('r')} WHERE tasks.case_id = r.id AND tasks.seat = r.seat)`,
    );
  }
  const opened = writes.flatMap((w) =>
    w.opened.map((k) => [w.id, k.seat, k.block, k.round, k.kind, k.dueAt, k.provisional]),
  );
  if (opened.length > 0) {
    sql.note('o');
    parts.push(
      `opened AS (INSERT INTO tasks (case_id, seat, block, round, kind, state, opened_at, due_at, provisional)
       SELECT k.id, k.seat, k.block, k.round, k.kind, 'open', c.at, k.due_at, k.provisional FROM ${sql.rows('k', OPENED, opened)} ${sql.join('k')})`,
    );
  }
  const seated = writes.flatMap((w) => [
    ...w.opened.flatMap((k) => k.people.map((person) => [w.id, k.seat, person])),
    ...w.reopened.flatMap((k) => k.people.map((person) => [w.id, k.seat, person])),
    ...w.reseated.flatMap((k) => k.added.map((person) => [w.id, k.seat, person])),
  ]);
  if (seated.length > 0) {
    sql.note('p');
    parts.push(
      `seated AS (INSERT INTO task_candidates (person_id, case_id, seat)
       SELECT k.person, k.id, k.seat FROM ${sql.rows('k', SEATED, seated)} ${sql.join('k')})`,
    );
  }
  const cancelled = writes.flatMap((w) => w.timersCancelled.map((scope) => [w.id, scope]));
  if (cancelled.length > 0) {
    sql.note('x');
    parts.push(
      `cancelled AS (DELETE FROM timers USING ${sql.rows('k', SCOPE, cancelled)} ${sql.join('k')}
       WHERE timers.case_id = k.id AND timers.scope = k.scope)`,
    );
  }
  if (writes.some((w) => w.fired)) {
    parts.push(
      `fired AS (DELETE FROM timers USING s ${sql.join('s')} WHERE timers.case_id = s.id AND timers.scope = s.fired_scope AND timers.rung = s.fired_rung)`,
    );
  }
  const set = writes.flatMap((w) =>
    w.timersSet.map((t) => [w.id, t.caseId, t.scope, t.rung, t.dueAt, t.event, t.provisional]),
  );
  if (set.length > 0) {
    sql.note('t');
    parts.push(
      `timed AS (INSERT INTO timers (case_id, scope, rung, due_at, event, provisional, opened_at)
       SELECT k.case_id, k.scope, k.rung, k.due_at, k.event::json, k.provisional, c.at FROM ${sql.rows('k', TIMER, set)} ${sql.join('k')} ON CONFLICT DO NOTHING)`,
    );
  }
  const jobs = writes.flatMap((w) =>
    w.jobs.map((j) => [w.id, j.task, JSON.stringify(j.payload), j.task === 'timers.fire' ? j.payload.at : w.at]),
  );
  if (jobs.length > 0) {
    sql.note('j');
    parts.push(
      `jobs AS MATERIALIZED (SELECT graphile_worker.add_job(k.task, k.payload::json, run_at := k.run_at, max_attempts := ${JOB_ATTEMPTS}) AS added
       FROM ${sql.rows('k', JOB, jobs)} ${sql.join('k')})`,
    );
  }
  const answer = jobs.length > 0 ? 'SELECT c.id, (SELECT count(added) FROM jobs) AS jobs FROM c' : 'SELECT c.id FROM c';
  return sql.statement(`WITH ${parts.join(', ')} ${answer}`);
}

export interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

type Columns = readonly (readonly [name: string, type: string])[];

const columns = (text: string): Columns => text.split(', ').map((pair) => pair.split(' ') as [string, string]);
const STEP = columns(
  'id uuid, revision int4, snapshot text, status text, blocks text, waits text, phase text, outcome text, at timestamptz, ended bool, type text, actor uuid, on_behalf_of uuid, key text, body text, fired_scope text, fired_rung int4',
);
const NEW_CASE = columns('id uuid, kind text, cycle_id uuid, org_id uuid, parent_id uuid, title text, definition text');
const CLOSED = columns('id uuid, seat int4, state text, actor uuid, outcome text');
const SEAT = columns('id uuid, seat int4');
const OPENED = columns('id uuid, seat int4, block text, round int4, kind text, due_at timestamptz, provisional bool');
const SEATED = columns('id uuid, seat int4, person uuid');
const SCOPE = columns('id uuid, scope text');
const TIMER = columns('id uuid, case_id uuid, scope text, rung int4, due_at timestamptz, event text, provisional bool');
const JOB = columns('id uuid, task text, payload text, run_at timestamptz');

const stepRow = (w: Write): unknown[] => [
  w.id,
  w.expected,
  w.snapshot,
  w.status,
  w.blocks.join(),
  w.waits.join(),
  w.phase,
  w.outcome,
  w.at,
  w.ended,
  w.event.type,
  w.event.actor,
  w.event.onBehalfOf,
  w.event.key,
  w.event.body,
  w.fired?.scope ?? null,
  w.fired?.rung ?? null,
];

function updateCases(sql: Builder, writes: readonly Write[]): string {
  const fires = writes.some((w) => w.fired);
  const keyed = writes.some((w) => w.event.key !== null);
  sql.note(`${fires ? 'f' : ''}${keyed ? 'k' : ''}`);
  return `c AS (UPDATE cases SET snapshot = s.snapshot::json, revision = s.revision + 1, status = s.status, blocks = string_to_array(s.blocks, ','),
    waits = string_to_array(s.waits, ','), phase = s.phase, outcome = s.outcome, updated_at = s.at, ended_at = CASE WHEN s.ended THEN s.at END
    FROM s ${fires ? 'LEFT JOIN timers x ON x.case_id = s.id AND x.scope = s.fired_scope AND x.rung = s.fired_rung AND NOT x.parked AND x.frozen_at IS NULL' : ''}
    WHERE cases.id = s.id AND cases.revision = s.revision ${fires ? 'AND (s.fired_scope IS NULL OR x.case_id IS NOT NULL)' : ''}
    ${keyed ? 'AND NOT EXISTS (SELECT FROM case_events y WHERE y.case_id = s.id AND y.key = s.key)' : ''}
    RETURNING cases.id, s.at)`;
}

function insertCases(sql: Builder, writes: readonly Write[]): string {
  const rows = writes.map(({ id, start }) => [
    id,
    start?.kind,
    start?.cycleId,
    start?.orgId,
    start?.parentId,
    start?.title,
    start?.definition,
  ]);
  return `c AS (INSERT INTO cases (id, kind, cycle_id, org_id, parent_id, title, definition, status, revision, snapshot, blocks, waits, phase, outcome, started_at, updated_at, ended_at)
    SELECT s.id, n.kind, n.cycle_id, n.org_id, n.parent_id, n.title, n.definition, s.status, 1, s.snapshot::json, string_to_array(s.blocks, ','),
      string_to_array(s.waits, ','), s.phase, s.outcome, s.at, s.at, CASE WHEN s.ended THEN s.at END
    FROM s JOIN ${sql.rows('n', NEW_CASE, rows)} ON n.id = s.id
    ON CONFLICT DO NOTHING RETURNING cases.id, cases.started_at AS at)`;
}

interface Builder {
  /** A relation of given rows. */
  rows(alias: string, columns: Columns, rows: readonly (readonly unknown[])[]): string;
  /** Joins a relation with the cases that were written. */
  join(alias: string): string;
  /** Tells shapes apart that have the same relations. */
  note(mark: string): void;
  statement(text: string): Statement;
}

function makeBuilder(single: boolean): Builder {
  const values: unknown[] = [];
  let shape = single ? '1' : 'n';
  return {
    rows: (alias, cols, rows) => {
      const first = values.length;
      const one = rows.length === 1;
      shape += `_${alias}${cols.length}${one ? 'r' : 'a'}`;
      cols.forEach(([, type], i) => {
        values.push(
          one
            ? rows[0]?.[i]
            : arrayLiteral(
                type,
                rows.map((row) => row[i]),
              ),
        );
      });
      if (one)
        return `(SELECT ${cols.map(([name, type], i) => `$${first + i + 1}::${type} AS ${name}`).join(', ')}) AS ${alias}`;
      return `unnest(${cols.map(([, type], i) => `$${first + i + 1}::${type}[]`).join(', ')}) AS ${alias}(${cols.map(([name]) => name).join(', ')})`;
    },
    join: (alias) => (single ? 'CROSS JOIN c' : `JOIN c ON c.id = ${alias}.id`),
    note: (mark) => {
      shape += mark;
    },
    statement: (text) => ({ name: `bh_${shape}`, text, values }),
  };
}

/** An array in PostgreSQL's text form; only text needs quotes. */
function arrayLiteral(type: string, items: readonly unknown[]): string {
  const quoted = type === 'text';
  return `{${items.map((item) => (item === null || item === undefined ? 'NULL' : quoted ? `"${String(item).replace(/["\\]/g, '\\$&')}"` : String(item))).join()}}`;
}
