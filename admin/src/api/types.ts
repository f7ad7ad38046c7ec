import type { Field } from '../../../workflows/template/field.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import type { Text } from '../../../workflows/text.ts';

export type { CycleTemplate, Field, Text };

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Values = Record<string, Json>;

/** What another thing is called; enough to link to it. */
export interface Ref {
  id: string;
  name: string;
}

export interface List<Row> {
  items: Row[];
  total: number;
  next: string | null;
}

export interface Me {
  person: {
    id: string;
    username: string;
    name: string;
    title?: string;
    language: string;
    demo: boolean;
    clearance: Level;
    org: Ref & { kind: string };
  };
  roles: { role: string; org?: Ref }[];
  can: string[];
  csrf: string;
  demo: boolean;
  preferences: Preferences;
  /** Has a second factor. */
  secondFactor: boolean;
  /** What must be seen to before the server answers anything else. */
  duty?: 'password.expired' | 'secondFactor.required';
}

export interface Preferences {
  /** Saved filters of the inbox: a name and the query of its address. */
  filters?: { name: string; query: string }[];
  toured?: boolean;
}

export interface DemoAccounts {
  password: string;
  accounts: { username: string; name: string; role: Text; org: string }[];
}

export type Box = 'todo' | 'done' | 'started' | 'told';

export interface Task {
  id: string;
  caseId: string;
  title: string;
  block: string;
  blockName: Text;
  kind: 'task' | 'approval';
  state: string;
  phase: string;
  org?: Ref;
  cycle?: Ref;
  openedAt: string;
  dueAt?: string;
  provisional: boolean;
  workingDaysLeft?: number;
  closedAt?: string;
  outcome?: string;
  /** Whom the reader stands in for here. */
  onBehalfOf?: Ref;
  priority: 'normal' | 'urgent';
  urged?: { times: number; lastAt: string; nextAt: string };
  /** One's own reminder. */
  followUp?: { day: string; note?: string };
  /** It was sent to this person, to be read. */
  copy?: { by?: Ref; at: string; readAt?: string };
  can: string[];
  around: string[];
  /** May be approved together with others. */
  batch: boolean;
}

export interface TalkComment {
  id: string;
  at: string;
  author: Ref;
  text?: string;
  mentions: Ref[];
  withdrawnAt?: string;
  can: string[];
}

export interface Copy {
  id: string;
  person: Ref;
  by?: Ref;
  blockName: Text;
  taskId?: string;
  at: string;
  readAt?: string;
}

export interface Phrase {
  id: string;
  text: string;
}

export interface Delegation {
  id: string;
  person: Ref;
  to: Ref;
  from: string;
  until: string;
  scope?: string[];
  reason: string;
  state: 'planned' | 'open' | 'ended';
  can: string[];
}

export interface TaskCounts {
  todo: number;
  overdue: number;
  dueSoon: number;
  done: number;
  started: number;
  told: number;
  byDue: { overdue: number; soon: number; later: number };
}

export type ActionName =
  | 'submit'
  | 'approve'
  | 'return'
  | 'reject'
  | 'abstain'
  | 'transfer'
  | 'delegate'
  | 'addBefore'
  | 'addAfter'
  | 'addParallel'
  | 'remove'
  | 'claim'
  | 'unclaim'
  | 'retrieve';

export interface BlockRef {
  block: string;
  name: Text;
}

export interface Action {
  action: ActionName;
  reasonRequired: boolean;
  personRequired: boolean;
  name: Text;
  to?: BlockRef;
  targets?: BlockRef[];
  except?: string[];
  seats?: { seat: number; people: Ref[] }[];
}

export type CaseActionName = 'suspend' | 'resume' | 'cancel' | 'jump' | 'retrieve' | 'withdraw';

export interface CaseAction {
  action: CaseActionName;
  name: Text;
  reasonRequired: boolean;
  targets?: (BlockRef & { task?: string })[];
}

/** 密级 of a file: 0 public, 1 internal, 2 sensitive. */
export type Level = 0 | 1 | 2;

export interface Evidence {
  id: string;
  name: string;
  mime: string;
  size: number;
  sha256: string;
  at: string;
  field?: string;
  level: Level;
  uploadedBy: Ref;
  can: string[];
}

export interface LadderRung {
  at: string;
  do: string;
  name: Text;
  provisional: boolean;
}

export interface TaskDetail extends Task {
  revision: number;
  help?: Text;
  fields: Field[];
  /** Those of the fields that earlier steps filled in. */
  edits: string[];
  values: Values;
  draft?: Values;
  /** What fields begin with: rows that tables must keep, texts that people go on writing in. */
  given?: Record<string, Values[] | string>;
  shows: { field: Field; value: Json }[];
  rounds: number;
  returnReason?: { reason: string; by?: Ref; at: string };
  candidates: Ref[];
  actions: Action[];
  ladder: LadderRung[];
  evidence: Evidence[];
  case: { id: string; title: string; status: CaseStatus };
}

export interface BatchResult {
  dryRun: boolean;
  done: number;
  refused: number;
  results: {
    id: string;
    ok: boolean;
    task?: Task;
    leadsTo?: { state: 'decided' | 'waiting' | 'ended'; blocks: BlockRef[] };
    problem?: { titles: Text };
  }[];
}

export interface Acted {
  task: Task;
  revision: number;
  next?: string;
}

export type CaseStatus = 'active' | 'suspended' | 'done' | 'cancelled';

