import type { Ref, Text } from '../api/types.ts';

export const KINDS = ['bonus', 'deduction', 'veto'] as const;
export const STATES = ['proposed', 'approved', 'rejected', 'withdrawn', 'revoked'] as const;

export interface Entry {
  id: string;
  org: Ref;
  caseId: string;
  kind: (typeof KINDS)[number];
  item: { key: string; name: Text };
  points: string;
  reason: string;
  document: string | null;
  evidence: { id: string; name: string; size: number }[];
  period: string | null;
  /** Why a bonus counts for nothing. */
  withheld: Text | null;
  state: (typeof STATES)[number];
  proposedBy: Ref | null;
  proposedAt: string;
  decidedBy: Ref | null;
  decidedAt: string | null;
  version: number;
  can: string[];
}

export interface EntryDetail extends Entry {
  changes: {
    at: string;
    by: Ref | null;
    what: 'proposed' | 'corrected' | 'approved' | 'rejected' | 'withdrawn' | 'revoked';
    reason: string | null;
  }[];
}

export interface SchemeItem {
  key: string;
  kind: Entry['kind'];
  name: Text;
  basis: Text | null;
  points: string | null;
  most: string | null;
  cap: string | null;
  stage: string | null;
  evidence: boolean;
}

export interface Scheme {
  items: SchemeItem[];
  can: string[];
}

interface Capped {
  kind: 'bonus' | 'deduction';
  before: string;
  after: string;
  cap: string | null;
}

export interface Totals {
  items: {
    org: Ref;
    caseId: string;
    year: Capped[];
    sum: string;
    vetoes: { key: string; name: Text }[];
    proposed: number;
    withheld: number;
  }[];
}
