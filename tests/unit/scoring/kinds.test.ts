import { describe, expect, test } from 'vitest';
import { ruleSchema } from '../../../workflows/scoring/rule.ts';
import { score } from '../../support/scoreData.ts';

describe('the simplest rules', () => {
  test('a decimal is itself; a path is what stands there; nothing there is not 0', () => {
    expect(score('12.50')).toBe('12.5');
    expect(score('values.a', { a: '3.10' })).toBe('3.1');
    expect(score('values.rows.1.b', { rows: [{ b: 1 }, { b: 2 }] })).toBe('2');
    expect(score('values.a')).toBeNull();
  });

  test('what does not apply is left out of sums and means, and takes a product with it', () => {
    const values = { a: '1', b: '4' };
    expect(score({ kind: 'sum', of: ['values.a', 'values.b', 'values.none'] }, values)).toBe('5');
    expect(score({ kind: 'mean', of: ['values.a', 'values.b', 'values.none'] }, values)).toBe('2.5');
    expect(score({ kind: 'product', of: ['values.a', 'values.none'] }, values)).toBeNull();
    expect(score({ kind: 'sum', of: ['values.none'] }, values)).toBeNull();
    expect(score({ kind: 'minus', from: '10', of: ['values.a', 'values.b', 'values.none'] }, values)).toBe('5');
  });

  test('a third taken three times is one, also when it is rounded down', () => {
    const third = { kind: 'ratio', of: '1', to: '3' } as const;
    expect(score({ kind: 'round', of: { kind: 'product', of: [third, '3'] }, places: 0, mode: 'floor' })).toBe('1');
    expect(score(third)).toBe(`0.${'3'.repeat(30)}`);
  });

  test('is rounded where it says, as it says', () => {
    const round = (of: string, places: number, mode: 'halfUp' | 'halfEven' | 'ceil' | 'floor') =>
      score({ kind: 'round', of, places, mode });
    expect(round('2.345', 2, 'halfUp')).toBe('2.35');
    expect(round('2.345', 2, 'halfEven')).toBe('2.34');
    expect(round('2.341', 2, 'ceil')).toBe('2.35');
    expect(round('2.349', 2, 'floor')).toBe('2.34');
    expect(round('-0.001', 2, 'halfUp')).toBe('0.00');
    expect(round('90', 2, 'halfUp')).toBe('90.00');
  });
});

test('the schema takes rules and refuses what is none', () => {
  expect(
    ruleSchema.safeParse({
      kind: 'round',
      of: { kind: 'mean', of: { each: 'values.ranks', rule: 'item' } },
      places: 2,
      mode: 'halfUp',
    }).success,
  ).toBe(true);
  for (const bad of [
    'abc',
    'total.x',
    '1e5',
    { kind: 'nope' },
    { kind: 'sum', of: [] },
    { kind: 'round', of: '1', places: 7, mode: 'halfUp' },
  ])
    expect(ruleSchema.safeParse(bad).success).toBe(false);
});
