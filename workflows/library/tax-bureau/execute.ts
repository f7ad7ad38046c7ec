import type { Phase } from '../../template/schema.ts';
import { says } from '../parts/fields.ts';
import { reporting, superviseBehind } from '../parts/reporting.ts';

/** 过程管控：按季报送，上一级税务局核验。 */
export const execute: Phase = {
  name: says('过程管控', 'Monitoring'),
  window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
  blocks: [reporting({ over: 'quarters', after: [superviseBehind('Q4')] })],
};
