import type { Ref, Text } from '../api/types.ts';

export interface Round {
  id: string;
  block: { key: string; name: Text };
  round: number;
  openedAt: string;
  closesAt: string | null;
  open: boolean;
  progress: {
    group: string;
    name: Text;
    layer: string | null;
    assessors: number;
    submitted: number;
    recused: number;
    spoilt: number;
    expected: number;
    cast: number;
  }[];
  links: { group: string; layer: string | null; issued: number; used: number }[];
  surveys: { group: string; name: Text; layers: { key: string; name: Text }[] }[];
  can: string[];
}

export interface Pending {
  /** Of the sheet. */
  id: string;
  group: string;
  layer: string | null;
  assessor: Ref;
  org: string;
  state: 'open' | 'recused' | 'excluded';
  expected: number;
  reason: string | null;
}

export interface RoundStats {
  participant: Ref;
  group: string;
  cast: number;
  valid: number;
  /** false below the least number of votes. */
  shown: boolean;
  items: Record<string, { n?: number; sum?: string }>;
}
