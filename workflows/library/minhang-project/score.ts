import type { IndicatorsSection } from '../../indicators/schema.ts';
import { targetChange } from '../parts/change.ts';
import { says } from '../parts/fields.ts';
import { type Judged, rounded } from '../parts/judging.ts';
import { SATISFACTION } from './satisfaction.ts';

export const indicators: IndicatorsSection = {
  change: targetChange(),
  total: '100',
  weights: 'rescale',
  list: [
    {
      code: 'M1',
      name: says('预算执行率', 'Budget carried out'),
      kind: 'common',
      unit: '%',
      aggregation: 'toDate',
      direction: 'up',
      frequency: 'quarter',
      weight: '20',
      target: '95',
    },
  ],
};

/** The public's 40 % is the source's; the third-party team has the rest. */
export const judged: Judged = {
  rule: rounded({
    kind: 'composite',
    of: [
      {
        key: 'thirdParty',
        name: says('第三方评价', 'Third-party team'),
        weight: '60',
        rule: { kind: 'raters', of: 'ballots.experts.overall', trimAbove: 5 },
      },
      {
        key: 'questionnaire',
        name: says('公众问卷', 'Questionnaire to the public'),
        weight: '40',
        rule: {
          kind: 'votes',
          of: 'ballots.questionnaire.overall',
          points: Object.fromEntries(SATISFACTION.map(({ key, points }) => [key, points])),
        },
      },
    ],
  }),
  graded: true,
};
