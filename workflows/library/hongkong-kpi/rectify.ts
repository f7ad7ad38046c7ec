import type { Phase } from '../../template/schema.ts';
import { says } from '../parts/fields.ts';
import { officeLadder, unitLadder } from '../parts/ladders.ts';
import { rectification } from '../parts/rectification.ts';
import { office, staff } from '../parts/who.ts';

export const rectify: Phase = {
  name: says('补救未达标指标', 'Making up for missed indicators'),
  window: { start: { date: '03-01', year: 'next' }, end: { date: '09-30', year: 'next' } },
  blocks: rectification({
    staff,
    office,
    verifier: office,
    ladders: { unit: unitLadder, verifier: officeLadder, office: officeLadder },
    shows: ['totalScore'],
    publicAnswer: true,
  }),
};
