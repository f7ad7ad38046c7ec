import type { CycleTemplate } from '../template/schema.ts';
import { hangzhouNotice, yinchuanNoted } from './lights.ts';
import { rolesOf } from './parts/roles.ts';
import { adjustments, assessors, evaluate, grades, uses } from './zjg-departments/evaluate.ts';
import { execute } from './zjg-departments/execute.ts';
import { feedback } from './zjg-departments/feedback.ts';
import { indicators, plan } from './zjg-departments/plan.ts';
import { rectify } from './zjg-departments/rectify.ts';

/**
 * 张家港市级机关百分考评. The source's own: the weights 60 / 20 / 10 / 10, the four categories ranked apart, the path
 * office → committee → standing committee, the admonition talk for the bottom two, rectified items as next year's
 * must-check. The answer to a supervision notice in 10 working days is that of 杭州 and 济南. Other numbers are examples.
 */
export const zjgDepartments: CycleTemplate = {
  key: 'zjg-departments',
  version: 1,
  name: { zh: '市级机关百分考评', en: 'Hundred-point assessment of the departments' },
  description: {
    zh: '张家港市级机关绩效考评：实绩 60%，定性 20%，社会评议 20%（基层评议 10%、行风测评 10%）；分四类排名，末两位诫勉谈话，问题整改销号。',
    en: 'The departments of 张家港: results 60 %, leaders 20 %, society 20 % (grass roots 10 %, conduct survey 10 %); ranked in four categories, an admonition talk for the bottom two, problems rectified and closed.',
  },
  period: { kind: 'year' },
  roles: rolesOf(
    'performanceOffice',
    'committee',
    'standingCommittee',
    'leaders',
    'grassRoots',
    'surveyTeam',
    'reviewers',
    'staff',
    'monitor',
  ),
  categories: {
    economy: { name: { zh: '经济服务', en: 'Economic services' }, ranked: true },
    enforcement: { name: { zh: '执法服务', en: 'Law enforcement' }, ranked: true },
    society: { name: { zh: '社会事业服务', en: 'Social services' }, ranked: true },
    general: { name: { zh: '综合服务', en: 'General services' }, ranked: true },
  },
  phases: { plan, execute, evaluate, feedback, rectify },
  indicators,
  lights: yinchuanNoted,
  warnings: hangzhouNotice,
  assessors,
  grades,
  adjustments,
  uses,
  // That anybody may look the results up once they are made public is an example.
  publish: { goals: { from: { block: 'publicity' } }, results: { from: { block: 'publicity' } } },
  sample: true,
};
