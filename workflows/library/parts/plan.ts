import { OPINION_LENGTH } from '../../publish/schema.ts';
import type { ApprovalBlock, Block, ComputeBlock, NotifyBlock, RepeatBlock, TaskBlock } from '../../template/block.ts';
import type { Column, Field } from '../../template/field.ts';
import type { When } from '../../template/when.ts';
import { choice, date, decimal, files, longText, must, table, text } from './fields.ts';
import { approval, task, tell } from './steps.ts';

type TableField = Extract<Field, { type: 'table' }>;

/**
 * The indicators that a unit plans: those that all have in common are given, the unit adds its own; weights that add up to a total,
 * targets, units, due dates.
 */
export const indicatorTable = ({ total = '100', more = [] }: { total?: string; more?: Column[] } = {}): TableField =>
  table(
    'indicators',
    '绩效指标',
    'Indicators',
    [
      text('code', '编号', 'Code', { maxLength: 64 }),
      text('name', '指标', 'Indicator', { ...must, maxLength: 200 }),
      choice('kind', '类别', 'Kind', { specific: ['个性指标', 'Specific'], common: ['共性指标', 'Common'] }, must),
      decimal('weight', '权重', 'Weight', { ...must, places: 2, min: '0', max: total }),
      decimal('target', '目标值', 'Target', { ...must, places: 4 }),
      text('unit', '计量单位', 'Unit', { ...must, maxLength: 20 }),
      date('dueDate', '完成时限', 'Due date', must),
      ...more,
    ],
    { ...must, source: 'plan', minRows: 5, maxRows: 100, total: { column: 'weight', is: total } },
  );

/**
 * What earlier cycles left at the unit, or want to see again: given row by row, none may be left out, the unit says what it will do.
 * A unit that has none finds an empty table. Goes with `enterMustCheck` behind the plan's approval.
 */
export const mustCheckTable = (): TableField =>
  table(
    'mustCheck',
    '上一周期结转的必查事项',
    'Carried over from earlier cycles: must be checked',
    [
      text('code', '编号', 'Number', { maxLength: 64 }),
      text('problem', '问题', 'Problem', { maxLength: 2000 }),
      text('former', '结转自', 'Carried over from', { maxLength: 300 }),
      text('measure', '本周期措施', 'What will be done this time', { ...must, maxLength: 1000 }),
    ],
    { source: 'mustCheck', maxRows: 500 },
  );

/** The must-check rows of the approved plan stand in this cycle's register, each linked to the item it carries on. */
export const enterMustCheck = (key = 'enterMustCheck'): ComputeBlock => ({
  key,
  type: 'compute',
  name: { zh: '必查事项列入本年整改台账', en: "What must be checked enters this cycle's register" },
  into: 'mustCheckEntered',
  rule: { kind: 'carry', items: 'mustCheck' },
});

/** Steps on the way to an indicator's target; `assignPlan` puts them on record, where evidence and verification follow. */
export const milestoneTable = (): TableField =>
  table(
    'milestones',
    '里程碑',
    'Milestones',
    [
      text('indicator', '所属指标（编号或名称）', 'Indicator (code or name)', { ...must, maxLength: 200 }),
      text('name', '里程碑', 'Milestone', { ...must, maxLength: 200 }),
      text('standard', '完成标准', 'Standard', { maxLength: 500 }),
      date('dueDate', '时间', 'Date', must),
    ],
    { maxRows: 40 },
  );

/** What the public said of the draft, row by row, and what was made of it: opinion and answer become public. */
export const publicOpinions = (): TableField =>
  table(
    'publicOpinions',
    '公众意见及采纳情况',
    'Opinions and answers',
    [
      text('code', '编号', 'Number', { maxLength: 64 }),
      text('opinion', '意见', 'Opinion', { ...must, maxLength: OPINION_LENGTH }),
      text('adopted', '采纳情况', 'What was made of it', { ...must, maxLength: 1000 }),
    ],
    { source: 'consultation', maxRows: 200 },
  );

/** The office issues the goals of the year, once for the whole cycle. */
export const issueGoals = (deadline: When, more: Field[] = [], help?: TaskBlock['help']): TaskBlock =>
  task(
    'issueGoals',
    '下达年度绩效目标',
    'Issue the goals of the year',
    'office',
    5,
    [
      longText('cityGoals', '年度目标', 'Goals of the year', must),
      ...more,
      files('goalsDocument', '下达文件', 'Document', { maxFiles: 5 }),
    ],
    { per: 'cycle', deadline, ...(help && { help }) },
  );

export const goalsIssued = (): NotifyBlock =>
  tell(
    'goalsIssued',
    ['通知参评单位', 'Tell the unit'],
    ['{{period.year}} 年度绩效目标已下达', 'The goals of {{period.year}} have been issued'],
    [
      '{{participant.name}}：{{period.year}} 年度绩效目标已下达，请据此编报本单位年度绩效计划。',
      '{{participant.name}}: the goals of {{period.year}} have been issued. Please draw up your plan by them.',
    ],
  );

