import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../workflows/json.ts';
import { DIMENSIONS, indicators } from '../../../../workflows/library/shenzhen-bsc/indicators.ts';
import { keyResultsVerified, strategyMap } from '../../../../workflows/library/shenzhen-bsc/objectives.ts';
import { judged } from '../../../../workflows/library/shenzhen-bsc/score.ts';
import { checkExplanation } from '../../../../workflows/scoring/check.ts';
import { scoreDataSchema } from '../../../../workflows/scoring/data.ts';
import { evaluateRule } from '../../../../workflows/scoring/evaluate.ts';
import { explainInWords } from '../../../../workflows/scoring/words.ts';
import { evaluateFeel } from '../../../../workflows/template/feel.ts';
import { checkValues } from '../../../../workflows/template/form.ts';

const votes = (value: string) => ({
  cast: 2,
  valid: 2,
  items: { overall: { n: 1, sum: value, min: value, max: value } },
});

const full = DIMENSIONS.map(([dimension]) => ({
  ...{ key: dimension, dimension, results: [{ key: '1', from: '0', to: '1', actual: '1' }] },
}));

/** All targets are met, but for those of some codes, which have these values. */
const scored = (values: Record<string, string | null> = {}, objectives: Json = full) =>
  evaluateRule(
    judged.rule,
    scoreDataSchema.parse({
      values: { objectives },
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
    expect(scored({ F1: '47.5', F2: '18' }).value).toBe('85.00');
    // Without values of its indicators a dimension is its objectives.
    expect(scored({ F1: null, F2: null, L1: '60' }).value).toBe('93.00');
  });

  test('a dimension of which nothing is known leaves score and maximum', () => {
    expect(scored({ F1: null, F2: null }, full.slice(1)).value).toBe('91.25');
  });

  const row = (dimension: string, objective: string, result: string, from: string, to: string) => ({
    ...{ dimension, objective, action: '行动', result, from, to },
  });
  const map = [
    row('finance', '压缩成本', '人均成本', '50', '20'),
    row('finance', '用好资金', '执行率', '0', '10'),
    row('public', '群众满意', '满意度', '80', '90'),
    row('finance', '用好资金', '闲置率', '1', '3'),
    row('process', '提速', '用时', '10', '5'),
    row('learning', '练兵', '学时', '0', '60'),
    row('learning', '稳住队伍', '流失率', '2', '2'),
  ];

  test('a strategy map has an objective in each dimension', () => {
    expect(checkValues([strategyMap], { strategyMap: map }).errors).toEqual([]);
    expect(
      checkValues([strategyMap], { strategyMap: [...map.slice(0, 4), map[0] as (typeof map)[0]] }).errors,
    ).toMatchObject([
      { path: 'strategyMap', id: 'table.covers', message: { zh: expect.stringContaining('内部流程、学习与成长') } },
    ]);
  });

  test('objectives are as far as their key results, from where they began, and each is a line', () => {
    const gather = keyResultsVerified.find(({ key }) => key === 'gatherObjectives');
    if (gather?.type !== 'compute' || gather.rule.kind !== 'feel') throw new Error('no formula');
    const numbers = (rows: typeof map) => rows.map((one) => ({ ...one, from: Number(one.from), to: Number(one.to) }));
    const keyResults = [35, 7, 90, 9, 5, 60, 2].map((actual, i) => ({ code: String(i + 1), actual }));
    const objectives = evaluateFeel(gather.rule.expression, { strategyMap: numbers(map), keyResults });
    const { value, explanation } = scored({}, objectives);
    // Costs half way; money 70 % and beyond its end: 67.5 of a fifth of the 20 points of finance.
    expect(value).toBe('91.70');
    expect(checkExplanation(explanation)).toEqual([]);
    const told = explainInWords(explanation, 'zh').join('\n');
    for (const words of ['财政：目标和关键结果', '压缩成本', '用好资金', '人均成本', '执行率', '闲置率'])
      expect(told).toContain(words);
  });
});
