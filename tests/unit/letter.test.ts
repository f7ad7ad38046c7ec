import { describe, expect, test } from 'vitest';
import { type LetterData, type ScoredUnit, writeLetter } from '../../workflows/letter/letter.ts';
import { partsOf } from '../../workflows/letter/parts.ts';
import { scoreDataSchema } from '../../workflows/scoring/data.ts';
import { evaluateRule } from '../../workflows/scoring/evaluate.ts';
import { type Rule, ruleSchema } from '../../workflows/scoring/rule.ts';
import { named } from '../support/blocks.ts';

/** 张家港: 60 % results (of two indicators, 70 and 30), 20 % leaders, 20 % society; bonus on top, deduction taken off. */
const rule: Rule = ruleSchema.parse({
  kind: 'round',
  places: 2,
  mode: 'halfUp',
  of: {
    kind: 'minus',
    from: {
      kind: 'sum',
      of: [
        {
          kind: 'composite',
          of: [
            {
              key: 'results',
              name: named('results'),
              weight: '60',
              rule: {
                kind: 'composite',
                of: [
                  { key: 'growth', name: named('growth'), weight: '70', rule: 'values.growth' },
                  { key: 'jobs', name: named('jobs'), weight: '30', rule: 'values.jobs' },
                ],
              },
            },
            { key: 'leaders', name: named('leaders'), weight: '20', rule: 'values.leaders' },
            { key: 'society', name: named('society'), weight: '20', rule: 'values.society' },
          ],
        },
        { kind: 'ledger', key: 'bonus', name: named('bonus'), of: 'bonus' },
      ],
    },
    of: [{ kind: 'ledger', key: 'deduction', name: named('deduction'), of: 'deduction' }],
  },
});

const unit = (id: string, values: Record<string, string>, deduction = '0'): ScoredUnit => {
  const data = scoreDataSchema.parse({
    values,
    adjustments: [{ id: 'a', kind: 'deduction', item: 'late', group: '', points: deduction, reason: 'late' }],
  });
  const { value, explanation } = evaluateRule(rule, data);
  return { id, score: value, parts: partsOf(explanation) };
};
const units = [
  unit('own', { growth: '90', jobs: '60', leaders: '95', society: '80' }, '1.5'),
  unit('b', { growth: '80', jobs: '100', leaders: '85', society: '80' }),
  unit('c', { growth: '100', jobs: '95', leaders: '90', society: '80' }),
];
const data: LetterData = {
  cycle: 'cycle',
  year: 2026,
  unit: { id: 'own', name: 'Own' },
  category: named('economy'),
  now: { year: 2026, score: units[0]?.score ?? null, rank: 3, rankOf: 3, grade: named('good') },
  because: [named('score 82.1')],
  parts: units[0]?.parts ?? [],
  peers: units,
  history: [
    { year: 2024, score: '80', rank: 2, rankOf: 3, grade: null },
    { year: 2025, score: '85', rank: 1, rankOf: 3, grade: named('good') },
  ],
  adjustments: [{ kind: 'deduction', name: named('late'), points: '1.5', reason: 'late' }],
  uses: [],
};

describe('the parts of a score', () => {
  test('each part with what it added of how much, through rounding, sums and nested parts', () => {
    expect(units[0]?.score).toBe('82.10');
    expect(units[0]?.parts.map(({ path, value, most, level, leaf }) => [path, value, most, level, leaf])).toEqual([
      ['/0/0/results', '48.6', '60', 1, false],
      ['/0/0/results/growth', '37.8', '42', 2, true],
      ['/0/0/results/jobs', '10.8', '18', 2, true],
      ['/0/0/leaders', '19', '20', 1, true],
      ['/0/0/society', '16', '20', 1, true],
      ['/0/bonus', '0', null, 1, true],
      ['/deduction', '-1.5', null, 1, true],
    ]);
  });
  test('parts scored in points have their weights as full marks', () => {
    const points = ruleSchema.parse({
      kind: 'composite',
      scored: 'points',
      total: '1000',
      of: [
        { key: 'key', name: named('key'), weight: '600', rule: 'values.a' },
        { key: 'other', name: named('other'), weight: '400', rule: 'values.b' },
      ],
    });
    const { explanation } = evaluateRule(points, scoreDataSchema.parse({ values: { a: '540', b: '390' } }));
    expect(partsOf(explanation, '1000').map(({ value, most }) => [value, most])).toEqual([
      ['540', '600'],
      ['390', '400'],
    ]);
  });
  test('a part that does not apply has no value', () => {
    const { explanation } = evaluateRule(
      rule,
      scoreDataSchema.parse({ values: { growth: '90', leaders: '1', society: '1' } }),
    );
    expect(partsOf(explanation).find(({ path }) => path.endsWith('jobs'))).toMatchObject({ value: null });
  });
});

