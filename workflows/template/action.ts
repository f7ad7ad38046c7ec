import { z } from 'zod';

/**
 * What a person may do with a seat. `submit` (tasks), `approve`, `return` and `transfer` are on by default, `reject` where the
 * block has `onReject` or votes; the others only where the template's `allow` names them.
 */
export const ACTIONS = [
  'submit',
  'approve',
  'return',
  'reject',
  'abstain',
  'transfer',
  'delegate',
  'addBefore',
  'addAfter',
  'addParallel',
  'remove',
  'claim',
  'unclaim',
  'retrieve',
] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * What a template may switch on for a block: actions with a seat, and `withdraw`: whoever began the case with this block takes
 * it back while nobody has acted on it.
 */
export const EXTRA_ACTIONS = [
  'abstain',
  'delegate',
  'addBefore',
  'addAfter',
  'addParallel',
  'remove',
  'claim',
  'retrieve',
  'withdraw',
] as const satisfies readonly (Action | 'withdraw')[];

export const extraActionSchema = z.enum(EXTRA_ACTIONS);
