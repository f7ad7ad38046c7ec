import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../workflows/json.ts';
import { checkExplanation } from '../../../workflows/scoring/check.ts';
import type { ScoreData } from '../../../workflows/scoring/data.ts';
import { evaluateRule } from '../../../workflows/scoring/evaluate.ts';
import { ScoreFault } from '../../../workflows/scoring/fault.ts';
import { type Rule, ruleSchema } from '../../../workflows/scoring/rule.ts';
import { explainInWords } from '../../../workflows/scoring/words.ts';
import { indicator, scoreData } from '../../support/scoreData.ts';

const x = (value: string | null): JsonObject => ({ x: value });
const of = 'values.x';
const judged = { of, target: '50' };
const entry = (id: string, item: string, group: string, points: string, kind: 'bonus' | 'deduction' = 'bonus') => ({
  id,
  kind,
  item,
  group,
  points,
  reason: '',
});

const rows: [string, Rule, Partial<ScoreData>, string | null][] = [
  ['a number with a name', { kind: 'const', key: 'a', value: '2.50' }, {}, '2.5'],
  ['a default where nothing is', { kind: 'input', path: of, default: '7' }, {}, '7'],
  ['no default where something is', { kind: 'input', path: of, default: '7' }, { values: x('0') }, '0'],
  ['minutes in hours', { kind: 'input', path: of, unit: 'h' }, { values: x('90min') }, '1.5'],
  ['an ISO duration in minutes', { kind: 'input', path: of, unit: 'min' }, { values: x('P1DT1H30M') }, '1530'],
  ['an indicator by its code', 'indicators[1.2].actual', { indicators: [indicator('1.2', { actual: '8' })] }, '8'],
  [
    'a year by its number',
    'history.2024.score',
    { history: [{ year: 2024, score: '81', grade: null, rank: 2 }] },
    '81',
  ],
  [
    'ballots of a group',
    { kind: 'raters', of: 'ballots.g.overall' },
    { ballots: { g: { cast: 3, valid: 2, items: { overall: { n: 2, sum: '171', min: '81', max: '90' } } } } },
    '85.5',
  ],
  [
    'a layer of the ballots',
    { kind: 'raters', of: 'ballots.g.overall.layers.staff' },
    {
      ballots: {
        g: {
          cast: 1,
          valid: 1,
          items: {
            overall: { n: 1, sum: '1', min: '1', max: '1', layers: { staff: { n: 3, sum: '10', min: '3', max: '4' } } },
          },
        },
      },
    },
    `3.${'3'.repeat(30)}`,
  ],
  [
    'ballots nobody gave',
    { kind: 'raters', of: 'ballots.g.overall' },
    { ballots: { g: { cast: 0, valid: 0, items: { overall: { n: 0, sum: '0', min: '0', max: '0' } } } } },
    null,
  ],
  [
    'FEEL for the rest',
    { kind: 'feel', formula: 'if values.x > 3 then values.x * 2 else 0' },
    { values: x('3.1') },
    '6.2',
  ],
  ['FEEL over what is missing', { kind: 'feel', formula: 'values.x * 2' }, {}, null],
  [
    'the sum of a list',
    { kind: 'sum', of: { each: 'values.list', rule: 'item' } },
    { values: { list: [1, '2.5', null] } },
    '3.5',
  ],
  [
    'the sum of some rows',
    { kind: 'sum', of: { each: 'values.rows', where: 'item.ok', rule: 'item.n' } },
    { values: { rows: [{ ok: true, n: '2' }, { ok: false, n: '4' }, { n: '8' }] } },
    '2',
  ],
  [
    'the least and the greatest',
    { kind: 'minus', from: { kind: 'max', of: ['3', of, '1'] }, of: [{ kind: 'min', of: ['3', of, '1'] }] },
    { values: x('9') },
    '8',
  ],
  ['a floor', { kind: 'clamp', of, floor: '0', cap: '10' }, { values: x('-3') }, '0'],
  ['a cap', { kind: 'clamp', of, floor: '0', cap: '10' }, { values: x('13') }, '10'],
  ['attainment up', { kind: 'attainment', ...judged, direction: 'up' }, { values: x('40') }, '80'],
  ['attainment down, mirrored', { kind: 'attainment', ...judged, direction: 'down' }, { values: x('60') }, '80'],
  [
    'attainment down, the other way round',
    { kind: 'attainment', ...judged, direction: 'down', down: 'inverse', full: '10' },
    { values: x('62.5') },
    '8',
  ],
  [
    'attainment in a band',
    { kind: 'attainment', of, low: '40', high: '50', direction: 'band' },
    { values: x('45') },
    '100',
  ],
  [
    'attainment below a band',
    { kind: 'attainment', of, low: '40', high: '50', direction: 'band' },
    { values: x('30') },
    '75',
  ],
  [
    'attainment above a band',
    { kind: 'attainment', of, low: '40', high: '50', direction: 'band' },
    { values: x('60') },
    '80',
  ],
  [
    'no target is not rated',
    { kind: 'attainment', of, target: 'values.none', direction: 'up' },
    { values: x('60') },
    null,
  ],
  ['all or nothing: met', { kind: 'met', ...judged, direction: 'up', full: '5' }, { values: x('50') }, '5'],
  ['all or nothing: missed', { kind: 'met', ...judged, direction: 'down', full: '5' }, { values: x('50.1') }, '0'],
  ['in the band', { kind: 'met', of, low: '1', high: '2', direction: 'band' }, { values: x('2') }, '1'],
  [
    'the efficacy coefficient where less is better',
    { kind: 'efficacy', of, low: '100', high: '80', weight: '20', k0: '0.6', k1: '0.8' },
    { values: x('90') },
    '14',
  ],
  [
    'points for each full unit under the limit',
    { kind: 'perUnit', base: '0', of, limit: '10', side: 'under', points: '2', unit: '3', counted: 'full', cap: '5' },
    { values: x('2') },
    '4',
  ],
  [
    'points for each unit begun, capped',
    { kind: 'perUnit', base: '0', of, limit: '10', side: 'under', points: '2', unit: '3', counted: 'begun', cap: '5' },
    { values: x('2') },
    '5',
  ],
  [
    'nothing on the other side of the limit',
    { kind: 'perUnit', base: '3', of, limit: '10', side: 'over', points: '-1' },
    { values: x('2') },
    '3',
  ],
  [
    'slices without an end of their own',
    {
      kind: 'slices',
      of,
      slices: [
        { width: '10', rate: '1' },
        { width: '5', rate: '0.5' },
      ],
    },
    { values: x('100') },
    '12.5',
  ],
  ['slices of less than nothing', { kind: 'slices', of, slices: [{ rate: '1' }] }, { values: x('-4') }, '0'],
  [
    'a band of rules',
    { kind: 'bands', of, bands: [{ in: '[0,10]', gives: { kind: 'product', of: [of, '2'] } }], else: '0' },
    { values: x('4') },
    '8',
  ],
  [
    'outside all bands',
    { kind: 'bands', of, bands: [{ in: '[0,10]', gives: '1' }], else: '0' },
    { values: x('11') },
    '0',
  ],
  ['bands of what does not apply', { kind: 'bands', of, bands: [{ in: '(,)', gives: '1' }] }, {}, null],
  ['points by rank', { kind: 'rank', of, base: '100', step: '4', in: 'points' }, { values: x('3') }, '92'],
  [
    'votes without a valid one',
    { kind: 'votes', of: 'values.votes', points: { a: '100' } },
    { values: { votes: { abstain: 3 } } },
    null,
  ],
  [
    'the share of an option in the ballots',
    { kind: 'votes', of: 'ballots.g.i', points: { a: '100', b: '0' } },
    {
      ballots: {
        g: {
          cast: 4,
          valid: 4,
          items: { i: { n: 0, sum: '0', min: '0', max: '0', counts: { a: 3, b: 1, abstain: 2 } } },
        },
      },
    },
    '75',
  ],
  [
    'a composite with a group, one part not applicable',
    {
      kind: 'composite',
      of: [
        {
          weight: '60',
          rule: {
            kind: 'composite',
            of: [
              { weight: '50', rule: '90' },
              { weight: '50', rule: 'values.none' },
            ],
          },
        },
        { weight: '40', rule: '80' },
      ],
    },
    {},
    '86',
  ],
  [
    'points rescaled',
    {
      kind: 'composite',
      scored: 'points',
      of: [
        { weight: '75', rule: '69' },
        { weight: '25', rule: 'values.none' },
      ],
    },
    {},
    '92',
  ],
  [
    'a composite nothing of which applies',
    { kind: 'composite', of: [{ weight: '100', rule: 'values.none' }] },
    {},
    null,
  ],
  [
    'weights that come to anything',
    {
      kind: 'composite',
      total: 'any',
      of: [
        { weight: '1', rule: '90' },
        { weight: '2', rule: '60' },
      ],
    },
    {},
    '70',
  ],
  [
    'indicators by their own weights, directions and targets',
    {
      kind: 'composite',
      of: {
        each: 'indicators',
        weight: 'item.weight',
        rule: { kind: 'clamp', of: { kind: 'attainment' }, floor: '0', cap: '100' },
      },
    },
    {
      indicators: [
        indicator('a', { weight: '40', target: '10', actual: '12' }),
        indicator('b', { weight: '30', target: '10', actual: '15', direction: 'down' }),
        indicator('c', { weight: '30', target: '1', actual: '0', na: true }),
      ],
    },
    `78.${'571428'.repeat(4)}571429`,
  ],
  [
    'the ledger, capped by item, group and year',
    { kind: 'ledger', of: 'bonus', caps: { items: { a: '2' }, groups: { g: '3' }, year: '4' } },
    {
      adjustments: [
        entry('1', 'a', 'g', '1.5'),
        entry('2', 'a', 'g', '1.5'),
        entry('3', 'b', 'g', '2'),
        entry('4', 'c', '', '0.7'),
        entry('5', 'd', 'h', '9', 'deduction'),
      ],
    },
    '3.7',
  ],
  [
    'the ledger above the cap of the year',
    { kind: 'ledger', of: 'deduction', caps: { year: '4' } },
    { adjustments: [entry('5', 'd', 'h', '9', 'deduction')] },
    '4',
  ],
  ['a ledger without an entry', { kind: 'ledger', of: 'bonus' }, {}, '0'],
  [
    'base plus bonus minus deduction',
    {
      kind: 'minus',
      from: { kind: 'sum', of: ['100', { kind: 'ledger', of: 'bonus' }] },
      of: [{ kind: 'ledger', of: 'deduction' }],
    },
    { adjustments: [entry('1', 'a', '', '3'), entry('2', 'b', '', '1.5', 'deduction')] },
    '101.5',
  ],
  ['no choice that holds', { kind: 'choose', when: [{ if: 'values.x > 1', gives: '1' }] }, { values: x('1') }, null],
  [
    'unknown is not yes',
    {
      kind: 'choose',
      when: [
        { if: 'values.x > 1', gives: '1' },
        { if: { value: of, in: '(,)' }, gives: '2' },
      ],
      else: '3',
    },
    {},
    '3',
  ],
  [
    'a veto from the ledger',
    {
      kind: 'veto',
      if: 'count(adjustments[kind = "veto"]) > 0',
      reason: { zh: '否决', en: 'veto' },
      score: '59',
      of: '90',
    },
    { adjustments: [{ ...entry('1', 'a', '', '0'), kind: 'veto' }] },
    '59',
  ],
  [
    'no veto',
    {
      kind: 'veto',
      if: 'count(adjustments[kind = "veto"]) > 0',
      reason: { zh: '否决', en: 'veto' },
      score: '59',
      of: '90',
    },
    {},
    '90',
  ],
  [
    'named values in any order',
    {
      kind: 'let',
      let: { b: { kind: 'sum', of: ['let.a', '1'] }, a: { kind: 'ratio', of: '1', to: '3' } },
      in: { kind: 'product', of: ['let.a', '3', 'let.b'] },
    },
    {},
    `1.${'3'.repeat(30)}`,
  ],
  [
    'OKR: the mean of the progress of the key results',
    {
      kind: 'mean',
      of: {
        each: 'values.keyResults',
        rule: {
          kind: 'clamp',
          of: { kind: 'efficacy', of: 'item.now', low: 'item.from', high: 'item.to' },
          floor: '0',
          cap: '1',
        },
      },
    },
    {
      values: {
        keyResults: [
          { from: '0', to: '10', now: '7' },
          { from: '50', to: '20', now: '35' },
          { from: '0', to: '4', now: '5' },
        ],
      },
    },
    `0.7${'3'.repeat(29)}`,
  ],
  [
    'monthly ranks averaged over 12',
    { kind: 'ratio', of: { kind: 'sum', of: { each: 'values.monthlyRanks', rule: 'item' } }, to: '12' },
    { values: { monthlyRanks: [1, 2, 1, 3, 2, 1, 1, 4, 2, 1, 3, 3] } },
    '2',
  ],
];

