import { useQuery } from '@tanstack/react-query';
import { call } from '../api/http.ts';
import { useGet } from '../api/queries.ts';
import type { Ref, Text } from '../api/types.ts';

/** How a unit came out, once: before the appeals, or after. */
export interface Once {
  score: string | null;
  rank: number | null;
  rankOf: number | null;
  grade: string | null;
}

export interface Result extends Once {
  org: Ref;
  caseId: string | null;
  category: string;
  /** What the rule gave, where a decision gave another. */
  computedGrade: string | null;
  because: Text[];
  before: Once | null;
  appeal: { decision: string; findings: string | null } | null;
  uses: { key: string; name: Text; because: Text; withheld: Text | null }[];
}

export interface Results {
  public: boolean;
  grades: { key: string; name: Text }[];
  items: Result[];
}

export interface Years {
  years: number[];
  items: { org: Ref; category: string; years: (Once & { year: number })[]; climbed: number | null }[];
  biggestClimb: { category: string; places: number; orgs: Ref[] }[];
}

export interface Weight {
  path: string;
  weight: string;
}

export interface WhatIf {
  parts: { path: string; name: Text; weight: string; given: string }[];
  items: {
    org: Ref;
    category: string;
    given: { score: string; rank: number | null };
    wanted: { score: string; rank: number | null };
  }[];
}

interface Decision {
  id: string;
  reason: string;
  document: string;
  decidedBy: Ref;
  at: string;
  revoked: { by: Ref; at: string; reason: string } | null;
}

export interface Decisions {
  exceptions: (Decision & { org: Ref; computedGrade: string | null; grade: string })[];
  raises: (Decision & { quota: string; name: Text })[];
  quotas: {
    quota: string;
    name: Text;
    category: string;
    of: number;
    least: number;
    most: number;
    used: number;
    left: number;
    kept: boolean;
  }[];
  alarm: { share: string; because: Text } | null;
  open: boolean;
}

interface Standing {
  score: string | null;
  rank: number | null;
  grade: string | null;
}

export interface ScoreRun {
  id: string;
  block: string;
  name: Text;
  round: number;
  state: 'draft' | 'accepted' | 'superseded' | 'discarded';
  madeAt: string;
  madeBy: Ref | null;
  decidedAt: string | null;
  decidedBy: Ref | null;
  reason: string | null;
  diff: {
    base: string;
    changed: { case: string; name: string; before: Standing; after: Standing }[];
    unchanged: number;
  } | null;
  can: string[];
}

const useRead = <T>(cycleId: string, path: string) =>
  useGet<T>(['cycles', cycleId, path], `/cycles/${cycleId}/${path}`, { retry: false });

export const useResults = (cycleId: string) => useRead<Results>(cycleId, 'results');
export const useYears = (cycleId: string) => useRead<Years>(cycleId, 'results/years');
export const useDecisions = (cycleId: string) => useRead<Decisions>(cycleId, 'grade-decisions');
export const useRuns = (cycleId: string) => useRead<{ items: ScoreRun[] }>(cycleId, 'score-runs');

/** What other weights would give; nothing is kept on the server. Without weights, as it stands. */
export const useWhatIf = (cycleId: string, weights: Weight[]) =>
  useQuery({
    queryKey: ['cycles', cycleId, 'what-if', weights],
    queryFn: ({ signal }) =>
      call<WhatIf>(`/cycles/${cycleId}/results/what-if`, { method: 'POST', body: { weights }, signal }),
    retry: false,
  });
