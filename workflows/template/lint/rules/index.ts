import { actions, automatic, returns } from './actions.ts';
import { adjustments } from './adjustments.ts';
import { approvals } from './approvals.ts';
import { assessors } from './assessors.ts';
import { rankBy, scoringRules } from './compute.ts';
import { cycleBlocks, places } from './cycle.ts';
import { dates, passedDates, phaseWindows } from './dates.ts';
import { expressions } from './expressions.ts';
import { fields } from './fields.ts';
import { indicators } from './indicators.ts';
import { judging } from './judging.ts';
import { blockKeys, otherKeys, pathKeys } from './keys.ts';
import { deadlines, rungs } from './ladder.ts';
import { loops } from './loops.ts';
import { feelNames, nameKinds, races } from './names.ts';
import { messages } from './notify.ts';
import { publish } from './publish.ts';
import { branches, gates } from './reach.ts';
import { repeats } from './repeats.ts';
import type { Rule } from './rule.ts';
import { access, shows } from './shows.ts';
import { targets } from './targets.ts';
import { unfired } from './unfired.ts';
import { votes } from './votes.ts';
import { waits } from './waits.ts';
import { recusals, unusedRoles, who } from './who.ts';
import { names, size } from './whole.ts';

/** All rules, in the order in which their findings are shown. */
export const rules: readonly Rule[] = [
  size,
  names,
  blockKeys,
  pathKeys,
  otherKeys,
  feelNames,
  nameKinds,
  races,
  fields,
  who,
  unusedRoles,
  recusals,
  shows,
  access,
  targets,
  returns,
  approvals,
  votes,
  actions,
  automatic,
  loops,
  waits,
  dates,
  phaseWindows,
  passedDates,
  deadlines,
  rungs,
  unfired,
  cycleBlocks,
  places,
  expressions,
  branches,
  gates,
  scoringRules,
  rankBy,
  indicators,
  repeats,
  messages,
  adjustments,
  judging,
  assessors,
  publish,
];
