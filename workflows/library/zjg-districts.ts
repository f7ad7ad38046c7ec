import type { AdjustmentScheme } from '../adjustments/schema.ts';
import type { CycleTemplate } from '../template/schema.ts';
import type { ResultUse } from '../uses/schema.ts';
import { hangzhouNotice, yinchuanNoted } from './lights.ts';
import { committeeReview, finalApproval, selfEvaluation } from './parts/evaluation.ts';
import { feedback } from './parts/feedback.ts';
import { says } from './parts/fields.ts';
import { type Judged, rounded } from './parts/judging.ts';
import { decided, improvement } from './parts/loop.ts';
import { goalsIssued, indicatorTable, issueGoals, unitPlan } from './parts/plan.ts';
import { superviseBehind } from './parts/reporting.ts';
import { rolesOf } from './parts/roles.ts';
import { head, office, staff } from './parts/who.ts';
import { monthlyIndex } from './zjg-districts/execute.ts';
import { indicators } from './zjg-districts/indicators.ts';

/** That there are bonus and deduction items is the source's; what they are and give is an example. */
const adjustments: AdjustmentScheme = {
  groups: { extra: { name: says('加分', 'Bonus'), caps: { bonus: '30' } }, less: { name: says('扣分', 'Deduction') } },
  items: [
    {
      key: 'honour',
      kind: 'bonus',
      group: 'extra',
      name: says('获国家、省表彰', 'Honoured by the state or province'),
      points: '5',
      most: '10',
      cap: '20',
      byUnit: true,
      evidence: 'required',
    },
    {
      key: 'pilot',
      kind: 'bonus',
      group: 'extra',
      name: says('承担改革试点', 'Pilot of a reform'),
      points: '3',
      most: '5',
      cap: '10',
      byUnit: true,
      evidence: 'required',
    },
    {
      key: 'accident',
      kind: 'deduction',
      group: 'less',
      name: says('较大安全事故', 'Serious accident'),
      points: '10',
      most: '20',
      cap: '40',
    },
    {
      key: 'petition',
      kind: 'deduction',
      group: 'less',
      name: says('重大群体性事件', 'Large incident'),
      points: '10',
      most: '20',
      cap: '40',
    },
    {
      key: 'overdue',
      kind: 'deduction',
      group: 'less',
      name: says('逾期督办扣分', 'Overdue, supervised'),
      points: '2',
      most: '2',
      cap: '10',
    },
  ],
  automatic: { ladder: 'overdue' },
};

/** Each indicator in points up to its weight, then bonus and deduction. */
const judged: Judged = {
  rule: rounded({
    kind: 'minus',
    from: {
      kind: 'sum',
      of: [
        {
          kind: 'composite',
          name: says('57 项指标', '57 indicators'),
          total: '1000',
          scored: 'points',
          of: {
            each: 'indicators',
            weight: 'item.weight',
            rule: { kind: 'clamp', of: { kind: 'attainment', full: 'item.weight' }, floor: '0', cap: 'item.weight' },
          },
        },
        {
          kind: 'ledger',
          of: 'bonus',
          name: says('加分', 'Bonus'),
          caps: { items: { honour: '20', pilot: '10' }, groups: { extra: '30' } },
        },
      ],
    },
    of: [
      {
        kind: 'ledger',
        of: 'deduction',
        name: says('扣分', 'Deduction'),
        caps: { items: { accident: '40', petition: '40', overdue: '10' } },
      },
    ],
  }),
  ranked: true,
};

const uses: ResultUse[] = [
  {
    key: 'award',
    name: says('前三名：综合先进', 'First three: award'),
    whom: { kind: 'top', n: 3 },
    effect: { kind: 'award' },
  },
  { key: 'talk', name: says('末位：约谈', 'Last: talk'), whom: { kind: 'bottom', n: 1 }, effect: { kind: 'talk' } },
];

/**
 * 张家港区镇千分考评. The source's own: 1000 points; 14 key, 40 modernisation and 3 safeguard indicators; bonus and deduction items;
 * monthly progress with growth on the year before, progress rate and a weighted index. The indicators themselves are examples.
 */
export const zjgDistricts: CycleTemplate = {
  key: 'zjg-districts',
  version: 1,
  name: says('区镇千分考评', 'Thousand-point assessment of the districts'),
  description: says(
    '张家港区镇绩效考评：1000 分，14 项重点工作、40 项现代化建设、3 项保障工作，另设加分和扣分；按月通报进度、同比增幅和加权指数。',
    'The districts of 张家港: 1000 points in 14 key, 40 modernisation and 3 safeguard indicators, with bonus and deduction; every month progress, growth and a weighted index.',
  ),
  period: { kind: 'year' },
  roles: rolesOf('performanceOffice', 'committee', 'standingCommittee', 'reviewers', 'staff'),
  categories: { district: { name: says('区镇', 'Districts'), ranked: true } },
  phases: {
    plan: {
      name: says('目标下达', 'Setting targets'),
      window: { start: { from: 'periodStart' }, end: { date: '03-31' } },
      blocks: [
        issueGoals({ date: '01-20' }),
        goalsIssued(),
        ...unitPlan({ fields: [indicatorTable({ total: '1000' })], days: 10 }),
      ],
    },
    execute: {
      name: says('月度监测', 'Monthly monitoring'),
      window: { start: { date: '03-01' }, end: { date: '02-28', year: 'next' } },
      blocks: [monthlyIndex([superviseBehind('12')])],
    },
    evaluate: {
      name: says('年终考核', 'Evaluation'),
      window: { start: { date: '01-01', year: 'next' }, end: { date: '05-15', year: 'next' } },
      blocks: [
        ...selfEvaluation({ max: '1000' }),
        ...decided({
          judged,
          approvals: [
            committeeReview('市绩效管理委员会审议'),
            finalApproval('standingApproval', '市委常委会审定', 'The standing committee approves', 'standingCommittee'),
          ],
          makers: ['verify'],
        }),
      ],
    },
    feedback: {
      name: says('绩效反馈', 'Feedback'),
      window: { start: { date: '02-01', year: 'next' }, end: { date: '06-15', year: 'next' } },
      blocks: feedback({
        head: [head],
        tell: [staff],
        office: [office],
        interviewIf: 'list contains(uses, "talk")',
        interviewName: says('约谈', 'Talk'),
        shows: ['totalScore'],
      }),
    },
    rectify: {
      name: says('整改提升', 'Rectification'),
      window: { start: { date: '02-15', year: 'next' }, end: { date: '08-31', year: 'next' } },
      blocks: improvement({ verifier: office, shows: ['totalScore'], unmet: 3 }),
    },
  },
  indicators,
  lights: yinchuanNoted,
  warnings: hangzhouNotice,
  adjustments,
  uses,
  sample: true,
};
