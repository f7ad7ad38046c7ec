import type { Phase } from '../../template/schema.ts';
import { says } from '../parts/fields.ts';
import { reporting, superviseBehind } from '../parts/reporting.ts';

/** 电子监察：按季采集、核验，自动亮灯。 */
export const execute: Phase = {
  name: says('过程监测', 'Monitoring'),
  window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
  blocks: [reporting({ over: 'quarters', after: [superviseBehind('Q4')] })],
};
