import type { FlagRule } from '../series/schema.ts';

/** Values that the office should look at, in every template that takes values; the bounds are examples. */
export const suspicious: FlagRule[] = [
  { key: 'impossible', kind: 'impossible' },
  { key: 'outlier', kind: 'outlier', z: '5', least: 6 },
  { key: 'copied', kind: 'copied', from: 'period', times: 3 },
  { key: 'overstated', kind: 'gap', percent: '10' },
];

/** “Over-fulfilled” while the audit finds 32 % of the money idle: from 30 % on it is flagged, which is an example. */
export const idleMoney: FlagRule = { key: 'idleMoney', kind: 'idle', achieved: '100', idle: '30' };
