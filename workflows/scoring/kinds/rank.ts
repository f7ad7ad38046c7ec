import { z } from 'zod';
import { error, pathText, text } from '../../template/lint/finding.ts';
import { evaluate } from '../evaluate.ts';
import { amount, Exact, settled } from '../exact.ts';
import { fixed } from '../fixed.ts';
import { type Kind, type Named, named, setting } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/** 名次递减: `base` for the first, and for each place behind `step` less, in `points` or in `percent` of the base. */
export const rankSchema = z.strictObject({
  kind: z.literal('rank'),
  ...named,
  of: rule(),
  base: rule(),
  step: rule(),
  in: z.enum(['percent', 'points']),
});
export interface Rank extends Named {
  kind: 'rank';
  of: Rule;
  base: Rule;
  step: Rule;
  in: 'percent' | 'points';
}

export const rank: Kind<Rank> = {
  title: { zh: '名次计分', en: 'points by rank' },
  open: (rule, scope) => [
    evaluate(rule.of, within(scope, 'of'), 'of'),
    evaluate(rule.base, within(scope, 'base'), 'base'),
    evaluate(rule.step, within(scope, 'step'), 'step'),
    setting('in', rule.in),
  ],
  value: (operands) => {
    const [of, base, step] = [operands.exact('of'), operands.exact('base'), operands.exact('step')];
    if (!of || !base || !step) return null;
    if (settled(of).lt(1))
      throw operands.fault(
        'rank',
        { zh: `名次 ${of.toFixed()} 小于 1。`, en: `The rank ${of.toFixed()} is below 1.` },
        { zh: '名次从 1 起。', en: 'Ranks begin with 1.' },
        'of',
      );
    const each = operands.setting('in') === 'percent' ? base.times(step).div(new Exact(100)) : step;
    return amount(base.minus(each.times(of.minus(1))));
  },
  lint: ({ step }, path) =>
    fixed(step)?.isNegative()
      ? [
          error(
            'rule.rankStep',
            pathText([...path, 'step']),
            text('每差一名反而加分。', 'Each place behind would add points.'),
            text('写成不小于 0 的数：它是要减去的。', 'Write a number that is not negative: it is taken off.'),
          ),
        ]
      : [],
  words: ({ of, told, pick }) => {
    const percent = told('in') === 'percent';
    const step = percent ? `${of('base')} × ${of('step')}%` : of('step');
    return pick(
      `第 ${of('of')} 名：${of('base')} − (${of('of')} − 1) × ${step}`,
      `place ${of('of')}: ${of('base')} − (${of('of')} − 1) × ${step}`,
    );
  },
};
