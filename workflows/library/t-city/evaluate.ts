import type { AssessorGroup } from '../../ballots/schema.ts';
import type { GradeScheme } from '../../grades/schema.ts';
import type { Rule } from '../../scoring/rule.ts';
import type { Phase } from '../../template/schema.ts';
import type { ResultUse } from '../../uses/schema.ts';
import { ballots } from '../parts/ballots.ts';
import { finalApproval, selfEvaluation } from '../parts/evaluation.ts';
import { longText, must, says } from '../parts/fields.ts';
import { attained, type Judged, rounded } from '../parts/judging.ts';
import { decided } from '../parts/loop.ts';
import { benchmarkTable, contentTable, keyTaskTable } from '../parts/register.ts';
import { task } from '../parts/steps.ts';
import { city, head } from '../parts/who.ts';
import { BENCHMARK_CITY, KEY_TASK, OBSERVED } from './plan.ts';

const hundred = { min: '0', max: '100' };

/** Five kinds: oneself, above, beside, the public and a third party. */
export const assessors: AssessorGroup[] = [
  { key: 'self', name: says('自我评估', 'The unit itself'), kind: 'self', who: [head], scale: hundred },
  {
    key: 'superiors',
    name: says('上级评估', 'Leaders'),
    kind: 'superior',
    who: [city('leaders')],
    scale: hundred,
    abstain: true,
  },
  {
    key: 'peers',
    name: says('同级互评', 'Other units'),
    kind: 'peer',
    who: [{ kind: 'heads' }],
    scale: hundred,
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
    name: says('公众评估', 'The public'),
    kind: 'public',
    scale: hundred,
    minVotes: 5,
    opinions: true,
  },
  {
    key: 'experts',
    name: says('第三方评估', 'Third party'),
    kind: 'thirdParty',
    who: [city('thirdParty')],
    scale: hundred,
  },
];

const raters = (group: string, zh: string, en: string): Rule => ({
  kind: 'raters',
  name: says(zh, en),
  of: `ballots.${group}.overall`,
  trimAbove: 5,
});

/** The public side: what people answer, and what observers see at the points; how much each counts is an example. */
const publicSide: Rule = {
  kind: 'composite',
  of: [
    { key: 'survey', weight: '70', rule: raters('citizens', '公众问卷', "The public's answers") },
    {
      key: 'observed',
      weight: '30',
      rule: attained(says('观测点现场观测', 'Seen by the observers'), `item.code = "${OBSERVED}"`),
    },
  ],
};

/**
 * The unit's indicators by their weights. A content of the key task counts in full or, with fewer people satisfied than its standard asks
 * for, not at all: it is not accepted.
 */
const indicatorsAndTask: Rule = {
  kind: 'composite',
  name: says('指标和重点任务', 'Indicators and key task'),
  of: {
    each: 'indicators',
    where: `item.code != "${OBSERVED}"`,
    weight: 'item.weight',
    rule: {
      kind: 'choose',
      when: [{ if: `starts with(item.code, "${KEY_TASK}.")`, gives: { kind: 'met', full: '100' } }],
      else: { kind: 'clamp', of: { kind: 'attainment' }, floor: '0', cap: '100' },
    },
  },
  total: 'any',
};

/** The weights are examples. */
export const judged: Judged = {
  rule: rounded({
    kind: 'composite',
    of: [
      { key: 'indicators', weight: '40', rule: indicatorsAndTask },
      { key: 'self', weight: '5', rule: raters('self', '自我评估', 'The unit itself') },
      { key: 'superiors', weight: '20', rule: raters('superiors', '上级评估', 'Leaders') },
      { key: 'peers', weight: '10', rule: raters('peers', '同级互评', 'Other units') },
      { key: 'citizens', name: says('公众评估', 'The public'), weight: '15', rule: publicSide },
      { key: 'experts', weight: '10', rule: raters('experts', '第三方评估', 'Third party') },
    ],
  }),
  ranked: true,
  graded: true,
};

/** 财政部's bounds. */
export const grades: GradeScheme = {
  grades: [
    { key: 'excellent', name: says('优', 'Excellent'), atLeast: '90' },
    { key: 'good', name: says('良', 'Good'), atLeast: '80' },
    { key: 'fair', name: says('中', 'Fair'), atLeast: '60' },
    { key: 'poor', name: says('差', 'Poor') },
  ],
};

export const uses: ResultUse[] = [
  {
    key: 'interview',
    name: says('末位：绩效面谈', 'Last: interview'),
    whom: { kind: 'bottom', n: 1 },
    effect: { kind: 'interview' },
  },
  {
    key: 'award',
    name: says('优：通报表扬', 'Excellent: commended'),
    whom: { kind: 'grade', grades: ['excellent'] },
    effect: { kind: 'award' },
  },
];

/** 对标：自身值、标杆城市值、差距和趋势，取自系统登记的数据。 */
const benchmarking = task(
  'benchmark',
  `与标杆城市（${BENCHMARK_CITY}）对比`,
  `Compare with the benchmark city (${BENCHMARK_CITY})`,
  'monitor',
  5,
  [benchmarkTable(), longText('benchmarkAnalysis', '差距分析', 'Why there is a gap', { ...must, maxLength: 2000 })],
  { shows: ['indicators', 'progressByPeriod'] },
);

/** 评估：自评报告、对标、五方评估、合成、审定、公示、申诉。 */
export const evaluate: Phase = {
  name: says('绩效评估', 'Evaluation'),
  window: { start: { date: '01-01', year: 'next' }, end: { date: '05-15', year: 'next' } },
  blocks: [
    benchmarking,
    {
      key: 'benchmarkGap',
      type: 'compute',
      name: says(
        '与标杆的平均差距（占标杆值的百分比，领先为正）',
        'Mean gap to the benchmark, in percent of it; ahead is positive',
      ),
      into: 'meanGap',
      // Units differ from row to row, so each gap counts as a share of the benchmark's value; without any there is no mean.
      rule: { kind: 'rule', rule: rounded({ kind: 'mean', of: { each: 'values.benchmarks', rule: 'item.share' } }) },
    },
    ...selfEvaluation({
      shows: ['indicators', 'progressByPeriod', 'benchmarks', 'benchmarkAnalysis', 'meanGap'],
      fields: [keyTaskTable('keyTaskYears'), contentTable()],
    }),
    ballots('votes', '五方评估', 'Five kinds of assessors', ['self', 'superiors', 'peers', 'citizens', 'experts'], 10),
    ...decided({
      judged,
      approvals: [finalApproval('groupApproval', '领导小组审定', 'The leading group approves', 'leadingGroup')],
      makers: ['verify', 'benchmark'],
    }),
  ],
};
