import type { Block } from '../../template/block.ts';
import type { Phase } from '../../template/schema.ts';
import { longText, must, says, written } from '../parts/fields.ts';
import { yearsTable } from '../parts/register.ts';
import { feel } from '../parts/reporting.ts';
import { approval, task, when } from '../parts/steps.ts';
import { recordValues, valueTable } from '../parts/values.ts';

/** A report of the agency that the Mayor's Office of Operations accepts. */
export const halfYear = (key: string, zh: string, en: string, shows: string[] = []): Block[] => [
  task(
    `${key}Report`,
    zh,
    en,
    'staff',
    10,
    [
      longText(`${key}Narrative`, '情况说明', 'Narrative', written),
      yearsTable(`${key}Trend`),
      longText(`${key}Reasons`, '未达标原因', 'Why targets were missed', { maxLength: 5000 }),
    ],
    { shows: ['indicators', ...shows] },
  ),
  approval(`${key}Accepted`, `${zh}审核`, `${en}: accepted`, 'office', 5, {
    shows: [`${key}Narrative`, `${key}Trend`, `${key}Reasons`],
    returnTo: `${key}Report`,
  }),
];

/** Each month the critical indicators; where its 311 requests surge there is a finding, and the agency answers at once; in July the first report. */
export const execute: Phase = {
  name: says('按月报告', 'Every month'),
  window: { start: { date: '02-01' }, end: { date: '02-28', year: 'next' } },
  blocks: [
    {
      key: 'months',
      type: 'repeat',
      over: 'months',
      mode: 'oneByOne',
      name: says('每月关键指标', 'Critical indicators each month'),
      collect: { fields: ['recorded', 'surge'], into: 'recordedByMonth' },
      blocks: [
        { key: 'monthEnds', type: 'wait', name: says('等待本月结束', 'The month ends'), until: { from: 'itemEnd' } },
        task('monthly', '报送关键指标', 'Report the critical indicators', 'staff', 5, [valueTable()], {
          deadline: { from: 'itemEnd', workingDays: 5 },
          remind: [-2, 0],
          shows: ['indicators'],
        }),
        approval('checkMonth', '运营办公室核对', 'The Office of Operations checks', 'office', 5, {
          access: { values: 'write' },
          returnTo: 'monthly',
        }),
        recordValues(),
        {
          key: 'signal',
          type: 'compute',
          name: says('311 诉求信号', '311 requests as a signal'),
          into: 'serviceRequests',
          // Half as many again, and ten at least, are examples.
          rule: { kind: 'surge', over: '1.5', least: 10 },
        },
        feel('surgeCount', '激增的诉求类别', 'Surges', 'surge', 'serviceRequests.surges'),
        feel('surgeList', '诉求激增明细', 'Where requests surged', 'surging', 'serviceRequests.text'),
        when('surged', '诉求激增须答复', 'A surge asks for an answer', 'surge > 0', [
          task(
            'answerSurge',
            '说明原因和处置',
            'Say why, and what is done',
            'staff',
            5,
            [longText('surgeAnswer', '原因和处置', 'Why, and what is done', must)],
            { shows: ['surging'] },
          ),
        ]),
        when('halfYearEnds', '半年报告', 'The half-yearly report', 'ends with(item.key, "06")', [
          ...halfYear('preliminary', '半年初步报告', 'Preliminary report'),
          {
            key: 'preliminaryPublished',
            type: 'window',
            name: says('半年初步报告公开', 'The preliminary report is public'),
            until: { from: 'opened', workingDays: 5 },
          },
        ]),
      ],
    },
  ],
};
