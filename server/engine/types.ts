import type { Calendar } from '../../workflows/calendar/calendar.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { CaseContext, CaseEvent, Facts } from '../../workflows/machine/context.ts';
import type { Definition } from '../../workflows/machine/definition.ts';
import type { Snapshot } from '../../workflows/machine/run.ts';
import type { Text } from '../../workflows/text.ts';
import type { ProblemError } from '../http/problem.ts';
import type { MigrateOptions, Migration } from './migrate/index.ts';

/** Tells the time; the simulator has one of its own. */
export interface Clock {
  now(): Date;
}

export type CaseKind = Facts['kind'];
export type CaseStatus = 'active' | 'suspended' | 'done' | 'cancelled';

/** A case as the engine holds it. `revision` is the number of its events. */
export interface CaseState {
  id: string;
  kind: CaseKind;
  cycleId: string | null;
  orgId: string | null;
  parentId: string | null;
  title: string;
  definition: Definition;
  status: CaseStatus;
  revision: number;
  snapshot: Snapshot<CaseContext>;
  context: CaseContext;
}

export interface StartCase {
  /** Chosen by the caller, so that a repeated start is recognised. */
  id: string;
  kind: CaseKind;
  cycleId?: string | null;
  orgId?: string | null;
  parentId?: string | null;
  title: string;
  /** `{template, track}`, or what `logicOf` makes a logic of. */
  definition: Json;
  input: JsonObject;
  actor?: string;
}

export interface OpenedTask {
  seat: number;
  block: string;
  people: string[];
  dueAt: string | null;
}

/** What a step did, once it is on disk. */
export interface Applied {
  caseId: string;
  revision: number;
  status: CaseStatus;
  /** True when an earlier request with the same key did it. */
  repeated: boolean;
  opened: OpenedTask[];
  closed: number[];
}

export interface Step {
  caseId: string;
  event: CaseEvent | ({ type: string } & JsonObject);
  /** Idempotency key, unique within the case. */
  key?: string;
  /** The revision that the caller saw; another one is refused. */
  revision?: number;
}

/** By whom and why a case is suspended, resumed or cancelled. */
export interface Control {
  actor: string;
  reason: string;
  key?: string;
}

/** Work to be done after a step, added in its transaction. */
export type Job =
  | { task: 'timers.fire'; payload: { at: string } }
  | { task: 'gates.check'; payload: { cycleId: string } }
  | { task: 'serve'; payload: { caseId: string; block: string; round: number } }
  | {
      task: 'tell';
      payload: {
        id: string;
        caseId: string;
        seat: number | null;
        people: string[];
        /** The heads of all units of the cycle instead. */
        everyone?: true;
        kind: string;
        block: string;
        at: string;
        /** What a `notify` block says; the ladder's rungs have texts of their own. */
        message?: { subject: Text; body: Text };
      };
    };

/** Told to listeners after each commit. */
export interface Committed {
  caseId: string;
  cycleId: string | null;
  orgId: string | null;
  revision: number;
  at: string;
  /** Whose lists of tasks changed. */
  people: string[];
  event: { type: string } & JsonObject;
  opened: OpenedTask[];
  closed: number[];
  status: CaseStatus;
}

/** A date that moved. */
export interface RedatedRow {
  caseId: string;
  title: string;
  block: string;
  blockName: Text;
  what: 'deadline' | 'timer';
  /** Of a timer: which of the ladder. */
  rung?: number;
  from: string;
  to: string;
  provisional: boolean;
}

/** What another calendar changes: dates that move, dates that only became certain or uncertain, the first of the former. */
export interface Redated {
  cases: number;
  moved: number;
  settled: number;
  rows: RedatedRow[];
}

export interface Engine {
  startCase(input: StartCase): Promise<Applied>;
  /** Starts the cycle's own case and every participant's that has none yet, a batch a transaction. Safe to repeat. */
  launchCycle(
    cycleId: string,
    options?: { batch?: number; onProgress?: (progress: { started: number; total: number }) => void },
  ): Promise<{ started: number; total: number }>;
  apply(step: Step): Promise<Applied>;
  /** Why a step would be refused now, without taking it; null when it would not be. */
  refusal(step: Step): Promise<ProblemError | null>;
  suspend(caseId: string, by: Control): Promise<Applied>;
  resume(caseId: string, by: Control): Promise<Applied>;
  cancel(caseId: string, by: Control): Promise<Applied>;
  /** Does again what an incident's case could not do. Null: there was nothing left to do. */
  retry(incidentId: string, by: { actor: string }): Promise<Applied | null>;
  read(caseId: string): Promise<CaseState>;
  /** Fires timer rows that are due, oldest first, each once. Returns how many took effect. */
  fireDue(options?: { limit?: number; until?: Date }): Promise<number>;
  /** Lets the two tracks of a cycle meet: opens what everyone waits for, sends on whom it released, closes the cycle. */
  checkGates(cycleId: string): Promise<void>;
  /** Carries out a block that the server does beside the case. */
  serve(job: { caseId: string; block: string; round: number }): Promise<void>;
  /** Seats people in blocks that nobody was found for, as far as the directory knows somebody by now. */
  fillVacancies(): Promise<number>;
  /** Counts every open date again by the calendar of now; with `preview` only says what that calendar would move. */
  redate(options?: { preview?: Calendar; actor?: string | null; batch?: number }): Promise<Redated>;
  /** Moves a running cycle to a newer version of its template; with `dryRun` only says what would become of each case. */
  migrateCycle(cycleId: string, options: MigrateOptions): Promise<Migration>;
  /** Takes the last move back, as long as nothing has happened since. */
  undoMigration(cycleId: string, by: { actor: string }): Promise<Migration>;
  onCommitted(listener: (committed: Committed) => void): () => void;
  close(): Promise<void>;
}
