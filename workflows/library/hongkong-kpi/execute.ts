import type { LightScheme } from '../../lights/schema.ts';
import type { Block } from '../../template/block.ts';
import type { Phase } from '../../template/schema.ts';
import { date, longText, must, says, written } from '../parts/fields.ts';
import { feel, reporting } from '../parts/reporting.ts';
import { approval, task, vote, when } from '../parts/steps.ts';
import { city } from '../parts/who.ts';
import { members } from './who.ts';

/** Red: the day has come and the target is missed. The shade before it is an example. */
export const lights: LightScheme = {
  schedule: 'linear',
  rules: [
    {
      key: 'missed',
      name: says('逾期未达标', 'Missed'),
      colour: 'red',
      when: [
        { of: 'daysLeft', atMost: '0' },
        { of: 'achieved', below: '100' },
      ],
    },
    { key: 'slow', name: says('落后于进度', 'Behind'), colour: 'yellow', when: [{ of: 'behind', atLeast: '10' }] },
  ],
};

const statement = ['delayReason', 'delayMeasures', 'newDate'];

/** One missed indicator: its own statement, signed, voted on; then it is due on the new date. */
const delayed: Block[] = [
  task('delayStatement', '提交延误说明', 'State why it is late', 'staff', 10, [
    longText('delayReason', '延误原因', 'Why', must),
    longText('delayMeasures', '补救措施', 'What is done about it', must),
    date('newDate', '新的达标日期', 'New date', must),
  ]),
  {
    key: 'laterDate',
    type: 'gate',
    name: says('新日期晚于原定日期', 'The new date is later'),
    requires: [
      {
        if: 'date(newDate) > date(item.due)',
        reason: says('新的达标日期须晚于原定日期。', 'The new date must be later than the one that was missed.'),
      },
    ],
    onFail: 'delayStatement',
  },
  approval('headStatement', '局长签署', 'The secretary signs', 'head', 3, {
    shows: statement,
    returnTo: 'delayStatement',
  }),
  vote('legislature', '立法会表决延误说明', 'The legislature votes on the statement', city('legislature'), 10, {
    shows: statement,
    onReject: 'delayStatement',
  }),
  {
    key: 'moveDate',
    type: 'compute',
    name: says('变更达标日期', 'The date is moved'),
    into: 'moved',
    rule: { kind: 'retarget', date: 'newDate', reason: 'delayReason' },
  },
];

/** 按季公布进度；未达标的指标须提交延误说明，经立法会批准。 */
export const execute: Phase = {
  name: says('按季公布', 'Public every quarter'),
  window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
  blocks: [
    reporting({
      over: 'quarters',
      verifies: 'office',
      owners: true,
      after: [
        approval('groupConfirms', '专责小组成员确认', 'The joint owners confirm', 'head', 3, {
          who: members,
          mode: 'all',
          shows: ['verifiedProgress', 'lag', 'light'],
          returnTo: 'reports',
        }),
        when(
          'missed',
          '未达标指标',
          'Missed indicators',
          'count(recorded.reds) > 0',
          [
            feel('missedOnes', '未达标指标', 'Missed indicators', 'missedIndicators', 'recorded.reds'),
            {
              key: 'statements',
              type: 'repeat',
              over: { rows: 'missedIndicators' },
              mode: 'together',
              name: says('逐项说明延误', 'A statement for each'),
              blocks: delayed,
            },
          ],
          ['全部按进度', 'All on course'],
        ),
        task(
          'quarterReport',
          '编写季度报告',
          'The report of the quarter',
          'staff',
          3,
          [longText('quarterText', '季度报告', 'Report', written)],
          { shows: ['verifiedProgress', 'lag', 'light'] },
        ),
        {
          key: 'published',
          type: 'window',
          name: says('公布季度进度', 'The quarter is public'),
          until: { from: 'opened', workingDays: 5 },
          notice: says('现公布本季度成果指标的进度。', 'The progress of the result indicators in this quarter.'),
        },
      ],
    }),
  ],
};
