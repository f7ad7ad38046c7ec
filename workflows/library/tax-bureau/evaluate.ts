import type { AssessorGroup } from '../../ballots/schema.ts';
import type { GradeScheme } from '../../grades/schema.ts';
import type { Phase } from '../../template/schema.ts';
import type { ResultUse } from '../../uses/schema.ts';
import { ballots } from '../parts/ballots.ts';
import { committeeReview, selfEvaluation } from '../parts/evaluation.ts';
import { says } from '../parts/fields.ts';
import { decided } from '../parts/loop.ts';
import { judged } from './score.ts';

export const assessors: AssessorGroup[] = [
  {
    key: 'taxpayers',
    name: says('纳税人缴费人满意度调查', 'Survey of taxpayers'),
    kind: 'public',
    scale: { min: '0', max: '100' },
    minVotes: 5,
    opinions: true,
  },
];

/** Four segments of each level; shares are examples. */
export const grades: GradeScheme = {
  grades: [
    { key: 'first', name: says('第 1 段', 'First segment'), atLeast: '85' },
    { key: 'second', name: says('第 2 段', 'Second segment'), atLeast: '70' },
    { key: 'third', name: says('第 3 段', 'Third segment'), atLeast: '60' },
    { key: 'fourth', name: says('第 4 段', 'Fourth segment') },
  ],
  quotas: [{ key: 'firstQuota', grades: ['first'], most: { share: '0.4', round: 'ceil' }, ties: 'out' }],
};

export const uses: ResultUse[] = [
  {
    key: 'award',
    name: says('第 1 段：评先评优优先', 'First segment: first for honours'),
    whom: { kind: 'grade', grades: ['first'] },
    effect: { kind: 'award' },
  },
  {
    key: 'talk',
    name: says('第 4 段：约谈', 'Fourth segment: talk'),
    whom: { kind: 'grade', grades: ['fourth'] },
    effect: { kind: 'interview' },
  },
];

/** 年度考评：自评，指标和纳税人满意度，分层级排名分段。 */
export const evaluate: Phase = {
  name: says('年度考评', 'Evaluation'),
  window: { start: { date: '01-01', year: 'next' }, end: { date: '05-31', year: 'next' } },
  blocks: [
    ...selfEvaluation({}),
    ballots('survey', '纳税人满意度调查', 'Survey of taxpayers', ['taxpayers'], 10),
    ...decided({
      judged,
      approvals: [committeeReview('总局绩效管理领导小组审议', 'The leading group votes')],
      makers: ['verify'],
    }),
  ],
};
