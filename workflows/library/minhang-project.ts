import type { CycleTemplate } from '../template/schema.ts';
import { idleMoney, suspicious } from './flags.ts';
import { yinchuan } from './lights.ts';
import { assessors, evaluate, grades, uses } from './minhang-project/evaluate.ts';
import { execute } from './minhang-project/execute.ts';
import { feedback } from './minhang-project/feedback.ts';
import { plan } from './minhang-project/plan.ts';
import { rectify } from './minhang-project/rectify.ts';
import { indicators } from './minhang-project/score.ts';
import { says } from './parts/fields.ts';

/** 上海闵行项目绩效. The source's own: budget = duty = goal = performance, cost and benefit figured out ex ante, a third-party team, and 40 % for the
 * public's questionnaire (the third party has the rest). Other numbers are examples. */
export const minhangProject: CycleTemplate = {
  key: 'minhang-project',
  version: 1,
  name: says('项目预算绩效（以结果为导向）', 'Project budgets by performance'),
  description: says(
    '上海闵行：预算即职责、即目标、即绩效；事前算清成本和效益；事后由第三方评价，公众问卷占 40%。',
    "Minhang, Shanghai: budget = duty = goal = performance; cost and benefit are figured out ex ante; a third-party team evaluates, the public's questionnaire counts 40 %.",
  ),
  period: { kind: 'year' },
  roles: {
    performanceOffice: { name: says('区财政局', 'Finance bureau'), scope: 'city' },
    thirdParty: { name: says('第三方评价组', 'Third-party team'), scope: 'city' },
    congress: { name: says('区人大预算工委', 'Budget committee of the congress'), scope: 'city' },
    reviewers: { name: says('评价复核组', 'Review group'), scope: 'city' },
    staff: { name: says('项目单位经办人', 'Staff of the unit'), scope: 'unit' },
    monitor: { name: says('审计局经办人', 'Audit'), scope: 'unit' },
  },
  categories: {
    service: { name: says('公共服务项目', 'Services'), ranked: false },
    building: { name: says('建设管理项目', 'Building'), ranked: false },
  },
  phases: { plan, execute, evaluate, feedback, rectify },
  indicators,
  lights: yinchuan,
  warnings: { sheets: [], flags: [...suspicious, idleMoney] },
  assessors,
  grades,
  uses,
  sample: true,
};
