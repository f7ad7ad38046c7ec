import type { Phase } from '../../template/schema.ts';
import { reporting, superviseBehind } from '../parts/reporting.ts';

/** 日常监测：按季报告、核验、亮灯、督办。Lights as in 银川: 10 points behind schedule yellow, more than 30 red. */
export const execute: Phase = {
  name: { zh: '日常监测', en: 'Monitoring' },
  window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
  blocks: [
    reporting({
      over: 'quarters',
      after: [superviseBehind('Q4')],
    }),
  ],
};
