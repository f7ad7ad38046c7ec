import type { Write } from './write.ts';

/**
 * The statement that writes a batch of steps: one round trip, one transaction, any number of cases.
 *
 * A step takes effect only if the case still has the revision it was computed from, its idempotency key is new and, for a
 * timer, its row is still there; the other inserts and deletes join the cases that were updated. It returns their ids.
 */
const UPDATE = `
  UPDATE cases SET snapshot = s.snapshot::json, revision = s.revision + 1, status = s.status, blocks = string_to_array(s.blocks, ','),
    waits = string_to_array(s.waits, ','), phase = s.phase, outcome = s.outcome, updated_at = s.at, ended_at = CASE WHEN s.ended THEN s.at END
  FROM s WHERE cases.id = s.id AND cases.revision = s.revision
    AND NOT EXISTS (SELECT FROM case_events x WHERE x.case_id = s.id AND x.key = s.key)
    AND (s.fired_scope IS NULL OR EXISTS (SELECT FROM timers x WHERE x.case_id = s.id AND x.scope = s.fired_scope AND x.rung = s.fired_rung))
  RETURNING cases.id`;

const INSERT = `
  INSERT INTO cases (id, kind, cycle_id, org_id, parent_id, title, definition, status, revision, snapshot, blocks, waits, phase, outcome, started_at, updated_at, ended_at)
  SELECT s.id, n.kind, n.cycle_id, n.org_id, n.parent_id, n.title, n.definition, s.status, 1, s.snapshot::json, string_to_array(s.blocks, ','),
    string_to_array(s.waits, ','), s.phase, s.outcome, s.at, s.at, CASE WHEN s.ended THEN s.at END
  FROM s JOIN unnest($37::uuid[], $38::text[], $39::uuid[], $40::uuid[], $41::uuid[], $42::text[], $43::text[])
    AS n(id, kind, cycle_id, org_id, parent_id, title, definition) USING (id)
  ON CONFLICT DO NOTHING RETURNING cases.id`;

const statement = (cases: string) => `
WITH s AS (
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::bool[],
    $11::text[], $12::uuid[], $13::uuid[], $14::text[], $15::text[], $16::text[], $17::int[])
  AS s(id, revision, snapshot, status, blocks, waits, phase, outcome, at, ended, type, actor, on_behalf_of, key, body, fired_scope, fired_rung)
), c AS (${cases}
), e AS (
  INSERT INTO case_events (case_id, seq, at, type, actor, on_behalf_of, key, body)
  SELECT s.id, s.revision + 1, s.at, s.type, s.actor, s.on_behalf_of, s.key, s.body::json FROM s JOIN c USING (id)
), closed AS (
  UPDATE tasks SET state = k.state, closed_at = s.at, closed_by = k.actor, outcome = k.outcome, draft = NULL
  FROM unnest($18::uuid[], $19::int[], $20::text[], $21::uuid[], $22::text[]) AS k(id, seat, state, actor, outcome) JOIN c USING (id) JOIN s USING (id)
  WHERE tasks.case_id = k.id AND tasks.seat = k.seat
), gone AS (
  DELETE FROM task_candidates USING unnest($23::uuid[], $24::int[]) AS k(id, seat) JOIN c USING (id)
  WHERE task_candidates.case_id = k.id AND task_candidates.seat = k.seat
), opened AS (
  INSERT INTO tasks (case_id, seat, block, round, kind, state, opened_at, due_at, provisional)
  SELECT k.id, k.seat, k.block, k.round, k.kind, 'open', s.at, k.due_at, k.provisional
  FROM unnest($25::uuid[], $26::int[], $27::text[], $28::int[], $29::text[], $30::timestamptz[], $31::bool[]) AS k(id, seat, block, round, kind, due_at, provisional)
  JOIN c USING (id) JOIN s USING (id)
), candidates AS (
  INSERT INTO task_candidates (person_id, case_id, seat)
  SELECT k.person, k.id, k.seat FROM unnest($32::uuid[], $33::int[], $34::uuid[]) AS k(id, seat, person) JOIN c USING (id)
), cancelled AS (
  DELETE FROM timers USING unnest($35::uuid[], $36::text[]) AS k(id, scope) JOIN c USING (id)
  WHERE timers.case_id = k.id AND timers.scope = k.scope
)`;

// The start has no timer to fire, so the two forms share the numbers up to $36.
const tail = (first: number, fires: boolean) => `, fired AS (
  ${fires ? 'DELETE FROM timers USING s JOIN c USING (id) WHERE timers.case_id = s.id AND timers.scope = s.fired_scope AND timers.rung = s.fired_rung' : 'SELECT 1'}
), timed AS (
  INSERT INTO timers (case_id, scope, rung, due_at, event, provisional)
  SELECT k.case_id, k.scope, k.rung, k.due_at, k.event::json, k.provisional
  FROM unnest($${first}::uuid[], $${first + 1}::uuid[], $${first + 2}::text[], $${first + 3}::int[], $${first + 4}::timestamptz[], $${first + 5}::text[], $${first + 6}::bool[])
    AS k(id, case_id, scope, rung, due_at, event, provisional) JOIN c USING (id)
  ON CONFLICT DO NOTHING
)`;

