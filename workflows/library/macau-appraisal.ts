import type { CycleTemplate } from '../template/schema.ts';
import { evaluate, grades } from './macau-appraisal/evaluate.ts';
import { execute } from './macau-appraisal/execute.ts';
import { feedback } from './macau-appraisal/feedback.ts';
import { plan } from './macau-appraisal/plan.ts';
import { rectify } from './macau-appraisal/rectify.ts';
import { says } from './parts/fields.ts';

/** 澳门公务人员工作表现评核. The source's own: persons, 11 indicators (core, situational, functional), the alarm at 85 % of top grades, and the
 * quotas of the proposal of 2017. Other numbers are examples. */
export const macauAppraisal: CycleTemplate = {
  key: 'macau-appraisal',
  version: 1,
  name: says('公务人员工作表现评核', 'Appraisal of civil servants'),
  description: says(
    '澳门公务人员工作表现评核：以人为对象，11 个评核项目分核心（所有岗位）、情境（部分岗位）、职能（按岗位选定）；不适用的项目不计入；优异和十分满意合计达到 85% 时报警。',
    'Macau: persons are appraised by 11 indicators, core (all posts), situational (some posts), functional (chosen by post); what does not apply does not count; an alarm when the two top grades reach 85 %.',
  ),
  period: { kind: 'year' },
  roles: {
    performanceOffice: { name: says('行政公职局', 'Public Administration Bureau'), scope: 'city' },
    approver: { name: says('有权限实体', 'Entity that confirms appraisals'), scope: 'city' },
    staff: { name: says('被评核人', 'Person appraised'), scope: 'unit' },
    advisers: { name: says('评核咨询委员会', 'Advisory committee'), scope: 'city' },
  },
  categories: {
    management: { name: says('领导及主管', 'Management'), ranked: false },
    technical: { name: says('技术人员', 'Technical staff'), ranked: false },
    frontline: { name: says('前线服务人员', 'Front line'), ranked: false },
  },
  phases: { plan, execute, evaluate, feedback, rectify },
  grades,
  sample: true,
};
