import type { HumanBlock } from '../../block.ts';
import {
  around,
  between,
  earlierTargets,
  humanSites,
  isHuman,
  type Model,
  type Site,
  type SiteOf,
  sitesOf,
} from '../../model.ts';
import { error, type Finding, text, warning } from '../finding.ts';
import { below } from '../known.ts';
import type { Rule } from './rule.ts';

/** Actions that are switched on where they can do something. */
export const actions: Rule = (model) =>
  humanSites(model).flatMap(({ block, path }) =>
    (block.allow ?? []).flatMap((action, i, all): Finding[] => {
      const at = `${path}.allow[${i}]`;
      if (all.indexOf(action) < i)
        return [
          warning(
            'allow.twice',
            at,
            text('重复了。', 'This is there twice.'),
            text('删除一个。', 'Remove one of them.'),
          ),
        ];
      const why = useless(block, action);
      return why
        ? [error('allow.useless', at, why, text('删除它，或改变办理方式。', 'Remove it, or change the mode.'))]
        : [];
    }),
  );

function useless(block: HumanBlock, action: string) {
  const vote = block.type === 'approval' && block.mode === 'vote';
  const shared = block.type === 'task' || (block.mode ?? 'any') === 'any';
  if (action === 'abstain' && !vote) return text('不是表决，没有弃权。', 'Only in a vote can anybody abstain.');
  if (action === 'claim' && !shared)
    return text('每人各有一席，不需要认领。', 'Everybody has a seat of their own; there is nothing to claim.');
  if (action === 'withdraw' && block.type === 'approval')
    return text(
      '流程不由审批发起，不能由发起人撤销到这里。',
      'A case does not begin with an approval; only a task can be withdrawn.',
    );
  if (action === 'remove' && !block.allow?.some((other) => other.startsWith('add')))
    return text('不能加签，也就没有可减的人。', 'Nobody can be added, so there is nobody to take back.');
  return undefined;
}

/** How a return goes on, where there is one; and nothing that must be looked at again is passed over on the way back. */
export const returns: Rule = (model) =>
  sitesOf(model, 'approval').flatMap((site): Finding[] => {
    const { block, path } = site;
    if (block.returnTo === undefined)
      return (['returnChoice', 'afterReturn'] as const)
        .filter((part) => block[part] !== undefined)
        .map((part) =>
          error(
            'return.ignored',
            `${path}.${part}`,
            text(
              '没有 returnTo，不能退回，这一项不起作用。',
              'Without returnTo nothing is returned, so this does nothing.',
            ),
            text('加上 returnTo，或删除这一项。', 'Add returnTo, or remove this.'),
          ),
        );
    if (block.afterReturn !== 'back') return [];
    const skipped = skippedBy(model, site);
    if (!skipped) return [];
    return [
      error(
        'return.skips',
        `${path}.afterReturn`,
        text(
          `重办后直接回到这里，会跳过“${skipped.block.key}”，留下旧的结果。`,
          `Going straight back here passes over "${skipped.block.key}" and keeps its old result.`,
        ),
        text('用 again，逐步走回来。', 'Use again, so that the case walks forward step by step.'),
      ),
    ];
  });

/** A result between a block that may be returned and the one that it goes straight back to; nothing where it walks forward. */
function skippedBy(model: Model, site: SiteOf<'approval'>): Site | undefined {
  const { returnTo, returnChoice } = site.block;
  const targets = earlierTargets(model, site).filter(
    ({ block }) => isHuman(block) && (block.key === returnTo || returnChoice === 'earlier'),
  );
  const frames = around(site).filter(({ block }) => block.type === 'parallel' || block.type === 'repeat');
  return targets
    .filter((target) => frames.every((frame) => around(target).includes(frame)))
    .flatMap((target) => between(model, target, site).flatMap(below))
    .find(({ block }) => block.type === 'compute' || block.type === 'gate');
}

/** What happens by itself. */
export const automatic: Rule = (model) =>
  humanSites(model).flatMap(({ block, path }): Finding[] => {
    const { auto } = block;
    if (!auto) return [];
    const findings: Finding[] = [];
    const required = block.fields?.some((field) => field.required) ?? false;
    if (auto.empty === 'pass' && required)
      findings.push(
        error(
          'auto.values',
          `${path}.auto.empty`,
          text(
            '有必填字段，找不到人时不能自动通过：之后会缺值。',
            'The block has required fields, so it cannot pass without anybody: their values would be missing.',
          ),
          text('用 hold，或另指定一人。', 'Use hold, or name somebody else.'),
        ),
      );
    if (auto.initiator === 'skip' && required)
      findings.push(
        error(
          'auto.values',
          `${path}.auto.initiator`,
          text(
            '有必填字段，发起人是唯一办理人时不能跳过：之后会缺值。',
            'The block has required fields, so it cannot be skipped when only the initiator would act: their values would be missing.',
          ),
          text('用 self 或 superior。', 'Use self or superior.'),
        ),
      );
    const same = auto.sameApprover !== undefined && auto.sameApprover !== 'never';
    if (same && block.type === 'task')
      findings.push(
        error(
          'auto.task',
          `${path}.auto.sameApprover`,
          text('任务没有审批，这一项不起作用。', 'A task is not an approval, so this does nothing.'),
          text('删除它。', 'Remove it.'),
        ),
      );
    if (same && block.type === 'approval' && required)
      findings.push(
        error(
          'auto.values',
          `${path}.auto.sameApprover`,
          text(
            '有必填字段，不能因为批过就自动通过：之后会缺值。',
            'The block has required fields, so nobody can be spared: their values would be missing.',
          ),
          text('用 never，或不设必填。', 'Use never, or do not require the fields.'),
        ),
      );
    return findings;
  });
