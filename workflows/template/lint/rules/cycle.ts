import { handsOut, isServed } from '../../block.ts';
import { around } from '../../model.ts';
import { error, type Finding, text } from '../finding.ts';
import type { Rule } from './rule.ts';

/** Where the participants' cases and the cycle's own meet. */
export const cycleBlocks: Rule = ({ sites, roots }) =>
  sites.flatMap((site): Finding[] => {
    const { block, path } = site;
    const findings: Finding[] = [];
    if (block.per === 'cycle' && site.parent)
      findings.push(
        error(
          'cycle.nested',
          `${path}.per`,
          text(
            '全周期的区块只能放在阶段的最外层。',
            'A block of the whole cycle stands only at the top level of a phase.',
          ),
          text('移到阶段的最外层。', 'Move it to the top level.'),
        ),
      );
    if (block.per === 'participant' && site.cycle)
      findings.push(
        error(
          'cycle.nested',
          `${path}.per`,
          text(
            '全周期的区块里面不能再按参评单位办理。',
            'Inside a block of the whole cycle nothing runs for each participant.',
          ),
          text('删除 per，或移出去。', 'Leave `per` out, or move the block out.'),
        ),
      );
    if (block.opens !== undefined) {
      const top = roots[site.phase];
      const first = !site.parent && site.cycle && !top[site.index - 1]?.cycle;
      if (!first)
        findings.push(
          error(
            'cycle.opens',
            `${path}.opens`,
            text(
              'opens 只对一段连续全周期区块中的第一个起作用。',
              'opens counts only on the first of neighbouring blocks of the whole cycle.',
            ),
            text('移到第一个全周期区块上，或改用等待区块。', 'Move it to that block, or use a wait.'),
          ),
        );
    }
    const end =
      block.type === 'approval' && block.onReject === 'end'
        ? 'onReject'
        : block.type === 'gate' && block.onFail === 'end'
          ? 'onFail'
          : undefined;
    if (end && site.machine === 'cycle')
      findings.push(
        error(
          'cycle.end',
          `${path}.${end}`,
          text(
            '全周期的流程在这里结束，所有参评单位会一直等下去。',
            "Here the cycle's own case would end, and every participant would wait for it for ever.",
          ),
          text('改为退回到同一段里更早的步骤。', 'Go back to an earlier block of the same meeting.'),
        ),
      );
    if (block.type === 'repeat' && block.over === 'sections' && site.cycle)
      findings.push(
        error(
          'cycle.participant',
          `${path}.over`,
          text(
            '全周期的区块没有参评单位，也就没有科室。',
            'A block of the whole cycle has no participant, so no sections.',
          ),
          text('放到按参评单位办理的区块里。', 'Move it among the blocks of the participants.'),
        ),
      );
    return findings;
  });

/** What compares participants only the cycle's case can do, once; what puts a unit's own on record, only that unit's. */
export const places: Rule = (model) =>
  model.sites.flatMap((site): Finding[] => {
    const { block, path } = site;
    const repeated = site.machine !== 'cycle' || around(site).some((outer) => outer.block.type === 'repeat');
    if (block.type === 'ballots' && repeated)
      return [
        error(
          'ballots.place',
          `${path}.type`,
          text('投票评价只能放在全周期的区块里。', 'Ballots are cast in a block of the whole cycle.'),
          text('加上 per: cycle，放在阶段最外层。', 'Add per: cycle, at the top level of a phase.'),
        ),
      ];
    if (block.type !== 'compute' || !isServed(block)) return [];
    const { kind } = block.rule;
    if (!handsOut(block))
      return site.cycle
        ? [
            error(
              'cycle.participant',
              `${path}.rule.kind`,
              text('这一步要按参评单位进行。', 'This is done for each participant.'),
              text('去掉 per: cycle。', 'Leave per: cycle out.'),
            ),
          ]
        : [];
    if (repeated)
      return [
        error(
          `${kind}.place`,
          `${path}.rule.kind`,
          text('这一步只能在全周期的区块里进行一次。', 'This is done once, in a block of the whole cycle.'),
          text('加上 per: cycle，放在阶段最外层。', 'Add per: cycle, at the top level of a phase.'),
        ),
      ];
    const ranked = Object.values(model.template.categories).some((category) => category.ranked);
    return ranked || kind !== 'rank'
      ? []
      : [
          error(
            'rank.noCategory',
            `${path}.rule.kind`,
            text('没有参加排名的类别。', 'No category is ranked.'),
            text('在 categories 里把 ranked 设为 true。', 'Set ranked to true for a category.'),
          ),
        ];
  });
