import type { Phase } from '../../template/schema.ts';
import { feedback as letterAndTalk } from '../parts/feedback.ts';
import { says } from '../parts/fields.ts';
import { head, office } from '../parts/who.ts';

export const feedback: Phase = {
  name: says('评核面谈', 'Feedback talk'),
  window: { start: { date: '02-01', year: 'next' }, end: { date: '06-15', year: 'next' } },
  blocks: letterAndTalk({
    head: [head],
    office: [office],
    shows: ['totalScore', 'grade', 'appraisal'],
    interviewIf: 'list contains(["fair", "poor"], grade)',
  }),
};
