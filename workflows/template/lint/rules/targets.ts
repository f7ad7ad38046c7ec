import { untilOf } from '../../block.ts';
import { around, between, earlierTargets, isHuman, jumpsOf, type Model, type Site } from '../../model.ts';
import { error, type Finding, text } from '../finding.ts';
import { below } from '../known.ts';
import type { Rule } from './rule.ts';

/** A return, rejection or failed gate goes to an earlier block that the case has surely passed, in its own machine. */
export const targets: Rule = (model) =>
  jumpsOf(model).flatMap(({ from, to, path }): Finding[] => {
    const target = model.byKey.get(to);
    if (!target)
      return [
        error(
          'target.unknown',
          path,
          text(`没有名为“${to}”的区块。`, `There is no block "${to}".`),
          text('改正区块名。', 'Correct the key.'),
        ),
      ];
    if (earlierTargets(model, from).includes(target))
      return from.block.type === 'gate' ? [] : comesBack(model, from, target, path);
    if (target.machine !== from.machine)
      return [
        error(
          'target.otherCase',
          path,
          text(`“${to}”在另一个流程里，退不回去。`, `"${to}" runs in another case; a case cannot go back to it.`),
          text('退回到同一流程里更早的步骤。', 'Go back to an earlier block of the same case.'),
        ),
      ];
    if (target.order >= from.order)
      return [
        error(
          'target.later',
          path,
          text(`“${to}”不在这一步之前。`, `"${to}" is not before this block.`),
          text('只能退回到更早的步骤。', 'Go back to an earlier block.'),
        ),
      ];
    if (around(from).includes(target)) return [aroundIt(to, path)];
    if (!target.parent && !from.cycle)
      return [
        error(
          'target.overMeeting',
          path,
          text(
            `“${to}”之后有全周期的步骤，已经办完，不能再退回到它之前。`,
            `After "${to}" comes a block of the whole cycle, which has passed for good.`,
          ),
          text('退回到该步骤之后的区块。', 'Go back to a block after it.'),
        ),
      ];
    return [
      error(
        'target.inside',
        path,
        text(
          `“${to}”在别的分支、并行或重复里面，不一定经过。`,
          `"${to}" stands inside another branch, parallel or repeat.`,
        ),
        text(
          '退回到同一序列或外层序列里更早的步骤。',
          'Go back to an earlier block of the same or an enclosing sequence.',
        ),
      ),
    ];
  });

/** Work that is sent back must come to somebody; else it is at once where it was. */
function comesBack(model: Model, from: Site, target: Site, path: string): Finding[] {
  const passed = between(model, target, from).flatMap(below);
  if (passed.some(({ block }) => isHuman(block) || block.type === 'wait' || untilOf(block) !== undefined)) return [];
  return [
    error(
      'target.nobody',
      path,
      text(
        `从“${target.block.key}”回到这里没有人办理，退回等于没退。`,
        `From "${target.block.key}" back to here nobody acts: what is returned is here again at once.`,
      ),
      text('退回到有人办理的步骤。', 'Go back to a block where somebody acts.'),
    ),
  ];
}

const aroundIt = (to: string, path: string): Finding =>
  error(
    'target.around',
    path,
    text(`这一步就在“${to}”里面。`, `This block stands inside "${to}".`),
    text('退回到里面更早的步骤，或它前面的步骤。', 'Go back to an earlier block inside it, or to one before it.'),
  );
