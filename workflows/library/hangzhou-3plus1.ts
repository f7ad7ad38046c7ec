import type { IndicatorsSection } from '../indicators/schema.ts';
import type { CycleTemplate } from '../template/schema.ts';
import { adjustments, grades, judged, uses } from './hangzhou-3plus1/results.ts';
import { assessors, formerRevisit, revisit } from './hangzhou-3plus1/society.ts';
import { hangzhouNotice, yinchuanNoted } from './lights.ts';
import { ballots } from './parts/ballots.ts';
import { targetChange } from './parts/change.ts';
import { committeeReview, finalApproval, selfEvaluation } from './parts/evaluation.ts';
import { feedback } from './parts/feedback.ts';
import { longText, must, says } from './parts/fields.ts';
import { indicator } from './parts/indicators.ts';
import { decided, improvement } from './parts/loop.ts';
import { opinionsSorted } from './parts/opinions.ts';
import {
  decomposition,
  goalsIssued,
  indicatorTable,
  issueGoals,
  milestoneTable,
  publicOpinions,
  unitPlan,
} from './parts/plan.ts';
import { reporting, superviseBehind } from './parts/reporting.ts';
import { rolesOf } from './parts/roles.ts';
import { specialGoalsJudged } from './parts/special.ts';
import { task } from './parts/steps.ts';
import { head, office, staff } from './parts/who.ts';

/** Targets change only for these reasons (杭州市绩效管理条例); the indicators are examples. */
const indicators: IndicatorsSection = {
  total: '100',
  weights: 'rescale',
  list: [
    // A key target, set by the government's meeting: another one needs the government's approval.
    indicator('H1', '市委市政府重点工作', 'Key work of the city', '%', '95', '30', {
      aggregation: 'toDate',
      approves: 'leaders',
    }),
    indicator('H2', '依法行政', 'Lawful administration', '分', '95', '10'),
    indicator('H3', '政务服务按期办结率', 'Services done in time', '%', '98', '10'),
    // Counted from the complaints that the hotline's rules put down to it: nobody reports it.
    indicator('H4', '12345 诉求按期办结率', 'Hotline requests solved in time', '%', '95', '10', {
      aggregation: 'mean',
      formula: 'complaints.inTime / complaints.received * 100',
    }),
  ],
  change: targetChange(),
};

/**
 * 杭州 3+1. The source's own: social assessment 50, targets 45, leaders 5, bonus for innovation and excellence; raters in layers whose
 * opinions become tracked improvement goals with a public answer (评价—整改—反馈), issued in May and checked by the end of November;
 * from 杭州市绩效管理条例 the consultation, the reasons for changing a target, 3 and 10 working days for a review, and what follows 不合格.
 */
export const hangzhou3Plus1: CycleTemplate = {
  key: 'hangzhou-3plus1',
  version: 1,
  name: says('杭州“3+1”综合考评', 'Comprehensive assessment "3+1" of 杭州'),
  description: says(
    '社会评价 50 分、目标考核 45 分、领导考评 5 分，加创新创优；分层评价人的意见转为整改目标，逐项督办并公开答复。',
    'Social assessment 50, targets 45, leaders 5, and a bonus for innovation; opinions of raters in layers become improvement goals with a public answer.',
  ),
  period: { kind: 'year' },
  roles: {
    ...rolesOf(
      'performanceOffice',
      'committee',
      'standingCommittee',
      'leaders',
      'grassRoots',
      'reviewers',
      'staff',
      'monitor',
    ),
    specialLeads: { name: says('专项目标牵头部门', 'Leads of the special goals'), scope: 'city' },
    delegates: { name: says('党代表、人大代表和政协委员', 'Delegates'), scope: 'city' },
    enterprises: { name: says('企业代表', 'Enterprises'), scope: 'city' },
    residents: { name: says('市民代表', 'Residents'), scope: 'city' },
  },
  categories: {
    service: { name: says('社会服务较多的单位', 'Units that serve the public'), ranked: true },
    general: { name: says('综合部门', 'General departments'), ranked: true },
    outside: { name: says('不参加排名的单位', 'Units outside the ranking'), ranked: false },
  },
  phases: {
    plan: {
      name: says('目标制定', 'Setting targets'),
      window: { start: { from: 'periodStart' }, end: { date: '05-15' } },
      blocks: [
        issueGoals({ date: '01-20' }),
        goalsIssued(),
        ...unitPlan({
          fields: [indicatorTable(), milestoneTable()],
          consult: [
            task(
              'negotiate',
              '目标会商',
              'The targets are negotiated',
              'monitor',
              5,
              [longText('negotiated', '会商意见', 'What was agreed', must)],
              { shows: ['indicators', 'milestones'] },
            ),
            {
              key: 'targetsPublic',
              type: 'window',
              name: says('目标征求公众意见', 'The public is consulted'),
              until: { from: 'opened', workingDays: 5 },
              notice: says(
                '现将年度目标公开征求意见。',
                'The targets of the year are public; anybody may say what they think.',
              ),
            },
            task('answerPublic', '答复公众意见', 'Answer what the public said', 'staff', 3, [publicOpinions()], {
              shows: ['indicators'],
            }),
          ],
          reviewShows: ['negotiated', 'publicOpinions'],
        }),
        {
          key: 'targetsPublished',
          type: 'window',
          name: says('公布年度目标', 'The targets are published'),
          until: { from: 'opened', workingDays: 3 },
        },
        ...decomposition(),
      ],
    },
    execute: {
      name: says('过程管理', 'Monitoring'),
      window: { start: { date: '04-01' }, end: { date: '02-28', year: 'next' } },
      blocks: [reporting({ over: 'quarters', after: [superviseBehind('Q4')] })],
    },
    evaluate: {
      name: says('综合考评', 'Assessment'),
      window: { start: { date: '01-01', year: 'next' }, end: { date: '05-10', year: 'next' } },
      blocks: [
        ...selfEvaluation(),
        formerRevisit,
        specialGoalsJudged('specialLeads', 10),
        ballots('votes', '社会评价和领导考评', 'Social assessment and leaders', ['society', 'leaders'], 15),
        ...decided({
          judged,
          approvals: [
            committeeReview('市考评委审议', 'The assessment committee votes'),
            finalApproval('standingApproval', '市委常委会审定', 'The standing committee approves', 'standingCommittee'),
          ],
          makers: ['verify'],
        }),
      ],
    },
    feedback: {
      name: says('绩效反馈', 'Feedback'),
      window: { start: { date: '03-01', year: 'next' }, end: { date: '06-15', year: 'next' } },
      blocks: feedback({ head: [head], tell: [staff], office: [office], shows: ['totalScore', 'grade'] }),
    },
    rectify: {
      name: says('评价意见整改', 'Opinions are rectified'),
      window: { start: { date: '05-10', year: 'next' }, end: { date: '12-31', year: 'next' } },
      blocks: [
        opinionsSorted(10),
        ...improvement({
          publicAnswer: true,
          deadlines: { work: { date: '11-30', year: 'next' } },
        }),
        ...revisit,
      ],
    },
  },
  indicators,
  lights: yinchuanNoted,
  warnings: hangzhouNotice,
  assessors,
  grades,
  adjustments,
  uses,
  publish: {
    goals: { from: { block: 'targetsPublic' } },
    progress: { from: { block: 'targetsPublished' } },
    results: { from: { block: 'publicity' } },
    answers: { from: { block: 'publicity' } },
    consultation: { during: 'targetsPublic', into: 'publicOpinions', answer: 'adopted' },
  },
  sample: true,
};
