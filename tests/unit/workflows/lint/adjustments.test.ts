import { describe, expect, test } from 'vitest';
import type { AdjustmentScheme } from '../../../../workflows/adjustments/schema.ts';
import { lintTemplate } from '../../../../workflows/template/lint/index.ts';
import { named, task, template } from '../../../support/blocks.ts';

const late = { key: 'late', kind: 'deduction', name: named('late'), points: '1', most: '2', cap: '5' } as const;
const lint = (adjustments: Partial<AdjustmentScheme>) =>
  lintTemplate(template({ plan: [task('a')] }, { adjustments: { items: [late], ...adjustments } }))
    .filter(({ severity }) => severity === 'error')
    .map(({ id, path }) => `${id} ${path}`);

describe('the ledger of a template', () => {
  test('a scheme that fits together is not complained about', () => {
    expect(lint({ propose: ['staff'], approve: ['performanceOffice'], automatic: { ladder: 'late' } })).toEqual([]);
  });
  const group = { g: { name: named('g'), caps: { bonus: '1' } } };
  test.each<[string, Partial<AdjustmentScheme>, string]>([
    ['an item twice', { items: [late, late] }, 'adjustments.twice adjustments.items[1].key'],
    [
      'an unknown group',
      { items: [{ ...late, group: 'h' }], groups: group },
      'adjustments.group adjustments.items[0].group',
    ],
    [
      'more by default than allowed',
      { items: [{ ...late, points: '3' }] },
      'adjustments.points adjustments.items[0].points',
    ],
    [
      'more at once than in the year',
      { items: [{ ...late, most: '6' }] },
      'adjustments.most adjustments.items[0].most',
    ],
    ['deductions under nothing', { automatic: { light: 'none' } }, 'adjustments.automatic adjustments.automatic.light'],
    [
      'deductions under a bonus',
      { items: [{ ...late, kind: 'bonus' }], automatic: { ladder: 'late' } },
      'adjustments.automatic adjustments.automatic.ladder',
    ],
    [
      'a special goal that is not there',
      { items: [{ ...late, goal: 'safety' }] },
      'adjustments.goal adjustments.items[0].goal',
    ],
    [
      'a bonus of a special goal without a detail file',
      {
        items: [{ key: 'prize', kind: 'bonus', name: named('prize'), goal: 'safety' }],
        special: {
          lost: '0.15',
          units: { count: 1 },
          bonus: '0.1',
          goals: { safety: { name: named('safety'), points: '5' } },
        },
      },
      'adjustments.detail adjustments.items[0].evidence',
    ],
    [
      'an unknown role of an item',
      { items: [{ ...late, propose: ['nobody'] }] },
      'adjustments.role adjustments.items[0].propose[0]',
    ],
    ['an unknown role', { propose: ['nobody'] }, 'adjustments.role adjustments.propose[0]'],
    ['approvers inside a unit', { approve: ['staff'] }, 'adjustments.role adjustments.approve[0]'],
    ['points of a veto', { items: [{ ...late, kind: 'veto' }] }, 'schema adjustments.items[0].points'],
    ['a sign before points', { items: [{ ...late, points: '-1' }] }, 'schema adjustments.items[0].points'],
  ])('%s', (_what, scheme, found) => {
    const all = lint(scheme);
    expect(all.map((one) => one.replace(/^(?!adjustments\.)\S+ /, 'schema '))).toEqual([found]);
  });
});
