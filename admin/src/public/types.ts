import type { Ref, Text } from '../api/types.ts';

export type Part = 'goals' | 'progress' | 'lights' | 'results' | 'answers';
export type Colour = 'red' | 'orange' | 'yellow' | 'blue' | 'green';

/** A cycle of which something is public. */
export interface PublicRow {
  id: string;
  name: string;
  year: number;
  template: { key: string; name: Text; description: Text | null };
  status: string;
}

export interface PublicIndicator {
  code: string;
  name: Text;
  unit: string;
  /** Null of a draft plan. */
  definition: {
    direction: 'up' | 'down' | 'band';
    frequency: 'month' | 'quarter' | 'half' | 'year';
    aggregation: 'last' | 'toDate' | 'sum' | 'mean' | 'max';
    formula: string | null;
    source: string | null;
    monitoredBy: string | null;
  } | null;
  weight: string | null;
  target: string | null;
  low: string | null;
  high: string | null;
  values: { period: string; value: string | null; colour: Colour | null }[];
  value: string | null;
  met: boolean | null;
}

export interface PublicUnit {
  org: Ref;
  category: string;
  shows: Part[];
  draft: boolean;
  indicators: PublicIndicator[];
  result: { score: string | null; rank: number | null; rankOf: number | null; grade: Text | null } | null;
  consultation: { open: boolean; until: string | null; opinions: { opinion: string; answer: string }[] } | null;
}

/** What is public of a cycle. */
export interface PublicCycle extends PublicRow {
  shows: Part[];
  categories: { key: string; name: Text; ranked: boolean }[];
  results: 'publicity' | 'final' | null;
  units: PublicUnit[];
  texts: { name: Text; org: Ref | null; text: string }[];
  answers: { org: Ref; problem: string; answer: string; publishedAt: string }[];
}
