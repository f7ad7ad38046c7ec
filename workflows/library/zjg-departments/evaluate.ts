import type { AdjustmentScheme } from '../../adjustments/schema.ts';
import type { AssessorGroup } from '../../ballots/schema.ts';
import type { GradeScheme } from '../../grades/schema.ts';
import type { Rule } from '../../scoring/rule.ts';
import type { Phase } from '../../template/schema.ts';
import type { ResultUse } from '../../uses/schema.ts';
import { ballots } from '../parts/ballots.ts';
import { committeeReview, finalApproval, selfEvaluation } from '../parts/evaluation.ts';
import { must, says, table, text } from '../parts/fields.ts';
import { attained, type Judged, rounded } from '../parts/judging.ts';
import { decided } from '../parts/loop.ts';
import { task } from '../parts/steps.ts';
import { city } from '../parts/who.ts';

const hundred = { min: '0', max: '100' };

export const assessors: AssessorGroup[] = [
  {
    key: 'leaders',
    name: says('市领导', 'Leaders'),
    kind: 'superior',
    who: [city('leaders')],
    scale: hundred,
    abstain: true,
  },
  {
    key: 'grassRoots',
    name: says('区镇基层', 'Grass roots'),
    kind: 'peer',
    who: [city('grassRoots')],
    scale: hundred,
    abstain: true,
  },
  {
    key: 'conduct',
    name: says('行风测评', 'Conduct survey'),
    kind: 'thirdParty',
    who: [city('surveyTeam')],
    scale: hundred,
    // A team of three at work: what each of them found is no secret ballot.
    minVotes: 1,
  },
];

/** What ladders deduct is entered in the ledger; 广元 takes 2 points for a red one. The year's cap is an example. */
export const adjustments: AdjustmentScheme = {
  items: [
    { key: 'overdue', kind: 'deduction', name: says('逾期督办扣分', 'Overdue, supervised'), points: '2', most: '2' },
  ],
  caps: { deduction: '5' },
  automatic: { ladder: 'overdue' },
};

const raters = (group: string, zh: string, en: string): Rule => ({
  kind: 'raters',
  name: says(zh, en),
  of: `ballots.${group}.overall`,
  trimAbove: 5,
});

/** 60 / 20 / 10 / 10 are the source's; the mean without one highest and one lowest above five raters is 县级 practice. */
export const judged: Judged = {
  rule: rounded({
    kind: 'minus',
    from: {
      kind: 'composite',
      of: [
        { key: 'results', weight: '60', rule: attained(says('工作实绩', 'Results')) },
        { key: 'leaders', weight: '20', rule: raters('leaders', '定性评价', 'Leaders') },
        { key: 'grassRoots', weight: '10', rule: raters('grassRoots', '基层评议', 'Grass roots') },
        { key: 'conduct', weight: '10', rule: raters('conduct', '行风测评', 'Conduct survey') },
      ],
    },
    of: [{ kind: 'ledger', of: 'deduction', name: says('逾期督办扣分', 'Overdue, supervised'), caps: { year: '5' } }],
  }),
  ranked: true,
  graded: true,
};

/** The honours are the source's, bounds and shares examples. */
export const grades: GradeScheme = {
  grades: [
    { key: 'model', name: says('标兵', 'Model'), atLeast: '90' },
    { key: 'excellent', name: says('优秀', 'Excellent'), atLeast: '80' },
    { key: 'qualified', name: says('合格', 'Qualified') },
  ],
  quotas: [
    { key: 'models', grades: ['model'], most: { share: '0.1', round: 'ceil' }, ties: 'out' },
    { key: 'honoured', grades: ['model', 'excellent'], most: { share: '0.4', round: 'halfUp' }, ties: 'out' },
  ],
};

/** The bottom two of a category: no awards and an admonition talk; two years running: the organisation department. */
export const uses: ResultUse[] = [
  {
    key: 'model',
    name: says('绩效管理标兵单位', 'Model unit'),
    whom: { kind: 'grade', grades: ['model'] },
    effect: { kind: 'honour' },
  },
  {
    key: 'excellent',
    name: says('绩效管理优秀单位', 'Excellent unit'),
    whom: { kind: 'grade', grades: ['excellent'] },
    effect: { kind: 'honour' },
  },
  {
    key: 'climber',
    name: says('绩效管理争先单位', 'Biggest climb'),
    whom: { kind: 'climb', n: 1 },
    effect: { kind: 'honour' },
  },
  {
    key: 'noAwards',
    name: says('末两位取消评优资格', 'Bottom two: no awards'),
    whom: { kind: 'bottom', n: 2 },
    effect: { kind: 'noAwards', years: 1 },
  },
  {
    key: 'talk',
    name: says('末两位诫勉谈话', 'Bottom two: admonition talk'),
    whom: { kind: 'bottom', n: 2 },
    effect: { kind: 'talk' },
  },
  {
    key: 'handOver',
    name: says('连续两年末两位，移交组织部门', 'Bottom two two years running: to the organisation department'),
    whom: { kind: 'bottom', n: 2 },
    running: { from: 2 },
    effect: { kind: 'handOver', to: says('市委组织部', 'Organisation department') },
  },
  {
    key: 'mustCheck',
    name: says('整改事项列入下年度必查', 'Rectified items are checked next year'),
    whom: { kind: 'items', state: 'any' },
    effect: { kind: 'mustCheck' },
  },
];

const problems = table(
  'problems',
  '存在问题',
  'Problems found',
  [text('problem', '问题', 'Problem', must), text('advice', '改进建议', 'Advice')],
  { maxRows: 30 },
);

/** 年终考核：自评、监测单位点评、三方评议、合成、分类排名、审定、公示、申诉、结果运用。 */
export const evaluate: Phase = {
  name: { zh: '年终考核', en: 'Evaluation' },
  window: { start: { date: '01-01', year: 'next' }, end: { date: '05-15', year: 'next' } },
  blocks: [
    ...selfEvaluation(),
    task('assessResults', '监测单位点评实绩', 'The monitoring unit looks at the results', 'monitor', 5, [problems], {
      shows: ['indicators', 'progressByPeriod', 'selfReport', 'selfScore', 'selfEvidence'],
    }),
    ballots('votes', '定性评价和社会评议', 'Leaders, grass roots and survey', ['leaders', 'grassRoots', 'conduct'], 10),
    ...decided({
      judged,
      approvals: [
        committeeReview('市绩效管理委员会审议'),
        finalApproval('standingApproval', '市委常委会审定', 'The standing committee approves', 'standingCommittee'),
      ],
      makers: ['verify', 'assessResults'],
      shows: ['problems'],
    }),
  ],
};
