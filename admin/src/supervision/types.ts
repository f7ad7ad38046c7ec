import type { Ref, Text } from '../api/types.ts';
import type { LightColour } from '../ui/Light.tsx';

export const WARNING_KINDS = [
  'supervise',
  'warning',
  'track',
  'letter',
  'talk',
  'report',
  'points',
  'noBonus',
] as const;
export const WARNING_STATES = ['answered', 'open', 'returned', 'lapsed', 'noted', 'accepted', 'withdrawn'] as const;
export const FLAG_STATES = ['open', 'explained', 'confirmed', 'dismissed', 'corrected'] as const;
export const FLAG_KINDS = ['outlier', 'jump', 'impossible', 'copied', 'gap', 'idle'] as const;

export interface Warning {
  id: string;
  number: number;
  org: Ref;
  indicator?: { code: string; name: string };
  period?: string;
  kind: (typeof WARNING_KINDS)[number];
  colour?: LightColour;
  because: Text;
  source: 'light' | 'flag' | 'office' | 'lapsed';
  urgent: boolean;
  state: (typeof WARNING_STATES)[number];
  openedAt: string;
  dueAt?: string;
  overdue: boolean;
  answer?: string;
  answeredAt?: string;
  reviewDueAt?: string;
  note?: string;
  can: string[];
}

export interface WarningDetail extends Warning {
  changes: { at: string; what: WarningChange; by?: Ref; text?: string }[];
}

export type WarningChange = 'opened' | 'answered' | 'accepted' | 'returned' | 'lapsed' | 'withdrawn';

export interface Sheets {
  sheets: { colour: LightColour; name?: Text; reply: number }[];
  urgent: boolean;
}

export interface LadderOrder {
  case: Ref;
  org: Ref;
  block: { key: string; name: Text };
  colour?: LightColour;
  at: string;
  open: boolean;
}

export interface Flag {
  id: string;
  org: Ref;
  indicator: { code: string; name: string };
  period: string;
  kind: (typeof FLAG_KINDS)[number];
  because: Text;
  at: string;
  state: (typeof FLAG_STATES)[number];
  explanation?: string;
  explainedAt?: string;
  note?: string;
  can: string[];
}
