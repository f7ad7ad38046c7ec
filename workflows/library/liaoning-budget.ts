import type { CycleTemplate } from '../template/schema.ts';
import { idleMoney, suspicious } from './flags.ts';
import { evaluate, grades, uses } from './liaoning-budget/evaluate.ts';
import { execute } from './liaoning-budget/execute.ts';
import { feedback } from './liaoning-budget/feedback.ts';
import { plan } from './liaoning-budget/plan.ts';
import { rectify } from './liaoning-budget/rectify.ts';
import { assessors, indicators } from './liaoning-budget/score.ts';
import { liaoning } from './lights.ts';
import { says } from './parts/fields.ts';

/**
 * 辽宁预算绩效管理. The source's own: the ex-ante gate with two documents and a base line, the automatic warning at 20 % behind
 * schedule, half the money for who did not meet the goals, more for grade A. Other numbers are examples.
 */
export const liaoningBudget: CycleTemplate = {
  key: 'liaoning-budget',
  version: 1,
  name: says('预算绩效管理（事前评估）', 'Budget performance with an ex-ante gate'),
  description: says(
    '辽宁预算绩效：项目须经财政承受能力论证和预期绩效分析两份文件的事前评估，低于基准线不予立项；进度滞后 20% 自动预警；评级决定下年度预算，未达标压减 50%，A 级增加。',
    'Liaoning: projects pass an ex-ante gate with two documents, below the base line they are rejected; a warning by itself at 20 % behind schedule; the grade decides the money of next year: not met halves it, grade A adds to it.',
  ),
  period: { kind: 'year' },
  roles: {
    performanceOffice: {
      name: says('财政厅预算绩效管理处', 'Performance division of the finance department'),
      scope: 'city',
    },
    panel: { name: says('预算绩效评审专家组', 'Panel of experts'), scope: 'city' },
    leaders: { name: says('财政厅党组', 'Leading group of the finance department'), scope: 'city' },
    reviewers: { name: says('绩效评价复核组', 'Review group'), scope: 'city' },
    staff: { name: says('项目单位经办人', 'Staff of the unit'), scope: 'unit' },
    monitor: { name: says('财政厅部门预算处经办人', 'Budget division'), scope: 'unit' },
  },
  categories: {
    livelihood: { name: says('民生类项目', 'Livelihood projects'), ranked: false },
    development: { name: says('发展类项目', 'Development projects'), ranked: false },
  },
  phases: { plan, execute, evaluate, feedback, rectify },
  indicators,
  assessors,
  lights: liaoning,
  warnings: {
    sheets: [{ colour: 'yellow', name: says('绩效预警通知', 'Warning notice'), reply: 10 }],
    flags: [...suspicious, idleMoney],
  },
  grades,
  uses,
  sample: true,
};
