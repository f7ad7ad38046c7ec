import type { CycleTemplate } from '../template/schema.ts';
import { watched, yinchuan } from './lights.ts';
import { says } from './parts/fields.ts';
import { assessors, evaluate, grades, uses } from './shenzhen-bsc/evaluate.ts';
import { execute } from './shenzhen-bsc/execute.ts';
import { feedback } from './shenzhen-bsc/feedback.ts';
import { indicators } from './shenzhen-bsc/indicators.ts';
import { plan } from './shenzhen-bsc/plan.ts';
import { rectify } from './shenzhen-bsc/rectify.ts';

/** 深圳平衡计分卡. The four dimensions are the source's own, the numbers examples. */
export const shenzhenBsc: CycleTemplate = {
  key: 'shenzhen-bsc',
  version: 1,
  name: says('政府绩效平衡计分卡', "Balanced scorecard of the city's units"),
  description: says(
    '深圳：以战略地图为起点，从财政、公众、内部流程、学习与成长四个维度设定指标并合成得分，分类排名。',
    'Shenzhen: from a strategy map to indicators and a score in four dimensions, finance, public, internal process, learning; ranked in two categories.',
  ),
  period: { kind: 'year' },
  roles: {
    performanceOffice: { name: says('市绩效办', 'Performance office'), scope: 'city' },
    committee: { name: says('市绩效管理委员会', 'Performance committee'), scope: 'city' },
    leaders: { name: says('市政府领导', 'Leaders of the city'), scope: 'city' },
    reviewers: { name: says('绩效复核组', 'Review group'), scope: 'city' },
    staff: { name: says('绩效联络员', 'Staff for performance'), scope: 'unit' },
    monitor: { name: says('数据采集单位经办人', 'Monitor'), scope: 'unit' },
  },
  categories: {
    bureau: { name: says('市政府部门', 'Bureaux'), ranked: true },
    district: { name: says('区政府', 'Districts'), ranked: true },
  },
  phases: { plan, execute, evaluate, feedback, rectify },
  indicators,
  lights: yinchuan,
  warnings: watched,
  assessors,
  grades,
  uses,
  sample: true,
};
