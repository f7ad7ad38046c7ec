import type { Phase } from '../../template/schema.ts';
import { says } from '../parts/fields.ts';
import { improvement } from '../parts/loop.ts';

export const rectify: Phase = {
  name: says('整改和应用', 'Rectification'),
  window: { start: { date: '03-01', year: 'next' }, end: { date: '09-30', year: 'next' } },
  blocks: improvement({
    shows: ['totalScore', 'grade', 'visitReport'],
    publicAnswer: true,
    found: ['problems'],
    unmet: 2,
  }),
};