export interface Case {
  id: string;
  kind: string;
  title: string;
  org?: Ref;
  cycle?: Ref;
  status: CaseStatus;
  phase: string;
  revision: number;
  outcome?: string;
  startedAt: string;
  endedAt?: string;
  blocks: string[];
  data: Values;
  result?: { score: string; rank: number | null; rankOf: number };
  children: { id: string; title: string; status: CaseStatus }[];
  parent?: { id: string; title: string };
  openTasks: Task[];
  priority: 'normal' | 'urgent';
  around: string[];
  can: string[];
  actions: CaseAction[];
}

export interface CaseRow extends Omit<Case, 'data' | 'children' | 'openTasks' | 'actions'> {
  blockNames: Text[];
  openTasks: number;
  overdueTasks: number;
}

export interface TimelineItem {
  seq: number;
  /** Of what was said beside the record. */
  id?: string;
  at: string;
  type: string;
  actor?: Ref;
  onBehalfOf?: Ref;
  block?: string;
  blockName?: Text;
  action?: string;
  text: Text;
  reason?: string;
  changes?: { field: string; fieldName: Text; from: Json; to: Json }[];
}

export type FlowState = 'passed' | 'current' | 'ahead' | 'skipped';

export interface FlowNode {
  key: string;
  type: string;
  name: Text;
  phase: string;
  parent?: string;
  state: FlowState;
  per: 'participant' | 'cycle';
  dueAt?: string;
  who?: string[];
}

export interface Flow {
  nodes: FlowNode[];
  edges: { from: string; to: string; label?: Text; back?: boolean }[];
  phases: { key: string; name: Text }[];
}

export interface ForecastStep {
  block: string;
  name: Text;
  type: string;
  phase: string;
  phaseName: Text;
  per: 'participant' | 'cycle';
  state: 'current' | 'ahead';
  item?: string;
  on: Text[];
  people: Ref[];
  rule?: Text;
  auto: boolean;
  from: string;
  dueAt?: string;
  until: string;
  provisional: boolean;
  earliest: boolean;
}

export interface Forecast {
  assumes: Text;
  end?: { at: string; provisional: boolean; earliest: boolean };
  complete: boolean;
  steps: ForecastStep[];
}

export interface Cycle {
  id: string;
  name: string;
  year: number;
  template: { key: string; version: number; name: Text };
  status: 'launching' | 'running' | 'suspended' | 'closed' | 'cancelled';
  launchedAt: string;
  closedAt?: string;
  progress: { total: number; started: number; active: number; done: number; cancelled: number };
  case?: string;
  can: string[];
}

export interface LaunchCheck {
  participants: number;
  thinGroups: {
    group: string;
    name: Text;
    layer: { key: string; name: Text } | null;
    minVotes: number;
    most: number;
    units: number;
  }[];
}

export interface Dashboard {
  phases: { phase: string; name: Text; cases: number }[];
  blocks: { block: string; name: Text; phase: string; cases: number; overdue: number }[];
  overdueByOrg: { org: Ref; overdue: number }[];
  openTasks: number;
  overdueTasks: number;
  gates: { block: string; name: Text; passedAt?: string; waiting: number; expected: number }[];
  /** What waits for a decision outside the steps of the cases. */
  waiting: Record<
    'orders' | 'flags' | 'values' | 'complaints' | 'adjustments' | 'ballots' | 'findings' | 'opinions' | 'items',
    number
  >;
}

export interface TemplateRow {
  key: string;
  version: number;
  status: 'draft' | 'published' | 'retired';
  name: Text;
  versions: number;
  updatedAt: string;
  publishedAt?: string;
  can: string[];
}

export interface Finding {
  path: string;
  severity: 'error' | 'warning';
  id: string;
  reason: Text;
  hint: Text;
}

export interface TemplateVersion {
  key: string;
  version: number;
  status: 'draft' | 'published' | 'retired';
  revision: number;
  content: CycleTemplate;
  findings: Finding[];
  name: Text;
  updatedAt: string;
  publishedAt?: string;
  can: string[];
}

export interface OrgUnit {
  id: string;
  code: string;
  name: string;
  nameEn?: string;
  kind: string;
  category?: string;
  parent?: Ref;
  head?: Ref;
  monitoringUnit?: Ref;
  dayEnd?: string;
  active: boolean;
  demo: boolean;
  version: number;
  people: number;
  units: number;
  can: string[];
}

export interface Person {
  id: string;
  username: string;
  name: string;
  title?: string;
  email?: string;
  org: Ref;
  roles: { role: string; org?: Ref }[];
  active: boolean;
  demo: boolean;
  /** For whoever grants it, and for oneself. */
  clearance?: Level;
  version: number;
  can: string[];
}

export interface Incident {
  id: string;
  kind: string;
  at: string;
  cause: string;
  /** The step of the template that it is about. */
  step?: Text;
  detail: Json;
  state: 'open' | 'resolved';
  retries: number;
  resolvedAt?: string;
  /** Whoever sees no business data is not told its title. */
  case?: { id: string; title?: string };
  can: string[];
}

export interface Notice {
  id: string;
  at: string;
  kind: string;
  subject: Text;
  body: Text;
  caseId?: string;
  taskId?: string;
  readAt?: string;
}

export interface CalendarDay {
  day: string;
  working: boolean;
  name: string;
}

export interface Calendar {
  year: number;
  knownUntil: string;
  version: number;
  days: CalendarDay[];
}

/** What another calendar moves. */
export interface Redated {
  cases: number;
  moved: number;
  settled: number;
  rows: {
    caseId: string;
    title: string;
    block: string;
    blockName: Text;
    what: 'deadline' | 'timer';
    rung?: number;
    from: string;
    to: string;
    provisional: boolean;
  }[];
}

export interface RowError {
  row: number;
  column?: string;
  id?: string;
  message: Text;
}

export interface ImportReport {
  dryRun: boolean;
  rows: number;
  created: number;
  updated: number;
  errors: RowError[];
}
