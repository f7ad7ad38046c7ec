import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateRule } from '../../../workflows/scoring/evaluate.ts';
import { lintRule } from '../../../workflows/scoring/lint.ts';
import { ruleSchema } from '../../../workflows/scoring/rule.ts';
import { explainInWords } from '../../../workflows/scoring/words.ts';
import { scoreData } from '../../support/scoreData.ts';

const page = readFileSync('docs/scoring.md', 'utf8');

test('docs/scoring.md: the example of each kind is a rule of that kind without errors', () => {
  const rows = [...page.matchAll(/^\| (`\w+`(?:, `\w+`)*) \|.*\| `(\{"kind".*\})` \|$/gm)];
  expect(rows.length).toBe(25);
  for (const [, kinds = '', example = ''] of rows) {
    const rule: unknown = JSON.parse(example);
    expect(kinds).toContain(`\`${(rule as { kind: string }).kind}\``);
    const inside =
      example.includes('item.') && !example.includes('each') ? { kind: 'sum', of: { each: 'indicators', rule } } : rule;
    expect(lintRule(inside), example).toEqual([]);
  }
});

test('docs/scoring.md: the first example says what it says', () => {
  const [, rule = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  const [, data = ''] = /With `(\{.*\})`/.exec(page) ?? [];
  const [, words = ''] = /With .*\n\n```\n([\s\S]*?)```/.exec(page) ?? [];
  const { explanation } = evaluateRule(ruleSchema.parse(JSON.parse(rule)), scoreData(JSON.parse(data)));
  expect(explainInWords(explanation, 'zh')).toEqual(words.trimEnd().split('\n'));
});