const jobs = (first: number) => `, jobs AS MATERIALIZED (
  SELECT graphile_worker.add_job(k.task, k.payload::json, run_at := k.run_at) AS added
  FROM unnest($${first}::uuid[], $${first + 1}::text[], $${first + 2}::text[], $${first + 3}::timestamptz[]) AS k(id, task, payload, run_at) JOIN c USING (id)
)`;

const done = (withJobs: boolean) =>
  withJobs ? 'SELECT c.id, (SELECT count(added) FROM jobs)::int AS jobs FROM c' : 'SELECT c.id FROM c';

const UPDATE_PLAIN = statement(UPDATE) + tail(37, true) + done(false);
const UPDATE_JOBS = statement(UPDATE) + tail(37, true) + jobs(44) + done(true);
const INSERT_PLAIN = statement(INSERT) + tail(44, false) + done(false);
const INSERT_JOBS = statement(INSERT) + tail(44, false) + jobs(51) + done(true);

/** The prepared statement for a batch in which all are starts, or none is. */
export function statementFor(writes: readonly Write[]): { name: string; text: string; values: unknown[] } {
  const starts = writes[0]?.start !== null;
  const withJobs = writes.some((w) => w.jobs.length > 0);
  const name = `bihuan_${starts ? 'start' : 'step'}${withJobs ? '_jobs' : ''}`;
  const text = starts ? (withJobs ? INSERT_JOBS : INSERT_PLAIN) : withJobs ? UPDATE_JOBS : UPDATE_PLAIN;
  return {
    name,
    text,
    values: [
      ...common(writes),
      ...(starts ? newCases(writes) : []),
      ...timers(writes),
      ...(withJobs ? jobRows(writes) : []),
    ],
  };
}

function common(writes: readonly Write[]): unknown[] {
  const closed = writes.flatMap((w) => w.closed.map((k) => ({ id: w.id, ...k })));
  const gone = writes.flatMap((w) => [...w.closed, ...w.reseated].map((k) => ({ id: w.id, seat: k.seat })));
  const opened = writes.flatMap((w) => w.opened.map((k) => ({ id: w.id, ...k })));
  const candidates = writes.flatMap((w) =>
    [...w.opened, ...w.reseated].flatMap((k) => k.people.map((person) => ({ id: w.id, seat: k.seat, person }))),
  );
  const cancelled = writes.flatMap((w) => w.timersCancelled.map((scope) => ({ id: w.id, scope })));
  return [
    writes.map((w) => w.id),
    writes.map((w) => w.expected),
    writes.map((w) => w.snapshot),
    writes.map((w) => w.status),
    writes.map((w) => w.blocks.join(',')),
    writes.map((w) => w.waits.join(',')),
    writes.map((w) => w.phase),
    writes.map((w) => w.outcome),
    writes.map((w) => w.at),
    writes.map((w) => w.ended),
    writes.map((w) => w.event.type),
    writes.map((w) => w.event.actor),
    writes.map((w) => w.event.onBehalfOf),
    writes.map((w) => w.event.key),
    writes.map((w) => w.event.body),
    writes.map((w) => w.fired?.scope ?? null),
    writes.map((w) => w.fired?.rung ?? null),
    closed.map((k) => k.id),
    closed.map((k) => k.seat),
    closed.map((k) => k.state),
    closed.map((k) => k.by),
    closed.map((k) => k.outcome),
    gone.map((k) => k.id),
    gone.map((k) => k.seat),
    opened.map((k) => k.id),
    opened.map((k) => k.seat),
    opened.map((k) => k.block),
    opened.map((k) => k.round),
    opened.map((k) => k.kind),
    opened.map((k) => k.dueAt),
    opened.map((k) => k.provisional),
    candidates.map((k) => k.id),
    candidates.map((k) => k.seat),
    candidates.map((k) => k.person),
    cancelled.map((k) => k.id),
    cancelled.map((k) => k.scope),
  ];
}

function newCases(writes: readonly Write[]): unknown[] {
  const starts = writes.flatMap((w) => (w.start ? [{ id: w.id, ...w.start }] : []));
  return [
    starts.map((n) => n.id),
    starts.map((n) => n.kind),
    starts.map((n) => n.cycleId),
    starts.map((n) => n.orgId),
    starts.map((n) => n.parentId),
    starts.map((n) => n.title),
    starts.map((n) => n.definition),
  ];
}

function timers(writes: readonly Write[]): unknown[] {
  const set = writes.flatMap((w) => w.timersSet.map((t) => ({ id: w.id, ...t })));
  return [
    set.map((t) => t.id),
    set.map((t) => t.caseId),
    set.map((t) => t.scope),
    set.map((t) => t.rung),
    set.map((t) => t.dueAt),
    set.map((t) => t.event),
    set.map((t) => t.provisional),
  ];
}

function jobRows(writes: readonly Write[]): unknown[] {
  const all = writes.flatMap((w) =>
    w.jobs.map((job) => ({ id: w.id, job, runAt: job.task === 'timers.fire' ? job.payload.at : w.at })),
  );
  return [
    all.map((j) => j.id),
    all.map((j) => j.job.task),
    all.map((j) => JSON.stringify(j.job.payload)),
    all.map((j) => j.runAt),
  ];
}
