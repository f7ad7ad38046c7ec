import type { Who } from '../../template/when.ts';

/** The joint owners of a bureau's indicators: the working group's convenor and members, named in the plan. */
export const MEMBERS = [
  ['convenor', '专责小组召集人', 'Convenor of the working group'],
  ['jointOwner', '协办部门代表', 'Member from a joint department'],
] as const;

export const members: Who[] = MEMBERS.map(([field]) => ({ kind: 'field', field }));
