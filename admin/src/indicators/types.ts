import type { Evidence, Ref, Text } from '../api/types.ts';
import type { LightColour } from '../ui/Light.tsx';

export type Mine = 'own' | 'joint' | 'monitored';

export interface Indicator {
  id: string;
  cycleId: string;
  org: Ref;
  code: string;
  name: string;
  nameEn?: string;
  kind: 'common' | 'specific';
  unit: string;
  direction: 'up' | 'down' | 'band';
  frequency: 'month' | 'quarter' | 'half' | 'year';
  aggregation: 'sum' | 'mean' | 'last' | 'toDate' | 'max';
  formula?: string;
  weight?: string;
  target?: string;
  targetVersion?: number;
  low?: string;
  high?: string;
  actual?: string;
  owner?: string;
  monitoringUnit?: Ref;
  applies: boolean;
  dueOn?: string;
  evidenceRequired: boolean;
  latest?: { period: string; value: string; verified: boolean };
  next?: { period: string; dueOn: string; missing: boolean };
  series: { period: string; value: string | null }[];
  light?: { colour: LightColour; period: string; because: Text };
  byHand: boolean;
  mine: Mine[];
  can: string[];
}

export type ValueState = 'due' | 'reported' | 'returned' | 'verified';

/** A value of one period, under the indicator that a unit has. */
export interface Value {
  /** Of the assigned indicator. */
  id: string;
  org: Ref;
  code: string;
  name: string;
  nameEn?: string;
  unit: string;
  period: string;
  dueOn: string;
  state: ValueState;
  reported?: string;
  verified?: string;
  reason?: string;
  note?: Text;
  reportedAt?: string;
  late: boolean;
  missing: boolean;
  evidence: string[];
  min?: string;
  max?: string;
  evidenceRequired: boolean;
  previous?: string;
  can: string[];
}

export interface TargetVersion {
  version: number;
  value?: string;
  low?: string;
  high?: string;
  state: 'proposed' | 'approved' | 'rejected';
  reasonKind?: string;
  reason?: string;
  askedBy?: Ref;
  askedAt: string;
  decidedBy?: Ref;
  decidedAt?: string;
  decision?: string;
}

export interface Milestone {
  id: string;
  name: string;
  standard?: string;
  dueOn: string;
  doneOn?: string;
  note?: string;
  evidence: string[];
  state: 'due' | 'reached' | 'returned' | 'verified';
  verifiedBy?: Ref;
  verifiedAt?: string;
  reason?: string;
  can: string[];
}

export interface IndicatorDetail extends Indicator {
  targets: TargetVersion[];
  milestones: Milestone[];
  values: Value[];
  parts: { id: string; org: Ref; code: string; weight?: string; actual?: string }[];
  history: { year: number; value: string; breaks: string[] }[];
  breaks: { version: number; at: string; reason?: string }[];
  change?: { reasons: { value: string; name: Text }[]; refused?: Text };
  files: Evidence[];
  places: string[];
}

export interface Change {
  period: string;
  revision: number;
  at: string;
  by?: Ref;
  token?: string;
  action: string;
  reported?: string;
  verified?: string;
  reason?: string;
  note?: Text;
  evidence: string[];
}

export interface BenchmarkView {
  lines: { period: string; own: string | null; benchmark: string | null; gap: string | null }[];
  trend: 'catchingUp' | 'fallingBehind' | 'steady' | null;
}