describe('every kind', () => {
  test.each(rows)('%s', (_what, rule, data, expected) => {
    expect(ruleSchema.safeParse(rule).error).toBeUndefined();
    const { value, explanation } = evaluateRule(rule, scoreData(data));
    expect(value).toBe(expected);
    expect(checkExplanation(explanation)).toEqual([]);
    expect(checkExplanation(JSON.parse(JSON.stringify(explanation)))).toEqual([]);
    for (const language of ['zh', 'en'] as const)
      for (const line of explainInWords(explanation, language)) expect(line).not.toMatch(/undefined|\[object|NaN/);
  });
  test('is in the table above', () => {
    const seen = new Set(
      [...JSON.stringify(rows.map(([, rule]) => rule)).matchAll(/"kind":"(\w+)"/g)].map(([, kind]) => kind),
    );
    // `round` and `mean` of plain parts stand in kinds.test.ts.
    expect([...seen, 'round'].toSorted()).toEqual(
      'attainment bands choose clamp composite const efficacy feel input ledger let max mean met min minus perUnit product rank raters ratio round slices sum veto votes'.split(
        ' ',
      ),
    );
  });
});

describe('what cannot be scored says why and where', () => {
  const faults: [string, Rule, JsonObject, string, string][] = [
    [
      'a division by zero',
      { kind: 'sum', of: ['1', { kind: 'ratio', of, to: 'values.y' }] },
      { x: '1', y: '0' },
      'score.divideByZero',
      'of[1].to',
    ],
    [
      'a target of zero',
      { kind: 'attainment', of, target: 'values.y', direction: 'up' },
      { x: '1', y: '0' },
      'score.divideByZero',
      'target',
    ],
    [
      'a target below zero',
      { kind: 'attainment', of, target: 'values.y', direction: 'down' },
      { x: '1', y: '-1' },
      'score.negative',
      'target',
    ],
    [
      'nothing to take the inverse of',
      { kind: 'attainment', of, target: '5', direction: 'down', down: 'inverse' },
      x('0'),
      'score.divideByZero',
      'of',
    ],
    [
      'an efficacy coefficient over no distance',
      { kind: 'efficacy', of, low: of, high: of },
      x('5'),
      'score.divideByZero',
      'high',
    ],
    ['a formula that divides by zero', { kind: 'feel', formula: '1 / values.x' }, x('0'), 'score.feel', 'formula'],
    ['a formula that gives words', { kind: 'feel', formula: '"good"' }, {}, 'score.feel', 'formula'],
    [
      'a missing input that must be there',
      { kind: 'mean', of: ['1', { kind: 'input', path: of, required: true }] },
      {},
      'score.missing',
      'of[1]',
    ],
    [
      'words instead of a number',
      { kind: 'sum', of: { each: 'values.x', rule: 'item.n' } },
      { x: [{ n: 'many' }] },
      'score.notNumber',
      'of.rule',
    ],
    ['a list that is none', { kind: 'sum', of: { each: of, rule: 'item' } }, x('5'), 'score.notList', 'of.each'],
    [
      'weights of the data that do not add up',
      {
        kind: 'composite',
        of: [
          { weight: of, rule: '1' },
          { weight: '50', rule: '1' },
        ],
      },
      x('49'),
      'score.weights',
      'of',
    ],
    [
      'a weight that is missing',
      { kind: 'composite', of: [{ weight: of, rule: '1' }] },
      {},
      'score.weight',
      'of[0].weight',
    ],
    [
      'a weight below zero',
      { kind: 'composite', total: 'any', of: [{ weight: of, rule: '1' }] },
      x('-1'),
      'score.weight',
      'of[0].weight',
    ],
    [
      'a value in none of the bands',
      { kind: 'bands', of, bands: [{ in: '[0,1)', gives: '1' }] },
      x('1'),
      'score.bandGap',
      'bands',
    ],
    ['a rank below 1', { kind: 'rank', of, base: '1', step: '1', in: 'points' }, x('0'), 'score.rank', 'of'],
    ['half a vote', { kind: 'votes', of: 'values.v', points: { a: '1' } }, { v: { a: 0.5 } }, 'score.notNumber', ''],
    [
      'a value that depends on itself',
      { kind: 'let', let: { a: { kind: 'sum', of: ['let.b'] }, b: 'let.a' }, in: 'let.a' },
      {},
      'score.circular',
      'let.b',
    ],
    ['a value that nobody named', 'let.nope', {}, 'score.path', ''],
    ['no direction', { kind: 'met', of, target: '1' }, x('1'), 'score.direction', 'direction'],
    ['a duration that is none', { kind: 'input', path: of, unit: 'h' }, x('soon'), 'score.notNumber', ''],
  ];
  test.each(faults)('%s', (_what, rule, values, id, path) => {
    const error = (() => {
      try {
        evaluateRule(rule, scoreData({ values }));
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toBeInstanceOf(ScoreFault);
    expect(error).toMatchObject({ id, path });
    const { title, hint } = error as ScoreFault;
    for (const text of [title, hint]) {
      expect(text.zh).toMatch(/\p{Script=Han}/u);
      expect(text.en).toMatch(/[a-z]/);
    }
  });
});

describe('an explanation', () => {
  const rule: Rule = {
    kind: 'round',
    name: { zh: '部门得分', en: 'Department score' },
    places: 2,
    mode: 'halfUp',
    of: {
      kind: 'composite',
      of: [
        { key: 'results', name: { zh: '实绩得分', en: 'Results' }, weight: '60', rule: 'values.results' },
        {
          name: { zh: '领导评价', en: 'Leaders' },
          weight: '20',
          rule: { kind: 'raters', of: 'values.leaders', trimAbove: 5 },
        },
        { name: { zh: '行风测评', en: 'Survey' }, weight: '20', rule: 'values.survey' },
      ],
    },
  };
  const { explanation } = evaluateRule(
    rule,
    scoreData({ values: { results: '91.5', leaders: [90, 80, 85, 70, 95, 60] } }),
  );

  test('is read aloud from the result down', () => {
    expect(explainInWords(explanation, 'zh')).toEqual([
      '部门得分：88.9375 四舍五入到 2 位小数 = 88.94',
      '  加权：3 项合计，其中 1 项不适用，按其余各项折算 = 88.9375',
      '    实绩得分 91.5 × 60% = 54.9',
      '    领导评价 81.25 × 20% = 16.25',
      '      评分平均：6 人评分合计 480，去掉最高 95、最低 60，除以 4 = 81.25',
      '    行风测评：不适用',
    ]);
    expect(explainInWords(explanation, 'en')[2]).toBe('    Results 91.5 × 60% = 54.9');
  });

  test('names where every figure stands', () => {
    const { explanation } = evaluateRule(
      { kind: 'sum', of: { each: 'indicators', rule: 'item.actual' } },
      scoreData({ indicators: [indicator('a', { actual: '3', source: { value: 'v1' } })] }),
    );
    expect(explanation.children).toEqual([
      {
        kind: 'input',
        as: 'of',
        key: 'a',
        name: { zh: '指标a', en: 'Indicator a' },
        value: '3',
        inputs: [{ name: 'value', value: '3', source: 'indicators.a.actual', record: { value: 'v1' } }],
        children: [],
      },
    ]);
  });

  test('that was changed anywhere is found out', () => {
    const changed = JSON.stringify(explanation).replace('"value":"91.5"', '"value":"95.5"');
    expect(checkExplanation(JSON.parse(changed))).toEqual([
      { path: 'children[0].children[0]', value: '54.9', again: '57.3' },
      { path: 'children[0]', value: '88.9375', again: '91.9375' },
      { path: '', value: '88.94', again: '91.94' },
    ]);
    expect(checkExplanation({ ...explanation, value: '90.00' })).toEqual([
      { path: '', value: '90.00', again: '88.94' },
    ]);
  });
});
