import type { GradeScheme } from '../../grades/schema.ts';
import type { Phase } from '../../template/schema.ts';
import type { ResultUse } from '../../uses/schema.ts';
import { ballots } from '../parts/ballots.ts';
import { finalApproval, selfEvaluation } from '../parts/evaluation.ts';
import { says } from '../parts/fields.ts';
import { decided } from '../parts/loop.ts';
import { city } from '../parts/who.ts';
import { judged } from './score.ts';

/** The bounds are those of 财政部: 优 ≥ 90, 良 ≥ 80, 中 ≥ 60, 差 below; "not met" is the last. */
export const grades: GradeScheme = {
  grades: [
    { key: 'A', name: says('优（A）', 'A'), atLeast: '90' },
    { key: 'B', name: says('良（B）', 'B'), atLeast: '80' },
    { key: 'C', name: says('中（C）', 'C'), atLeast: '60' },
    { key: 'notMet', name: says('未达标', 'Not met') },
  ],
};

/** Half the money for who did not meet the goals is the source's; how much more for grade A is an example. */
export const uses: ResultUse[] = [
  {
    key: 'halved',
    name: says('未达标：下年度预算压减 50%', 'Not met: half of the money next year'),
    whom: { kind: 'grade', grades: ['notMet'] },
    effect: { kind: 'budget', percent: '-50' },
  },
  {
    key: 'more',
    name: says('A 级：下年度优先增加预算', 'Grade A: more money next year'),
    whom: { kind: 'grade', grades: ['A'] },
    effect: { kind: 'budget', percent: '10' },
  },
];

/** 绩效评价：自评、第三方评价、评级、公示、申诉，评级决定下年度预算。 */
export const evaluate: Phase = {
  name: says('绩效评价', 'Evaluation'),
  window: { start: { date: '01-01', year: 'next' }, end: { date: '05-31', year: 'next' } },
  blocks: [
    ...selfEvaluation({ shows: ['indicators', 'progressByPeriod', 'budget'] }),
    ballots('panelVotes', '专家组评价', 'The panel assesses', ['panel'], 10),
    ...decided({
      judged,
      approvals: [
        finalApproval(
          'leadersApprove',
          '财政厅党组审定',
          'The leading group of the finance department approves',
          'leaders',
        ),
      ],
      makers: ['verify', 'panelReview'],
      approve: [city('leaders')],
      days: { appeal: 15, decide: 10, approve: 5 },
    }),
  ],
};
