import type { CaseKind, CaseStatus, Job } from './types.ts';

export interface TimerRow {
  caseId: string;
  scope: string;
  rung: number;
  dueAt: string;
  event: string;
  provisional: boolean;
}

export interface TaskRow {
  seat: number;
  block: string;
  round: number;
  kind: string;
  people: string[];
  dueAt: string | null;
  provisional: boolean;
}

/** The row of a case that starts. */
export interface NewCase {
  kind: CaseKind;
  cycleId: string | null;
  orgId: string | null;
  parentId: string | null;
  title: string;
  definition: string;
}

/** From which request a step came; nothing for timers and jobs. */
export interface Whence {
  request: string | null;
  address: string | null;
}

/** Everything that one step of one case writes, in one statement. */
export interface Write {
  id: string;
  /** The revision that the step was computed from; 0 for a start. */
  expected: number;
  start: NewCase | null;
  at: string;
  snapshot: string;
  status: CaseStatus;
  blocks: string[];
  waits: string[];
  phase: string | null;
  outcome: string | null;
  ended: boolean;
  event: { type: string; actor: string | null; onBehalfOf: string | null; key: string | null; body: string } & Whence;
  opened: TaskRow[];
  closed: { seat: number; state: string; by: string | null; outcome: string | null }[];
  /** Tasks that open again: taken back, or waited for somebody added before them. */
  reopened: { seat: number; people: string[] }[];
  /** Open tasks whose people changed; who stays is neither added nor removed. */
  reseated: { seat: number; people: string[]; added: string[]; removed: string[] }[];
  timersSet: TimerRow[];
  /** Scopes whose timers go. */
  timersCancelled: string[];
  /** The timer whose firing this step is: without its row the step is void. */
  fired: { scope: string; rung: number } | null;
  jobs: Job[];
  /** Starts of the item cases of a `together` repeat. */
  children: Write[];
  /** Statements for the rare steps, run after the main one in the same transaction. */
  extras: Extra[];
}

export interface Extra {
  text: string;
  values: unknown[];
}
