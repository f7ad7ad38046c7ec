import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../workflows/json.ts';
import { lintRule } from '../../../workflows/scoring/lint.ts';
import type { Rule } from '../../../workflows/scoring/rule.ts';
import { score } from '../../support/scoreData.ts';

const points = (...parts: [string, Rule][]): Rule => ({
  kind: 'composite',
  scored: 'points',
  total: String(parts.reduce((sum, [weight]) => sum + Number(weight), 0)),
  of: parts.map(([weight, rule]) => ({ weight, rule })),
});
const byRank = (of: string, base: string): Rule => ({ kind: 'rank', of, base, step: '5', in: 'percent' });

/** 温州 县 2012: 1000 points; the rows "by rank" fall by 5 % a place, as its 2013 rule says. */
const WENZHOU = points(
  ['500', 'values.keyWork'],
  [
    '100',
    points(
      ['30', byRank('values.learning', '30')],
      ['20', byRank('values.service', '20')],
      ['50', byRank('values.conduct', '50')],
    ),
  ],
  [
    '400',
    points(
      ['100', byRank('values.leadingBodies', '100')],
      ['50', byRank('values.townLeaders', '50')],
      ['50', 'values.peers'],
      ['100', 'values.supervision'],
      ['100', 'values.poll'],
    ),
  ],
);

/** 北京 三效一创: duties 40, law 8, capability 7, service 5, public 20, leaders 10, coordination 5, innovation 5. */
const BEIJING: Rule = {
  kind: 'composite',
  of: Object.entries({
    duties: '40',
    law: '8',
    capability: '7',
    service: '5',
    public: '20',
    leaders: '10',
    coordination: '5',
    innovation: '5',
  }).map(([key, weight]) => ({ key, weight, rule: `values.${key}` })),
};

/** The panel of P14: rater = load 30 % + efficiency 30 % + completion 40 %; total = leader 20 % + staff 40 % + panel 40 % + extra. */
const task = (votes: string): Rule => ({ kind: 'votes', of: votes, points: { a: '100', b: '80', c: '60', d: '40' } });
const PANEL: Rule = {
  kind: 'sum',
  of: [
    {
      kind: 'composite',
      of: [
        { key: 'leader', weight: '20', rule: 'values.leader' },
        { key: 'staff', weight: '40', rule: 'values.staff' },
        {
          key: 'panel',
          weight: '40',
          rule: {
            kind: 'mean',
            of: {
              each: 'values.panel',
              rule: {
                kind: 'composite',
                of: [
                  { weight: '30', rule: task('item.load') },
                  { weight: '30', rule: task('item.efficiency') },
                  { weight: '40', rule: task('item.completion') },
                ],
              },
            },
          },
        },
      ],
    },
    { kind: 'input', path: 'values.extra', default: '0' },
  ],
};

/** 水资源: final = mean of earlier years × 50 % + last year × 50 %, whole number. */
const WATER: Rule = {
  kind: 'round',
  places: 0,
  mode: 'halfUp',
  of: {
    kind: 'composite',
    of: [
      {
        weight: '50',
        rule: { kind: 'mean', of: { each: 'values.years', where: 'item.year < values.last', rule: 'item.score' } },
      },
      {
        weight: '50',
        rule: { kind: 'mean', of: { each: 'values.years', where: 'item.year = values.last', rule: 'item.score' } },
      },
    ],
  },
};

/** 杭州 2018 special goals: 较差 −0.3, 差 −0.5, together at most 1; the bonus is at most 10 % of the item, in all at most 1. */
const HANGZHOU: Rule = {
  kind: 'minus',
  from: {
    kind: 'clamp',
    of: {
      kind: 'sum',
      of: {
        each: 'values.goals',
        rule: { kind: 'clamp', of: 'item.bonus', floor: '0', cap: { kind: 'product', of: ['item.points', '0.1'] } },
      },
    },
    cap: '1',
  },
  of: [
    {
      kind: 'clamp',
      of: {
        kind: 'sum',
        of: {
          each: 'values.goals',
          rule: {
            kind: 'choose',
            when: [
              { if: 'item.grade = "较差"', gives: '0.3' },
              { if: 'item.grade = "差"', gives: '0.5' },
            ],
            else: '0',
          },
        },
      },
      cap: '1',
    },
  ],
};

