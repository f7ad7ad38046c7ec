import { accessProblems } from './access.ts';
import { ballotProblems } from './ballots.ts';
import { directoryProblems } from './directory.ts';
import type { ProblemEntry } from './entry.ts';
import { findingProblems } from './findings.ts';
import { indicatorProblems } from './indicators.ts';
import { judgingProblems } from './judging.ts';
import { requestProblems } from './request.ts';
import { resultProblems } from './results.ts';
import { signInProblems } from './signIn.ts';
import { talkProblems } from './talk.ts';
import { workflowProblems } from './workflow.ts';

export type { ProblemEntry } from './entry.ts';

const all = {
  ...requestProblems,
  ...accessProblems,
  ...signInProblems,
  ...directoryProblems,
  ...workflowProblems,
  ...talkProblems,
  ...indicatorProblems,
  ...findingProblems,
  ...ballotProblems,
  ...judgingProblems,
  ...resultProblems,
};

/** The stable id of a refusal, e.g. `task.closed`. */
export type ProblemId = keyof typeof all;

/** Every refusal that the API can answer; the documentation's table is made from it. */
export const catalogue: Record<ProblemId, ProblemEntry> = all;
