import type { Phase } from '../../template/schema.ts';
import { says } from '../parts/fields.ts';
import { monitorLadder, officeLadder, unitLadder } from '../parts/ladders.ts';
import { rectification } from '../parts/rectification.ts';
import { monitor, office, staff } from '../parts/who.ts';

export const rectify: Phase = {
  name: says('改进提升', 'Improvement'),
  window: { start: { date: '03-01', year: 'next' }, end: { date: '09-30', year: 'next' } },
  blocks: rectification({
    staff,
    office,
    verifier: monitor,
    ladders: { unit: unitLadder, verifier: monitorLadder, office: officeLadder },
    shows: ['totalScore', 'standing'],
    recheck: true,
  }),
};
