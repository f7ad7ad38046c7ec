import type { Phase } from '../../template/schema.ts';
import { feedback as letterAndTalk } from '../parts/feedback.ts';
import { says } from '../parts/fields.ts';
import { head, office, staff } from '../parts/who.ts';

/** 绩效反馈：反馈函、签收、末两位诫勉谈话。 */
export const feedback: Phase = {
  name: says('绩效反馈', 'Feedback'),
  window: { start: { date: '02-01', year: 'next' }, end: { date: '06-15', year: 'next' } },
  blocks: letterAndTalk({
    head: [head],
    tell: [staff],
    office: [office],
    interviewIf: 'list contains(uses, "talk")',
    interviewName: says('诫勉谈话', 'Admonition talk'),
    shows: ['totalScore', 'problems'],
  }),
};
