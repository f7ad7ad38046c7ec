import type { Action } from '../template/action.ts';
import type { HumanBlock } from '../template/block.ts';

/** The actions that the template allows on a block, in the order in which a page offers them. */
export function actionsOf(block: HumanBlock): Action[] {
  const extra = new Set<Action>(block.allow ?? []);
  if (extra.has('claim')) extra.add('unclaim');
  const base: Action[] = block.type === 'task' ? ['submit'] : ['approve'];
  if (block.type === 'approval') {
    if (block.returnTo !== undefined) base.push('return');
    if (block.onReject !== undefined || block.mode === 'vote') base.push('reject');
  }
  return [...base, 'transfer', ...extra];
}

/** Actions that need a reason. */
export const needsReason = (action: Action): boolean =>
  action === 'return' || action === 'reject' || action === 'remove';

/** Actions that name another person. */
export const needsPerson = (action: Action): boolean =>
  ['transfer', 'delegate', 'addBefore', 'addAfter', 'addParallel'].includes(action);
