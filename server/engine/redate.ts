import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Json } from '../../workflows/json.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { transaction } from '../db/transaction.ts';
import type { Core } from './core.ts';
import { addJobs, wakeJobs } from './jobs.ts';
import { type DatedTask, type DatedTimer, type Redates, redatesOf } from './redates.ts';
import { endedStops, type Queryable, rowsByCase, stopsByCase } from './rows.ts';
import type { Job, Redated, RedatedRow } from './types.ts';
import { whence } from './whence.ts';

interface CaseRow {
  id: string;
  cycle_id: string | null;
  org_id: string | null;
  title: string;
  definition: string;
  status: 'active' | 'suspended';
  revision: number;
  snapshot: string;
}

interface Plan {
  row: CaseRow;
  template: CycleTemplate;
  redates: Redates;
}

export interface RedateOptions {
  /** Only says what would move by this calendar, and changes nothing. */
  preview?: Calendar;
  actor?: string | null;
  /** Cases a transaction. */
  batch?: number;
}

/** How many moves are listed one by one. */
const LISTED = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/**
 * Counts every open deadline and timer again by the calendar of now, a batch of cases a transaction. Each case whose dates
 * change has it in its record. Safe to repeat: what is right stays as it is.
 */
export async function redate(core: Core, { preview, actor = null, batch = 100 }: RedateOptions = {}): Promise<Redated> {
  const result: Redated = { cases: 0, moved: 0, settled: 0, rows: [] };
  for (let after = FIRST; ; ) {
    const plans = preview
      ? await plan(core, core.pool, preview, after, batch, '')
      : await retried(() => redateBatch(core, after, batch, actor));
    for (const changed of plans.changed) count(result, changed);
    if (plans.last === null) return result;
    after = plans.last;
  }
}

/** How often a batch is tried again that met the steps of its cases. */
const TRIES = 10;

/** Does work in a transaction again that met the steps of its cases. */
export async function retried<T>(work: () => Promise<T>, tries = 1): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const conflict = /^40/.test(String((error as { code?: unknown }).code));
    if (!conflict || tries >= TRIES) throw error;
    return retried(work, tries + 1);
  }
}

function count(result: Redated, { row: { id, title }, template, redates: { tasks, timers } }: Plan): void {
  const nameOf = (block: string) => blockByKey(template, block)?.name ?? { zh: block, en: block };
  result.cases += 1;
  const rows: RedatedRow[] = [
    ...tasks.map(({ seat: _, ...rest }) => ({
      caseId: id,
      title,
      blockName: nameOf(rest.block),
      what: 'deadline' as const,
      ...rest,
    })),
    ...timers.map(({ scope: _, rung, ...rest }) => ({
      caseId: id,
      title,
      blockName: nameOf(rest.block),
      what: 'timer' as const,
      rung,
      ...rest,
    })),
  ];
  const moved = rows.filter(({ from, to }) => from !== to);
  result.moved += moved.length;
  result.settled += rows.length - moved.length;
  result.rows.push(...moved.slice(0, LISTED - result.rows.length));
}

interface Planned {
  changed: Plan[];
  /** Where the next batch goes on; null when there is none. */
  last: string | null;
}

/** Reads a batch of cases with open dates and counts those again. */
async function plan(
  core: Core,
  db: Queryable,
  calendar: Calendar,
  after: string,
  batch: number,
  lock: '' | 'FOR UPDATE',
): Promise<Planned> {
  const { rows } = await db.query<CaseRow>(
    `SELECT id, cycle_id, org_id, title, definition, status, revision, snapshot::text AS snapshot FROM cases c
     WHERE id > $1 AND status IN ('active', 'suspended')
       AND (EXISTS (SELECT FROM timers t WHERE t.case_id = c.id) OR EXISTS (SELECT FROM tasks t WHERE t.case_id = c.id AND t.state = 'open' AND t.due_at IS NOT NULL))
     ORDER BY id LIMIT $2 ${lock}`,
    [after, batch],
  );
  const ids = rows.map(({ id }) => id);
  const tasks = await rowsByCase<DatedTask>(
    db,
    `SELECT case_id AS id, seat, due_at AS "dueAt", provisional, opened_at AS "openedAt" FROM tasks
     WHERE case_id = ANY($1) AND state = 'open' AND due_at IS NOT NULL ORDER BY seat`,
    ids,
  );
  const timers = await rowsByCase<DatedTimer>(
    db,
    `SELECT case_id AS id, scope, rung, due_at AS "dueAt", provisional, opened_at AS "openedAt" FROM timers
     WHERE case_id = ANY($1) AND NOT parked ORDER BY due_at, rung`,
    ids,
  );
  const stops = await stopsByCase(db, ids);
  const changed: Plan[] = [];
  for (const row of rows) {
    const { definition, restore } = await core.store.logic(row.definition);
    if (!definition) continue;
    const { context } = restore(JSON.parse(row.snapshot) as Json);
    const of = <T>(map: Map<string, T[]>) => map.get(row.id) ?? [];
    const input = { definition, context, tasks: of(tasks), timers: of(timers), stops: endedStops(stops.get(row.id)) };
    const redates = redatesOf(input, calendar);
    if (redates.tasks.length + redates.timers.length > 0) changed.push({ row, template: definition.template, redates });
  }
  return { changed, last: rows.length < batch ? null : (ids.at(-1) ?? null) };
}

