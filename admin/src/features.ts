import account from './account/index.ts';
import audit from './audit/index.ts';
import ballots from './ballots/index.ts';
import calendar from './calendar/index.ts';
import cases from './case/index.ts';
import cycles from './cycles/index.ts';
import delegations from './delegations/index.ts';
import type { CycleView, Feature, MenuItem } from './feature.ts';
import inbox from './inbox/index.ts';
import incidents from './incidents/index.ts';
import lights from './lights/index.ts';
import office from './office/index.ts';
import operations from './operations/index.ts';
import orgs from './orgs/index.ts';
import people from './people/index.ts';
import publicPages from './public/index.ts';
import reports from './reports/index.ts';
import results from './results/index.ts';
import session from './session/index.ts';
import task from './task/index.ts';
import templates from './templates/index.ts';
import tokens from './tokens/index.ts';
import unit from './unit/index.ts';

/** Everything the console can do, in the order of the menu and of the tabs of a cycle. */
const features: Feature[] = [
  inbox,
  task,
  cases,
  unit,
  ballots,
  cycles,
  lights,
  office,
  results,
  reports,
  calendar,
  delegations,
  templates,
  orgs,
  people,
  tokens,
  incidents,
  operations,
  audit,
  account,
  publicPages,
  session,
];

export const routes = Object.assign({}, ...features.map((one) => one.routes)) as NonNullable<Feature['routes']>;
export const outside = Object.assign({}, ...features.map((one) => one.outside)) as NonNullable<Feature['outside']>;
export const menuItems: MenuItem[] = features.flatMap((one) => one.menu ?? []);
export const cycleViews: CycleView[] = features.flatMap((one) => one.cycleViews ?? []);
