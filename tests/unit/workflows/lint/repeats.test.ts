import { describe } from 'vitest';
import { decimal, named, notify, repeat, task } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

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

describe('repeats', () => {
  testRows([
    [
      'rows of nothing',
      'name.unknown',
      'plan[0].over.rows',
      { plan: [repeat('r', { rows: 'nope' }, 'oneByOne', [task('a')])] },
    ],
    [
      'rows of a number',
      'repeat.notTable',
      'plan[1].over.rows',
      { plan: [score, repeat('r', { rows: 'points' }, 'oneByOne', [task('a')])] },
    ],
    [
      'rows with a column key',
      'repeat.key',
      'plan[1].over.rows',
      {
        plan: [
          task('t', { fields: [table({ columns: [{ key: 'key', type: 'text', name: named('key') }] })] as never }),
          repeat('r', { rows: 'rows' }, 'oneByOne', [task('a')]),
        ],
      },
    ],
    [
      'gathering what is not given',
      'collect.unknown',
      'plan[0].collect.fields[0]',
      { plan: [repeat('r', 'months', 'oneByOne', [task('a')], { collect: { fields: ['nope'], into: 'all' } })] },
    ],
    [
      'gathering a reserved name',
      'collect.reserved',
      'plan[0].collect.fields[0]',
      {
        plan: [
          repeat('r', 'months', 'oneByOne', [task('a', { fields: [decimal('index')] })], {
            collect: { fields: ['index'], into: 'list' },
          }),
        ],
      },
    ],
    [
      'gathering twice',
      'field.duplicate',
      'plan[0].collect.fields[1]',
      {
        plan: [repeat('r', 'months', 'oneByOne', [score], { collect: { fields: ['points', 'points'], into: 'list' } })],
      },
    ],
  ]);
});

describe('messages', () => {
  testRows([
    ['a message of nothing', 'notify.name', 'plan[0].body.zh', { plan: [notify('n', 'x {{nope}}'), task('a')] }],
    ['a message with a formula', 'notify.name', 'plan[1].body.zh', { plan: [score, notify('n', '{{points + 1}}')] }],
  ]);
});
