import { expect, test } from 'vitest';
import type { JsonObject } from '../../../workflows/json.ts';
import type { CaseContext } from '../../../workflows/machine/context.ts';
import { itemsOf, titleOf } from '../../../workflows/machine/items.ts';
import { named, repeat, task, template } from '../../support/blocks.ts';

const column = (key: string) => ({ key, type: 'text' as const, name: named(key) });
const over = repeat('each', { rows: 'rows' }, 'together', [task('inside')]);
const cycle = template({
  plan: [
    task('list', {
      fields: [
        { key: 'rows', type: 'table', name: named('rows'), columns: ['code', 'problem', 'measure'].map(column) },
      ],
    }),
    over,
  ],
});
const titles = (...rows: JsonObject[]): string[] => {
  const context = { facts: { period: { year: 2026 } }, data: { rows } } as unknown as CaseContext;
  return itemsOf(over, context).map((item) => titleOf(cycle, over, item));
};

test('the case of a row is called by its name, else by its first words, else by its number', () => {
  expect(
    titles({ name: '甲' }, { code: 'R2', problem: '台账缺失\n去年也是', measure: '补' }, { measure: '改' }, {}),
  ).toEqual(['甲', '台账缺失', '改', '4']);
  expect(titles({ problem: '长'.repeat(200) })[0]).toBe(`${'长'.repeat(59)}…`);
});

test('what is no row of a form keeps its own name', () => {
  const months = repeat('monthly', 'months', 'together', [task('inside')]);
  const context = { facts: { period: { year: 2026 } }, data: {} } as unknown as CaseContext;
  expect(titleOf(cycle, months, itemsOf(months, context)[0] as never)).toBe('2026-01');
});
