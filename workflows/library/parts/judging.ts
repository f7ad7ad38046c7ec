import type { Rule } from '../../scoring/rule.ts';
import type { Block } from '../../template/block.ts';
import type { Text } from '../../text.ts';
import { longText, must, says } from './fields.ts';
import { task } from './steps.ts';

/** How the participants are judged: scored by a rule, then ranked in their category, graded by the template's `grades`, or neither. */
export interface Judged {
  rule: Rule;
  ranked?: boolean;
  graded?: boolean;
}

/** How far the unit's indicators (those that `where` says) met their targets, by weight: at most full marks each, never below nothing. */
export const attained = (name: Text, where?: string): Rule => ({
  kind: 'composite',
  name,
  of: {
    each: 'indicators',
    ...(where && { where }),
    weight: 'item.weight',
    rule: { kind: 'clamp', of: { kind: 'attainment' }, floor: '0', cap: '100' },
  },
  total: 'any',
});

/** To two places, half up. */
export const rounded = (of: Rule): Rule => ({ kind: 'round', of, places: 2, mode: 'halfUp' });

/** The same with the points that the review of an appeal (of this key) gave or took, as a line of its own. */
export const withCorrection = ({ rule, ...rest }: Judged, key = 'appeal'): Judged => ({
  rule: {
    kind: 'sum',
    of: [
      rule,
      { kind: 'input', name: says('申诉复核更正', 'Corrected by the review'), path: `values.${key}Correction` },
    ],
  },
  ...rest,
});

/** Scores, ranks and grades of the whole cycle; once before the results are drafted, `Again` after the appeals. */
export const judge = ({ rule, ranked, graded }: Judged, again: '' | 'Again' = ''): Block[] => {
  const common = { type: 'compute', per: 'cycle' } as const;
  return [
    {
      ...common,
      key: `scoring${again}`,
      name: says('计算综合得分', 'Scores'),
      into: 'totalScore',
      rule: { kind: 'score', rule },
    },
    ...(ranked
      ? [
          {
            ...common,
            key: `ranking${again}`,
            name: says('分类排名', 'Rank in each category'),
            into: 'standing',
            rule: { kind: 'rank', by: 'totalScore', direction: 'up' } as const,
          },
        ]
      : []),
    ...(graded
      ? [
          {
            ...common,
            key: `grading${again}`,
            name: says('评定等次', 'Grades'),
            into: 'grade',
            rule: { kind: 'grade', by: 'totalScore' } as const,
          },
        ]
      : []),
  ];
};

/** The results are final: the office says so once the appeals are decided. */
export const finalResults = (): Block =>
  task(
    'finalResults',
    '印发最终结果',
    'The final results are issued',
    'office',
    3,
    [longText('finalNote', '复核和变更情况', 'What the reviews changed', must)],
    { per: 'cycle' },
  );

/** What the results are used for, by the template's `uses`; but for what goes by rectification, which `applyItems` does. */
export const applyResults = (): Block => ({
  key: 'applyResults',
  type: 'compute',
  per: 'cycle',
  name: says('结果运用', 'Use of the results'),
  into: 'uses',
  rule: { kind: 'uses', whom: 'results' },
});

/** At the end of rectification, or of its phase: what follows for those who had something to rectify. */
export const applyItems = (): Block => ({
  key: 'applyItems',
  type: 'compute',
  per: 'cycle',
  opens: { from: 'phaseEnd' },
  name: says('整改结果运用', 'Use of the rectification'),
  into: 'itemUses',
  rule: { kind: 'uses', whom: 'items' },
});
