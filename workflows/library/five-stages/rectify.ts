import type { Phase } from '../../template/schema.ts';
import { files, longText, says, written } from '../parts/fields.ts';
import { officeLadder } from '../parts/ladders.ts';
import { improvement } from '../parts/loop.ts';
import { approval, task } from '../parts/steps.ts';
import { city } from '../parts/who.ts';

export const rectify: Phase = {
  name: says('四、整改　五、发布报告', '4 Rectification, 5 Published report'),
  window: { start: { date: '03-01', year: 'next' }, end: { date: '09-30', year: 'next' } },
  blocks: [
    ...improvement({ shows: ['problems', 'analysisReport'], recheck: true, found: ['problems'], unmet: 2 }),
    task(
      'compileReport',
      '汇总编写绩效报告',
      'The report is written',
      'office',
      10,
      [longText('annualReport', '绩效报告', 'Report', written), files('annualReportFiles', '附件', 'Attachments')],
      { per: 'cycle' },
    ),
    approval('approveReport', '领导批准发布', 'The leaders let it be published', city('leaders'), 5, {
      per: 'cycle',
      escalate: officeLadder,
      shows: ['annualReport', 'annualReportFiles'],
      returnTo: 'compileReport',
    }),
    {
      key: 'publishReport',
      type: 'window',
      per: 'cycle',
      name: says('五、公开发布绩效报告', '5 The report is public'),
      until: { from: 'opened', workingDays: 10 },
      notice: says('现将本年度绩效报告予以公开。', 'The performance report of the year is public.'),
    },
  ],
};
