import type { Block, RepeatBlock } from '../../template/block.ts';
import type { Field } from '../../template/field.ts';
import { date, files, longText, must, percent } from './fields.ts';
import { besideOwners } from './owners.ts';
import { approval, task, tell, when } from './steps.ts';
import { recordValues, valueTable } from './values.ts';

const PERIODS = {
  quarters: {
    key: 'quarters',
    name: { zh: '按季监测', en: 'Each quarter' },
    planned:
      'if ends with(item.key, "Q1") then 25 else if ends with(item.key, "Q2") then 50 else if ends with(item.key, "Q3") then 75 else 100',
  },
  months: {
    key: 'months',
    name: { zh: '按月监测', en: 'Each month' },
    planned: 'round half up(100 * number(substring(item.key, 6, 2)) / 12, 2)',
  },
} as const;

/**
 * Each quarter or month: the unit reports its values, the monitoring unit (or whoever `verifies`) verifies them, they go on record and
 * each indicator gets its light by the template's `lights` (the worst is `light`, the codes of what is not on course are `behind`), then
 * come the template's own blocks. Gathers a row for each period under `progressByPeriod`. With `owners` every other unit that owns
 * indicators of this one reports those itself, at the same time (`reports`).
 */
export function reporting(options: {
  over: 'quarters' | 'months';
  /** Further fields of the report. */
  fields?: Field[];
  verifies?: 'monitor' | 'office';
  owners?: boolean;
  /** What else happens each time, such as supervision of what is behind. */
  after?: Block[];
  collect?: string[];
}): RepeatBlock {
  const { over, fields = [], verifies = 'monitor', owners = false, after = [], collect = [] } = options;
  const { key, name, planned } = PERIODS[over];
  const shown = ['progress', 'completed', ...fields.map((field) => field.key), 'evidence'];
  const unit: Block[] = [
    task(
      'report',
      '报送进展',
      'Report the progress',
      'staff',
      5,
      [
        percent('progress', '全年目标完成进度', "Progress of the year's targets", must),
        longText('completed', '本期完成情况', 'What was done', must),
        valueTable(),
        ...fields,
        files('evidence', '佐证材料', 'Evidence'),
      ],
      { deadline: { from: 'itemEnd', workingDays: 5 }, remind: [-2, 0], shows: ['indicators'] },
    ),
    approval('verify', verifies === 'monitor' ? '监测单位核验' : '绩效办核验', 'Verify the values', verifies, 5, {
      shows: shown,
      // Whoever verifies may correct; both values stay on record.
      access: { values: 'write' },
      fields: [percent('verifiedProgress', '核验进度', 'Verified progress', must)],
      returnTo: 'report',
    }),
    recordValues(),
  ];
  return {
    key,
    type: 'repeat',
    over,
    mode: 'oneByOne',
    name,
    collect: { fields: ['verifiedProgress', 'lag', 'light', 'behind', ...collect], into: 'progressByPeriod' },
    blocks: [
      {
        key: 'periodEnds',
        type: 'wait',
        name: { zh: '等待本期结束', en: 'The period ends' },
        until: { from: 'itemEnd' },
      },
      ...(owners ? besideOwners(unit, verifies) : unit),
      feel('scheduled', '序时进度', 'Progress by the calendar', 'planned', planned),
      feel('lagging', '滞后百分点', 'Points behind', 'lag', 'round half up(max(planned - verifiedProgress, 0), 2)'),
      feel('lights', '亮灯', 'Light', 'light', 'recorded.worst'),
      feel('behindCodes', '滞后指标', 'Indicators behind', 'behind', 'string join(recorded.behind, "、")'),
      ...after,
    ],
  };
}

/** A computed value by FEEL. */
export const feel = (key: string, zh: string, en: string, into: string, expression: string): Block => ({
  key,
  type: 'compute',
  name: { zh, en },
  into,
  rule: { kind: 'feel', expression },
});

/** What a notice says, and what whoever answers it looks at. */
export interface Cause {
  shows: string[];
  text: [zh: string, en: string];
}
const OF_PROGRESS: Cause = {
  shows: ['verifiedProgress', 'lag', 'light'],
  text: [
    '核验进度 {{verifiedProgress}}%，比序时进度滞后 {{lag}} 个百分点（{{light}}）。',
    'Verified progress is {{verifiedProgress}} %, {{lag}} points behind the calendar ({{light}}).',
  ],
};
const OF_INDICATORS: Cause = {
  shows: ['behind', 'light', 'values'],
  text: ['滞后指标：{{behind}}（{{light}}）。', 'Behind schedule: {{behind}} ({{light}}).'],
};

/** Supervision where the lights say that an indicator is behind; what is missing at the end of the year (`last`) is for the evaluation. */
export const superviseBehind = (last: 'Q4' | '12'): Block =>
  supervision(`count(recorded.behind) > 0 and not(ends with(item.key, "${last}"))`, OF_INDICATORS);

/** What is behind is chased in writing: a notice, an answer within 10 working days (杭州, 济南), which the office accepts. */
export const supervision = (condition: string, { shows, text: [zh, en] }: Cause = OF_PROGRESS): Block =>
  when(
    'supervision',
    '滞后督办',
    'Supervision of what is behind',
    condition,
    [
      tell(
        'urgeNotice',
        ['发督促通知单', 'Send the supervision notice'],
        [
          '督促通知单：{{participant.name}} {{item.name}} 进度滞后',
          'Supervision notice: {{participant.name}} is behind in {{item.name}}',
        ],
        [
          `${zh}请在 10 个工作日内书面说明原因、措施和完成时限。`,
          `${en} Please answer in writing within 10 working days: causes, measures, new date.`,
        ],
      ),
      task(
        'supervisionReply',
        '督办书面答复',
        'Written answer',
        'staff',
        10,
        [
          longText('lagCause', '滞后原因', 'Causes', must),
          longText('lagMeasures', '追赶措施', 'Measures', must),
          date('catchUpDate', '完成时限', 'New date', must),
        ],
        {
          help: {
            zh: '10 个工作日内说明滞后原因、采取的措施和完成时限（杭州、济南绩效管理条例）。',
            en: 'Causes, measures and the new date, within 10 working days (regulations of 杭州 and 济南).',
          },
          shows,
        },
      ),
      approval('supervisionReview', '绩效办审查答复', 'The office accepts the answer', 'office', 5, {
        shows: [...shows, 'lagCause', 'lagMeasures', 'catchUpDate'],
        returnTo: 'supervisionReply',
      }),
    ],
    ['进度正常', 'On course'],
  );
