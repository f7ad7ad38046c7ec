import type { CycleTemplate } from '../template/schema.ts';
import { evaluate } from './five-stages/evaluate.ts';
import { execute } from './five-stages/execute.ts';
import { feedback } from './five-stages/feedback.ts';
import { plan } from './five-stages/plan.ts';
import { rectify } from './five-stages/rectify.ts';
import { indicators } from './five-stages/score.ts';
import { watched, yinchuan } from './lights.ts';
import { says } from './parts/fields.ts';

/** 五步法. The five stages are the source's own, the numbers examples. Nobody is ranked: the path ends with a published report. */
export const fiveStages: CycleTemplate = {
  key: 'five-stages',
  version: 1,
  name: says('绩效管理五步法', 'Performance in five stages'),
  description: says(
    '五步路径：确定目标和指标 → 培训和数据采集 → 评价和分析 → 整改 → 发布报告。不排名、不评级。',
    'Five stages: goals and indicators, training and data collection, evaluation and analysis, rectification, a published report. No ranks, no grades.',
  ),
  period: { kind: 'year' },
  roles: {
    performanceOffice: { name: says('绩效办', 'Performance office'), scope: 'city' },
    leaders: { name: says('领导', 'Leaders'), scope: 'city' },
    staff: { name: says('绩效联络员', 'Staff for performance'), scope: 'unit' },
    monitor: { name: says('监测单位经办人', 'Monitor'), scope: 'unit' },
  },
  categories: {
    department: { name: says('部门', 'Departments'), ranked: false },
  },
  phases: { plan, execute, evaluate, feedback, rectify },
  indicators,
  lights: yinchuan,
  warnings: watched,
  publish: {
    goals: { from: { block: 'publishReport' } },
    progress: { from: { block: 'publishReport' } },
    lights: { from: { block: 'publishReport' } },
    texts: [{ field: 'annualReport', from: { block: 'publishReport' } }],
  },
  sample: true,
};
