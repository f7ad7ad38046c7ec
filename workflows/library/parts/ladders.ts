import type { Rung } from '../../template/when.ts';
import { head, itemHead, office } from './who.ts';

/**
 * What a unit's late task brings: reminder, head of the unit, performance office, then supervision orders, yellow before
 * red. That red costs 2 points is 广元's; the numbers of days are examples.
 */
export const unitLadder: Rung[] = [
  { after: 1, do: 'remind' },
  { after: 2, do: 'head' },
  { after: 3, do: 'office' },
  { after: 3, do: 'transfer', to: head },
  { after: 5, do: 'supervise', colour: 'yellow' },
  { after: 8, do: 'supervise', colour: 'red' },
  { after: 8, do: 'deduct', points: '2' },
  { after: 8, do: 'transfer', to: office },
];

/** The same for what the head decides: there is nobody in the unit to hand it to. */
export const headLadder: Rung[] = [
  { after: 1, do: 'remind' },
  { after: 2, do: 'office' },
  { after: 3, do: 'supervise', colour: 'yellow' },
  { after: 5, do: 'transfer', to: office },
];

/** For a unit that owns indicators of another: an order would stand against the measured unit, which is not to blame. */
export const ownerLadder: Rung[] = [
  { after: 1, do: 'remind' },
  { after: 2, do: 'superior' },
  { after: 3, do: 'office' },
  { after: 3, do: 'transfer', to: itemHead },
  { after: 8, do: 'transfer', to: office },
];

/** For a monitoring unit, which answers for another's work and so loses no points. */
export const monitorLadder: Rung[] = [
  { after: 1, do: 'remind' },
  { after: 2, do: 'office' },
  { after: 3, do: 'supervise', colour: 'yellow' },
  { after: 5, do: 'transfer', to: office },
];

/** For assessors of the whole city. */
export const assessorLadder: Rung[] = [
  { after: 1, do: 'remind' },
  { after: 2, do: 'office' },
  { after: 3, do: 'transfer', to: office },
];

/** For the office itself and the committees. */
export const officeLadder: Rung[] = [
  { after: 1, do: 'remind' },
  { after: 3, do: 'remind' },
  { after: 5, do: 'supervise', colour: 'yellow' },
];

export const REMIND = [-3, -1, 0];
export const REMIND_SHORT = [-1, 0];

/** For the head of a section. */
export const sectionLadder: Rung[] = [
  { after: 1, do: 'remind' },
  { after: 2, do: 'head' },
  { after: 5, do: 'transfer', to: head },
  { after: 10, do: 'transfer', to: office },
];
