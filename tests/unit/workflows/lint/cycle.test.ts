import { describe } from 'vitest';
import { approval, decimal, gate, named, parallel, rank, repeat, task, textField } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const office = { kind: 'role', role: 'performanceOffice' } as const;
const score = task('score', { fields: [decimal('points')] });

describe("the cycle's own blocks", () => {
  testRows([
    [
      'a cycle block inside',
      'cycle.nested',
      'plan[0].branches[0].blocks[0].per',
      { plan: [parallel('p', [task('a', { per: 'cycle', who: [office] })], [task('b')])] },
    ],
    [
      "a participant's block inside a cycle block",
      'cycle.nested',
      'plan[0].branches[0].blocks[0].per',
      {
        plan: [
          {
            ...parallel('p', [task('a', { per: 'participant', who: [office] })], [task('b', { who: [office] })]),
            per: 'cycle',
          },
          task('c'),
        ],
      },
    ],
    [
      'a cycle that ends while all wait',
      'cycle.end',
      'plan[1].onReject',
      { plan: [task('b'), approval('a', { per: 'cycle' })] },
    ],
    [
      'a cycle that a gate ends while all wait',
      'cycle.end',
      'plan[1].onFail',
      { plan: [task('b'), { ...gate('g', 'period.year > 2026', 'end'), per: 'cycle' }] },
    ],
    [
      "an opening of a participant's block",
      'cycle.opens',
      'plan[0].opens',
      { plan: [task('a', { opens: { date: '05-01' } })] },
    ],
    [
      'an opening in the middle of a meeting',
      'cycle.opens',
      'plan[2].opens',
      {
        plan: [
          task('c'),
          task('a', { per: 'cycle', who: [office] }),
          task('b', { per: 'cycle', who: [office], opens: { date: '05-01' } }),
        ],
      },
    ],
    [
      'sections of the cycle',
      'cycle.participant',
      'plan[0].over',
      { plan: [{ ...repeat('r', 'sections', 'together', [task('a', { who: [office] })]), per: 'cycle' }, task('b')] },
    ],
    [
      'ranks of one participant',
      'rank.place',
      'plan[1].rule.kind',
      { plan: [score, rank('r', 'points', { per: undefined })] },
    ],
    [
      'ranks in a repeat',
      'rank.place',
      'plan[1].blocks[0].rule.kind',
      {
        plan: [
          score,
          { ...repeat('x', 'months', 'oneByOne', [rank('r', 'points', { per: undefined })]), per: 'cycle' },
        ],
      },
    ],
    [
      'ranks without a category',
      'rank.noCategory',
      'plan[1].rule.kind',
      { plan: [score, rank('r', 'points')] },
      { categories: { all: { name: named('all'), ranked: false } } },
    ],
    ['ranks by nothing', 'name.unknown', 'plan[1].rule.by', { plan: [score, rank('r', 'nope')] }],
    ['ranks by a later value', 'name.later', 'plan[1].rule.by', { plan: [task('a'), rank('r', 'points'), score] }],
    [
      'ranks by text',
      'value.notNumber',
      'plan[1].rule.by',
      { plan: [task('a', { fields: [textField('x', { required: true })] }), rank('r', 'x')] },
    ],
    [
      'ranks by a value that some lack',
      'value.uncertain',
      'plan[1].rule.by',
      { plan: [task('a', { fields: [decimal('x', { required: false })] }), rank('r', 'x')] },
    ],
  ]);
});
