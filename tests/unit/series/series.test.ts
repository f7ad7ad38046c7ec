import { describe, expect, test } from 'vitest';
import { Exact } from '../../../workflows/scoring/exact.ts';
import { type FlagFacts, flagsOf, robustZ } from '../../../workflows/series/flags.ts';
import { growth, weightedIndex } from '../../../workflows/series/growth.ts';
import { paceOf } from '../../../workflows/series/pace.ts';
import { type FlagRule, flagRuleSchema } from '../../../workflows/series/schema.ts';
import { targetMet } from '../../../workflows/series/target.ts';
import { forecast, improving } from '../../../workflows/series/trend.ts';

describe('a target', () => {
  test.each<[Parameters<typeof targetMet>[0], string | null, boolean | null]>([
    [{ direction: 'up', target: '10' }, '10', true],
    [{ direction: 'up', target: '10' }, '9.999999999999999999999', false],
    [{ direction: 'down', target: '10' }, '10', true],
    [{ direction: 'down', target: '10' }, '10.000000000000000000001', false],
    [{ direction: 'band', low: '5', high: '6' }, '6', true],
    [{ direction: 'band', low: '5', high: '6' }, '4.9', false],
    [{ direction: 'band', high: '6' }, '-100', true],
    [{ direction: 'band' }, '5', null],
    [{ direction: 'up', target: null }, '5', null],
    [{ direction: 'up', target: '5' }, null, null],
  ])('%j at %s: %s', (aim, value, met) => {
    expect(targetMet(aim, value)).toBe(met);
  });
});

describe('growth and index', () => {
  test.each([
    ['110', '100', '10'],
    ['90', '100', '-10'],
    ['-50', '-100', '50'],
    ['1', '0', null],
    [null, '1', null],
    ['1', null, null],
  ])('%s after %s grew by %s %%', (now, before, percent) => {
    expect(growth(now, before)).toBe(percent);
  });

  test('a weighted index; what does not apply is left out, never 0', () => {
    const parts = [
      { value: '100', weight: '60' },
      { value: '90', weight: '40' },
    ];
    expect(weightedIndex(parts)).toBe('96');
    expect(weightedIndex([...parts, { value: null, weight: '100' }])).toBe('96');
    expect(weightedIndex([{ value: null, weight: '1' }])).toBeNull();
    expect(weightedIndex([{ value: '5', weight: '0' }])).toBeNull();
    expect(() => weightedIndex([{ value: '1', weight: '-1' }])).toThrow(/-1/);
  });
});

describe('the pace of a period', () => {
  const base = { name: 'x', direction: 'up', target: '100', weight: '30', value: '25', before: '20' } as const;

  test('growth, progress and index, of each and of all', () => {
    const pace = paceOf([
      { ...base, code: 'a' },
      { ...base, code: 'b', weight: '10', value: '30', before: '40' },
      // A limit: half of it used is worth 150; it is not to grow.
      { ...base, code: 'c', direction: 'down', value: '50', before: '10' },
    ]);
    expect(pace).toEqual({
      rows: [
        { code: 'a', name: 'x', value: '25', growth: '25', progress: '25' },
        { code: 'b', name: 'x', value: '30', growth: '-25', progress: '30' },
        { code: 'c', name: 'x', value: '50', growth: '400', progress: '150' },
      ],
      growth: '12.5',
      progress: '68.33',
      index: '79.29',
    });
  });

  test('what is not known is left out, never 0', () => {
    const unknown = [
      { ...base, code: 'a', value: null },
      { ...base, code: 'b', before: null },
      { ...base, code: 'c', target: null },
      { ...base, code: 'd', direction: 'band' as const },
      { ...base, code: 'e', weight: null },
    ];
    expect(paceOf(unknown)).toMatchObject({ growth: '25', progress: '25', index: '25' });
    expect(paceOf(unknown).rows.map(({ growth: grown, progress }) => [grown, progress])).toEqual([
      [null, null],
      [null, '25'],
      ['25', null],
      ['25', null],
      ['25', '25'],
    ]);
    expect(paceOf([])).toEqual({ rows: [], growth: null, progress: null, index: null });
  });
});

describe('a trend', () => {
  test.each<[Parameters<typeof improving>[0], string | null, (string | null)[], boolean | null]>([
    ['up', '3', ['1', '2', '3', '4', '5'], true],
    ['up', '2.9', ['1', '2', '3', '4', '5'], false],
    ['down', '2.9', ['1', '2', '3', '4', '5'], true],
    ['up', '3', [null, '3'], true],
    ['up', '3', [null], null],
    ['up', null, ['3'], null],
    ['band', '3', ['3'], null],
  ])('%s, %s after %j: %s', (direction, value, before, expected) => {
    expect(improving(direction, value, before)).toBe(expected);
  });

  test('is carried on along a straight line exactly, with an interval of width 0', () => {
    expect(forecast(['1', '3', '5', null], 12)).toEqual({
      value: '23',
      slope: '2',
      low: '23',
      high: '23',
      interval: 'prediction95',
      n: 3,
    });
  });

  test('has the 95 % prediction interval of least squares, worked out by hand', () => {
    // Means 2.5 and 4.25, Sxx 5, Sxy 8.5.
    const found = forecast(['2', '3', '5', '7'], 5);
    expect(found?.slope).toBe('1.7');
    expect(found?.value).toBe('8.5');
    // Residuals 0.3, −0.4, −0.1, 0.2: sum of squares 0.3, s² 0.15; spread √(0.15 · (1 + 1/4 + 6.25/5)) = √0.375; t(2) 4.303.
    const half = new Exact('0.375').sqrt().times('4.303');
    expect(found?.low).toBe(new Exact('8.5').minus(half).toDecimalPlaces(10).toFixed());
    expect(found?.high).toBe(new Exact('8.5').plus(half).toDecimalPlaces(10).toFixed());
  });

  test('is not made of two values', () => {
    expect(forecast(['1', null, '2'], 4)).toBeNull();
  });
});

