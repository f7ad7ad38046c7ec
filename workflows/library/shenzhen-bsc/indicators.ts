import type { Indicator, IndicatorsSection } from '../../indicators/schema.ts';
import { targetChange } from '../parts/change.ts';
import { says } from '../parts/fields.ts';

/** The four dimensions of the scorecard are the source's, their weights examples. */
export const DIMENSIONS = [
  ['finance', '财政', 'Finance', '20'],
  ['public', '公众', 'Public', '35'],
  ['process', '内部流程', 'Internal process', '25'],
  ['learning', '学习与成长', 'Learning and growth', '20'],
] as const;
type Dimension = (typeof DIMENSIONS)[number][0];

const one = (
  code: string,
  group: Dimension,
  names: readonly [zh: string, en: string],
  measured: Pick<Indicator, 'unit' | 'direction' | 'target' | 'weight' | 'aggregation'>,
): Indicator => ({ code, group, name: says(...names), kind: 'common', frequency: 'quarter', ...measured });

const percent = (target: string, weight: string) => ({ unit: '%', direction: 'up', target, weight }) as const;

/** Each dimension weighs what it weighs in the score. */
const list: Indicator[] = [
  one('F1', 'finance', ['年度预算执行率', 'Budget carried out'], { ...percent('95', '12'), aggregation: 'toDate' }),
  one('F2', 'finance', ['行政运行成本', 'Cost of administration per person'], {
    unit: '万元',
    direction: 'down',
    target: '12',
    weight: '8',
  }),
  one('P1', 'public', ['企业和群众满意度', 'Satisfaction of companies and citizens'], percent('90', '20')),
  one('P2', 'public', ['承诺事项按时办结率', 'Services done in the time promised'], percent('98', '15')),
  one('I1', 'process', ['行政审批平均用时', 'Average time of an approval'], {
    unit: '工作日',
    direction: 'down',
    target: '5',
    weight: '10',
  }),
  one('I2', 'process', ['重点工作按期完成率', 'Key work done in time'], percent('95', '15')),
  one('L1', 'learning', ['人均培训学时', 'Hours of training per person'], {
    unit: '学时',
    direction: 'up',
    target: '60',
    weight: '10',
  }),
  one('L2', 'learning', ['改革创新项目落地数', 'Reforms carried out'], {
    unit: '项',
    direction: 'up',
    target: '3',
    weight: '10',
  }),
];

export const indicators: IndicatorsSection = {
  change: targetChange(),
  total: '100',
  weights: 'rescale',
  list,
  frequency: 'quarter',
  groups: Object.fromEntries(DIMENSIONS.map(([key, zh, en]) => [key, { name: says(zh, en) }])),
};
