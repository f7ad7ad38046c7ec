import type { Phase } from '../../template/schema.ts';
import { allotted } from '../parts/budget.ts';
import { decimal, files, longText, must, percent, points, says, text } from '../parts/fields.ts';
import { assignPlan, enterMustCheck, indicatorTable, mustCheckTable } from '../parts/plan.ts';
import { approval, task } from '../parts/steps.ts';
import { weightedSum } from '../parts/weighted.ts';
import { city } from '../parts/who.ts';

const money = { ...must, places: 2, min: '1', max: '100000', unit: '万元' };
const application = ['project', 'requested', 'projectGoal', 'indicators', 'mustCheck'];
const documents = ['affordability', 'ownShare', 'expectedBenefit', 'exAnteFiles'];

/** 事前评估：财政承受能力论证、预期绩效分析，专家评审，低于基准线不予立项。 */
export const plan: Phase = {
  name: says('事前绩效评估', 'Ex-ante evaluation'),
  window: { start: { from: 'periodStart' }, end: { date: '04-15' } },
  blocks: [
    task(
      'issueBaseLine',
      '印发申报指南和基准线',
      'Issue the guide and the base line',
      'office',
      5,
      [
        longText('cityGoals', '项目申报指南', 'Guide for applications', must),
        // The source has a base line, not its height.
        points('baseLine', '事前评估基准线', 'Base line of the ex-ante evaluation', '70', { min: '50' }),
        files('goalsDocument', '文件', 'Document', { maxFiles: 5 }),
      ],
      { per: 'cycle' },
    ),
    allotted(),
    task(
      'applyProject',
      '申报项目预算和绩效目标',
      'Apply for a project: budget and goals',
      'staff',
      10,
      [
        text('project', '项目名称', 'Project', { ...must, maxLength: 200 }),
        decimal('requested', '申请金额', 'Money asked for', money),
        longText('projectGoal', '总体绩效目标', 'Goal of the project', must),
        indicatorTable(),
        mustCheckTable(),
      ],
      { shows: ['cityGoals', 'baseLine', 'allotted'] },
    ),
    task(
      'exAnteDocuments',
      '提交两份事前评估文件',
      'Hand in the two documents',
      'staff',
      10,
      [
        longText('affordability', '财政承受能力论证', 'Affordability'),
        percent('ownShare', '本级财力承担比例', 'Share borne by own revenue', must),
        longText('expectedBenefit', '预期绩效分析', 'Expected benefit'),
        files('exAnteFiles', '附件', 'Attachments'),
      ],
      {
        help: says(
          '财政承受能力论证和预期绩效分析缺一不可，缺少任何一份的不予立项。',
          'Affordability and expected benefit: a project that lacks either of them is rejected.',
        ),
        shows: application,
      },
    ),
    approval('headApplication', '单位主要负责人审签', 'The head signs the application', 'head', 3, {
      shows: [...application, ...documents],
      returnTo: 'applyProject',
    }),
    task(
      'panelReview',
      '专家组事前评审',
      'The panel reviews',
      city('panel'),
      5,
      [
        points('affordabilityScore', '财政承受能力得分', 'Score of the affordability', '100'),
        points('benefitScore', '预期绩效得分', 'Score of the expected benefit', '100'),
        longText('panelOpinion', '评审意见', 'Opinion', must),
      ],
      { shows: ['baseLine', ...application, ...documents] },
    ),
    {
      key: 'exAnte',
      type: 'compute',
      name: says('事前评估得分', 'Ex-ante score'),
      into: 'exAnteScore',
      rule: {
        kind: 'rule',
        rule: weightedSum([
          ['affordabilityScore', '50'],
          ['benefitScore', '50'],
        ]),
      },
    },
    {
      key: 'exAnteGate',
      type: 'gate',
      name: says('事前评估基准线', 'The base line'),
      requires: [
        { if: 'affordability != null', reason: says('缺少财政承受能力论证。', 'Affordability is not shown.') },
        { if: 'expectedBenefit != null', reason: says('缺少预期绩效分析。', 'The expected benefit is not shown.') },
        {
          if: 'exAnteScore >= baseLine',
          reason: says('事前评估得分低于基准线，不予立项。', 'The ex-ante score is below the base line: rejected.'),
        },
      ],
      onFail: 'end',
    },
    approval(
      'approveBudget',
      '财政厅批复预算和绩效目标',
      'The finance department approves budget and goals',
      'office',
      5,
      {
        shows: ['allotted', ...application, 'exAnteScore', 'panelOpinion'],
        fields: [decimal('budget', '批复金额', 'Money granted', money)],
        returnTo: 'applyProject',
      },
    ),
    assignPlan(),
    enterMustCheck(),
  ],
};
