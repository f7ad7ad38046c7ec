import type pg from 'pg';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { JsonObject } from '../../workflows/json.ts';
import type { CaseEvent } from '../../workflows/machine/context.ts';
import type { Directory } from '../../workflows/machine/step.ts';
import type { ProblemId } from '../http/problem.ts';
import { ProblemError, problem } from '../http/problem.ts';
import { buildWrite, type Origin } from './build.ts';
import { type Cache, makeCache, makeQueues } from './cache.ts';
import { type Committer, inTransaction, isRefusedWrite } from './committer.ts';
import { type Copy, copiesOf, copyExtras } from './copies.ts';
import { childStarts, effectExtras, vacancyExtras } from './extras.ts';
import { recordIncident } from './incidents.ts';
import { answeredBefore } from './keys.ts';
import { ledgerExtras } from './ledger.ts';
import type { Logic, LogicStep } from './logic.ts';
import { reportExtras } from './reports.ts';
import type { Services } from './service.ts';
import type { Entry, Store } from './store.ts';
import { tellJobs } from './tell.ts';
import type { Applied, Clock, Committed, Job, StartCase, Step } from './types.ts';
import { whence } from './whence.ts';
import type { Write } from './write.ts';

/** What the engine's verbs share. */
export interface Core {
  pool: pg.Pool;
  clock: Clock;
  store: Store;
  committer: Committer;
  cache: Cache<Entry>;
  directory: Directory;
  calendar: () => Calendar;
  /** Where a step's jobs go: null = into its transaction, for graphile-worker; else to this function, after the commit. */
  jobSink: ((job: Job) => void) | null;
  services: Services;
  inOrder: ReturnType<typeof makeQueues>;
  emit(committed: Committed): void;
}

/**
 * How often a step is computed again because the case had moved on. Two nodes with hundreds of people on one case: the one that
 * has just written has the case in memory and tends to win again, until its people have been heard.
 */
const ATTEMPTS = 2_000;

export type CoreOptions = Omit<Core, 'cache' | 'inOrder' | 'emit'> & { emit: Core['emit']; cacheSize: number };

export const makeCore = ({ cacheSize, ...rest }: CoreOptions): Core => ({
  ...rest,
  cache: makeCache<Entry>(cacheSize),
  inOrder: makeQueues(),
});

interface Fired {
  scope: string;
  rung: number;
}

/** Applies one event to a case. Answers when it is durable; null only for a timer whose row is gone. */
export function applyStep(core: Core, step: Step, fired: Fired): Promise<Applied | null>;
export function applyStep(core: Core, step: Step, fired?: null): Promise<Applied>;
export function applyStep(core: Core, step: Step, fired: Fired | null = null): Promise<Applied | null> {
  return core.inOrder(step.caseId, async () => {
    const at = core.clock.now().toISOString();
    const event = { ...step.event, at } as unknown as CaseEvent;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const cached = core.cache.get(step.caseId);
      const entry = cached ?? (await core.store.load(step.caseId));
      const refused = refusalOf(entry, step, event, fired);
      if (refused) {
        core.cache.delete(step.caseId);
        if (cached) continue; // another node may have moved the case: look again before refusing
        const first =
          step.key === undefined
            ? null
            : await answeredBefore(core.pool, step.caseId, step.key, step.event as unknown as JsonObject);
        if (first) return first;
        if (fired) return null;
        throw refused;
      }
      const moved = await move(core, entry, step, event, fired, at);
      if (
        await core.committer
          .commit(moved.write)
          .catch((error: unknown) => notWritten(core, entry, step, fired, error, at))
      )
        return settle(core, entry, moved, at);
      core.cache.delete(step.caseId);
      const first =
        step.key === undefined
          ? null
          : await answeredBefore(core.pool, step.caseId, step.key, step.event as unknown as JsonObject);
      if (first) return first;
      if (fired && !(await timerExists(core.pool, step.caseId, fired))) return null;
    }
    throw problem('engine.unavailable', { caseId: step.caseId });
  });
}

/** Why a case as it stands refuses a step. */
export function refusalOf(entry: Entry, step: Step, event: CaseEvent, fired: Fired | null): ProblemError | null {
  if (entry.status === 'suspended' && event.type !== 'cancel') return problem('case.suspended', { caseId: entry.id });
  if (entry.status === 'done' || entry.status === 'cancelled')
    return problem('case.finished', { caseId: entry.id, state: entry.status });
  if (step.revision !== undefined && step.revision !== entry.revision)
    return problem('revision.stale', { current: entry.revision, given: step.revision });
  if (!fired && event.type.startsWith('xstate.')) return problem('event.refused', { allowed: '' });
  const refusal = safeRefusal(entry, event);
  if (!refusal) return null;
  const id = refusal.id === 'action.notAllowed' ? 'event.refused' : (refusal.id as ProblemId);
  const outcome = id === 'task.closed' ? '—' : undefined;
  return problem(id, { allowed: refusal.allowed.join(', '), ...(outcome && { outcome }) });
}

