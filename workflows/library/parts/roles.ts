import type { CycleTemplate } from '../../template/schema.ts';
import { says } from './fields.ts';

const ROLES = {
  performanceOffice: { name: says('市绩效办', 'Performance office'), scope: 'city' },
  committee: { name: says('市绩效管理委员会', 'Performance committee'), scope: 'city' },
  standingCommittee: { name: says('市委常委会', 'Standing committee'), scope: 'city' },
  leaders: { name: says('市领导', 'Leaders of the city'), scope: 'city' },
  grassRoots: { name: says('区镇基层评议组', 'Grass roots of the districts'), scope: 'city' },
  surveyTeam: { name: says('民意调查队', 'Survey team'), scope: 'city' },
  thirdParty: { name: says('第三方评估机构', 'Third party'), scope: 'city' },
  reviewers: { name: says('绩效复核组', 'Review group'), scope: 'city' },
  staff: { name: says('绩效联络员', 'Staff for performance'), scope: 'unit' },
  monitor: { name: says('监测单位经办人', 'Monitor'), scope: 'unit' },
} as const satisfies CycleTemplate['roles'];

/** The roles of a template by their usual names. */
export const rolesOf = (...keys: (keyof typeof ROLES)[]): CycleTemplate['roles'] =>
  Object.fromEntries(keys.map((key) => [key, ROLES[key]]));
