import type { CycleTemplate } from '../template/schema.ts';
import { evaluate } from './zjg-departments/evaluate.ts';
import { execute } from './zjg-departments/execute.ts';
import { feedback } from './zjg-departments/feedback.ts';
import { plan } from './zjg-departments/plan.ts';
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
  roles: {
    performanceOffice: { name: { zh: '市绩效办', en: 'Performance office' }, scope: 'city' },
    committee: { name: { zh: '市绩效管理委员会', en: 'Performance committee' }, scope: 'city' },
    standingCommittee: { name: { zh: '市委常委会', en: 'Standing committee' }, scope: 'city' },
    leaders: { name: { zh: '市领导', en: 'Leaders of the city' }, scope: 'city' },
    grassRoots: { name: { zh: '区镇基层评议组', en: 'Grass roots of the districts' }, scope: 'city' },
    surveyTeam: { name: { zh: '行风测评组', en: 'Conduct survey team' }, scope: 'city' },
    staff: { name: { zh: '绩效联络员', en: 'Staff for performance' }, scope: 'unit' },
    monitor: { name: { zh: '监测单位经办人', en: 'Monitor' }, scope: 'unit' },
  },
  categories: {
    economy: { name: { zh: '经济服务', en: 'Economic services' }, ranked: true },
    enforcement: { name: { zh: '执法服务', en: 'Law enforcement' }, ranked: true },
    society: { name: { zh: '社会事业服务', en: 'Social services' }, ranked: true },
    general: { name: { zh: '综合服务', en: 'General services' }, ranked: true },
  },
  phases: { plan, execute, evaluate, feedback, rectify },
  sample: true,
};
