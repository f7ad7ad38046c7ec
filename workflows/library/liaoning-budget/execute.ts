import type { Phase } from '../../template/schema.ts';
import { decimal, must, says } from '../parts/fields.ts';
import { feel, reporting } from '../parts/reporting.ts';

/** 运行监控：按季报告绩效目标和预算支出，滞后 20% 及以上自动预警。 */
export const execute: Phase = {
  name: says('绩效运行监控', 'Monitoring'),
  window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
  blocks: [
    reporting({
      over: 'quarters',
      fields: [
        decimal('spent', '累计支出', 'Spent so far', { ...must, places: 2, min: '0', max: '100000', unit: '万元' }),
      ],
      collect: ['spent'],
    }),
    feel('unspent', '结余', 'What is left', 'leftOver', 'budget - spent'),
  ],
};