describe('the letter', () => {
  const letter = writeLetter(data);
  test('strengths are what is ahead of the category, problems what lost points, most first', () => {
    expect(letter.strengths.map(({ path }) => path)).toEqual(['/0/0/leaders']);
    expect(letter.problems.map(({ path, lost }) => [path, lost])).toEqual([
      ['/0/0/results/jobs', '7.2'],
      ['/0/0/results/growth', '4.2'],
      ['/0/0/society', '4'],
      ['/0/0/leaders', '1'],
    ]);
    expect(letter.problems[0]?.words).toEqual({
      zh: 'jobs：满分 18，得 10.8 分，失 7.2 分，低于本类平均 4.5 分。',
      en: 'jobs: 10.8 of 18, 7.2 lost, 4.5 below the mean of the category.',
    });
    expect(letter.advice.map(({ en }) => en)).toEqual([
      'jobs: compare yourself with the best of the category (7.2 ahead), and plan measures with dates.',
      'growth: compare yourself with the best of the category (4.2 ahead), and plan measures with dates.',
      'society: the best of the category, and still 4 lost. Look for what holds all units back.',
      'Points were deducted 1 time(s) (late). See that it does not happen again.',
      'You fell by 2 place(s) against last year. Say why in your rectification plan.',
    ]);
  });
  test('compares with the category and with last year, and draws both', () => {
    expect(letter.compared).toEqual({ mean: '86.6', best: '93.1', units: 3 });
    expect(letter.change).toEqual({ score: '-2.9', places: -2 });
    // 80, 85, 82.1: the line of least squares rises by 1.05 a year from 82.37 in the middle.
    expect(letter.trend).toMatchObject({ years: 3, slope: '1.05', next: { value: '84.47' } });
    expect(writeLetter({ ...data, history: data.history.slice(1) }).trend).toBeNull();
    expect(
      letter.charts.map(({ key, names, series }) => [key, names.length, series.map(({ values }) => values)]),
    ).toEqual([
      [
        'parts',
        3,
        [
          ['81', '95', '80'],
          ['88.5', '90', '80'],
          ['98.5', '95', '80'],
        ],
      ],
      ['years', 3, [['80', '85', '82.10']]],
    ]);
  });
  test('where units are not ranked, a unit is compared with its own last year', () => {
    const before = unit('own', { growth: '80', jobs: '70', leaders: '95', society: '90' }).parts;
    const own = writeLetter({ ...data, alone: true, before });
    expect(own.compared).toEqual({ mean: null, best: null, units: 0 });
    expect(own.lines.every(({ mean, best }) => mean === null && best === null)).toBe(true);
    expect(own.strengths.map(({ path, words }) => [path, words.en])).toEqual([
      ['/0/0/results/growth', 'growth: 37.8 of 42, 4.2 more than last year.'],
    ]);
    expect(own.problems[0]?.words.en).toBe('jobs: 10.8 of 18, 7.2 lost, 1.8 less than last year.');
    expect(own.charts[0]?.series.map(({ name }) => name.en)).toEqual(['this unit', 'last year']);
    expect(JSON.stringify(own)).not.toMatch(/category \(|of the category/);
  });
  test('an indicator beside its own earlier years: better or worse by its direction, and where it is heading', () => {
    const years = [
      { year: 2023, value: '10' },
      { year: 2025, value: '6' },
      { year: 2024, value: '8' },
    ];
    const one = {
      code: 'T',
      name: named('time'),
      unit: 'h',
      direction: 'down',
      target: '5',
      low: null,
      high: null,
    } as const;
    const indicators = [
      { ...one, actual: '4', years },
      { ...one, code: 'N', actual: '4', years: [] },
    ];
    expect(writeLetter({ ...data, indicators }).indicators).toEqual([
      {
        code: 'T',
        name: named('time'),
        unit: 'h',
        value: '4',
        target: '5',
        met: true,
        improving: true,
        years: years.toSorted((a, b) => a.year - b.year),
        next: { value: '2', low: '2', high: '2' },
      },
    ]);
  });
  test('the order of the units changes nothing, and what cannot be compared is left out', () => {
    expect(writeLetter({ ...data, peers: units.toReversed() })).toEqual(letter);
    const bare = writeLetter({ ...data, parts: [], peers: [], history: [], adjustments: [] });
    expect(bare).toMatchObject({ lines: [], strengths: [], problems: [], advice: [], charts: [], change: null });
    expect(bare.compared).toEqual({ mean: null, best: null, units: 0 });
  });
});