describe('suspicious values', () => {
  const rule = (over: object): FlagRule => flagRuleSchema.parse({ key: 'r', ...over });
  const outlier = rule({ kind: 'outlier', z: '3.5', least: 5 });
  const flat = ['10.1', '10.2', '9.9', '10', '9.8', '10.3'];
  const cases: [string, FlagRule, Partial<FlagFacts>, boolean][] = [
    ['far from the others', outlier, { value: '20', earlier: flat }, true],
    ['within what is usual', outlier, { value: '10.4', earlier: flat }, false],
    ['too few to compare with', outlier, { value: '20', earlier: flat.slice(0, 4) }, false],
    ['differs where all were the same', outlier, { value: '10.1', earlier: ['10', '10', '10', '10', '10'] }, true],
    ['the same as all', outlier, { value: '10', earlier: ['10', '10', '10', '10', '10'] }, false],
    ['a jump', rule({ kind: 'jump', percent: '50' }), { value: '15.1', earlier: ['10'] }, true],
    ['a fall', rule({ kind: 'jump', percent: '50' }), { value: '4.9', earlier: ['10'] }, true],
    ['exactly the limit', rule({ kind: 'jump', percent: '50' }), { value: '15', earlier: ['10'] }, false],
    ['from nothing', rule({ kind: 'jump', percent: '50' }), { value: '1', earlier: ['0'] }, true],
    ['nothing before', rule({ kind: 'jump', percent: '50' }), { value: '1', earlier: [null] }, false],
    ['above what is possible', rule({ kind: 'impossible' }), { value: '100.01', min: '0', max: '100' }, true],
    ['below what is possible', rule({ kind: 'impossible' }), { value: '-0.01', min: '0' }, true],
    ['at the edge of the possible', rule({ kind: 'impossible' }), { value: '100', min: '0', max: '100' }, false],
    [
      'copied from last period',
      rule({ kind: 'copied', from: 'period' }),
      { value: '12.34', earlier: ['9', '12.34'] },
      true,
    ],
    [
      'the same once, three asked for',
      rule({ kind: 'copied', from: 'period', times: 3 }),
      { value: '12.34', earlier: ['12.34', '9', '12.34'] },
      false,
    ],
    ['equal by chance', rule({ kind: 'copied', from: 'period', digits: 3 }), { value: '12', earlier: ['12'] }, false],
    [
      'copied from another unit',
      rule({ kind: 'copied', from: 'unit' }),
      { value: '12.34', others: [{ name: '乙局', value: '12.340' }] },
      true,
    ],
    [
      'nobody else has it',
      rule({ kind: 'copied', from: 'unit' }),
      { value: '12.34', others: [{ name: '乙局', value: '12.35' }] },
      false,
    ],
    [
      'reported better than found',
      rule({ kind: 'gap', percent: '10' }),
      { reported: '111', verified: '100', target: '100' },
      true,
    ],
    [
      'within the limit',
      rule({ kind: 'gap', percent: '10' }),
      { reported: '110', verified: '100', target: '100' },
      false,
    ],
    [
      'reported worse than found',
      rule({ kind: 'gap', percent: '10' }),
      { reported: '50', verified: '100', target: '100' },
      false,
    ],
    [
      'reported lower where less is better',
      rule({ kind: 'gap', percent: '10' }),
      { direction: 'down', reported: '5', verified: '9', target: '10' },
      true,
    ],
    [
      'over-fulfilled with 32 % idle money',
      rule({ kind: 'idle', achieved: '100', idle: '30' }),
      { achieved: '108', idle: '32' },
      true,
    ],
    [
      'fulfilled, little idle',
      rule({ kind: 'idle', achieved: '100', idle: '30' }),
      { achieved: '108', idle: '29.9' },
      false,
    ],
    [
      'not fulfilled, much idle',
      rule({ kind: 'idle', achieved: '100', idle: '30' }),
      { achieved: '99', idle: '50' },
      false,
    ],
    ['no audit', rule({ kind: 'idle', achieved: '100', idle: '30' }), { achieved: '108' }, false],
  ];

  test.each(cases)('%s', (_, each, given, flagged) => {
    const flags = flagsOf([each], { value: null, direction: 'up', ...given });
    expect(flags.length).toBe(flagged ? 1 : 0);
    for (const { because, rule: key } of flags) {
      expect(key).toBe('r');
      expect(because.zh).toMatch(/\p{Script=Han}/u);
      expect(because.en).toMatch(/[a-z]/);
    }
  });

  test('explain themselves in both languages', () => {
    const [flag] = flagsOf([rule({ kind: 'idle', achieved: '100', idle: '30' })], {
      value: null,
      direction: 'up',
      achieved: '108',
      idle: '32',
    });
    expect(flag?.because).toEqual({
      zh: '自报完成 108%，审计却发现 32% 的资金闲置（界限 30%）',
      en: 'reported 108 % fulfilled, while the audit found 32 % of the money idle (limit 30 %)',
    });
  });

  test('the robust z-score of Iglewicz and Hoaglin', () => {
    const among = ['1', '2', '3', '4', '100'].map((text) => new Exact(text));
    // Median 3, distances 2 1 0 1 97: MAD 1.
    expect(robustZ(new Exact('5'), among).toFixed()).toBe('1.349');
  });
});
