import type { CycleTemplate } from '../template/schema.ts';
import { hangzhouNotice, yinchuanNoted } from './lights.ts';
import { feedback } from './parts/feedback.ts';
import { says } from './parts/fields.ts';
import { improvement } from './parts/loop.ts';
import { reporting, superviseBehind } from './parts/reporting.ts';
import { rolesOf } from './parts/roles.ts';
import { head, office, staff } from './parts/who.ts';
import { assessors, evaluate, grades, uses } from './t-city/evaluate.ts';
import { indicators, plan } from './t-city/plan.ts';

/**
 * T 市六个环节. The source's own: leading group, office and working group of the unit; consultation of the public on the plan;
 * decomposition to sections and posts; five kinds of assessors and the composite; a letter to all and an interview for the bottom; the
 * improvement plan returned until good; benchmarking against a named city; 50 communities in three years as 20, 15, 15, each
 * content with its standard and a satisfaction of at least 85 %. Other numbers are examples.
 */
export const tCity: CycleTemplate = {
  key: 't-city',
  version: 1,
  name: says('T 市绩效管理六个环节', 'The six links of T city'),
  description: says(
    'T 市：计划制定（征求公众意见）、实施、自评和上级、同级、公众、第三方五方评估、反馈和末位面谈、改进计划、对标城市比较；三年重点任务按年度和内容分解。',
    'T city: plan with public consultation, execution, five kinds of assessors, feedback with an interview for the bottom, improvement plan, benchmarking; a key task of three years split by year and by content.',
  ),
  period: { kind: 'year' },
  roles: {
    ...rolesOf('performanceOffice', 'leaders', 'thirdParty', 'reviewers', 'staff', 'monitor'),
    leadingGroup: { name: says('绩效管理领导小组', 'Leading group'), scope: 'city' },
    workingGroup: { name: says('单位绩效工作组', 'Working group of the unit'), scope: 'unit' },
  },
  categories: {
    construction: { name: says('城乡建设', 'Urban and rural construction'), ranked: true },
    livelihood: { name: says('民生保障', 'Livelihood'), ranked: true },
    development: { name: says('经济发展', 'Economic development'), ranked: true },
  },
  phases: {
    plan,
    execute: {
      name: says('绩效实施', 'Execution'),
      window: { start: { date: '04-01' }, end: { date: '02-28', year: 'next' } },
      blocks: [reporting({ over: 'quarters', after: [superviseBehind('Q4')] })],
    },
    evaluate,
    feedback: {
      name: says('绩效反馈', 'Feedback'),
      window: { start: { date: '02-01', year: 'next' }, end: { date: '06-15', year: 'next' } },
      blocks: feedback({
        head: [head],
        tell: [staff],
        office: [office],
        interviewIf: 'list contains(uses, "interview")',
        shows: ['totalScore', 'benchmarks'],
      }),
    },
    rectify: {
      name: says('绩效改进', 'Improvement'),
      window: { start: { date: '02-15', year: 'next' }, end: { date: '08-31', year: 'next' } },
      blocks: improvement({ shows: ['totalScore', 'benchmarks'], unmet: 3 }),
    },
  },
  indicators,
  lights: yinchuanNoted,
  warnings: hangzhouNotice,
  assessors,
  grades,
  uses,
  publish: {
    goals: { from: { block: 'planPublic' } },
    consultation: { during: 'planPublic', into: 'publicOpinions', answer: 'adopted' },
  },
  sample: true,
};
