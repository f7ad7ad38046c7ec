import type { AssessorGroup } from '../../ballots/schema.ts';
import type { GradeScheme } from '../../grades/schema.ts';
import type { Phase } from '../../template/schema.ts';
import type { ResultUse } from '../../uses/schema.ts';
import { ballots } from '../parts/ballots.ts';
import { committeeReview, finalApproval, selfEvaluation } from '../parts/evaluation.ts';
import { says } from '../parts/fields.ts';
import { decided } from '../parts/loop.ts';
import { city } from '../parts/who.ts';
import { keyResults, keyResultsVerified } from './objectives.ts';
import { judged } from './score.ts';

const hundred = { min: '0', max: '100' };

export const assessors: AssessorGroup[] = [
  {
    key: 'leaders',
    name: says('市政府领导', 'Leaders of the city'),
    kind: 'superior',
    who: [city('leaders')],
    scale: hundred,
    abstain: true,
  },
  {
    key: 'peers',
    name: says('部门互评', 'Other units'),
    kind: 'peer',
    who: [{ kind: 'heads' }],
    scale: hundred,
    abstain: true,
  },
  {
    key: 'citizens',
    name: says('公众满意度调查', 'Survey of the public'),
    kind: 'public',
    scale: hundred,
    minVotes: 5,
    opinions: true,
  },
];

/** Shares are examples. */
export const grades: GradeScheme = {
  grades: [
    { key: 'excellent', name: says('优秀', 'Excellent'), atLeast: '90' },
    { key: 'good', name: says('良好', 'Good'), atLeast: '80' },
    { key: 'fair', name: says('合格', 'Fair'), atLeast: '60' },
    { key: 'poor', name: says('不合格', 'Poor') },
  ],
  quotas: [{ key: 'excellentQuota', grades: ['excellent'], most: { share: '0.3', round: 'halfUp' }, ties: 'out' }],
};

export const uses: ResultUse[] = [
  {
    key: 'award',
    name: says('优秀：通报表扬', 'Excellent: commended'),
    whom: { kind: 'grade', grades: ['excellent'] },
    effect: { kind: 'award' },
  },
  {
    key: 'talk',
    name: says('末位：绩效面谈', 'Last: interview'),
    whom: { kind: 'bottom', n: 1 },
    effect: { kind: 'interview' },
  },
  {
    key: 'mustCheck',
    name: says('整改事项列入下年度必查', 'Rectified items are checked next year'),
    whom: { kind: 'items', state: 'any' },
    effect: { kind: 'mustCheck' },
  },
];

/** 年度评估：自评，领导、部门、公众评价，四个维度合成，分类排名。 */
export const evaluate: Phase = {
  name: says('年度评估', 'Evaluation'),
  window: { start: { date: '01-01', year: 'next' }, end: { date: '05-31', year: 'next' } },
  blocks: [
    ...selfEvaluation({ shows: ['strategyMap', 'indicators', 'progressByPeriod'], fields: [keyResults] }),
    ...keyResultsVerified,
    ballots(
      'votes',
      '领导、部门和公众评价',
      'Leaders, units and the public assess',
      ['leaders', 'peers', 'citizens'],
      10,
    ),
    ...decided({
      judged,
      approvals: [
        committeeReview(),
        finalApproval('leadersApprove', '市政府审定', 'The city government approves', 'leaders'),
      ],
      makers: ['verify'],
    }),
  ],
};
