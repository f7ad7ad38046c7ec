import { EXTRA_ACTIONS } from '../../../workflows/template/action.ts';
import type { ApprovalBlock, HumanBlock } from '../../../workflows/template/block.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import { isHuman } from '../../../workflows/template/model.ts';
import { blocksOf, type CycleTemplate } from '../../../workflows/template/schema.ts';

const MODES = ['any', 'all', 'sequential'] as const;

const isGreen = (template: CycleTemplate): boolean =>
  lintTemplate(template).every(({ severity }) => severity !== 'error');

/** What makes sense on a block: abstention in votes, claiming where several share a seat, withdrawing a task. */
function extrasOf(block: HumanBlock): HumanBlock['allow'] {
  const mode = block.type === 'task' ? 'any' : (block.mode ?? 'any');
  const sense: Partial<Record<(typeof EXTRA_ACTIONS)[number], boolean>> = {
    abstain: mode === 'vote',
    claim: mode === 'any',
    withdraw: block.type === 'task',
  };
  return EXTRA_ACTIONS.filter((action) => sense[action] ?? true);
}

/**
 * The same template with every action switched on: approvals without a mode take turns in theirs, whoever returns may choose
 * where to, and every other one gets it straight back, where the linter has nothing against it.
 */
export function unleash(given: CycleTemplate): CycleTemplate {
  const template = structuredClone(given);
  const approvals: ApprovalBlock[] = [];
  for (const { block } of blocksOf(template)) {
    if (!isHuman(block)) continue;
    if (block.type === 'approval') {
      block.mode ??= MODES[approvals.length % MODES.length];
      approvals.push(block);
      if (block.returnTo !== undefined) block.returnChoice = 'earlier';
    }
    block.allow = extrasOf(block);
  }
  for (const block of approvals.filter((one, i) => one.returnTo !== undefined && i % 2 === 0)) {
    block.afterReturn = 'back';
    if (!isGreen(template)) delete block.afterReturn;
  }
  return template;
}
