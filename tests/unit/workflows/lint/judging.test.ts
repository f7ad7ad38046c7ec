import { describe } from 'vitest';
import type { CycleTemplate } from '../../../../workflows/template/schema.ts';
import { task } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

const name = { zh: '名', en: 'name' };
const plan = { plan: [task('a')] };
const order = (sheet?: 'red') => ({ kind: 'supervise' as const, ...(sheet && { sheet }) });
const blue = { sheets: [{ colour: 'blue' as const, reply: 5 }] };
const when = [{ of: 'behind' as const, above: '1' }];
const grades: CycleTemplate['grades'] = {
  grades: [
    { key: 'A', name, atLeast: '90' },
    { key: 'B', name },
  ],
};

describe('lights, quotas and uses name what the template has', () => {
  testRows([
    [
      'a light that opens a sheet that is not there',
      'light.sheet',
      'lights.rules[0].consequences[0].sheet',
      plan,
      { warnings: blue, lights: { rules: [{ key: 'r', colour: 'red', when, consequences: [order('red')] }] } },
    ],
    [
      'a repeated light, without sheets',
      'light.sheet',
      'lights.repeated[0].consequences[0].sheet',
      plan,
      {
        lights: {
          rules: [{ key: 'r', colour: 'red', when }],
          repeated: [{ key: 'again', colour: 'red', counted: 'total', times: 2, consequences: [order()] }],
        },
      },
    ],
    [
      'a light that withholds the bonus of a stage, where no bonus is for one',
      'light.noBonus',
      'lights.rules[0].consequences[0]',
      plan,
      {
        lights: {
          rules: [{ key: 'r', colour: 'red', when, consequences: [{ kind: 'noBonus', of: 'stage' }] }],
        },
        adjustments: { items: [{ key: 'prize', kind: 'bonus', name }] },
      },
    ],
    [
      'a flag that opens an order, without sheets',
      'light.sheet',
      'warnings.flags[0].supervise',
      plan,
      { warnings: { sheets: [], flags: [{ key: 'f', kind: 'impossible', supervise: true }] } },
    ],
    [
      'a quota of no category',
      'category.unknown',
      'grades.quotas[0].category',
      plan,
      {
        grades: {
          ...grades,
          quotas: [{ key: 'q', grades: ['A'], category: 'nowhere', most: { count: 1 }, ties: 'out' }],
        },
      },
    ],
    [
      'units outside the ranking of no category',
      'category.unknown',
      'grades.outside.categories[0]',
      plan,
      { grades: { ...grades, outside: { categories: ['nowhere'], grade: 'none' } } },
    ],
    [
      'a use for no category',
      'category.unknown',
      'uses[0].whom.categories[0]',
      plan,
      { uses: [{ key: 'u', name, whom: { kind: 'top', n: 1, categories: ['nowhere'] }, effect: { kind: 'award' } }] },
    ],
    [
      'a use for no grade',
      'use.grade',
      'uses[0].whom.grades[0]',
      plan,
      { grades, uses: [{ key: 'u', name, whom: { kind: 'grade', grades: ['Z'] }, effect: { kind: 'award' } }] },
    ],
  ]);
});
