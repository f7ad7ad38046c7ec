import { sitesOf } from '../../model.ts';
import { error, type Finding, text } from '../finding.ts';
import type { Rule } from './rule.ts';

/** Weights and vetoes belong to entries of `who`, and somebody has a say. */
export const votes: Rule = (model) =>
  sitesOf(model, 'approval').flatMap(({ block, path }): Finding[] => {
    const { weights = [], veto = [] } = block.vote ?? {};
    const findings: Finding[] = [];
    if (weights.length > block.who.length)
      findings.push(
        error(
          'vote.weights',
          `${path}.vote.weights[${block.who.length}]`,
          text(
            '权重比 who 的条目多，多出的不起作用。',
            'There are more weights than entries of who; the rest do nothing.',
          ),
          text('每个 who 条目对应一个权重。', 'Give one weight for each entry of who.'),
        ),
      );
    if (weights.length >= block.who.length && weights.every((weight) => Number(weight) === 0))
      findings.push(
        error(
          'vote.weights',
          `${path}.vote.weights`,
          text('所有权重都是 0，永远达不到法定人数。', 'All weights are 0: no quorum can ever be reached.'),
          text('至少一个权重大于 0。', 'Give at least one more than 0.'),
        ),
      );
    veto.forEach((entry, i) => {
      if (entry >= block.who.length || veto.indexOf(entry) < i)
        findings.push(
          error(
            'vote.veto',
            `${path}.vote.veto[${i}]`,
            text(
              '这个序号不是 who 的条目，或写了两次。',
              'This is not the position of an entry of who, or is there twice.',
            ),
            text('从 0 数起，写 who 中的位置。', 'Give positions in who, counted from 0.'),
          ),
        );
    });
    return findings;
  });
