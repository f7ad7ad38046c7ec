import type { AssessorGroup } from '../../ballots/schema.ts';
import type { IndicatorsSection } from '../../indicators/schema.ts';
import { targetChange } from '../parts/change.ts';
import { says } from '../parts/fields.ts';
import { attained, type Judged, rounded } from '../parts/judging.ts';
import { city } from '../parts/who.ts';

const percent = { unit: '%', direction: 'up', frequency: 'quarter', kind: 'common' } as const;

/** Every project is measured by how its money is spent; what else it is measured by, its plan says. Weights are examples. */
export const indicators: IndicatorsSection = {
  change: targetChange(),
  total: '100',
  weights: 'rescale',
  list: [
    {
      code: 'B1',
      name: says('预算执行率', 'Budget carried out'),
      weight: '20',
      target: '95',
      ...percent,
      aggregation: 'toDate',
    },
    { code: 'B2', name: says('资金使用合规率', 'Money spent by the rules'), weight: '20', target: '100', ...percent },
  ],
};

export const assessors: AssessorGroup[] = [
  {
    key: 'panel',
    name: says('预算绩效评审专家组', 'Panel of experts'),
    kind: 'thirdParty',
    who: [city('panel')],
    scale: { min: '0', max: '100' },
  },
];

/** What indicators and panel count is an example. */
export const judged: Judged = {
  rule: rounded({
    kind: 'composite',
    of: [
      { key: 'goals', weight: '60', rule: attained(says('绩效目标完成', 'Goals met')) },
      {
        key: 'panel',
        name: says('专家组评价', 'Panel'),
        weight: '40',
        // More than five raters: the highest and the lowest are left out.
        rule: { kind: 'raters', of: 'ballots.panel.overall', trimAbove: 5 },
      },
    ],
  }),
  graded: true,
};
