import type { Phase } from '../../template/schema.ts';
import { says } from '../parts/fields.ts';
import { officeLadder } from '../parts/ladders.ts';
import { rectification } from '../parts/rectification.ts';
import { office } from '../parts/who.ts';
import { appraised, appraiser } from './who.ts';

/** 改进计划：由本人提出，评核人核实。 */
export const rectify: Phase = {
  name: says('改进计划', 'Plan of improvement'),
  window: { start: { date: '03-01', year: 'next' }, end: { date: '09-30', year: 'next' } },
  blocks: rectification({
    staff: appraised,
    office,
    verifier: appraiser,
    ladders: { unit: officeLadder, verifier: officeLadder, office: officeLadder },
    shows: ['totalScore', 'grade', 'appraisal'],
    found: ['problems'],
  }),
};
