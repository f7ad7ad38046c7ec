import type { Phase } from '../../template/schema.ts';
import { draftResults, publicity, selfEvaluation } from '../parts/evaluation.ts';
import { says } from '../parts/fields.ts';
import { judge } from '../parts/judging.ts';
import { vote } from '../parts/steps.ts';
import { city } from '../parts/who.ts';
import { judged } from './score.ts';

/** 年度检讨：各局总结，政务司司长办公室汇总，立法会审议，全部公开。No ranks and no grades: what is met and what is not. */
export const evaluate: Phase = {
  name: says('年度检讨', 'Review of the year'),
  window: { start: { date: '01-01', year: 'next' }, end: { date: '05-31', year: 'next' } },
  blocks: [
    ...selfEvaluation({}),
    ...judge(judged),
    draftResults(),
    vote('legislatureReview', '立法会审议年度报告', 'The legislature reviews the report', city('legislature'), 10, {
      per: 'cycle',
      shows: ['resultsNote', 'resultsDocument'],
      onReject: 'draftResults',
    }),
    publicity(),
  ],
};
