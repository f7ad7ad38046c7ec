import type { Block } from '../../template/block.ts';
import type { Phase } from '../../template/schema.ts';
import { choice, decimal, longText, must, says, table, text } from '../parts/fields.ts';
import { recordValues, valueTable } from '../parts/reporting.ts';
import { approval, task, when } from '../parts/steps.ts';

const requests = table(
  'serviceRequests',
  '311 诉求信号',
  '311 requests as a signal',
  [
    text('topic', '诉求类别', 'Complaint type', { ...must, maxLength: 200 }),
    text('where', '社区', 'Community district', { ...must, maxLength: 100 }),
    decimal('requests', '本期件数', 'Requests', { ...must, places: 0, min: '0', max: '10000' }),
    decimal('earlier', '上期件数', 'Requests before', { ...must, places: 0, min: '0', max: '10000' }),
  ],
  { maxRows: 60 },
);

const trend = table(
  'trend',
  '五年趋势',
  'Five-year trend',
  [
    text('name', '指标', 'Indicator', { ...must, maxLength: 200 }),
    ...[5, 4, 3, 2, 1].map((ago) => decimal(`y${ago}`, `前 ${ago} 年`, `${ago} years ago`, { places: 4 })),
    decimal('thisYear', '本年', 'This year', { ...must, places: 4 }),
    choice(
      'fiveYears',
      '五年走势',
      'Five years',
      { up: ['上升', 'Up'], neutral: ['平稳', 'Neutral'], down: ['下降', 'Down'] },
      must,
    ),
  ],
  must,
);

/** A report of the agency that the Mayor's Office of Operations accepts. */
export const halfYear = (key: string, zh: string, en: string, shows: string[] = []): Block[] => [
  task(
    `${key}Report`,
    zh,
    en,
    'staff',
    10,
    [
      longText(`${key}Narrative`, '情况说明', 'Narrative', must),
      { ...trend, key: `${key}Trend` },
      longText(`${key}Reasons`, '未达标原因', 'Why targets were missed', { maxLength: 5000 }),
    ],
    { shows: ['indicators', ...shows] },
  ),
  approval(`${key}Accepted`, `${zh}审核`, `${en}: accepted`, 'office', 5, {
    shows: [`${key}Narrative`, `${key}Trend`, `${key}Reasons`],
    returnTo: `${key}Report`,
  }),
];

/** Each month the critical indicators and the 311 requests; where requests surge the agency answers at once; in July the first report. */
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
        task('monthly', '报送关键指标', 'Report the critical indicators', 'staff', 5, [valueTable(), requests], {
          deadline: { from: 'itemEnd', workingDays: 5 },
          remind: [-2, 0],
          shows: ['indicators'],
        }),
        approval('checkMonth', '运营办公室核对', 'The Office of Operations checks', 'office', 5, {
          shows: ['serviceRequests'],
          access: { values: 'write' },
          returnTo: 'monthly',
        }),
        recordValues(),
        {
          key: 'signal',
          type: 'compute',
          name: says('诉求激增', 'Surge of requests'),
          into: 'surge',
          rule: {
            kind: 'feel',
            // Half as many again is an example.
            expression: 'if serviceRequests = null then 0 else count(serviceRequests[requests > 1.5 * earlier])',
          },
        },
        when('surged', '诉求激增须答复', 'A surge asks for an answer', 'surge > 0', [
          task(
            'answerSurge',
            '说明原因和处置',
            'Say why, and what is done',
            'staff',
            5,
            [longText('surgeAnswer', '原因和处置', 'Why, and what is done', must)],
            {
              shows: ['serviceRequests'],
            },
          ),
        ]),
        when(
          'halfYearEnds',
          '半年报告',
          'The half-yearly report',
          'ends with(item.key, "06")',
          halfYear('preliminary', '半年初步报告', 'Preliminary report'),
        ),
      ],
    },
  ],
};
