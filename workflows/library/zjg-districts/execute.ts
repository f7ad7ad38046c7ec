import type { Block, RepeatBlock } from '../../template/block.ts';
import { longText, says } from '../parts/fields.ts';
import { feel, reporting } from '../parts/reporting.ts';

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
      feel('yearOnYear', '同比增幅（%）', 'Growth on the year before (%)', 'growth', 'pace.growth'),
      feel('rate', '进度率（%）', 'Progress rate (%)', 'progressRate', 'pace.progress'),
      feel('index', '加权指数', 'Weighted index', 'weightedIndex', 'pace.index'),
      feel('paceText', '重点指标进度明细', 'Each key indicator', 'keyProgress', 'pace.text'),
      ...after,
    ],
  });