/** 新晃: month below 60 %: yellow card, no stage bonus. */
const STAGE: Rule = {
  kind: 'choose',
  when: [{ if: { value: 'values.progress', in: '[60,)' }, gives: 'values.bonus' }],
  else: '0',
};

const full: JsonObject = {
  keyWork: '500',
  learning: 1,
  service: 1,
  conduct: 1,
  leadingBodies: 1,
  townLeaders: 1,
  peers: '50',
  supervision: '100',
  poll: '100',
};
const goal = (grade: string, bonus: string | null = null) => ({ grade, points: '4', bonus });

describe('structures of published systems', () => {
  const rows: [string, Rule, JsonObject, string | null][] = [
    ['温州 2012: everything first and full is 1000 points', WENZHOU, full, '1000'],
    [
      '温州 2012: ranks 2, 3 and 4 of the rows by rank',
      WENZHOU,
      { ...full, leadingBodies: 2, townLeaders: 3, conduct: 4 },
      '982.5',
    ],
    [
      '温州 2012: without a poll the rest of its group counts for the 400',
      WENZHOU,
      { ...full, poll: null, keyWork: '450' },
      '950',
    ],
    [
      '北京 三效一创',
      BEIJING,
      {
        duties: '90',
        law: '100',
        capability: '80',
        service: '80',
        public: '85',
        leaders: '92',
        coordination: '100',
        innovation: '60',
      },
      '87.8',
    ],
    [
      'Panel (P14)',
      PANEL,
      {
        leader: '90',
        staff: '85',
        panel: [{ load: { a: 5, b: 3, c: 2, d: 0, abstain: 2 }, efficiency: { a: 1, b: 1 }, completion: { b: 4 } }],
        extra: '1.5',
      },
      '87.42',
    ],
    [
      '水资源: mean of the earlier years and the last year, half each, whole',
      WATER,
      {
        last: 2019,
        years: [
          { year: 2016, score: '81' },
          { year: 2017, score: '84' },
          { year: 2018, score: '88' },
          { year: 2019, score: '90' },
        ],
      },
      '87',
    ],
    ['水资源: the first year counts alone', WATER, { last: 2016, years: [{ year: 2016, score: '81.5' }] }, '82'],
    [
      '杭州 2018: two goals poor, one bad: 1.1 is 1',
      HANGZHOU,
      { goals: [goal('较差'), goal('较差'), goal('差')] },
      null,
    ],
    ['杭州 2018: a bonus above 10 % of its item', HANGZHOU, { goals: [goal('优秀', '0.6'), goal('较差', '0')] }, '0.1'],
    [
      '杭州 2018: bonuses above 1 in all',
      HANGZHOU,
      { goals: [goal('优秀', '0.4'), goal('优秀', '0.4'), goal('优秀', '0.4'), goal('差', '0')] },
      '0.5',
    ],
    [
      '杭州 2018: deductions above 1 in all',
      HANGZHOU,
      { goals: [goal('差', '0'), goal('差', '0'), goal('差', '0')] },
      '-1',
    ],
    ['新晃: below 60 % there is no stage bonus', STAGE, { progress: '59.99', bonus: '2' }, '0'],
    ['新晃: from 60 % on there is', STAGE, { progress: '60', bonus: '2' }, '2'],
  ];
  test.each(rows)('%s', (_what, rule, values, expected) => {
    expect(lintRule(rule).filter((one) => one.severity === 'error')).toEqual([]);
    expect(score(rule, values)).toBe(expected);
  });
});
