import type { Phase } from '../../template/schema.ts';
import { nextAmount } from '../parts/budget.ts';
import { feedback as letterAndTalk } from '../parts/feedback.ts';
import { says } from '../parts/fields.ts';
import { head, office, staff } from '../parts/who.ts';
import { uses } from './evaluate.ts';

export const feedback: Phase = {
  name: says('评价结果反馈', 'Feedback'),
  window: { start: { date: '02-01', year: 'next' }, end: { date: '06-15', year: 'next' } },
  blocks: [
    nextAmount(uses),
    ...letterAndTalk({
      head: [head],
      tell: [staff],
      office: [office],
      shows: ['totalScore', 'grade', 'nextAmount', 'visitReport'],
      interviewIf: 'grade = "poor"',
    }),
  ],
};
