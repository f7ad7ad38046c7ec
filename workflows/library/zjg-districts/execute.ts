import type { Pace } from '../../series/pace.ts';
import type { Block, RepeatBlock } from '../../template/block.ts';
import { longText, says } from '../parts/fields.ts';
import { feel, reporting } from '../parts/reporting.ts';

const figure = (key: string, zh: string, en: string, into: string, of: keyof Omit<Pace, 'rows'>): Block => ({
  key,
  type: 'compute',
  name: says(zh, en),
  into,
  rule: { kind: 'rule', rule: `values.pace.${of}` },
});

/**
 * Each month: the values, then, from these and those of the cycle before, the growth of the key indicators on the same time last year,
 * their progress rate, and the weighted index (done against the year's target, by weight; 100 × the month's share of the year is on
 * schedule).
 */
export const monthlyIndex = (after: Block[]): RepeatBlock =>
  reporting({
    over: 'months',
    verifies: 'office',
    fields: [longText('monthNote', '分析说明', 'Remarks', { maxLength: 2000 })],
    collect: ['growth', 'progressRate', 'weightedIndex', 'keyProgress'],
    after: [
      {
        key: 'pace',
        type: 'compute',
        name: says('重点指标月度进度', 'Key indicators of the month'),
        into: 'pace',
        rule: { kind: 'pace', group: 'key' },
      },
      // Without a cycle before there is no growth: null, and no incident.
      figure('yearOnYear', '同比增幅（%）', 'Growth on the year before (%)', 'growth', 'growth'),
      figure('rate', '进度率（%）', 'Progress rate (%)', 'progressRate', 'progress'),
      figure('index', '加权指数', 'Weighted index', 'weightedIndex', 'index'),
      feel('paceText', '重点指标进度明细', 'Each key indicator', 'keyProgress', 'pace.text'),
      ...after,
    ],
  });
