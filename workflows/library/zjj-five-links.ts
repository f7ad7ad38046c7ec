import type { AssessorGroup } from '../ballots/schema.ts';
import type { GradeScheme } from '../grades/schema.ts';
import type { IndicatorsSection } from '../indicators/schema.ts';
import type { Rule } from '../scoring/rule.ts';
import type { CycleTemplate } from '../template/schema.ts';
import type { ResultUse } from '../uses/schema.ts';
import { hangzhouNotice, yinchuanNoted } from './lights.ts';
import { ballots } from './parts/ballots.ts';
import { targetChange } from './parts/change.ts';
import { committeeReview, finalApproval, selfEvaluation } from './parts/evaluation.ts';
import { feedback } from './parts/feedback.ts';
import { says } from './parts/fields.ts';
import { indicator } from './parts/indicators.ts';
import { applyItems, attained, type Judged, rounded } from './parts/judging.ts';
import { decided, improvement } from './parts/loop.ts';
import { decomposition, goalsIssued, indicatorTable, issueGoals, milestoneTable, unitPlan } from './parts/plan.ts';
import { reporting, superviseBehind } from './parts/reporting.ts';
import { rolesOf } from './parts/roles.ts';
import { city, head, office, staff } from './parts/who.ts';
import { documents } from './zjj-five-links/documents.ts';

/** How soon somebody is there when a citizen asks for help. */
const RESPONSE = 'J4';

const indicators: IndicatorsSection = {
  change: targetChange(),
  total: '100',
  weights: 'rescale',
  list: [
    indicator('J1', '党的建设', 'Party building', '分', '100', '15'),
    indicator('J2', '重点工作完成率', 'Key work done', '%', '95', '25', { aggregation: 'toDate' }),
    indicator('J3', '政务服务按期办结率', 'Services done in time', '%', '98', '10'),
    indicator(RESPONSE, '群众求助平均到场时间', 'Average time to be on the spot', '小时', '1', '10', {
      direction: 'down',
      aggregation: 'mean',
    }),
  ],
};

const assessors: AssessorGroup[] = [
  {
    key: 'leaders',
    name: says('市领导', 'Leaders'),
    kind: 'superior',
    who: [city('leaders')],
    scale: { min: '0', max: '100' },
    abstain: true,
  },
  {
    key: 'peers',
    name: says('单位互评', 'Other units'),
    kind: 'peer',
    who: [{ kind: 'heads' }],
    scale: { min: '0', max: '100' },
    abstain: true,
    // At most 3 of 90 and more, and a sheet with the same for everybody is spoilt.
    rules: [
      { kind: 'atMost', count: 3, from: '90' },
      { kind: 'notAllEqual', effect: 'invalid' },
    ],
    // Whoever verifies a unit's figures does not score it as well.
    exceptMonitored: true,
  },
  {
    key: 'citizens',
    name: says('公众评议', 'The public'),
    kind: 'public',
    scale: { min: '0', max: '100' },
    minVotes: 5,
    opinions: true,
  },
];

const raters = (group: string, zh: string, en: string) =>
  ({ kind: 'raters', name: says(zh, en), of: `ballots.${group}.overall`, trimAbove: 5 }) as const;

/** The behaviour-anchored scale of the domain: there within 1 h = 5, 2 h = 3, later = 0; out of 100 that is 100, 60, 0. */
const promptness: Rule = {
  kind: 'ratio',
  name: says('到场时间分档', 'How soon on the spot'),
  of: {
    kind: 'bands',
    of: `indicators.${RESPONSE}.actual`,
    bands: [
      { in: '(,1]', gives: '5' },
      { in: '(1,2]', gives: '3' },
      { in: '(2,)', gives: '0' },
    ],
  },
  to: '5',
  full: '100',
};

/** Weights are examples. */
const judged: Judged = {
  rule: rounded({
    kind: 'composite',
    of: [
      {
        key: 'indicators',
        weight: '65',
        rule: attained(says('指标考核', 'Indicators'), `item.code != "${RESPONSE}"`),
      },
      { key: 'promptness', name: says('群众求助到场时间', 'Time to be on the spot'), weight: '5', rule: promptness },
      { key: 'leaders', weight: '10', rule: raters('leaders', '领导评价', 'Leaders') },
      { key: 'peers', weight: '10', rule: raters('peers', '单位互评', 'Other units') },
      { key: 'citizens', weight: '10', rule: raters('citizens', '公众评议', 'The public') },
    ],
  }),
  ranked: true,
  graded: true,
};