/** A guard that throws is not a refusal: the step itself will throw, and become an incident. */
function safeRefusal(entry: Entry, event: CaseEvent) {
  try {
    return entry.logic.refusal(entry.snapshot, event);
  } catch {
    return null;
  }
}

interface Moved {
  write: Write;
  stepped: LogicStep;
  jobs: Job[];
}

async function move(
  core: Core,
  entry: Entry,
  step: Step,
  event: CaseEvent,
  fired: Fired | null,
  at: string,
): Promise<Moved> {
  try {
    const stepped = logically(() => entry.logic.step(entry.snapshot, event, core.directory));
    const actor = 'actor' in event && typeof event.actor === 'string' && isUuid(event.actor) ? event.actor : null;
    const onBehalfOf = 'onBehalfOf' in event ? (event.onBehalfOf ?? null) : null;
    const copies = logically(() => copiesOf(core.directory, entry, stepped, event));
    const cause = { type: event.type, actor, onBehalfOf, key: step.key ?? null, body: recorded(copies), ...whence() };
    const calendar = core.calendar();
    const write = logically(() =>
      buildWrite({ origin: entry, start: null, step: stepped, cause, event, fired, at, calendar }),
    );
    return { write, stepped, jobs: await accompany(core, entry, stepped, event, write, copies, at) };
  } catch (error) {
    if (error instanceof LogicFailure) return failed(core, entry.id, step, fired, error.cause, at);
    throw error;
  }
}

/** The template or the directory's data made a step throw: no fault of the database, and it would throw again. */
class LogicFailure extends Error {}

function logically<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new LogicFailure('the step failed', { cause });
  }
}

/** Puts a step that cannot be done on record; the case has not moved. */
async function failed(
  core: Core,
  caseId: string,
  { event, key }: Step,
  fired: Fired | null,
  error: unknown,
  at: string,
): Promise<never> {
  const failure = { caseId, event: event as unknown as JsonObject, key: key ?? null, fired, error, at };
  throw problem('engine.incident', { incidentId: await recordIncident(core.pool, failure), cause: error });
}

/** A write that the database refuses is refused the next time too; any other failure may pass, and its outcome is not known. */
async function notWritten(
  core: Core,
  entry: Entry,
  step: Step,
  fired: Fired | null,
  error: unknown,
  at: string,
): Promise<never> {
  if (isRefusedWrite(error)) return failed(core, entry.id, step, fired, error, at);
  return unavailable(core, entry.id, error);
}

/** What a step's record keeps of its copies. */
const recorded = (copies: readonly Copy[]): JsonObject =>
  copies.length === 0 ? {} : { copies: copies as unknown as JsonObject[] };

/** Adds to a write what its effects ask of other rows. Returns the jobs that go to the sink, once it is durable. */
async function accompany(
  core: Core,
  origin: Origin,
  stepped: LogicStep,
  event: CaseEvent | null,
  write: Write,
  copies: readonly Copy[],
  at: string,
): Promise<Job[]> {
  write.extras.push(
    ...effectExtras(origin, stepped, at),
    ...vacancyExtras(write),
    ...copyExtras(origin.id, origin.revision + 1, copies, at),
    ...ledgerExtras(origin, event, at),
    ...reportExtras(origin, stepped, event, at),
  );
  write.jobs.push(...logically(() => tellJobs(core.directory, origin, stepped, event, at, copies)));
  const jobs = core.jobSink ? write.jobs.splice(0) : [];
  for (const start of logically(() => childStarts(origin, stepped))) {
    const child = await buildStart(core, start, at);
    write.children.push(child.write);
    jobs.push(...child.jobs);
  }
  return jobs;
}

function settle(core: Core, entry: Entry, { write, stepped, jobs }: Moved, at: string): Applied {
  const next: Entry = { ...entry, snapshot: stepped.snapshot, revision: entry.revision + 1, status: write.status };
  if (next.status === 'active') core.cache.set(entry.id, next);
  else core.cache.delete(entry.id);
  return announce(core, next, write, jobs, at);
}

/** Tells listeners and hands out the jobs of a step that is durable. */
export function announce(
  core: Core,
  entry: Pick<Entry, 'id' | 'cycleId' | 'orgId' | 'revision' | 'status'>,
  write: Write,
  jobs: Job[],
  at: string,
): Applied {
  const opened = write.opened.map(({ seat, block, people, dueAt }) => ({ seat, block, people, dueAt }));
  const closed = write.closed.map(({ seat }) => seat);
  const people = [
    ...new Set([
      ...opened.flatMap((task) => task.people),
      ...[...write.reopened, ...write.reseated].flatMap((task) => task.people),
      ...(write.event.actor ? [write.event.actor] : []),
    ]),
  ];
  core.emit({
    caseId: entry.id,
    cycleId: entry.cycleId,
    orgId: entry.orgId,
    revision: entry.revision,
    at,
    people,
    event: { type: write.event.type },
    opened,
    closed,
    status: entry.status,
  });
  for (const child of write.children) announceStart(core, child, at);
  for (const job of jobs) core.jobSink?.(job);
  return { caseId: entry.id, revision: entry.revision, status: entry.status, repeated: false, opened, closed };
}

