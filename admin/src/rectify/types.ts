import type { Ref, Text } from '../api/types.ts';

export type Stage = 'plan' | 'review' | 'work' | 'verify' | 'closed' | 'carried';

export const SOURCES = ['inspection', 'observation', 'complaint', 'survey', 'result', 'mustCheck', 'unit'] as const;

interface ItemLink {
  id: string;
  code: string;
  cycle: Ref;
  state: 'open' | 'closed' | 'carried';
}

export interface Item {
  id: string;
  code: string;
  cycle: Ref;
  org: Ref;
  source: (typeof SOURCES)[number];
  problem: string;
  measure?: string;
  owner?: string;
  due?: string;
  state: 'open' | 'closed' | 'carried';
  stage: Stage;
  /** The reader’s own open task about it. */
  task?: string;
  overdue: boolean;
  /** Of the unit. */
  case: { id: string };
  itemCase?: { id: string; at: Text[]; dueAt?: string };
  carriedFrom?: ItemLink;
  carriedTo?: ItemLink;
  publicAnswer?: string;
  publishedAt?: string;
  openedAt: string;
  endedAt?: string;
}

export interface ItemLine extends Item {
  finding?: { code: string; what: string; advice?: string; foundBy: Ref; foundAt: string };
  /** The inspection, observation, complaint or goal that the finding comes from. */
  origin?: { kind: string; text: string };
  /** In earlier cycles, the latest first. */
  former: ItemLink[];
  acts: { at: string; block: Text; action: string; by?: Ref; reason?: string }[];
}
