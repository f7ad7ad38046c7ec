import type { Phase } from '../../template/schema.ts';
import { allotted } from '../parts/budget.ts';
import { date, decimal, longText, must, says, table, text } from '../parts/fields.ts';
import { assignPlan, enterMustCheck, indicatorTable, issueGoals, mustCheckTable } from '../parts/plan.ts';
import { feel } from '../parts/reporting.ts';
import { approval, task } from '../parts/steps.ts';
import { city } from '../parts/who.ts';

const money = { ...must, places: 2, min: '1', max: '100000', unit: '万元' };
const chain = ['project', 'requested', 'chain', 'indicators', 'mustCheck'];
const figures = ['totalCost', 'totalBenefit', 'benefitCostRatio', 'beneficiaries'];

/** 预算即职责、即目标、即绩效：每一笔预算对应一项职责、一个目标、一个绩效指标；事前算清成本和效益。 */
export const plan: Phase = {
  name: says('事前成本效益评估', 'Ex-ante cost and benefit'),
  window: { start: { from: 'periodStart' }, end: { date: '04-15' } },
  blocks: [
    issueGoals({ from: 'opened', workingDays: 5 }),
    allotted(),
    task(
      'draftPlan',
      '编报项目：预算、职责、目标、绩效',
      'Draft the project: budget, duty, goal, performance',
      'staff',
      10,
      [
        text('project', '项目名称', 'Project', { ...must, maxLength: 200 }),
        table(
          'chain',
          '预算—职责—目标—绩效对应表',
          'Budget, duty, goal, performance',
          [
            decimal('amount', '预算金额', 'Budget', { ...money, max: '10000' }),
            text('duty', '对应职责', 'Duty', must),
            text('goal', '对应目标', 'Goal', must),
            text('measure', '对应绩效指标', 'Measured by', must),
          ],
          must,
        ),
        indicatorTable(),
        mustCheckTable(),
      ],
      {
        help: says(
          '没有职责依据、没有目标和绩效指标的钱不安排预算。',
          'No money without a duty that it serves, a goal and a measure of performance.',
        ),
        shows: ['cityGoals', 'allotted', 'officeOpinion'],
      },
    ),
    feel('sumBudget', '预算合计', 'Budget asked for', 'requested', 'sum(chain.amount)'),
    task(
      'costBenefit',
      '测算成本和效益',
      'Figure out cost and benefit',
      'staff',
      5,
      [
        decimal('totalCost', '全周期成本', 'Cost over its life', money),
        decimal('totalBenefit', '可货币化效益', 'Benefit in money', { ...money, max: '1000000' }),
        decimal('beneficiaries', '受益人数', 'People who benefit', { ...must, places: 0, min: '1', max: '3000000' }),
        longText('benefitBasis', '测算依据', 'How it was figured out', must),
        date('readyBy', '建成（开办）时间', 'Ready by', must),
      ],
      { shows: chain },
    ),
    {
      key: 'ratio',
      type: 'compute',
      name: says('效益成本比', 'Benefit per cost'),
      into: 'benefitCostRatio',
      rule: { kind: 'feel', expression: 'round half up(totalBenefit / totalCost, 4)' },
    },
    approval('headPlan', '单位主要负责人审签', 'The head signs', 'head', 3, {
      shows: [...chain, ...figures, 'benefitBasis'],
      returnTo: 'draftPlan',
    }),
    {
      key: 'costBenefitGate',
      type: 'gate',
      name: says('成本效益门槛', 'Gate of cost and benefit'),
      // That benefits must cover costs is an example: the source asks for the figures.
      requires: [
        {
          if: 'totalCost >= requested',
          reason: says(
            '成本小于申请的预算，测算不完整。',
            'The cost is less than the budget asked for: something was left out.',
          ),
        },
        {
          if: 'benefitCostRatio >= 1',
          reason: says('效益小于成本。', 'The benefit is less than the cost.'),
        },
      ],
      onFail: 'costBenefit',
    },
    task(
      'expertReview',
      '第三方专家事前评审',
      'Experts of a third party review',
      city('thirdParty'),
      5,
      [longText('expertOpinion', '评审意见', 'Opinion', must)],
      { shows: [...chain, ...figures, 'benefitBasis'] },
    ),
    approval('reviewPlan', '区财政局审核批复', 'The finance bureau reviews and grants', 'office', 5, {
      shows: ['allotted', ...chain, ...figures, 'expertOpinion'],
      fields: [
        decimal('budget', '批复金额', 'Money granted', money),
        longText('officeOpinion', '审核意见', 'Opinion', { maxLength: 2000 }),
      ],
      returnTo: 'draftPlan',
    }),
    assignPlan(),
    enterMustCheck(),
  ],
};
