import { describe } from 'vitest';
import { approval, branch, decimal, named, parallel, task, template, textField } from '../../../support/blocks.ts';
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
const form = (...fields: object[]) => task('a', { fields: fields as never });

describe('keys and names', () => {
  testRows([
    ['a key twice', 'key.duplicate', 'plan[1].key', { plan: [task('a'), task('a')] }],
    ['a key twice, in another phase', 'key.duplicate', 'rectify[0].key', { plan: [task('a')], rectify: [task('a')] }],
    ['a key of a phase', 'key.phase', 'plan[0].key', { plan: [task('execute')] }],
    ['a key that every object has', 'key.reserved', 'plan[0].key', { plan: [task('toString')] }],
    [
      'two branches of one key',
      'key.duplicate',
      'plan[0].branches[1].key',
      {
        plan: [
          {
            ...parallel('p', [task('a')], [task('b')]),
            branches: [
              { key: 'x', name: named('x'), blocks: [task('a')] },
              { key: 'x', name: named('x'), blocks: [task('b')] },
            ],
          },
        ],
      },
    ],
    [
      'a path as the default one',
      'key.duplicate',
      'plan[1].otherwise.key',
      {
        plan: [
          score,
          { ...branch('b', 'points > 1', [task('a')]), otherwise: { key: 'bYes', name: named('x'), blocks: [] } },
        ],
      },
    ],
    [
      'a role that every object has',
      'key.reserved',
      'roles.valueOf',
      { plan: [task('a'), approval('b')] },
      {
        roles: { ...template({}).roles, valueOf: { name: named('x'), scope: 'city' as const } },
      },
    ],
    ['a field that hides a fact', 'name.reserved', 'plan[0].fields[0].key', { plan: [form(textField('participant'))] }],
    ['a field that hides a function', 'name.reserved', 'plan[0].fields[0].key', { plan: [form(decimal('count'))] }],
    ['a field that is a word of FEEL', 'name.reserved', 'plan[0].fields[0].key', { plan: [form(decimal('return'))] }],
    ['a field that is a constant of FEEL', 'name.reserved', 'plan[0].fields[0].key', { plan: [form(decimal('true'))] }],
    ['a field that every object has', 'key.reserved', 'plan[0].fields[0].key', { plan: [form(decimal('valueOf'))] }],
    [
      'one name, two types',
      'name.kind',
      'plan[1].fields[0].key',
      {
        plan: [task('a', { fields: [decimal('x')] }), task('b', { fields: [textField('x')] })],
      },
    ],
    [
      'a decimal column named as a text',
      'name.kind',
      'plan[1].fields[0].columns[1].key',
      {
        plan: [task('a', { fields: [textField('weight')] }), task('b', { fields: [table()] as never })],
      },
    ],
    [
      'two branches at once that write one value',
      'name.race',
      'plan[0].branches[1].blocks[0]',
      {
        plan: [parallel('p', [task('a', { fields: [decimal('x')] })], [task('b', { fields: [decimal('x')] })])],
      },
    ],
  ]);
});
