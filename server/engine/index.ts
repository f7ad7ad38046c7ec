import type pg from 'pg';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { CaseEvent } from '../../workflows/machine/context.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import { toProblem } from '../http/errors.ts';
import { problem } from '../http/problem.ts';
import { makeCommitter } from './committer.ts';
import { cancel, control } from './control.ts';
import { applyStep, makeCore, refusalOf, startOne } from './core.ts';
import { checkGates } from './gates.ts';
import { launchCycle } from './launch.ts';
import { type LogicOf, templateLogic } from './logic.ts';
import { migrateCycle, undoMigration } from './migrate/index.ts';
import { redate } from './redate.ts';
import { fillVacancies, retry } from './retry.ts';
import { serve } from './serve.ts';
import type { Services } from './service.ts';
import { makeStore } from './store.ts';
import { fireDue } from './timers.ts';
import type { Clock, Committed, Engine, Job } from './types.ts';

export { templateLogic, uuidOf } from './logic.ts';
export type * from './types.ts';

export interface EngineOptions {
  pool: pg.Pool;
  directory: LiveDirectory;
  calendar: () => Calendar;
  clock?: Clock;
  /** Group commit: how many statements at once, how many steps in one. `batch: 1` writes each step alone. */
  commit?: { connections: number; batch: number };
  /** How many cases stay in memory. */
  cacheSize?: number;
  /** Takes a step's jobs after its commit, instead of graphile-worker inside it (the simulator does them itself). */
  jobSink?: (job: Job) => void;
  logicOf?: LogicOf;
  /** What carries out the blocks that the server does beside the cases. */
  services?: Services;
}

export const systemClock: Clock = { now: () => new Date() };

/** A database that is away is one thing to every caller, in whichever query it showed. */
async function reached<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (toProblem(error).id !== 'database.unavailable') throw error;
    throw problem('engine.unavailable', { cause: error });
  }
}

/** The durable engine: every answer is on disk before it is given. */
export function makeEngine(options: EngineOptions): Engine {
  const {
    pool,
    directory,
    calendar,
    clock = systemClock,
    commit = { connections: 2, batch: 128 },
    cacheSize = 5000,
    jobSink,
    logicOf = templateLogic,
    services = {},
  } = options;
  const listeners = new Set<(committed: Committed) => void>();
  const core = makeCore({
    pool,
    clock,
    store: makeStore(pool, logicOf),
    committer: makeCommitter(pool, commit),
    directory: directory.resolve,
    calendar,
    jobSink: jobSink ?? null,
    cacheSize,
    services,
    // The step is durable by now: whatever a listener does, its caller must hear so.
    emit: (committed) => {
      for (const listener of listeners) {
        try {
          listener(committed);
        } catch (error) {
          process.emitWarning(error as Error);
        }
      }
    },
  });
  return {
    startCase: (input) => reached(startOne(core, input)),
    launchCycle: (cycleId, given) => reached(launchCycle(core, directory, cycleId, given)),
    apply: (step) => reached(applyStep(core, step)),
    refusal: (step) =>
      reached(core.store.load(step.caseId).then((entry) => refusalOf(entry, step, step.event as CaseEvent, null))),
    suspend: (caseId, by) => reached(control(core, caseId, 'suspend', by)),
    resume: (caseId, by) => reached(control(core, caseId, 'resume', by)),
    cancel: (caseId, by) => reached(cancel(core, caseId, by)),
    retry: (incidentId, by) => reached(retry(core, directory, incidentId, by)),
    read: async (caseId) => {
      const { id, kind, cycleId, orgId, parentId, title, logic, status, revision, snapshot } =
        await core.store.load(caseId);
      if (!logic.definition) throw new Error('not a template case');
      return {
        id,
        kind,
        cycleId,
        orgId,
        parentId,
        title,
        definition: logic.definition,
        status,
        revision,
        snapshot,
        context: snapshot.context,
      };
    },
    fireDue: (given) => fireDue(core, given),
    checkGates: (cycleId) => checkGates(core, cycleId),
    serve: (job) => serve(core, job),
    fillVacancies: () => fillVacancies(core),
    redate: (given) => reached(redate(core, given)),
    migrateCycle: (cycleId, given) => reached(migrateCycle(core, cycleId, given)),
    undoMigration: (cycleId, by) => reached(undoMigration(core, cycleId, by)),
    onCommitted: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => core.committer.close(),
  };
}
