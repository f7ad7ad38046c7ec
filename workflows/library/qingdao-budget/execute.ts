import type { Indicator } from '../../indicators/schema.ts';
import type { LightScheme } from '../../lights/schema.ts';
import type { Block, RepeatBlock } from '../../template/block.ts';
import { choice, decimal, longText, must, percent, table, text } from '../parts/fields.ts';
import { indicator } from '../parts/indicators.ts';
import { type Cause, feel, supervision } from '../parts/reporting.ts';
import { approval, task } from '../parts/steps.ts';
import { recordValues, valueTable } from '../parts/values.ts';
import { weightedSum } from '../parts/weighted.ts';

const quantitative = table(
  'quantitative',
  '定量目标进度',
  'Quantitative goals',
  [
    text('name', '绩效指标', 'Indicator', { ...must, maxLength: 200 }),
    percent('reached', '完成进度', 'Progress', must),
    percent('share', '权重', 'Weight', must),
  ],
  { ...must, total: { column: 'share', is: '100' } },
);
const qualitative = table(
  'qualitative',
  '定性目标进度',
  'Qualitative goals',
  [
    text('name', '绩效目标', 'Goal', { ...must, maxLength: 200 }),
    choice(
      'state',
      '状态',
      'State',
      { reached: ['达到预期', 'As expected'], partly: ['部分达到', 'Partly'], missed: ['未达到', 'Missed'] },
      must,
    ),
    text('fact', '依据', 'Fact', must),
  ],
  must,
);

/**
 * What is monitored, each an indicator of every unit: the progress of its goals (quantitative and qualitative apart), its spending, its
 * correction. The weights 25, 25, 30, 20 of a hundred (here of the 20 that monitoring counts) are examples.
 */
const MONITORED = [
  ['JK1', '监控：定量目标进度', 'Monitoring: quantitative goals', 'quantityScore', '5'],
  ['JK2', '监控：定性目标进度', 'Monitoring: qualitative goals', 'qualityScore', '5'],
  ['JK3', '监控：支出进度', 'Monitoring: spending', 'spendingScore', '6'],
  ['JK4', '监控：偏差纠正', 'Monitoring: correction', 'correctionScore', '4'],
] as const;

export const monitored: Indicator[] = MONITORED.map(([code, zh, en, , weight]) =>
  indicator(code, zh, en, '分', '100', weight, {
    aggregation: 'last',
    plausible: { min: '0', max: '100' },
    source: '绩效监控表',
  }),
);

/** Red, yellow, blue, green are the source's colours, their bounds are examples. Red and yellow are chased by the case's own blocks. */
export const lights: LightScheme = {
  rules: [
    { key: 'poor', colour: 'red', when: [{ of: 'achieved', below: '60' }], consequences: [{ kind: 'supervise' }] },
    { key: 'weak', colour: 'yellow', when: [{ of: 'achieved', below: '75' }], consequences: [{ kind: 'supervise' }] },
    { key: 'fair', colour: 'blue', when: [{ of: 'achieved', below: '90' }], consequences: [{ kind: 'track' }] },
  ],
};

