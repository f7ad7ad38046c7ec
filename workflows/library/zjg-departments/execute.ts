import type { Phase } from '../../template/schema.ts';
import { head, monitor, monitorLadder, office, officeLadder, REMIND_SHORT, staff, unitLadder } from './ladders.ts';

const percent = { places: 2, min: '0', max: '100', unit: '%' } as const;

/** 日常监测：按季报告、核验、亮灯、督办。Lights as in 银川: 10 points behind schedule yellow, more than 30 red. */
export const execute: Phase = {
  name: { zh: '日常监测', en: 'Monitoring' },
  window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
  blocks: [
    {
      key: 'quarters',
      type: 'repeat',
      over: 'quarters',
      mode: 'oneByOne',
      name: { zh: '按季监测', en: 'Each quarter' },
      collect: { fields: ['verifiedProgress', 'lag', 'light'], into: 'progressByQuarter' },
      blocks: [
        {
          key: 'quarterEnd',
          type: 'wait',
          name: { zh: '等待季度结束', en: 'The quarter ends' },
          until: { from: 'itemEnd' },
        },
        {
          key: 'report',
          type: 'task',
          name: { zh: '报送季度进展', en: 'Report the progress' },
          who: [staff],
          deadline: { from: 'itemEnd', workingDays: 5 },
          remind: [-2, 0],
          escalate: unitLadder,
          shows: ['indicators', 'milestones'],
          fields: [
            {
              key: 'progress',
              type: 'decimal',
              name: { zh: '全年目标完成进度', en: "Progress of the year's targets" },
              required: true,
              ...percent,
            },
            { key: 'completed', type: 'longText', name: { zh: '本季完成情况', en: 'What was done' }, required: true },
            {
              key: 'values',
              type: 'table',
              name: { zh: '指标完成值', en: 'Values of the indicators' },
              maxRows: 50,
              columns: [
                { key: 'name', type: 'text', name: { zh: '指标', en: 'Indicator' }, required: true, maxLength: 200 },
                { key: 'value', type: 'decimal', name: { zh: '完成值', en: 'Value' }, required: true, places: 4 },
              ],
            },
            { key: 'evidence', type: 'files', name: { zh: '佐证材料', en: 'Evidence' }, maxFiles: 20 },
          ],
        },
        {
          key: 'verify',
          type: 'approval',
          name: { zh: '监测单位核验', en: 'The monitoring unit verifies' },
          who: [monitor],
          deadline: { from: 'opened', workingDays: 5 },
          remind: REMIND_SHORT,
          escalate: monitorLadder,
          shows: ['progress', 'completed', 'values', 'evidence'],
          fields: [
            {
              key: 'verifiedProgress',
              type: 'decimal',
              name: { zh: '核验进度', en: 'Verified progress' },
              required: true,
              ...percent,
            },
          ],
          returnTo: 'report',
        },
        {
          key: 'scheduled',
          type: 'compute',
          name: { zh: '序时进度', en: 'Progress by the calendar' },
          into: 'planned',
          rule: {
            kind: 'feel',
            expression:
              'if ends with(item.key, "Q1") then 25 else if ends with(item.key, "Q2") then 50 else if ends with(item.key, "Q3") then 75 else 100',
          },
        },
        {
          key: 'lagging',
          type: 'compute',
          name: { zh: '滞后百分点', en: 'Points behind' },
          into: 'lag',
          rule: { kind: 'feel', expression: 'max(planned - verifiedProgress, 0)' },
        },
        {
          key: 'lights',
          type: 'compute',
          name: { zh: '亮灯', en: 'Light' },
          into: 'light',
          rule: {
            kind: 'feel',
            expression: 'if lag > 30 then "red" else if lag >= 10 then "yellow" else "green"',
          },
        },
        {
          key: 'supervision',
          type: 'branch',
          name: { zh: '滞后督办', en: 'Supervision of what is behind' },
          paths: [
            {
              key: 'behind',
              name: { zh: '年内滞后 10 个百分点及以上', en: '10 points behind or more, within the year' },
              // What is missing at the end of the year is for the evaluation.
              if: 'lag >= 10 and not(ends with(item.key, "Q4"))',
              blocks: [
                {
                  key: 'urgeNotice',
                  type: 'notify',
                  name: { zh: '发督促通知单', en: 'Send the supervision notice' },
                  who: [head, staff],
                  subject: {
                    zh: '督促通知单：{{participant.name}} {{item.name}} 进度滞后',
                    en: 'Supervision notice: {{participant.name}} is behind in {{item.name}}',
                  },
                  body: {
                    zh: '核验进度 {{verifiedProgress}}%，比序时进度滞后 {{lag}} 个百分点（{{light}}）。请在 10 个工作日内书面说明原因、措施和完成时限。',
                    en: 'Verified progress is {{verifiedProgress}} %, {{lag}} points behind the calendar ({{light}}). Please answer in writing within 10 working days: causes, measures, new date.',
                  },
                },
                {
                  key: 'supervisionReply',
                  type: 'task',
                  name: { zh: '督办书面答复', en: 'Written answer' },
                  help: {
                    zh: '10 个工作日内说明滞后原因、采取的措施和完成时限（杭州、济南绩效管理条例）。',
                    en: 'Causes, measures and the new date, within 10 working days (regulations of 杭州 and 济南).',
                  },
                  who: [staff],
                  deadline: { from: 'opened', workingDays: 10 },
                  remind: [-3, -1],
                  escalate: unitLadder,
                  shows: ['verifiedProgress', 'lag', 'light'],
                  fields: [
                    { key: 'lagCause', type: 'longText', name: { zh: '滞后原因', en: 'Causes' }, required: true },
                    { key: 'lagMeasures', type: 'longText', name: { zh: '追赶措施', en: 'Measures' }, required: true },
                    { key: 'catchUpDate', type: 'date', name: { zh: '完成时限', en: 'New date' }, required: true },
                  ],
                },
                {
                  key: 'supervisionReview',
                  type: 'approval',
                  name: { zh: '市绩效办审查答复', en: 'The office accepts the answer' },
                  who: [office],
                  deadline: { from: 'opened', workingDays: 5 },
                  remind: REMIND_SHORT,
                  escalate: officeLadder,
                  shows: ['verifiedProgress', 'lag', 'light', 'lagCause', 'lagMeasures', 'catchUpDate'],
                  returnTo: 'supervisionReply',
                },
              ],
            },
          ],
          otherwise: { key: 'onCourse', name: { zh: '进度正常', en: 'On course' }, blocks: [] },
        },
      ],
    },
  ],
};
