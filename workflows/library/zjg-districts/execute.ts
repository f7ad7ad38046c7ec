import type { Block, RepeatBlock } from '../../template/block.ts';
import { decimal, longText, must, percent, table, text } from '../parts/fields.ts';
import { feel, reporting } from '../parts/reporting.ts';

/** 月度进度表: this month's figure, that of the same month last year, and the year's target, for the key indicators. */
const monthly = table(
  'monthly',
  '重点指标月度进度',
  'Key indicators of the month',
  [
    text('name', '指标', 'Indicator', { ...must, maxLength: 200 }),
    decimal('done', '本年累计', 'This year so far', { ...must, places: 2, min: '0', max: '1000000' }),
    decimal('lastYear', '上年同期', 'Same time last year', { ...must, places: 2, min: '0.01', max: '1000000' }),
    decimal('yearTarget', '全年目标', "The year's target", { ...must, places: 2, min: '0.01', max: '1000000' }),
    percent('share', '指数权重', 'Weight in the index', must),
  ],
  { ...must, maxRows: 14, total: { column: 'share', is: '100' } },
);

/**
 * Each month: the figures, their growth on the same time last year, the progress rate, and the weighted index (done against the
 * year's target, by weight; 100 × the month's share of the year is on schedule).
 */
export const monthlyIndex = (after: Block[]): RepeatBlock =>
  reporting({
    over: 'months',
    verifies: 'office',
    fields: [monthly, longText('monthNote', '分析说明', 'Remarks', { maxLength: 2000 })],
    collect: ['growth', 'progressRate', 'weightedIndex'],
    after: [
      feel(
        'yearOnYear',
        '同比增幅（%）',
        'Growth on the year before (%)',
        'growth',
        'round half up(100 * (sum(for row in monthly return row.done) / sum(for row in monthly return row.lastYear) - 1), 2)',
      ),
      feel(
        'rate',
        '进度率（%）',
        'Progress rate (%)',
        'progressRate',
        'round half up(mean(for row in monthly return 100 * row.done / row.yearTarget), 2)',
      ),
      feel(
        'index',
        '加权指数',
        'Weighted index',
        'weightedIndex',
        'round half up(sum(for row in monthly return row.share * row.done / row.yearTarget), 2)',
      ),
      ...after,
    ],
  });
