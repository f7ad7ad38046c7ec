import type { Ref } from '../api/types.ts';

export const SEVERITIES = ['minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const SOURCES = ['inspection', 'observation', 'complaint', 'survey', 'result'] as const;
export const FINDING_STATES = ['open', 'rectifying', 'closed'] as const;

export interface Finding {
  id: string;
  code: string;
  cycle: Ref;
  org: Ref;
  source: (typeof SOURCES)[number];
  indicator?: string;
  severity: Severity;
  what: string;
  advice?: string;
  state: (typeof FINDING_STATES)[number];
  foundBy: Ref;
  foundAt: string;
  closedAt?: string;
  closedBy?: Ref;
  closeReason?: string;
  item?: { id: string; state: string };
  files: { id: string; name: string; size: number }[];
  can: string[];
}

export interface Inspection {
  id: string;
  org: Ref;
  title: string;
  day: string;
  inspectors: string;
  madeBy: Ref;
  findings: { open: number; rectifying: number; closed: number };
  can: string[];
}

export interface Point {
  id: string;
  code: string;
  name: string;
  place?: string;
  org: Ref;
  indicator?: string;
  active: boolean;
  version: number;
  observers: Ref[];
  observations: number;
  can: string[];
}

export interface Observation {
  id: string;
  day: string;
  value?: string;
  remark: string;
  observer: Ref;
}

export const COMPLAINT_STATES = ['unassigned', 'assigned', 'disputed', 'solved'] as const;
export const LEVELS = ['unit', 'cityOffice', 'executiveMeeting'] as const;

export interface Complaint {
  id: string;
  channel: string;
  reference: string;
  receivedAt: string;
  text: string;
  category?: string;
  place?: string;
  indicator?: string;
  org?: Ref;
  state: (typeof COMPLAINT_STATES)[number];
  fixed: boolean;
  level: (typeof LEVELS)[number];
  dueAt: string;
  overdue: boolean;
  answer?: string;
  solvedAt?: string;
  can: string[];
}

export interface Trace {
  changes: {
    at: string;
    by?: Ref;
    kind: 'classified' | 'corrected' | 'disputed' | 'assigned' | 'solved' | 'raised';
    rule?: string;
    indicator?: string;
    org?: Ref;
    note?: string;
  }[];
  /** Complaints of the same year, indicator and unit, this one included. */
  alike: number;
  cycles: {
    cycle: Ref;
    indicator?: {
      code: string;
      name: string;
      unit: string;
      weight?: string;
      target?: string;
      values: { period: string; reported?: string; verified?: string }[];
    };
    score?: { block: string; value?: string };
  }[];
  findings: { id: string; code: string; state: string; item?: string }[];
}
