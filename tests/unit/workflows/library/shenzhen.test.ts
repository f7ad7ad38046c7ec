import { describe, expect, test } from 'vitest';
import { DIMENSIONS, indicators } from '../../../../workflows/library/shenzhen-bsc/indicators.ts';
import { judged } from '../../../../workflows/library/shenzhen-bsc/score.ts';
import { scoreDataSchema } from '../../../../workflows/scoring/data.ts';
import { evaluateRule } from '../../../../workflows/scoring/evaluate.ts';

const votes = (value: string) => ({
  cast: 2,
  valid: 2,
  items: { overall: { n: 1, sum: value, min: value, max: value } },
});

/** All targets are met, but for those of some codes, which have these values. */
const scored = (values: Record<string, string | null> = {}) =>
  evaluateRule(
    judged.rule,
    scoreDataSchema.parse({
      indicators: indicators.list.map(({ code, name, direction, weight, target, group }) => ({
        code,
        name,
        direction,
        weight,
        target,
        group,
        actual: code in values ? values[code] : target,
      })),
      ballots: { leaders: votes('100'), peers: votes('100'), citizens: votes('50') },
    }),
  );

describe('shenzhen-bsc', () => {
  test('finance, public, internal process, learning: each has indicators, and the weights make 100', () => {
    expect(DIMENSIONS.map(([key]) => key)).toEqual(['finance', 'public', 'process', 'learning']);
    expect(DIMENSIONS.reduce((sum, [, , , weight]) => sum + Number(weight), 0)).toBe(100);
    for (const [key, , , weight] of DIMENSIONS) {
      const own = indicators.list.filter(({ group }) => group === key);
      expect(own.reduce((sum, one) => sum + Number(one.weight), 0)).toBe(Number(weight));
    }
  });

  test('each dimension is a line of the explanation, and they come together by their weights', () => {
    const { value, explanation } = scored();
    // Everything is full but the citizens' half marks: 35 % of 40 % of 50 points.
    expect(value).toBe('93.00');
    const lines = explanation.children[0]?.children.map(({ key, value: line }) => [key, line]);
    expect(lines?.map(([key]) => key)).toEqual(['finance', 'public', 'process', 'learning']);
  });

  test('a dimension counts by itself: half of finance costs half of its 20 points', () => {
    expect(scored({ F1: '47.5', F2: '18' }).value).toBe('83.00');
    expect(scored({ F1: null, F2: null, L1: '60' }).value).toBe('91.25');
  });
});
