import type { CycleTemplate } from '../template/schema.ts';
import { evaluate } from './hongkong-kpi/evaluate.ts';
import { execute, lights } from './hongkong-kpi/execute.ts';
import { feedback } from './hongkong-kpi/feedback.ts';
import { CLUSTERS, indicators } from './hongkong-kpi/indicators.ts';
import { plan } from './hongkong-kpi/plan.ts';
import { rectify } from './hongkong-kpi/rectify.ts';
import { watched } from './lights.ts';
import { says } from './parts/fields.ts';

/** 香港施政报告成果指标. The source's own: 138 result indicators, public every quarter, a delay statement that the legislature approves for what is
 * missed, joint owners. The indicators themselves and other numbers are examples. */
export const hongkongKpi: CycleTemplate = {
  key: 'hongkong-kpi',
  version: 1,
  name: says('施政报告成果指标', 'Result indicators of the Policy Address'),
  description: says(
    '香港 138 项成果指标：按季公布进度；未达标的须提交延误说明并经立法会批准；牵头局和协办部门组成专责小组共同负责；不排名、不评级。',
    'Hong Kong: 138 result indicators, public every quarter; a missed one needs a delay statement that the legislature approves; a working group of joint owners; no ranks, no grades.',
  ),
  period: { kind: 'year' },
  roles: {
    performanceOffice: { name: says('政务司司长办公室', "Chief Secretary's Office"), scope: 'city' },
    legislature: { name: says('立法会', 'Legislature'), scope: 'city' },
    staff: { name: says('牵头局经办人', 'Staff of the bureau'), scope: 'unit' },
  },
  categories: Object.fromEntries(
    Object.entries(CLUSTERS).map(([key, [zh, en]]) => [key, { name: says(zh, en), ranked: false }]),
  ),
  phases: { plan, execute, evaluate, feedback, rectify },
  indicators,
  lights,
  warnings: watched,
  publish: {
    goals: { from: { block: 'assignPlan' } },
    progress: { from: { block: 'published' } },
    lights: { from: { block: 'published' } },
    results: { from: { block: 'publicity' } },
    answers: { from: { block: 'publicity' } },
    texts: [
      { field: 'quarterText', from: { block: 'published' } },
      { field: 'resultsNote', from: { block: 'publicity' } },
    ],
  },
  sample: true,
};
