import { describe } from 'vitest';
import { branch, decimal, formula, named, task, textField } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const office = { kind: 'role', role: 'performanceOffice' } as const;
const score = task('score', { fields: [decimal('points')] });
const table = (more: object = {}) => ({
  key: 'rows',
  type: 'table' as const,
  name: named('rows'),
  columns: [
    { key: 'label', type: 'text' as const, name: named('label') },
    { key: 'weight', type: 'decimal' as const, name: named('weight'), min: '0', max: '100', places: 1 },
  ],
  ...more,
});

describe('expressions', () => {
  testRows([
    [
      'a condition that does not parse',
      'feel.syntax',
      'plan[1].paths[0].if',
      { plan: [score, branch('b', 'points >', [task('a')])] },
    ],
    [
      'a name that is not there',
      'name.unknown',
      'plan[1].paths[0].if',
      { plan: [score, branch('b', 'nope > 1', [task('a')])] },
    ],
    ['a name of later', 'name.later', 'plan[0].paths[0].if', { plan: [branch('b', 'points > 1', [task('a')]), score] }],
    [
      'an item outside a repeat',
      'feel.item',
      'plan[1].paths[0].if',
      { plan: [score, branch('b', 'item.name = "x"', [task('a')])] },
    ],
    [
      'a column that is not there',
      'feel.entry',
      'plan[1].paths[0].if',
      { plan: [task('t', { fields: [table()] as never }), branch('b', 'sum(rows.nope) > 1', [task('a')])] },
    ],
    [
      'a column that is not there, in a filter',
      'name.unknown',
      'plan[1].paths[0].if',
      { plan: [task('t', { fields: [table()] as never }), branch('b', 'count(rows[nope > 1]) > 1', [task('a')])] },
    ],
    [
      'a fact that is not there',
      'feel.entry',
      'plan[0].paths[0].if',
      { plan: [branch('b', 'participant.size > 1', [task('a')])] },
    ],
    [
      'a function that is not there',
      'feel.function',
      'plan[1].paths[0].if',
      { plan: [score, branch('b', 'frob(points) > 1', [task('a')])] },
    ],
    [
      'a clock',
      'feel.forbidden',
      'plan[0].paths[0].if',
      { plan: [branch('b', 'today() > date("2026-05-01")', [task('a')])] },
    ],
    [
      'another clock',
      'feel.forbidden',
      'plan[1].rule.expression',
      { plan: [score, formula('f', 'x', 'if now() > date and time("2026-05-01T00:00:00Z") then points else 0')] },
    ],
    [
      'a pattern',
      'feel.forbidden',
      'plan[1].paths[0].if',
      { plan: [task('t', { fields: [textField('x')] }), branch('b', 'matches(x, "(a+)+b")', [task('a')])] },
    ],
    [
      'a function of its own',
      'feel.forbidden',
      'plan[1].rule.expression',
      { plan: [score, formula('f', 'x', '{ g: function(n) n + 1, r: points }.r')] },
    ],
    [
      'a loop over numbers',
      'feel.range',
      'plan[1].rule.expression',
      { plan: [score, formula('f', 'x', 'count(for i in 1..1000000000 return i)')] },
    ],
    [
      'an expression too long',
      'feel.tooLong',
      'plan[1].rule.expression',
      { plan: [score, formula('f', 'x', `points${' + points'.repeat(150)}`)] },
    ],
    [
      'a number as a condition',
      'feel.notBoolean',
      'plan[1].paths[0].if',
      { plan: [score, branch('b', 'points', [task('a')])] },
    ],
    [
      'a number as a part of a condition',
      'feel.types',
      'plan[1].paths[0].if',
      { plan: [score, branch('b', 'points > 1 and points', [task('a')])] },
    ],
    [
      'a number compared with text',
      'feel.types',
      'plan[1].paths[0].if',
      { plan: [score, branch('b', 'points > "1"', [task('a')])] },
    ],
    [
      'a date field compared with a date',
      'feel.types',
      'plan[1].paths[0].if',
      {
        plan: [
          task('t', { fields: [{ key: 'd', type: 'date', name: named('d') }] }),
          branch('b', 'd > date("2026-05-01")', [task('a')]),
        ],
      },
    ],
    [
      'an option that is not there',
      'feel.option',
      'plan[1].paths[0].if',
      {
        plan: [
          task('t', {
            fields: [
              {
                key: 'c',
                type: 'choice',
                name: named('c'),
                options: [
                  { value: 'x', name: named('x') },
                  { value: 'y', name: named('y') },
                ],
              },
            ],
          }),
          branch('b', 'c = "z"', [task('a')]),
        ],
      },
    ],
    [
      'the participant in a cycle block',
      'cycle.participant',
      'plan[0].paths[0].if',
      { plan: [{ ...branch('b', 'participant.name = "x"', [task('a', { who: [office] })]), per: 'cycle' }, task('c')] },
    ],
  ]);
});
