import { earlierTargets, isHuman, type Model, type Site, sitesOf } from '../../model.ts';
import { error, type Finding, text } from '../finding.ts';
import type { Rule } from './rule.ts';

/**
 * A gate that sends a case back must let somebody act before it looks again. Otherwise the case runs in a circle that
 * nothing stops: XState would hang, and timers of days that have passed would fire for ever.
 */
export const loops: Rule = (model) =>
  sitesOf(model, 'gate').flatMap((site): Finding[] => {
    const target = site.block.onFail === 'end' ? undefined : model.byKey.get(site.block.onFail);
    if (!target || !earlierTargets(model, site).includes(target)) return [];
    if (between(model, target, site).some(surelyActs)) return [];
    return [
      error(
        'loop.endless',
        `${site.path}.onFail`,
        text(
          `从“${target.block.key}”回到这里没有人办理，会无休止地循环。`,
          `From "${target.block.key}" back to here nobody acts: the case would run in a circle for ever.`,
        ),
        text('退回到一个任务或审批，让人改正。', 'Send it back to a task or approval, where somebody can correct it.'),
      ),
    ];
  });

/** The blocks that every case passes from an earlier block to a later one. */
function between(model: Model, target: Site, site: Site): Site[] {
  const passed: Site[] = [];
  let at: Site | undefined = site;
  while (at && at.list !== target.list) {
    // At the top level of another phase, everything before in that phase is passed, too.
    passed.push(...at.list.slice(0, at.index));
    if (!at.parent && !target.parent) break;
    at = at.parent;
  }
  if (at && at.list === target.list) return [...passed, ...target.list.slice(target.index, at.index)];
  const phases = model.roots[target.phase].slice(target.index);
  return [...passed, ...phases.filter((one) => one.machine === target.machine)];
}

/** Whether somebody must act in a block, whatever the values. */
function surelyActs(site: Site): boolean {
  const { block, paths } = site;
  if (isHuman(block)) {
    // A block that passes at a fixed day passes at once when that day is over.
    const passes = block.escalate?.some((rung) => rung.do === 'pass');
    return !passes || (block.deadline !== undefined && 'from' in block.deadline && block.deadline.from === 'opened');
  }
  switch (block.type) {
    case 'wait':
      return block.until === undefined || ('from' in block.until && block.until.from === 'opened');
    case 'window':
      return 'from' in block.until && block.until.from === 'opened';
    case 'branch':
      return paths.every(({ sites }) => sites.some(surelyActs));
    case 'parallel':
      return paths.some(({ sites }) => sites.some(surelyActs));
    case 'repeat':
      return (
        (block.over === 'months' || block.over === 'quarters') && paths.every(({ sites }) => sites.some(surelyActs))
      );
    default:
      return false;
  }
}
