import type { CycleTemplate } from '../template/schema.ts';
import { watched, yinchuan } from './lights.ts';
import { says } from './parts/fields.ts';
import { assessors, evaluate, grades, uses } from './tax-bureau/evaluate.ts';
import { execute } from './tax-bureau/execute.ts';
import { feedback } from './tax-bureau/feedback.ts';
import { indicators, LEVELS } from './tax-bureau/indicators.ts';
import { plan } from './tax-bureau/plan.ts';
import { rectify } from './tax-bureau/rectify.ts';

/** 税务绩效管理. The source's own: policy demands become measured indicators, level by level, from bureau to bureau; taxpayers say how satisfied they
 * are. The numbers are examples. */
export const taxBureau: CycleTemplate = {
  key: 'tax-bureau',
  version: 1,
  name: says('税务绩效管理', 'Performance of tax bureaux'),
  description: says(
    '国家税务总局：下达的政策要求转化为可测量的指标，从总局到省、市、县局逐级承接，上级局审核和核验；纳税人满意度计入得分；分层级排名。',
    "State Taxation Administration: policy demands that the centre issues become measured indicators and cascade from bureau to bureau, the one above approves and verifies; taxpayers' satisfaction counts; ranked level by level.",
  ),
  period: { kind: 'year' },
  roles: {
    performanceOffice: { name: says('总局考核考评司', 'Appraisal department'), scope: 'city' },
    committee: { name: says('总局绩效管理领导小组', 'Leading group'), scope: 'city' },
    reviewers: { name: says('绩效复核组', 'Review group'), scope: 'city' },
    staff: { name: says('绩效专员', 'Staff for performance'), scope: 'unit' },
    monitor: { name: says('上级局核验人', 'Verifier of the bureau above'), scope: 'unit' },
  },
  categories: Object.fromEntries(LEVELS.map(([key, , zh, en]) => [key, { name: says(zh, en), ranked: true }])),
  phases: { plan, execute, evaluate, feedback, rectify },
  indicators,
  lights: yinchuan,
  warnings: watched,
  assessors,
  grades,
  uses,
  sample: true,
};
