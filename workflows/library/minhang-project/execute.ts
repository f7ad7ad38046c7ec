import type { Phase } from '../../template/schema.ts';
import { decimal, must, says } from '../parts/fields.ts';
import { reporting, superviseBehind } from '../parts/reporting.ts';

/** 事中跟踪：目标进展和支出进度一并报告。 */
export const execute: Phase = {
  name: says('事中跟踪', 'Tracking'),
  window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
  blocks: [
    reporting({
      over: 'quarters',
      fields: [
        decimal('spent', '累计支出', 'Spent so far', { ...must, places: 2, min: '0', max: '100000', unit: '万元' }),
      ],
      collect: ['spent'],
      after: [superviseBehind('Q4')],
    }),
  ],
};
