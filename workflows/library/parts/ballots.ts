import type { BallotsBlock } from '../../template/block.ts';
import { says } from './fields.ts';

/** A round of ballots of these groups, at most so many working days. */
export const ballots = (key: string, zh: string, en: string, groups: string[], workingDays: number): BallotsBlock => ({
  key,
  type: 'ballots',
  per: 'cycle',
  name: says(zh, en),
  groups,
  until: { from: 'opened', workingDays },
});
