import { actionsOf } from '../../workflows/approval/decide.ts';
import type { ActEvent } from '../../workflows/machine/context.ts';
import type { HumanBlock } from '../../workflows/template/block.ts';
import { type Draw, pick } from './draw.ts';
import type { OpenTask } from './habits.ts';
import { APPROVALS, REJECTIONS, RETURNS } from './phrases.ts';

export type Choice = Pick<ActEvent, 'action' | 'reason'>;

/** How often one block is sent back before its approvers are content. */
const MOST_RETURNS = 2;

/**
 * What somebody does with a task. Approvers return work, the less often the more often it came back, and better work less
 * often; they reject where that is no end of the case.
 */
export function choose(block: HumanBlock, task: OpenTask, quality: number, returned: number, draw: Draw): Choice {
  if (block.type === 'task') return { action: 'submit' };
  const may = actionsOf(block);
  const u = draw('choice', task.caseId, task.seat);
  const reason = (list: readonly string[]) => pick(list, draw('reason', task.caseId, task.seat));
  const doubt = returned >= MOST_RETURNS ? 0 : (0.06 + 0.3 * (1 - quality)) / (1 + 2 * returned);
  if (u < doubt) {
    if (may.includes('return')) return { action: 'return', reason: reason(RETURNS) };
    if (block.onReject !== undefined && block.onReject !== 'end')
      return { action: 'reject', reason: reason(REJECTIONS) };
  }
  return { action: 'approve', reason: reason(APPROVALS) };
}
