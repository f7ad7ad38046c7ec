import type { GradeScheme } from '../grades/schema.ts';
import type { CycleTemplate } from '../template/schema.ts';
import type { ResultUse } from '../uses/schema.ts';
import { idleMoney, suspicious } from './flags.ts';
import { allotted, nextAmount } from './parts/budget.ts';
import { targetChange } from './parts/change.ts';
import { finalApproval, selfEvaluation } from './parts/evaluation.ts';
import { feedback } from './parts/feedback.ts';
import { choice, decimal, files, longText, must, points, says, table, text } from './parts/fields.ts';
import { attained, type Judged, rounded } from './parts/judging.ts';
import { decided, improvement } from './parts/loop.ts';
import { decomposition, goalsIssued, indicatorTable, issueGoals, unitPlan } from './parts/plan.ts';
import { rolesOf } from './parts/roles.ts';
import { approval, task } from './parts/steps.ts';
import { city, head, office, staff } from './parts/who.ts';
import { lights, monitored, monitoring } from './qingdao-budget/execute.ts';

const expenses = table(
  'expenses',
  '预算明细',
  'Budget items',
  [
    text('name', '支出项目', 'Item', { ...must, maxLength: 200 }),
    decimal('amount', '金额（万元）', 'Amount (10 000 yuan)', { ...must, places: 2, min: '0', max: '10000' }),
    text('goal', '对应绩效目标', 'Goal that it serves', must),
  ],
  must,
);

/** Weights are examples. */
const judged: Judged = {
  rule: rounded({
    kind: 'composite',
    of: [
      {
        key: 'goals',
        weight: '60',
        rule: attained(says('目标完成', 'Goals reached'), 'not(starts with(item.code, "JK"))'),
      },
      {
        key: 'monitoring',
        weight: '20',
        rule: attained(says('全年监控得分', 'Monitoring'), 'starts with(item.code, "JK")'),
      },
      {
        key: 'management',
        name: says('管理和效益评价', 'Management and benefit'),
        weight: '20',
        rule: 'values.benefitScore',
      },
    ],
  }),
  graded: true,
};

/** 财政部: 优 ≥ 90, 良 ≥ 80, 中 ≥ 60, 差 below. */
const grades: GradeScheme = {
  grades: [
    { key: 'excellent', name: says('优', 'Excellent'), atLeast: '90' },
    { key: 'good', name: says('良', 'Good'), atLeast: '80' },
    { key: 'fair', name: says('中', 'Fair'), atLeast: '60' },
    { key: 'poor', name: says('差', 'Poor') },
  ],
};

/** That results decide on the next budget is the source's, the percents are examples. */
const uses: ResultUse[] = [
  {
    key: 'more',
    name: says('优：优先保障，预算上浮', 'Excellent: more money'),
    whom: { kind: 'grade', grades: ['excellent'] },
    effect: { kind: 'budget', percent: '5' },
  },
  {
    key: 'less',
    name: says('中：预算压减', 'Fair: less money'),
    whom: { kind: 'grade', grades: ['fair'] },
    effect: { kind: 'budget', percent: '-10' },
  },
  {
    key: 'cut',
    name: says('差：预算大幅压减', 'Poor: much less money'),
    whom: { kind: 'grade', grades: ['poor'] },
    effect: { kind: 'budget', percent: '-30' },
  },
];

/**
 * 青岛预算绩效. The source's own: the goal comes with the budget and is reviewed with it; monitoring scores the progress of the goals
 * (quantitative and qualitative apart), the spending and the correction, and shows it in four colours; evaluation; the next budget.
 */
