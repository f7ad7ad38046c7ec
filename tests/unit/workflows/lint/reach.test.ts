import { describe } from 'vitest';
import { branch, decimal, gate, named, repeat, task, textField, weighted } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const score = task('score', { fields: [decimal('points')] });

describe('what no case comes to', () => {
  testRows([
    [
      'a path never taken',
      'reach.never',
      'plan[0].paths[0].if',
      { plan: [branch('b', 'false', [task('a')]), task('c')] },
    ],
    [
      'a path never taken, computed',
      'reach.never',
      'plan[0].paths[0].if',
      { plan: [branch('b', '1 + 1 = 3', [task('a')]), task('c')] },
    ],
    [
      'a default never taken',
      'reach.never',
      'plan[0].otherwise',
      { plan: [branch('b', 'true', [task('a')], [task('c')])] },
    ],
    [
      'a path after one that is always taken',
      'reach.never',
      'plan[1].paths[1]',
      {
        plan: [
          score,
          {
            ...branch('b', 'true', [task('a')]),
            paths: [
              { key: 'x', name: named('x'), if: 'true', blocks: [] },
              { key: 'y', name: named('y'), if: 'points > 1', blocks: [task('a')] },
            ],
          },
        ],
      },
    ],
    [
      "a path with an earlier one's condition",
      'reach.never',
      'plan[1].paths[1]',
      {
        plan: [
          score,
          {
            ...branch('b', 'true', []),
            paths: [
              { key: 'x', name: named('x'), if: 'points > 1', blocks: [] },
              { key: 'y', name: named('y'), if: 'points>1', blocks: [task('a')] },
            ],
          },
        ],
      },
    ],
    ['a branch of nothing', 'branch.empty', 'plan[1]', { plan: [score, branch('b', 'points > 1', [])] }],
    [
      'a gate that nobody passes',
      'gate.closed',
      'plan[0].requires[0].if',
      { plan: [gate('g', '1 > 2', 'end'), task('a')] },
    ],
    [
      'a gate that everybody passes',
      'gate.open',
      'plan[0].requires[0].if',
      { plan: [gate('g', '1 < 2', 'end'), task('a')] },
    ],
  ]);
});

describe('weights', () => {
  testRows([
    [
      'weights of 99 %',
      'rule.weights',
      'plan[1].rule.rule.of.of',
      { plan: [score, weighted('w', 'x', [{ value: 'points', weight: '0.99' }])] },
    ],
    [
      'weights of 100',
      'rule.weights',
      'plan[1].rule.rule.of.of',
      { plan: [score, weighted('w', 'x', [{ value: 'points', weight: '100' }])] },
    ],
    [
      'a part twice',
      'rule.partTwice',
      'plan[1].rule.rule.of.of[1].rule',
      {
        plan: [
          score,
          weighted('w', 'x', [
            { value: 'points', weight: '0.5' },
            { value: 'points', weight: '0.5' },
          ]),
        ],
      },
    ],
    [
      'a part that nothing gives',
      'name.unknown',
      'plan[0].rule.rule.of.of[0].rule.path',
      { plan: [weighted('w', 'x', [{ value: 'nope', weight: '1' }]), task('a')] },
    ],
    [
      'a part of later',
      'name.later',
      'plan[0].rule.rule.of.of[0].rule.path',
      { plan: [weighted('w', 'x', [{ value: 'points', weight: '1' }]), score] },
    ],
    [
      'a part of text',
      'value.notNumber',
      'plan[1].rule.rule.of.of[0].rule.path',
      {
        plan: [
          task('t', { fields: [textField('x', { required: true })] }),
          weighted('w', 'y', [{ value: 'x', weight: '1' }]),
        ],
      },
    ],
    [
      'a part that is optional',
      'value.uncertain',
      'plan[1].rule.rule.of.of[0].rule.path',
      {
        plan: [
          task('t', { fields: [decimal('x', { required: false })] }),
          weighted('w', 'y', [{ value: 'x', weight: '1' }]),
        ],
      },
    ],
    [
      'a part of a path that is not always taken',
      'value.uncertain',
      'plan[2].rule.rule.of.of[0].rule.path',
      {
        plan: [
          score,
          branch('b', 'points > 1', [task('t', { fields: [decimal('x')] })]),
          weighted('w', 'y', [{ value: 'x', weight: '1' }]),
        ],
      },
    ],
    [
      'a part of a repeat that may be empty',
      'value.uncertain',
      'plan[1].rule.rule.of.of[0].rule.path',
      {
        plan: [
          repeat('r', 'sections', 'oneByOne', [task('t', { fields: [decimal('x')] })]),
          weighted('w', 'y', [{ value: 'x', weight: '1' }]),
        ],
      },
    ],
  ]);
});