/** Keeps and tells of a case whose start is durable. */
const settleStart = (core: Core, { write, stepped, logic, jobs }: Begun, at: string): Applied => {
  const { start } = write;
  if (start && write.status === 'active') {
    const { definition: hash, ...rest } = start;
    core.cache.set(write.id, {
      id: write.id,
      ...rest,
      hash,
      logic,
      status: write.status,
      revision: 1,
      snapshot: stepped.snapshot,
    });
  }
  return announceStart(core, write, at, jobs);
};

const announceStart = (core: Core, write: Write, at: string, jobs: Job[] = []): Applied => {
  const { cycleId = null, orgId = null } = write.start ?? {};
  return announce(core, { id: write.id, cycleId, orgId, revision: 1, status: write.status }, write, jobs, at);
};

interface Begun {
  write: Write;
  stepped: LogicStep;
  logic: Logic;
  jobs: Job[];
}

/** Builds what a start writes; the caller commits it. */
async function buildStart(core: Core, input: StartCase, at: string): Promise<Begun> {
  const { hash, logic } = await core.store.define(input.definition);
  const { kind, title, cycleId = null, orgId = null, parentId = null } = input;
  const origin: Origin = { id: input.id, kind, cycleId, revision: 0, logic, snapshot: null };
  const stepped = logically(() => logic.start(input.input, core.directory));
  const start = { kind, cycleId, orgId, parentId, title, definition: hash };
  const copies = logically(() => copiesOf(core.directory, origin, stepped, null));
  const cause = {
    type: 'start',
    actor: input.actor ?? null,
    body: { start: input.input, ...recorded(copies) },
    ...whence(),
  };
  const calendar = core.calendar();
  const write = logically(() =>
    buildWrite({ origin, start, step: stepped, cause, event: null, fired: null, at, calendar }),
  );
  return { write, stepped, logic, jobs: await accompany(core, origin, stepped, null, write, copies, at) };
}

/** A start that cannot be done is on record too, by the cycle that it belongs to. */
async function cannotStart(core: Core, input: StartCase, error: unknown, at: string): Promise<never> {
  if (!(error instanceof LogicFailure)) throw error;
  const event = { type: 'start', id: input.id, title: input.title, cycleId: input.cycleId ?? null };
  const failure = { caseId: null, event, key: null, fired: null, error: error.cause, at };
  throw problem('engine.incident', { incidentId: await recordIncident(core.pool, failure), cause: error.cause });
}

/** Starts a case through the group commit. A repeated start finds the case there. */
export async function startOne(core: Core, input: StartCase): Promise<Applied> {
  const at = core.clock.now().toISOString();
  const begun = await buildStart(core, input, at).catch((error) => cannotStart(core, input, error, at));
  if (await core.committer.commit(begun.write).catch((error: unknown) => unavailable(core, null, error)))
    return settleStart(core, begun, at);
  const { revision, status } = await core.store.load(input.id);
  return { caseId: input.id, revision, status, repeated: true, opened: [], closed: [] };
}

/**
 * Starts cases in one transaction. Those that exist already are left as they are, one that cannot start is an incident and
 * left out.
 * @returns the ids of those that could not start
 */
export async function startAll(core: Core, inputs: readonly StartCase[]): Promise<Set<string>> {
  const at = core.clock.now().toISOString();
  const built: Begun[] = [];
  const left = new Set<string>();
  for (const input of inputs) {
    try {
      built.push(await buildStart(core, input, at).catch((error) => cannotStart(core, input, error, at)));
    } catch (error) {
      if (!(error instanceof ProblemError) || error.id !== 'engine.incident') throw error;
      left.add(input.id);
    }
  }
  if (built.length === 0) return left;
  const writes = built.map(({ write }) => write);
  const done = await inTransaction(core.pool, writes).catch((error: unknown) => unavailable(core, null, error));
  for (const begun of built) if (done.has(begun.write.id)) settleStart(core, begun, at);
  return left;
}

async function timerExists(pool: pg.Pool, caseId: string, { scope, rung }: Fired): Promise<boolean> {
  const { rowCount } = await pool.query(
    'SELECT FROM timers WHERE case_id = $1 AND scope = $2 AND rung = $3 AND NOT parked AND frozen_at IS NULL',
    [caseId, scope, rung],
  );
  return rowCount === 1;
}

/** The write failed or its answer was lost: what is cached cannot be trusted, and the caller must ask again with the same key. */
export function unavailable(core: Core, caseId: string | null, error: unknown): never {
  if (caseId) core.cache.delete(caseId);
  if (error instanceof ProblemError) throw error;
  throw problem('engine.unavailable', { cause: error });
}

const isUuid = (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
