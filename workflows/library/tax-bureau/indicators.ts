import type { Indicator, IndicatorsSection } from '../../indicators/schema.ts';
import { targetChange } from '../parts/change.ts';
import { says } from '../parts/fields.ts';

/** From the top down. */
export const LEVELS = [
  ['provincial', 'P', '省级税务局', 'Provincial bureaux'],
  ['municipal', 'M', '市级税务局', 'Municipal bureaux'],
  ['county', 'C', '县级税务局', 'County bureaux'],
] as const;

/** Standing policy demands of the centre, turned into what is measured; the year's own are issued. Weights and targets are examples. */
const DEMANDS: readonly (Omit<Indicator, 'code' | 'kind' | 'frequency' | 'categories' | 'parent'> & { key: string })[] =
  [
    {
      key: 'revenue',
      name: says('组织税费收入完成率', 'Revenue collected against plan'),
      unit: '%',
      direction: 'up',
      aggregation: 'toDate',
      weight: '25',
      target: '100',
    },
    {
      key: 'relief',
      name: says('减税降费政策直达率', 'Tax relief that reached those entitled'),
      unit: '%',
      direction: 'up',
      weight: '20',
      target: '98',
    },
    {
      key: 'refund',
      name: says('出口退税平均办理天数', 'Days to refund exporters'),
      unit: '天',
      direction: 'down',
      weight: '15',
      target: '5',
    },
    {
      key: 'risk',
      name: says('风险应对任务完成率', 'Risk tasks completed'),
      unit: '%',
      aggregation: 'toDate',
      direction: 'up',
      weight: '20',
      target: '95',
    },
    {
      key: 'online',
      name: says('涉税事项网上办理率', 'Tax matters done online'),
      unit: '%',
      direction: 'up',
      weight: '20',
      target: '90',
    },
  ];

/** Each demand at each level; the lower one is a part of the one above. */
const list: Indicator[] = LEVELS.flatMap(([level, letter], depth) =>
  DEMANDS.map(({ key, ...demand }, i) => {
    const above = LEVELS[depth - 1]?.[1];
    return {
      code: `${letter}${i + 1}-${key}`,
      ...demand,
      kind: 'common' as const,
      categories: [level],
      frequency: 'quarter' as const,
      rollUp: 'mean' as const,
      ...(above && { parent: `${above}${i + 1}-${key}` }),
    };
  }),
);

export const indicators: IndicatorsSection = {
  total: '100',
  weights: 'rescale',
  list,
  frequency: 'quarter',
  issued: 'demands',
  change: targetChange(),
};
