import type { AssessorGroup } from '../../ballots/schema.ts';
import type { GradeScheme } from '../../grades/schema.ts';
import type { Phase } from '../../template/schema.ts';
import type { ResultUse } from '../../uses/schema.ts';
import { ballots } from '../parts/ballots.ts';
import { finalApproval, selfEvaluation } from '../parts/evaluation.ts';
import { longText, must, says, table, text } from '../parts/fields.ts';
import { decided } from '../parts/loop.ts';
import { task } from '../parts/steps.ts';
import { city } from '../parts/who.ts';
import { SATISFACTION } from './satisfaction.ts';
import { judged } from './score.ts';

const hundred = { min: '0', max: '100' };

export const assessors: AssessorGroup[] = [
  {
    key: 'experts',
    name: says('第三方评价组', 'Third-party team'),
    kind: 'thirdParty',
    who: [city('thirdParty')],
    scale: hundred,
  },
  {
    key: 'questionnaire',
    name: says('公众问卷', 'Questionnaire to the public'),
    kind: 'public',
    scale: { options: SATISFACTION },
    minVotes: 5,
    opinions: true,
  },
];

/** The bounds are those of 财政部. */
export const grades: GradeScheme = {
  grades: [
    { key: 'excellent', name: says('优', 'Excellent'), atLeast: '90' },
    { key: 'good', name: says('良', 'Good'), atLeast: '80' },
    { key: 'fair', name: says('中', 'Fair'), atLeast: '60' },
    { key: 'poor', name: says('差', 'Poor') },
  ],
};

/** The percentages are examples. */
export const uses: ResultUse[] = [
  {
    key: 'poorCut',
    name: says('差：下年度不再安排', 'Poor: no money next year'),
    whom: { kind: 'grade', grades: ['poor'] },
    effect: { kind: 'budget', percent: '-100' },
  },
  {
    key: 'fairCut',
    name: says('中：下年度压减 20%', 'Fair: 20 % less next year'),
    whom: { kind: 'grade', grades: ['fair'] },
    effect: { kind: 'budget', percent: '-20' },
  },
];

/** 事后评价：自评，第三方 60%，公众问卷 40%。 */
export const evaluate: Phase = {
  name: says('事后评价', 'Evaluation'),
  window: { start: { date: '01-01', year: 'next' }, end: { date: '05-31', year: 'next' } },
  blocks: [
    ...selfEvaluation({ shows: ['chain', 'indicators', 'progressByPeriod', 'budget'] }),
    task(
      'thirdPartyVisit',
      '第三方现场核查',
      'The third-party team goes to see',
      city('thirdParty'),
      10,
      [
        longText('visitReport', '核查报告', 'Report', must),
        table(
          'problems',
          '发现的问题',
          'Problems found',
          [text('problem', '问题', 'Problem', must), text('advice', '建议', 'Advice')],
          { maxRows: 30 },
        ),
      ],
      { shows: ['chain', 'totalCost', 'totalBenefit', 'benefitCostRatio', 'selfReport', 'progressByPeriod'] },
    ),
    ballots('votes', '第三方评分和公众问卷', 'Third party and public', ['experts', 'questionnaire'], 10),
    ...decided({
      judged,
      approvals: [
        finalApproval(
          'congressApproves',
          '区人大预算工委审议',
          'The budget committee of the congress approves',
          'congress',
        ),
      ],
      makers: ['verify', 'thirdPartyVisit'],
      // The score rests on ballots alone: no value on record would change it.
      correction: 'points',
      days: { appeal: 5, decide: 10 },
      shows: ['visitReport'],
    }),
  ],
};