export const qingdaoBudget: CycleTemplate = {
  key: 'qingdao-budget',
  version: 1,
  name: says('全过程预算绩效管理', 'Performance of the budget, from goal to next budget'),
  description: says(
    '青岛：目标随预算申报和审核，按季监控目标进度（定量、定性分开）、支出进度和纠偏并亮红黄蓝绿灯，绩效评价结果决定下年度预算。',
    'Qingdao: goals come with the budget; every quarter progress of the goals, spending and correction are scored and shown in four colours; the evaluation decides on the next budget.',
  ),
  period: { kind: 'year' },
  roles: {
    ...rolesOf('leaders', 'thirdParty', 'reviewers', 'staff'),
    performanceOffice: {
      name: says('财政局绩效评价处', 'Performance division of the finance department'),
      scope: 'city',
    },
  },
  categories: {
    project: { name: says('项目支出单位', 'Units with projects'), ranked: false },
    department: { name: says('部门整体支出', 'Whole departments'), ranked: false },
  },
  phases: {
    plan: {
      name: says('目标与预算', 'Goals and budget'),
      window: { start: { from: 'periodStart' }, end: { date: '04-15' } },
      blocks: [
        issueGoals({ date: '01-20' }),
        goalsIssued(),
        allotted(),
        ...unitPlan({
          shows: ['cityGoals', 'allotted'],
          fields: [
            indicatorTable(),
            decimal('budget', '申报预算', 'Budget asked for', {
              ...must,
              places: 2,
              min: '1',
              max: '100000',
              unit: '万元',
            }),
            expenses,
            files('goalPaper', '绩效目标申报表', 'Form of the goals', { maxFiles: 5 }),
          ],
          review: {
            fields: [
              longText('officeOpinion', '审核意见', 'Opinion', { maxLength: 2000 }),
              choice(
                'goalGrade',
                '目标审核等级',
                'Grade of the goals',
                { excellent: ['优', 'Excellent'], good: ['良', 'Good'], fair: ['中', 'Fair'] },
                must,
              ),
            ],
          },
        }),
        ...decomposition(),
      ],
    },
    execute: {
      name: says('绩效监控', 'Monitoring'),
      window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
      blocks: [monitoring],
    },
    evaluate: {
      name: says('绩效评价', 'Evaluation'),
      window: { start: { date: '01-01', year: 'next' }, end: { date: '05-15', year: 'next' } },
      blocks: [
        ...selfEvaluation(),
        task(
          'evaluateBenefit',
          '第三方评价管理和效益',
          'A third party evaluates management and benefit',
          city('thirdParty'),
          10,
          [
            points('benefitScore', '管理和效益得分', 'Score', '100'),
            longText('benefitReport', '评价报告', 'Report', must),
          ],
          { shows: ['selfReport', 'selfScore', 'progressByPeriod'] },
        ),
        ...decided({
          judged,
          approvals: [finalApproval('governmentApproves', '市政府审定', 'The city government approves', 'leaders')],
          makers: ['verify', 'evaluateBenefit'],
        }),
      ],
    },
    feedback: {
      name: says('评价反馈', 'Feedback'),
      window: { start: { date: '02-01', year: 'next' }, end: { date: '06-15', year: 'next' } },
      blocks: feedback({
        head: [head],
        tell: [staff],
        office: [office],
        shows: ['totalScore', 'grade', 'benefitReport'],
      }),
    },
    rectify: {
      name: says('整改和下年度预算', 'Rectification and next budget'),
      window: { start: { date: '02-15', year: 'next' }, end: { date: '10-31', year: 'next' } },
      blocks: [
        ...improvement({ verifier: city('thirdParty'), shows: ['totalScore', 'benefitReport'], unmet: 3 }),
        nextAmount(uses),
        task(
          'nextBudget',
          '提出下年度预算安排',
          "Propose next year's budget",
          'office',
          10,
          [
            decimal('nextAmount', '下年度安排', "Next year's amount", {
              ...must,
              places: 2,
              min: '0',
              max: '200000',
              unit: '万元',
            }),
            longText('nextReason', '安排依据', 'Reason', must),
          ],
          { shows: ['budget', 'totalScore', 'grade', 'uses'] },
        ),
        approval('approveBudget', '审定下年度预算', "Next year's budget is approved", city('leaders'), 5, {
          shows: ['budget', 'nextAmount', 'nextReason'],
          returnTo: 'nextBudget',
        }),
      ],
    },
  },
  indicators: { total: '100', weights: 'rescale', list: monitored, change: targetChange() },
  lights,
  warnings: {
    sheets: [{ colour: 'yellow', name: says('绩效监控整改通知', 'Notice of the monitoring'), reply: 10 }],
    by: 'case',
    flags: [...suspicious, idleMoney],
  },
  grades,
  uses,
  sample: true,
};
