import type { LightScheme } from '../lights/schema.ts';
import type { CycleTemplate } from '../template/schema.ts';
import { watched } from './lights.ts';
import { indicators } from './nyc-mmr/indicators.ts';
import { execute, halfYear } from './nyc-mmr/reports.ts';
import { feedback } from './parts/feedback.ts';
import { choice, date, decimal, longText, must, says, table, text, written } from './parts/fields.ts';
import { judge } from './parts/judging.ts';
import { improvement } from './parts/loop.ts';
import { goalsIssued, issueGoals, unitPlan } from './parts/plan.ts';
import { rolesOf } from './parts/roles.ts';
import { task } from './parts/steps.ts';
import { city, head, office, staff } from './parts/who.ts';

/** Critical indicators, with the direction that is wanted and this and next year's target. No target: not rated. */
const critical = table(
  'indicators',
  '关键指标',
  'Critical indicators',
  [
    text('code', '编号', 'Code', { maxLength: 64 }),
    text('name', '指标', 'Indicator', { ...must, maxLength: 200 }),
    choice('direction', '期望方向', 'Desired direction', { up: ['越高越好', 'Up'], down: ['越低越好', 'Down'] }, must),
    decimal('target', '本年目标', "This year's target", { places: 4 }),
    decimal('nextTarget', '下年目标', "Next year's target", { places: 4 }),
    text('unit', '计量单位', 'Unit', { ...must, maxLength: 20 }),
    choice('frequency', '报告频率', 'Reported', { month: ['每月', 'Monthly'], quarter: ['每季', 'Quarterly'] }, must),
    date('dueDate', '完成时限', 'Due date', must),
  ],
  { ...must, source: 'plan', minRows: 2, maxRows: 100 },
);

/** Whether this year's target is met, by direction, is the source's; red from a tenth on is an example. */
const lights: LightScheme = {
  rules: [
    {
      key: 'farFromTarget',
      name: says('与目标相差一成以上', 'More than a tenth from the target'),
      colour: 'red',
      when: [{ of: 'achieved', below: '90' }],
    },
    {
      key: 'missed',
      name: says('未达目标', 'Target missed'),
      colour: 'yellow',
      when: [{ of: 'achieved', below: '100' }],
    },
  ],
};

/**
 * New York, Mayor's Management Report. The source's own: monthly critical indicators and a half-yearly report, direction-aware
 * "target met", five fiscal years, no target = not rated, 311 requests as the signal, and no ranking across agencies. The fiscal year is
 * taken as the calendar year.
 */
export const nycMmr: CycleTemplate = {
  key: 'nyc-mmr',
  version: 1,
  name: says('纽约市长管理报告', "Mayor's Management Report"),
  description: says(
    '43 个机构按月报告关键指标，半年发布报告；按期望方向判断是否达标并给出五年趋势；311 诉求作为信号；不作机构间排名。',
    '43 agencies report critical indicators every month and in half-yearly reports: target met by direction, five-year trend, 311 requests as the signal; no ranking across agencies.',
  ),
  period: { kind: 'year' },
  roles: {
    ...rolesOf('staff'),
    performanceOffice: { name: says('市长运营办公室', "Mayor's Office of Operations"), scope: 'city' },
    deputyMayors: { name: says('副市长', 'Deputy mayors'), scope: 'city' },
  },
  categories: { agency: { name: says('市属机构', 'Agencies'), ranked: false } },
  phases: {
    plan: {
      name: says('目标', 'Goals and targets'),
      window: { start: { from: 'periodStart' }, end: { date: '03-31' } },
      blocks: [issueGoals({ date: '01-20' }), goalsIssued(), ...unitPlan({ fields: [critical], days: 10 })],
    },
    execute,
    evaluate: {
      name: says('年度报告', 'The annual report'),
      window: { start: { date: '01-01', year: 'next' }, end: { date: '04-15', year: 'next' } },
      blocks: [
        ...halfYear('annual', '年度报告', 'Annual report', ['recordedByMonth']),
        ...judge({
          // The mean of 100 for each target that was met and 0 for each that was missed.
          rule: {
            kind: 'composite',
            name: says('达标指标占比（%）', 'Share of targets met (%)'),
            total: 'any',
            of: { each: 'indicators', weight: '1', rule: { kind: 'met', full: '100' } },
          },
        }),
        task(
          'releaseReport',
          '发布年度报告',
          'The annual report is released',
          city('deputyMayors'),
          5,
          [longText('preface', '前言', 'Preface', written)],
          { per: 'cycle' },
        ),
        {
          key: 'published',
          type: 'window',
          per: 'cycle',
          name: says('年度报告公开', 'The report is public'),
          until: { from: 'opened', workingDays: 5 },
        },
      ],
    },
    feedback: {
      name: says('反馈', 'Feedback'),
      window: { start: { date: '02-01', year: 'next' }, end: { date: '05-15', year: 'next' } },
      blocks: feedback({ head: [head], tell: [staff], office: [office], shows: ['totalScore'] }),
    },
    rectify: {
      name: says('改进', 'Improvement'),
      window: { start: { date: '03-01', year: 'next' }, end: { date: '08-31', year: 'next' } },
      blocks: improvement({ verifier: office, publicAnswer: true, unmet: 5 }),
    },
  },
  indicators,
  lights,
  warnings: watched,
  publish: {
    goals: { from: { block: 'assignPlan' } },
    progress: { from: { block: 'preliminaryPublished' } },
    lights: { from: { block: 'preliminaryPublished' } },
    answers: { from: { block: 'published' } },
    texts: [
      { field: 'preface', from: { block: 'published' } },
      { field: 'annualNarrative', from: { block: 'published' } },
      { field: 'preliminaryNarrative', from: { block: 'preliminaryPublished' } },
    ],
  },
};