async function redateBatch(core: Core, after: string, batch: number, actor: string | null): Promise<Planned> {
  const at = core.clock.now().toISOString();
  const { planned, jobs, people } = await transaction(core.pool, async (client) => {
    const planned = await plan(core, client, core.calendar(), after, batch, 'FOR UPDATE');
    const jobs = planned.changed.length > 0 ? await write(client, planned.changed, at, actor) : [];
    if (!core.jobSink) await addJobs(client, jobs.splice(0), at);
    return { planned, jobs, people: await peopleOf(client, planned.changed) };
  });
  for (const { row } of planned.changed) tell(core, row, people.get(row.id) ?? [], at);
  for (const job of jobs) core.jobSink?.(job);
  return planned;
}

/** Writes the new dates and the events that say so. Returns the jobs that wake timers that are near now. */
async function write(client: Queryable, plans: readonly Plan[], at: string, actor: string | null): Promise<Job[]> {
  const tasks = plans.flatMap(({ row, redates }) => redates.tasks.map((one) => ({ id: row.id, ...one })));
  const timers = plans.flatMap(({ row, redates }) => redates.timers.map((one) => ({ id: row.id, ...one })));
  const { request, address } = whence();
  await client.query(
    `UPDATE tasks t SET due_at = k.due, provisional = k.provisional
     FROM unnest($1::uuid[], $2::int[], $3::timestamptz[], $4::bool[]) AS k(id, seat, due, provisional) WHERE t.case_id = k.id AND t.seat = k.seat`,
    [tasks.map((t) => t.id), tasks.map((t) => t.seat), tasks.map((t) => t.to), tasks.map((t) => t.provisional)],
  );
  await client.query(
    `UPDATE timers t SET due_at = k.due, provisional = k.provisional
     FROM unnest($1::uuid[], $2::text[], $3::int[], $4::timestamptz[], $5::bool[]) AS k(id, scope, rung, due, provisional)
     WHERE t.case_id = k.id AND t.scope = k.scope AND t.rung = k.rung`,
    [
      timers.map((t) => t.id),
      timers.map((t) => t.scope),
      timers.map((t) => t.rung),
      timers.map((t) => t.to),
      timers.map((t) => t.provisional),
    ],
  );
  await client.query('UPDATE cases SET revision = revision + 1, updated_at = $2 WHERE id = ANY($1)', [
    plans.map(({ row }) => row.id),
    at,
  ]);
  await client.query(
    `INSERT INTO case_events (case_id, seq, at, type, actor, body, request, address)
     SELECT id, seq, $3, 'redate', $4, body, $6, $7 FROM unnest($1::uuid[], $2::int[], $5::json[]) AS k(id, seq, body)`,
    [
      plans.map(({ row }) => row.id),
      plans.map(({ row }) => row.revision + 1),
      at,
      actor,
      plans.map(({ redates }) => JSON.stringify({ redates, events: [] })),
      request,
      address,
    ],
  );
  return wakeJobs(
    timers.map(({ to }) => to),
    at,
  );
}

/** Whose lists show other dates now, by case. */
async function peopleOf(client: Queryable, plans: readonly Plan[]): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ id: string; people: string[] }>(
    'SELECT case_id AS id, array_agg(DISTINCT person_id::text) AS people FROM task_candidates WHERE case_id = ANY($1) GROUP BY case_id',
    [plans.map(({ row }) => row.id)],
  );
  return new Map(rows.map(({ id, people }) => [id, people]));
}

function tell(core: Core, row: CaseRow, people: string[], at: string): void {
  core.cache.delete(row.id);
  core.emit({
    caseId: row.id,
    cycleId: row.cycle_id,
    orgId: row.org_id,
    revision: row.revision + 1,
    at,
    people,
    event: { type: 'redate' },
    opened: [],
    closed: [],
    status: row.status,
  });
}
