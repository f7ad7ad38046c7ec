import { Exact } from '../../scoring/exact.ts';
import type { Rule } from '../../scoring/rule.ts';
import type { ComputeBlock } from '../../template/block.ts';
import type { ResultUse } from '../../uses/schema.ts';
import { says } from './fields.ts';

/**
 * Money by the results, to two places half up: the value `of`, changed by the percents of the `budget` uses that apply, added up. Nothing
 * applies: the same money again.
 */
export const budgetBy = (uses: readonly ResultUse[], of: string): Rule => ({
  kind: 'round',
  places: 2,
  mode: 'halfUp',
  of: {
    kind: 'product',
    of: [
      { kind: 'input', path: `values.${of}` },
      {
        kind: 'sum',
        name: says('按结果调整', 'Changed by the results'),
        of: [
          '1',
          ...uses.flatMap(({ key, name, effect }): Rule[] =>
            effect.kind === 'budget'
              ? [
                  {
                    kind: 'choose',
                    name,
                    when: [
                      {
                        if: `list contains(values.uses, "${key}")`,
                        gives: new Exact(effect.percent).div(100).toFixed(),
                      },
                    ],
                    else: '0',
                  },
                ]
              : [],
          ),
        ],
      },
    ],
  },
});

/** 结果与预算挂钩: what the results make of the money granted (`budget`) becomes `nextAmount`, known to the unit and to its next plan. */
export const nextAmount = (uses: readonly ResultUse[]): ComputeBlock => ({
  key: 'amountByResult',
  type: 'compute',
  name: says('按评价结果测算的下年度预算（万元）', 'Next budget by the results (10 000 yuan)'),
  into: 'nextAmount',
  rule: { kind: 'rule', rule: budgetBy(uses, 'budget') },
});

/** What the last cycle that came to it decided on the unit's money: `allotted`, empty where there was none. */
export const allotted = (): ComputeBlock => ({
  key: 'allottedBefore',
  type: 'compute',
  name: says('上一周期按评价结果安排的预算（万元）', 'Budget by the results of the last cycle (10 000 yuan)'),
  into: 'allotted',
  rule: { kind: 'former', value: 'nextAmount' },
});
