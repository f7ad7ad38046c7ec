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

/** The actions that a template may switch on for a block. */
export const EXTRA_ACTIONS = [
  'abstain',
  'delegate',
  'addBefore',
  'addAfter',
  'addParallel',
  'remove',
  'claim',
  'retrieve',
] as const satisfies readonly Action[];

export const extraActionSchema = z.enum(EXTRA_ACTIONS);
