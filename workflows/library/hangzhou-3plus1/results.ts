import { ledgerCaps } from '../../adjustments/caps.ts';
import type { AdjustmentScheme } from '../../adjustments/schema.ts';
import type { GradeScheme } from '../../grades/schema.ts';
import type { ResultUse } from '../../uses/schema.ts';
import { says } from '../parts/fields.ts';
import { attained, type Judged, rounded } from '../parts/judging.ts';
import { specialGoals } from '../parts/special.ts';
import { socialScore } from './society.ts';

/** The rule is the source's (2018); which goals are led apart, and what they are worth, are examples. */
const special = specialGoals(
  {
    safety: { name: says('安全生产', 'Safety at work'), points: '5' },
    reform: { name: says('“最多跑一次”改革', 'The reform "one visit at most"'), points: '5' },
  },
  ['specialLeads'],
);

/** 创新创优 is the source's bonus; its points are examples. */
export const adjustments: AdjustmentScheme = {
  special: special.special,
  groups: {
    ...special.groups,
    innovation: { name: says('创新创优', 'Innovation and excellence'), caps: { bonus: '3' } },
  },
  items: [
    ...special.items,
    {
      key: 'innovate',
      kind: 'bonus',
      group: 'innovation',
      name: says('创新项目', 'Innovation'),
      points: '1',
      most: '2',
      cap: '2',
      byUnit: true,
      evidence: 'required',
    },
    {
      key: 'excel',
      kind: 'bonus',
      group: 'innovation',
      name: says('创优项目', 'Excellence'),
      points: '0.5',
      most: '1',
      cap: '2',
      byUnit: true,
      evidence: 'required',
    },
    {
      key: 'falsified',
      kind: 'veto',
      name: says('自评弄虚作假', 'False self-report'),
      basis: says('杭州市绩效管理条例', 'Regulation of 杭州'),
    },
    {
      key: 'overdue',
      kind: 'deduction',
      name: says('逾期督办扣分', 'Overdue, supervised'),
      points: '0.5',
      most: '0.5',
      cap: '1',
    },
  ],
  automatic: { ladder: 'overdue' },
};

/** 50 + 45 + 5 and the bonus are the source's. */
export const judged: Judged = {
  rule: rounded({
    kind: 'minus',
    from: {
      kind: 'sum',
      of: [
        {
          kind: 'composite',
          of: [
            { key: 'society', weight: '50', rule: socialScore },
            { key: 'targets', weight: '45', rule: attained(says('目标考核', 'Targets')) },
            {
              key: 'leaders',
              weight: '5',
              rule: { kind: 'raters', name: says('领导考评', 'Leaders'), of: 'ballots.leaders.overall', trimAbove: 5 },
            },
          ],
        },
        {
          kind: 'ledger',
          of: 'bonus',
          name: says('创新创优和专项目标加分', 'Bonus for innovation and special goals'),
          caps: ledgerCaps(adjustments, 'bonus'),
        },
      ],
    },
    of: [
      { kind: 'ledger', of: 'deduction', name: says('扣分', 'Deduction'), caps: ledgerCaps(adjustments, 'deduction') },
    ],
  }),
  ranked: true,
  graded: true,
};

/** The quotas 优秀 ≤ 15 % and 良好 ≤ 20 % are those of 杭州 2018; bounds are examples. Units outside the ranking: 杭州 2020. */
export const grades: GradeScheme = {
  grades: [
    { key: 'excellent', name: says('优秀', 'Excellent'), atLeast: '90' },
    { key: 'good', name: says('良好', 'Good'), atLeast: '80' },
    { key: 'qualified', name: says('合格', 'Qualified'), atLeast: '60' },
    { key: 'poor', name: says('不合格', 'Not qualified') },
  ],
  quotas: [
    { key: 'excellentQuota', grades: ['excellent'], most: { share: '0.15', round: 'halfUp' }, ties: 'out' },
    { key: 'topQuota', grades: ['excellent', 'good'], most: { share: '0.35', round: 'halfUp' }, ties: 'out' },
  ],
  veto: 'poor',
  outside: { categories: ['outside'], grade: 'byScore' },
};

const poor: ResultUse['whom'] = { kind: 'grade', grades: ['poor'] };

/** 不合格 by 杭州市绩效管理条例: first year, two in a row, three or more. */
export const uses: ResultUse[] = [
  {
    key: 'award',
    name: says('优秀：通报表扬', 'Excellent: commended'),
    whom: { kind: 'grade', grades: ['excellent'] },
    effect: { kind: 'award' },
  },
  {
    key: 'criticism',
    name: says('不合格：通报批评', 'Not qualified: criticised'),
    whom: poor,
    effect: { kind: 'criticism' },
  },
  {
    key: 'noAwards',
    name: says('不合格：当年和次年不得评优', 'Not qualified: no awards this and next year'),
    whom: poor,
    effect: { kind: 'noAwards', years: 2 },
  },
  {
    key: 'noPromotion',
    name: says('连续两年不合格：一年内不得提拔', 'Two years running: no promotion for a year'),
    whom: poor,
    running: { from: 2, to: 2 },
    effect: { kind: 'noPromotion', years: 1 },
  },
  {
    key: 'transfer',
    name: says('连续三年及以上不合格：调整职务', 'Three years or more: transfer, demotion or dismissal'),
    whom: poor,
    running: { from: 3 },
    effect: { kind: 'transfer' },
  },
];