/** The unit's plan, with what earlier cycles left: drafted by its staff, signed by its head, consulted on where the template does, reviewed by the office. */
export function unitPlan(options: {
  fields: Field[];
  days?: number;
  shows?: string[];
  /** Between the head's signature and the office's review. */
  consult?: Block[];
  /** Values that the review shows beside the plan. */
  reviewShows?: string[];
  review?: Partial<ApprovalBlock>;
}): Block[] {
  const { days = 15, shows = ['cityGoals'], consult = [], reviewShows = [], review = {} } = options;
  const fields = [...options.fields, mustCheckTable()];
  const keys = fields.map(({ key }) => key);
  return [
    task('draftPlan', '编报年度绩效计划', "Draft the unit's plan", 'staff', days, fields, {
      help: {
        zh: '权重合计须等于规定总分；目标值要可衡量、可核验，并写明完成时限。',
        en: 'Weights must add up to the total; targets must be measurable, with due dates.',
      },
      shows: [...shows, 'officeOpinion'],
    }),
    approval('headPlan', '单位主要负责人审签', 'The head signs the plan', 'head', 3, {
      shows: keys,
      returnTo: 'draftPlan',
    }),
    ...consult,
    approval('reviewPlan', '绩效办审核计划', 'The performance office reviews the plan', 'office', 5, {
      shows: [...shows, ...keys, ...reviewShows],
      fields: [longText('officeOpinion', '审核意见', 'Opinion', { maxLength: 2000 })],
      returnTo: 'draftPlan',
      ...review,
    }),
    ...(keys.includes('indicators') ? [assignPlan({ milestones: keys.includes('milestones') })] : []),
    enterMustCheck(),
  ];
}

/** The approved plan becomes what the unit is measured by. */
export const assignPlan = ({ key = 'assignPlan', milestones = false } = {}): ComputeBlock => ({
  key,
  type: 'compute',
  name: { zh: '下达为年度指标', en: "The plan becomes the unit's indicators" },
  into: 'assigned',
  rule: { kind: 'assign', plan: 'indicators', ...(milestones && { milestones: 'milestones' }) },
});

/** The monitoring unit may object to the plan; no answer in time counts as no objection. */
export const consultMonitor = (): TaskBlock =>
  task(
    'consultMonitor',
    '征求监测单位意见',
    'Ask the monitoring unit',
    'monitor',
    5,
    [longText('monitorOpinion', '监测单位意见', 'Opinion', { maxLength: 2000 })],
    {
      help: { zh: '逾期未提出意见的，视为无意见。', en: 'No answer in time counts as no objection.' },
      escalate: [{ after: 0, do: 'pass' }],
      shows: ['indicators'],
    },
  );

/** What a section takes on of the unit's indicators: its own targets, and the posts and people who own them. */
const sectionTable = (): TableField =>
  table(
    'sectionIndicators',
    '科室承担的指标',
    'Indicators that the section takes on',
    [
      text('code', '编号', 'Code', { ...must, maxLength: 64 }),
      text('name', '指标', 'Indicator', { maxLength: 200 }),
      text('unit', '计量单位', 'Unit', { maxLength: 20 }),
      decimal('target', '科室目标值', 'Target of the section', { ...must, places: 4 }),
      text('post', '岗位', 'Post', { ...must, maxLength: 50 }),
      text('owner', '责任人', 'Owner', { ...must, maxLength: 50 }),
    ],
    { source: 'plan', maxRows: 100 },
  );

/** What the section takes on become its indicators, parts of the unit's: their values are rolled up. */
const assignSection = (): ComputeBlock => ({
  key: 'assignSection',
  type: 'compute',
  name: { zh: '下达为科室指标', en: "The section's indicators" },
  into: 'sectionAssigned',
  rule: { kind: 'assign', plan: 'sectionIndicators' },
});

/**
 * Decomposition to the sections of the unit, each with measures and the posts that own them; confirmed by the head. `assigned`: each
 * section also takes on indicators of the unit, with targets of its own.
 */
export const decomposition = ({ assigned = false } = {}): [RepeatBlock, ApprovalBlock] => [
  {
    key: 'decompose',
    type: 'repeat',
    over: 'sections',
    mode: 'together',
    name: { zh: '分解到科室和岗位', en: 'Break down to sections and posts' },
    collect: { fields: ['measures', ...(assigned ? ['sectionIndicators'] : [])], into: 'sectionMeasures' },
    blocks: [
      task(
        'sectionPlan',
        '科室制定落实措施',
        'The section says what it will do',
        'section',
        5,
        [
          ...(assigned ? [sectionTable()] : []),
          table(
            'measures',
            '落实措施',
            'Measures',
            [
              text('measure', '措施', 'Measure', must),
              text('post', '岗位', 'Post', { ...must, maxLength: 50 }),
              text('owner', '责任人', 'Owner', { ...must, maxLength: 50 }),
              date('dueDate', '完成时限', 'Due date', must),
            ],
            must,
          ),
        ],
        { shows: ['indicators'] },
      ),
      ...(assigned ? [assignSection()] : []),
    ],
  },
  approval('confirmMeasures', '单位确认分解方案', 'The head confirms the measures', 'head', 3, {
    shows: ['indicators', 'sectionMeasures'],
    returnTo: 'decompose',
  }),
];
