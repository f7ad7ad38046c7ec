import { describe, expect, test } from 'vitest';
import { judged } from '../../../../workflows/library/hongkong-kpi/score.ts';
import { hongkongKpi as template } from '../../../../workflows/library/hongkong-kpi.ts';
import { light } from '../../../../workflows/lights/light.ts';
import { scoreDataSchema } from '../../../../workflows/scoring/data.ts';
import { evaluateRule } from '../../../../workflows/scoring/evaluate.ts';
import { blocksOf } from '../../../../workflows/template/schema.ts';
import { section } from './support.ts';

const indicators = section(template, 'indicators');
const lights = section(template, 'lights');

describe('hongkong-kpi', () => {
  test('138 result indicators, each of one cluster, each public every quarter', () => {
    const { list } = indicators;
    expect(list).toHaveLength(138);
    expect(new Set(list.map(({ code }) => code)).size).toBe(138);
    expect(new Set(list.map(({ name }) => name.en)).size).toBe(138);
    expect(list.every(({ frequency, categories }) => frequency === 'quarter' && categories?.length === 1)).toBe(true);
    const [quarters] = template.phases.execute.blocks;
    expect(quarters).toMatchObject({ type: 'repeat', over: 'quarters' });
    if (quarters?.type !== 'repeat') return;
    expect(quarters.blocks.at(-1)).toMatchObject({ type: 'window' });
  });

  test('nobody is ranked or graded: the score is how many targets in a hundred were met', () => {
    const kinds = [...blocksOf(template)].flatMap(({ block }) => (block.type === 'compute' ? [block.rule.kind] : []));
    expect(kinds).not.toContain('rank');
    expect(kinds).not.toContain('grade');
    const one = (code: string, direction: 'up' | 'down', actual: string | null) => ({
      code,
      name: { zh: code, en: code },
      direction,
      target: '10',
      actual,
    });
    const data = scoreDataSchema.parse({
      indicators: [one('A', 'up', '10'), one('B', 'up', '9.99'), one('C', 'down', '9'), one('D', 'up', null)],
    });
    expect(evaluateRule(judged.rule, data).value).toBe('66.67');
  });

  test('a target that is missed on its day is red', () => {
    const facts = { due: '2026-12-31', planned: '100', progress: '99' } as const;
    expect(light(lights, { ...facts, day: '2026-12-31', done: false }, []).colour).toBe('green');
    expect(light(lights, { ...facts, day: '2027-01-05', done: false }, []).colour).toBe('red');
    expect(light(lights, { ...facts, day: '2027-01-05', done: true, progress: '100' }, []).colour).toBe('green');
  });
});
