import type { CycleTemplate } from '../../workflows/template/schema.ts';

/** A template that is tried out in virtual time, on a database that holds nothing else. */
export interface TrialJob {
  kind: 'rehearse' | 'simulate';
  url: string;
  template: CycleTemplate;
  year: number;
  /** How many units take part in a simulation. */
  cases: number;
}

/** What the process that tries a template out says, a line of JSON each. */
export type TrialLine = { share: number } | { result: object } | { failed: string };
