import type { Field } from '../../template/field.ts';
import { choice, decimal, table, text } from './fields.ts';

type TableField = Extract<Field, { type: 'table' }>;

const code = () => text('code', '编号', 'Code', { maxLength: 64 });
const name = () => text('name', '指标', 'Indicator', { maxLength: 200 });
const unit = () => text('unit', '计量单位', 'Unit', { maxLength: 20 });
const direction = () =>
  choice('direction', '方向', 'Direction', {
    up: ['越高越好', 'Up'],
    down: ['越低越好', 'Down'],
    band: ['区间', 'Band'],
  });
const figure = (key: string, zh: string, en: string) => decimal(key, zh, en, { places: 6 });

/** 对标: own values beside those of the template's benchmark place, from the register. */
export const benchmarkTable = (): TableField =>
  table(
    'benchmarks',
    '对标情况',
    'Comparison',
    [
      code(),
      name(),
      unit(),
      direction(),
      text('period', '期间', 'Period', { maxLength: 20 }),
      figure('own', '本单位值', 'Own value'),
      figure('other', '标杆值', 'Benchmark value'),
      figure('gap', '差距（领先为正）', 'Gap (ahead is positive)'),
      figure('share', '差距占标杆值（%）', 'Gap in percent of it'),
      choice('trend', '趋势', 'Trend', {
        catchingUp: ['追赶', 'Catching up'],
        steady: ['持平', 'Steady'],
        fallingBehind: ['落后扩大', 'Falling behind'],
      }),
    ],
    { source: 'benchmark', maxRows: 500 },
  );

/** What each indicator came to in the five years before and this one, from the register. */
export const yearsTable = (key: string): TableField =>
  table(
    key,
    '五年趋势',
    'Five-year trend',
    [
      code(),
      name(),
      unit(),
      direction(),
      ...[5, 4, 3, 2, 1].map((ago) => figure(`y${ago}`, `前 ${ago} 年`, `${ago} years ago`)),
      figure('thisYear', '本年', 'This year'),
      choice('fiveYears', '与五年均值相比', 'Against the mean of five years', {
        improving: ['改善', 'Improving'],
        notImproving: ['未改善', 'Not improving'],
      }),
    ],
    { source: 'years', maxRows: 500 },
  );

/** Key tasks over several years: planned and done year by year, from the register. */
export const keyTaskTable = (key: string): TableField =>
  table(
    key,
    '重点任务分年度进展',
    'Key tasks year by year',
    [
      code(),
      text('name', '重点任务', 'Key task', { maxLength: 200 }),
      text('year', '年度', 'Year', { maxLength: 4 }),
      unit(),
      figure('planned', '当年计划', 'Planned'),
      figure('done', '当年完成', 'Done'),
      figure('plannedSoFar', '累计计划', 'Planned so far'),
      figure('doneSoFar', '累计完成', 'Done so far'),
      figure('total', '总量', 'In all'),
    ],
    { source: 'keyTasks', maxRows: 500 },
  );

/** What the year's part of the key tasks consists of: below its satisfaction a content is not accepted. */
export const contentTable = (): TableField =>
  table(
    'keyTaskContents',
    '重点任务分内容验收',
    'Contents of the key tasks',
    [
      code(),
      text('name', '内容', 'Content', { maxLength: 200 }),
      text('standard', '标准', 'Standard', { maxLength: 1000 }),
      figure('least', '满意度不低于（%）', 'Satisfaction at least (%)'),
      figure('satisfied', '实际满意度（%）', 'Satisfied (%)'),
      choice('accepted', '是否认定', 'Accepted', { yes: ['认定', 'Yes'], no: ['不予认定', 'No'] }),
    ],
    { source: 'contents', maxRows: 500 },
  );
