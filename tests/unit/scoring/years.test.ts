import { expect, test } from 'vitest';
import { checkExplanation } from '../../../workflows/scoring/check.ts';
import { evaluateRule } from '../../../workflows/scoring/evaluate.ts';
import { scoreData } from '../../support/scoreData.ts';

const year = (n: number, score: string) => ({ year: n, score, grade: null, rank: null });

test.each([
  [['80', '90', '85'], '90', '88'],
  [['80', '90', '85'], '89', '87'],
  [['80'], '81', '81'],
])(
  '水资源 (rules.md): the mean of the earlier years %j and the last year %s, half each, as a whole number: %s',
  (earlier, last, expected) => {
    const history = [...earlier.map((score, i) => year(2024 - i, score)), year(2025, last)];
    const { value, explanation } = evaluateRule(
      {
        kind: 'round',
        places: 0,
        mode: 'halfUp',
        of: {
          kind: 'mean',
          of: [
            { kind: 'mean', of: { each: 'history', where: 'item.year < 2025', rule: 'item.score' } },
            { kind: 'mean', of: { each: 'history', where: 'item.year = 2025', rule: 'item.score' } },
          ],
        },
      },
      scoreData({ history }),
    );
    expect(value).toBe(expected);
    expect(checkExplanation(explanation)).toEqual([]);
  },
);