/** 蚌埠's bounds: 优秀 ≥ 90, 良好 80–89, 合格 60–79. */
const grades: GradeScheme = {
  grades: [
    { key: 'excellent', name: says('优秀', 'Excellent'), atLeast: '90' },
    { key: 'good', name: says('良好', 'Good'), atLeast: '80' },
    { key: 'qualified', name: says('合格', 'Qualified'), atLeast: '60' },
    { key: 'poor', name: says('不合格', 'Not qualified') },
  ],
};

const uses: ResultUse[] = [
  {
    key: 'award',
    name: says('优秀：通报表扬', 'Excellent: commended'),
    whom: { kind: 'grade', grades: ['excellent'] },
    effect: { kind: 'award' },
  },
  {
    key: 'criticism',
    name: says('不合格：通报批评', 'Not qualified: criticised'),
    whom: { kind: 'grade', grades: ['poor'] },
    effect: { kind: 'criticism' },
  },
  {
    key: 'mustCheck',
    name: says('未整改到位列入下年度必查', 'What is not rectified is checked next year'),
    whom: { kind: 'items', state: 'open' },
    effect: { kind: 'mustCheck' },
  },
];

/**
 * 张家界五个环节. The five links and the four kinds of rules, kept as documents of the cycle, are the source's; numbers are examples.
 * The first four links are the phases plan, execute, evaluate and feedback; the fifth is the use of the results, which
 * rectify carries into the next year.
 */
export const zjjFiveLinks: CycleTemplate = {
  key: 'zjj-five-links',
  version: 1,
  name: says('绩效评估五个环节', 'Assessment in five links'),
  description: says(
    '张家界：指标设置、日常监测、年终考核、绩效反馈、结果运用五个环节，组织、指标、考核、保障四类制度作为周期文件留存。',
    '张家界: setting indicators, monitoring, year-end assessment, feedback, use of the results; rules of organisation, indicators, assessment and assurance are kept as documents of the cycle.',
  ),
  period: { kind: 'year' },
  roles: rolesOf('performanceOffice', 'committee', 'standingCommittee', 'leaders', 'reviewers', 'staff', 'monitor'),
  categories: {
    party: { name: says('党群综合部门', 'Party and general departments'), ranked: true },
    government: { name: says('政府部门', 'Government departments'), ranked: true },
  },
  phases: {
    plan: {
      name: says('一、指标设置', '1 Setting indicators'),
      window: { start: { from: 'periodStart' }, end: { date: '04-15' } },
      blocks: [
        issueGoals({ date: '01-20' }),
        goalsIssued(),
        ...unitPlan({ fields: [indicatorTable(), milestoneTable()] }),
        ...decomposition(),
      ],
    },
    execute: {
      name: says('二、日常监测', '2 Monitoring'),
      window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
      blocks: [reporting({ over: 'quarters', after: [superviseBehind('Q4')] })],
    },
    evaluate: {
      name: says('三、年终考核', '3 Year-end assessment'),
      window: { start: { date: '01-01', year: 'next' }, end: { date: '05-15', year: 'next' } },
      blocks: [
        ...selfEvaluation(),
        ballots(
          'votes',
          '领导、单位和公众评议',
          'Leaders, units and the public assess',
          ['leaders', 'peers', 'citizens'],
          10,
        ),
        ...decided({
          judged,
          approvals: [
            committeeReview('市绩效评估领导小组审议', 'The leading group votes'),
            finalApproval('standingApproval', '市委常委会审定', 'The standing committee approves', 'standingCommittee'),
          ],
          makers: ['verify'],
        }),
      ],
    },
    feedback: {
      name: says('四、绩效反馈', '4 Feedback'),
      window: { start: { date: '02-01', year: 'next' }, end: { date: '06-15', year: 'next' } },
      blocks: feedback({ head: [head], tell: [staff], office: [office], shows: ['totalScore', 'grade'] }),
    },
    rectify: {
      name: says('五、结果运用和整改', '5 Use of the results'),
      window: { start: { date: '02-15', year: 'next' }, end: { date: '08-31', year: 'next' } },
      blocks: [...improvement({ shows: ['totalScore'], unmet: 3 }), applyItems()],
    },
  },
  documents,
  indicators,
  lights: yinchuanNoted,
  warnings: hangzhouNotice,
  assessors,
  grades,
  uses,
  sample: true,
};
