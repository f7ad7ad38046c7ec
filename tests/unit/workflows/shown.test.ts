import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../workflows/json.ts';
import { shownValue } from '../../../workflows/template/shown.ts';
import { decimal, formula, named, rank, repeat, task, template, textField, weighted } from '../../support/blocks.ts';
import { walk } from '../../support/steps.ts';

const measures = {
  key: 'measures',
  type: 'table' as const,
  name: named('measures'),
  columns: [{ key: 'what', type: 'text' as const, name: named('what') }],
};
const t = template({
  plan: [
    task('a', { fields: [decimal('points'), textField('note')] }),
    weighted('w', 'total', [{ value: 'points', weight: '1' }]),
    formula('f', 'light', 'if points > 1 then "green" else "red"'),
    repeat('q', 'quarters', 'oneByOne', [task('b', { fields: [decimal('progress')] })], {
      collect: { fields: ['progress', 'light'], into: 'byQuarter' },
    }),
    repeat('s', 'sections', 'together', [task('c', { fields: [measures] })], {
      collect: { fields: ['measures'], into: 'bySection' },
    }),
    rank('r', 'total'),
  ],
});
const shown = (name: string, data: JsonObject) => {
  const { context } = walk(t);
  const { field, value } = shownValue(t, name, { ...context, data });
  return {
    type: field.type,
    name: field.name.en,
    columns: 'columns' in field ? field.columns.map((c) => c.key) : undefined,
    value,
  };
};

describe('a value for reading', () => {
  test('of a form, with its field', () => {
    expect(shown('points', { points: '5' })).toEqual({ type: 'decimal', name: 'points', value: '5' });
    expect(shown('note', {})).toEqual({ type: 'text', name: 'note', value: null });
  });
  test('computed', () => {
    expect(shown('total', { total: '89.92' })).toEqual({ type: 'decimal', name: 'w', value: '89.92' });
    expect(shown('light', { light: 'red' })).toEqual({ type: 'text', name: 'f', value: 'red' });
  });
  test('a rank in its category', () => {
    expect(shown('standing', { standing: { score: '9', rank: 3, rankOf: 40 } }).value).toBe('3 / 40');
    expect(shown('standing', { standing: { rank: null, rankOf: 40 } }).value).toBeNull();
  });
  test('gathered by item', () => {
    const byQuarter = [
      { index: 0, item: '2026-Q1', progress: '25', light: 'green' },
      { index: 1, item: '2026-Q2', progress: null, light: 'red' },
    ];
    expect(shown('byQuarter', { byQuarter })).toEqual({
      type: 'table',
      name: 'q',
      columns: ['item', 'progress', 'light'],
      value: [
        { item: '2026-Q1', progress: '25', light: 'green' },
        { item: '2026-Q2', light: 'red' },
      ],
    });
  });
  test('tables of items one below the other, with the name of the section', () => {
    const bySection = [
      { index: 0, item: 's1', measures: [{ what: 'x' }, { what: 'y' }] },
      { index: 1, item: 's2', measures: null },
    ];
    expect(shown('bySection', { bySection })).toMatchObject({
      columns: ['item', 'what'],
      value: [{ item: 'Section 1', what: 'x' }, { item: 'Section 1', what: 'y' }, { item: 'Section 2' }],
    });
    expect(shown('bySection', {}).value).toEqual([]);
  });
  test('of a name that is not there', () => {
    expect(shown('nope', {})).toEqual({ type: 'text', name: 'nope', value: null });
  });
});
