import type { Phase } from '../../template/schema.ts';
import { says } from '../parts/fields.ts';
import { applyItems } from '../parts/judging.ts';
import { improvement } from '../parts/loop.ts';

/** 整改提升：方案、审核、落实、核验、销号。What was rectified is checked again next year. */
export const rectify: Phase = {
  name: says('整改提升', 'Rectification'),
  window: { start: { date: '02-15', year: 'next' }, end: { date: '08-31', year: 'next' } },
  blocks: [...improvement({ shows: ['totalScore'], recheck: true, found: ['problems'], unmet: 2 }), applyItems()],
};
