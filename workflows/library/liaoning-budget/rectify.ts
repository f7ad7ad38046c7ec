import type { Phase } from '../../template/schema.ts';
import { says } from '../parts/fields.ts';
import { improvement } from '../parts/loop.ts';

export const rectify: Phase = {
  name: says('问题整改', 'Rectification'),
  window: { start: { date: '03-01', year: 'next' }, end: { date: '09-30', year: 'next' } },
  blocks: improvement({ shows: ['totalScore', 'grade'], recheck: true, unmet: 3 }),
};
