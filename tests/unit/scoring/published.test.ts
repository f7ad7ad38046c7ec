import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { checkExplanation } from '../../../workflows/scoring/check.ts';
import { evaluateRule } from '../../../workflows/scoring/evaluate.ts';
import { Exact } from '../../../workflows/scoring/exact.ts';
import { lintRule } from '../../../workflows/scoring/lint.ts';
import { indicator, scoreData } from '../../support/scoreData.ts';
import { inputsOf, publishedCases, rules } from '../../support/scoringCases.ts';

const same = (value: string | null, expected: string) => value !== null && new Exact(value).eq(expected);

describe('published rules come to the published scores', () => {
  const scored = publishedCases.slice(0, -1);
  test('there is a rule for every case', () => expect(rules).toHaveLength(scored.length));

  test.each(scored.map((one, i) => [`${one.source}: ${one.rule}`, one, i] as const))('%s', (_name, one, i) => {
    const rule = rules[i];
    if (rule === undefined) throw new Error('no rule');
    expect(lintRule(rule)).toEqual([]);
    const expected = [one.score ?? []].flat();
    const inputs = inputsOf(i, one.in);
    expect(inputs).toHaveLength(expected.length);
    for (const [k, values] of inputs.entries()) {
      const { value, explanation } = evaluateRule(rule, scoreData({ values }));
      expect(value, JSON.stringify(values)).toSatisfy((found: string) => same(found, expected[k] ?? ''));
      expect(checkExplanation(explanation)).toEqual([]);
    }
  });

  test('国办秘函〔2019〕19号: the scaled score, the bonus only above 80, failing below 60, the veto that stops', () => {
    const rule = rules[9];
    if (rule === undefined) throw new Error('no rule');
    const of = (values: Record<string, string | boolean>) => evaluateRule(rule, scoreData({ values }));
    const { value, explanation } = of({ points: '69', of: '75', bonus: '12' });
    expect(value).toBe('104.00');
    expect(JSON.stringify(explanation)).toContain('{"name":"value","value":"92","source":"let.scaled"}');
    expect(of({ points: '60', of: '75', bonus: '12' })).toMatchObject({ value: '80.00' });
    expect(of({ points: '60.01', of: '75', bonus: '12' }).value).toBe('92.01');
    expect(of({ points: '44', of: '75', bonus: '12' })).toMatchObject({
      value: '58.67',
      veto: { grade: 'lowest', reason: { en: 'below 60' } },
    });
    expect(of({ points: '45', of: '75', bonus: '12' })).not.toHaveProperty('veto');
    expect(of({ points: '75', of: '75', bonus: '12', vetoed: true })).toMatchObject({
      value: '0',
      veto: { reason: { en: 'a veto item occurred' } },
    });
  });

  test('public HR system: a missing part is left out of the mean of goal, feedback and self, and is not 0', () => {
    const rule = { kind: 'mean', of: ['values.goal', 'values.feedback', 'values.self'] } as const;
    expect(evaluateRule({ ...rule, of: [...rule.of] }, scoreData({ values: { goal: '3.6', self: '4.2' } })).value).toBe(
      '3.9',
    );
  });

  test("New York's Mayor's Management Report: 351 indicators with a target, 183 met, 168 missed", () => {
    const rows = parse(readFileSync(new URL('../../data/nyc-mmr.csv', import.meta.url)), { columns: true }) as Record<
      string,
      string
    >[];
    const decimal = (text: string | undefined) => (text === undefined || text === 'NA' ? null : text);
    const indicators = rows.map((row) =>
      indicator(String(row.ID), {
        direction: row['Desired.Direction'] === 'Down' ? 'down' : 'up',
        target: decimal(row['Target.MMR']),
        actual: decimal(row.YTDScaled),
      }),
    );
    const data = scoreData({ indicators });
    const one = (code: string) =>
      evaluateRule(
        { kind: 'mean', of: { each: 'indicators', where: `item.code = "${code}"`, rule: { kind: 'met' } } },
        data,
      ).value;
    const all = evaluateRule({ kind: 'sum', of: { each: 'indicators', rule: { kind: 'met' } } }, data);
    const { answer } = publishedCases.at(-1) ?? {};
    const rated = all.explanation.children.filter((line) => line.value !== null);
    expect(rows).toHaveLength(answer?.rows ?? 0);
    expect(rated).toHaveLength(answer?.withTarget ?? 0);
    expect(all.value).toBe(String(answer?.met));
    expect(rated.filter((line) => line.value === '0')).toHaveLength(answer?.missed ?? 0);
    expect(one('114')).toBeNull();
    expect(one('119')).toBe('1');
  });
});