/** Both count for the progress of the goals; the halves and the shares 50 / 30 / 20 are examples. */
const scores: Block[] = [
  feel(
    'quantity',
    '定量目标得分',
    'Score of quantitative goals',
    'quantityScore',
    'round half up(min(100, sum(for row in quantitative return row.reached * row.share) / planned), 2)',
  ),
  feel(
    'quality',
    '定性目标得分',
    'Score of qualitative goals',
    'qualityScore',
    'round half up(mean(for row in qualitative return if row.state = "reached" then 100 else if row.state = "partly" then 60 else 0), 2)',
  ),
  feel(
    'spent',
    '支出进度得分',
    'Score of the spending',
    'spendingScore',
    'round half up(min(100, 100 * verifiedProgress / planned), 2)',
  ),
  feel(
    'corrected',
    '纠偏得分',
    'Score of correction',
    'correctionScore',
    'if correction = "none" or correction = "done" then 100 else if correction = "underWay" then 60 else 0',
  ),
  {
    key: 'monitoringScore',
    type: 'compute',
    name: { zh: '监控得分', en: 'Score of the monitoring' },
    into: 'monitorScore',
    rule: {
      kind: 'rule',
      rule: weightedSum([
        ['quantityScore', '25'],
        ['qualityScore', '25'],
        ['spendingScore', '30'],
        ['correctionScore', '20'],
      ]),
    },
  },
  feel(
    'monitorRows',
    '监控指标值',
    'Values of what is monitored',
    'monitorValues',
    `[${MONITORED.map(([code, , , value]) => `{code: "${code}", value: string(${value})}`).join(', ')}]`,
  ),
  {
    key: 'recordMonitored',
    type: 'compute',
    name: { zh: '监控指标入库并亮灯', en: 'What is monitored goes on record, with its lights' },
    into: 'monitored',
    rule: { kind: 'record', values: 'monitorValues', of: MONITORED.map(([code]) => code) },
  },
  feel('lights', '亮灯', 'Light', 'light', 'monitored.worst'),
  feel('behindCodes', '亮灯指标', 'Indicators behind', 'behind', 'string join(monitored.behind, "、")'),
  feel('behind', '支出滞后百分点', 'Points behind in spending', 'lag', 'max(planned - verifiedProgress, 0)'),
];

const OF_MONITORING: Cause = {
  shows: ['behind', 'light', 'monitorScore', 'lag'],
  text: [
    '亮灯指标：{{behind}}（{{light}}），监控得分 {{monitorScore}}。',
    'Behind: {{behind}} ({{light}}), score of the monitoring {{monitorScore}}.',
  ],
};

/** 绩效监控：目标进度（定量、定性分开）、支出进度、纠偏，合成得分并亮灯。 */
export const monitoring: RepeatBlock = {
  key: 'quarters',
  type: 'repeat',
  over: 'quarters',
  mode: 'oneByOne',
  name: { zh: '按季绩效监控', en: 'Monitoring each quarter' },
  collect: {
    fields: ['quantityScore', 'qualityScore', 'spendingScore', 'correctionScore', 'monitorScore', 'light', 'behind'],
    into: 'progressByPeriod',
  },
  blocks: [
    {
      key: 'periodEnds',
      type: 'wait',
      name: { zh: '等待本期结束', en: 'The period ends' },
      until: { from: 'itemEnd' },
    },
    task(
      'report',
      '填报监控表',
      'Fill in the monitoring form',
      'staff',
      5,
      [
        quantitative,
        qualitative,
        valueTable(),
        percent('progress', '支出进度', 'Spending', must),
        decimal('spent', '已支出', 'Spent', { ...must, places: 2, min: '0', max: '100000', unit: '万元' }),
        choice(
          'correction',
          '偏差纠正',
          'Correction',
          {
            none: ['无偏差', 'No deviation'],
            done: ['已纠正', 'Corrected'],
            underWay: ['正在纠正', 'Under way'],
            missing: ['未纠正', 'Not corrected'],
          },
          must,
        ),
        longText('deviation', '偏差原因和措施', 'Why, and what is done', must),
      ],
      { deadline: { from: 'itemEnd', workingDays: 5 }, remind: [-2, 0], shows: ['indicators', 'budget'] },
    ),
    approval('verify', '财政部门审核监控', 'The finance department verifies', 'office', 5, {
      shows: ['quantitative', 'qualitative', 'progress', 'spent', 'correction', 'deviation'],
      fields: [percent('verifiedProgress', '核定支出进度', 'Verified spending', must)],
      access: { values: 'write' },
      returnTo: 'report',
    }),
    recordValues(),
    feel(
      'scheduled',
      '序时进度',
      'Progress by the calendar',
      'planned',
      'if ends with(item.key, "Q1") then 25 else if ends with(item.key, "Q2") then 50 else if ends with(item.key, "Q3") then 75 else 100',
    ),
    ...scores,
    supervision('count(monitored.behind) > 0 and not(ends with(item.key, "Q4"))', OF_MONITORING),
  ],
};
