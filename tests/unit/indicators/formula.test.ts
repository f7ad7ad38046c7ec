import { describe, expect, it, test } from 'vitest';
import { computeOrder, computeValues, FormulaError, readFormula } from '../../../workflows/indicators/formula.ts';

const idOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof FormulaError) return `${error.id}: ${error.text.en}`;
    throw error;
  }
  return 'no error';
};

describe('a formula', () => {
  it.each([
    ['a / b * 100', { a: '7', b: '35' }, '20'],
    ['a + b', { a: '0.1', b: '0.2' }, '0.3'],
    ['a - b - c', { a: '10', b: '3', c: '2' }, '5'],
    ['-a + 2 ** 3', { a: '1' }, '7'],
    ['a / 3', { a: '1' }, '0.333333333333'],
    ['(a / 3) * 3', { a: '1' }, '1'],
    ['a * b', { a: '99999999999999999999.99', b: '3' }, '299999999999999999999.97'],
    ['round half up(a, 1)', { a: '2.25' }, '2.3'],
    ['round half up(a)', { a: '-2.5' }, '-2'],
    ['sum(a, b, 1)', { a: '1', b: '2' }, '4'],
    ['mean([a, b])', { a: '1', b: '2' }, '1.5'],
    ['max(a, b) - min(a, b) + abs(-1)', { a: '5', b: '2' }, '4'],
    ['if b = 0 then 100 else a / b', { a: '1', b: '0' }, '100'],
    ['if a > 1 and not(b >= 2) or a != 5 then 1 else 0', { a: '5', b: '2' }, '0'],
    ['floor(a) + ceiling(a)', { a: '1.5' }, '3'],
    [
      'complaints.inTime / complaints.received * a',
      { 'complaints.inTime': '3', 'complaints.received': '4', a: '100' },
      '75',
    ],
  ])('%s of %j is %s', (formula, values, answer) => {
    expect(readFormula(formula).evaluate(values)).toBe(answer);
  });

  test('has no value while one that it needs is missing: never 0', () => {
    expect(readFormula('a + b').evaluate({ a: '1' })).toBeNull();
    expect(readFormula('sum(a, b)').evaluate({ a: '1', b: null })).toBeNull();
  });

  it.each([
    ['a +', 'formula.syntax'],
    ['', 'formula.syntax'],
    ['a b', 'formula.syntax'],
    ['sum(a,, b)', 'formula.syntax'],
    ['"a"', 'formula.unsupported'],
    ['now()', 'formula.unsupported'],
    ['for x in [1] return x', 'formula.unsupported'],
    ['a.b', 'formula.unsupported'],
    ['a > 1', 'formula.unsupported'],
    ['2 ** 1000000', 'formula.unsupported'],
    ['toString(a)', 'formula.unsupported'],
    ['constructor(a)', 'formula.unsupported'],
    ['a / (b - b)', 'formula.divideByZero'],
  ])('%j is refused as %s', (formula, id) => {
    expect(idOf(() => readFormula(formula).evaluate({ a: '1', b: '2' }))).toMatch(new RegExp(`^${id}`));
  });

  test('says where it divides by zero', () => {
    expect(idOf(() => readFormula('a / b').evaluate({ a: '1', b: '0' }))).toBe(
      'formula.divideByZero: The formula divides by zero: a / b.',
    );
  });
});

describe('formulas over formulas', () => {
  test('are computed in the order of their needs', () => {
    const list = [
      { code: 'rate', formula: 'net / planned * 100' },
      { code: 'net', formula: 'done - returned' },
      { code: 'done' },
      { code: 'returned' },
      { code: 'planned' },
    ];
    expect(computeOrder(list).map(({ code }) => code)).toEqual(['done', 'returned', 'net', 'planned', 'rate']);
    expect(computeValues(list, { done: '30', returned: '5', planned: '50' })).toMatchObject({ net: '25', rate: '50' });
    expect(computeValues(list, { done: '30', planned: '50' })).toMatchObject({ net: null, rate: null });
  });

  test('that loop name the loop', () => {
    const list = [
      { code: 'a', formula: 'b + 1' },
      { code: 'b', formula: 'c + 1' },
      { code: 'c', formula: 'a + 1' },
    ];
    expect(idOf(() => computeOrder(list))).toBe('formula.loop: The formula refers to itself: a → b → c → a.');
    expect(idOf(() => computeOrder([{ code: 'a', formula: 'a + 1' }]))).toMatch(/a → a/);
  });

  test('that name what is not there are refused', () => {
    expect(idOf(() => computeOrder([{ code: 'a', formula: 'x + 1' }]))).toMatch(/^formula.name: .*"x"/);
  });
});
