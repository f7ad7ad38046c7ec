import type { Phase } from '../../template/schema.ts';
import { says } from '../parts/fields.ts';
import { improvement } from '../parts/loop.ts';
import { office } from '../parts/who.ts';

export const rectify: Phase = {
  name: says('补救未达标指标', 'Making up for missed indicators'),
  window: { start: { date: '03-01', year: 'next' }, end: { date: '09-30', year: 'next' } },
  blocks: improvement({ verifier: office, shows: ['totalScore'], publicAnswer: true, unmet: 5 }),
};
