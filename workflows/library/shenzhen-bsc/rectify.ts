import type { Phase } from '../../template/schema.ts';
import { says } from '../parts/fields.ts';
import { applyItems } from '../parts/judging.ts';
import { improvement } from '../parts/loop.ts';

export const rectify: Phase = {
  name: says('改进提升', 'Improvement'),
  window: { start: { date: '03-01', year: 'next' }, end: { date: '09-30', year: 'next' } },
  blocks: [...improvement({ shows: ['totalScore', 'standing'], recheck: true, unmet: 3 }), applyItems()],
};
