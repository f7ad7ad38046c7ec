import type { IndicatorsSection } from '../../indicators/schema.ts';
import { targetChange } from '../parts/change.ts';
import { says } from '../parts/fields.ts';
import { attained, type Judged, rounded } from '../parts/judging.ts';

/** Two indicators for every department; the others are its own. */
export const indicators: IndicatorsSection = {
  change: targetChange(),
  total: '100',
  weights: 'rescale',
  list: [
    {
      code: 'S1',
      name: says('服务对象满意度', 'Satisfaction of those served'),
      kind: 'common',
      unit: '%',
      direction: 'up',
      frequency: 'quarter',
      weight: '20',
      target: '85',
    },
    {
      code: 'S2',
      name: says('事项平均办理天数', 'Days to handle a matter'),
      kind: 'common',
      unit: '天',
      direction: 'down',
      frequency: 'quarter',
      weight: '20',
      target: '5',
    },
  ],
};

export const judged: Judged = { rule: rounded(attained(says('指标完成', 'Indicators'))) };
