import { says } from '../parts/fields.ts';
import { attained, type Judged, rounded } from '../parts/judging.ts';

/** How much taxpayers count is an example. */
export const judged: Judged = {
  rule: rounded({
    kind: 'composite',
    of: [
      { key: 'indicators', weight: '80', rule: attained(says('指标完成', 'Indicators')) },
      {
        key: 'taxpayers',
        name: says('纳税人满意度', 'Satisfaction of taxpayers'),
        weight: '20',
        rule: { kind: 'raters', of: 'ballots.taxpayers.overall' },
      },
    ],
  }),
  ranked: true,
  graded: true,
};
