import type { Phase } from '../../template/schema.ts';
import { feedback as letterAndTalk } from '../parts/feedback.ts';
import { says } from '../parts/fields.ts';
import { head, office, staff } from '../parts/who.ts';

export const feedback: Phase = {
  name: says('反馈分析结论', 'Feedback'),
  window: { start: { date: '02-01', year: 'next' }, end: { date: '06-15', year: 'next' } },
  blocks: letterAndTalk({
    head: [head],
    tell: [staff],
    office: [office],
    shows: ['totalScore', 'problems', 'analysisReport'],
  }),
};
