import { openRound } from './ballots/open.ts';
import { survey } from './ballots/survey.ts';
import { surge } from './complaints/surge.ts';
import type { Services } from './engine/service.ts';
import { assign } from './indicators/assign.ts';
import { owners } from './indicators/owners.ts';
import { pace } from './indicators/pace.ts';
import { record } from './indicators/record.ts';
import { retarget } from './indicators/retarget.ts';
import { letter } from './letters/service.ts';
import { carry } from './rectification/carry.ts';
import { former } from './results/former.ts';
import { grade } from './results/grade.ts';
import { rank } from './results/rank.ts';
import { uses } from './results/uses.ts';
import { score } from './scoring/score.ts';

/** What carries out the blocks that the server does beside the cases. */
export const services: Services = {
  score,
  ballots: openRound,
  rank,
  assign,
  record,
  owners,
  carry,
  grade,
  uses,
  letter,
  former,
  surge,
  pace,
  retarget,
  survey,
};
