import { describe } from 'vitest';
import { decimal, named, task } from '../../../support/blocks.ts';
import { testRows } from '../../../support/lintRows.ts';

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
const at = (point: string) => ({ at: point, name: named(point) });
const form = (...fields: object[]) => task('a', { fields: fields as never });

describe('forms', () => {
  testRows([
    ['a field twice', 'field.duplicate', 'plan[0].fields[1].key', { plan: [form(decimal('x'), decimal('x'))] }],
    [
      'a range without numbers',
      'field.range',
      'plan[0].fields[0].min',
      { plan: [form(decimal('x', { min: '2', max: '1' }))] },
    ],
    [
      'an option twice',
      'field.duplicate',
      'plan[0].fields[0].options[1].value',
      {
        plan: [
          form({
            key: 'x',
            type: 'choice',
            name: named('x'),
            options: [
              { value: 'a', name: named('a') },
              { value: 'a', name: named('b') },
            ],
          }),
        ],
      },
    ],
    [
      'a column twice',
      'field.duplicate',
      'plan[0].fields[0].columns[1].key',
      {
        plan: [
          form(
            table({
              columns: [
                { key: 'c', type: 'date', name: named('c') },
                { key: 'c', type: 'date', name: named('c') },
              ],
            }),
          ),
        ],
      },
    ],
    [
      'more rows than fit',
      'field.rows',
      'plan[0].fields[0].minRows',
      { plan: [form(table({ minRows: 3, maxRows: 2 }))] },
    ],
    [
      'a row for each of what is no choice',
      'field.covers',
      'plan[0].fields[0].covers',
      { plan: [form(table({ covers: 'label' }))] },
    ],
    [
      'a source that does not say which table',
      'field.source',
      'plan[0].fields[0].of',
      { plan: [form(table({ source: 'earlier' }))] },
    ],
    [
      'a comparison with no place',
      'indicator.benchmark',
      'plan[0].fields[0].source',
      { plan: [form(table({ source: 'benchmark', columns: [{ key: 'code', type: 'text', name: named('code') }] }))] },
    ],
    [
      'what is issued without a unit',
      'indicator.issued',
      'indicators.issued',
      { plan: [form(table())] },
      { indicators: { total: '100', list: [], issued: 'rows' } },
    ],
    [
      'a code that is kept for what is issued',
      'indicator.issued',
      'indicators.issued',
      { plan: [task('a')] },
      {
        indicators: {
          total: '100',
          issued: 'rows',
          list: [
            {
              code: 'D1',
              name: named('D1'),
              kind: 'common',
              unit: '%',
              direction: 'up',
              frequency: 'year',
              weight: '100',
            },
          ],
        },
      },
    ],
    [
      'a report that has no room',
      'field.source',
      'execute[0].fields[0].maxLength',
      { execute: [form({ key: 'said', type: 'longText', name: named('said'), source: 'report', maxLength: 500 })] },
    ],
    [
      'a report before there is anything to report',
      'field.source',
      'plan[0].fields[0].source',
      { plan: [form({ key: 'said', type: 'longText', name: named('said'), source: 'report' })] },
    ],
    [
      'an anchor off the scale',
      'field.anchors',
      'plan[0].fields[0].anchors[1].at',
      { plan: [form(decimal('mark', { min: '1', max: '5', anchors: [at('1'), at('6')] }))] },
    ],
    [
      'an anchor below the one before',
      'field.anchors',
      'plan[0].fields[0].anchors[1].at',
      { plan: [form(decimal('mark', { anchors: [at('3'), at('3')] }))] },
    ],
    [
      'a required table that may be empty',
      'field.rows',
      'plan[0].fields[0].minRows',
      { plan: [form(table({ required: true, minRows: 0 }))] },
    ],
    [
      'what a unit owns where there is no such unit',
      'field.source',
      'plan[0].fields[0].source',
      { plan: [form(table({ source: 'owned', columns: [{ key: 'code', type: 'text', name: named('code') }] }))] },
    ],
    [
      'a total of text',
      'field.total.column',
      'plan[0].fields[0].total.column',
      { plan: [form(table({ total: { column: 'label', is: '100' } }))] },
    ],
    [
      'a total of nothing',
      'field.total.column',
      'plan[0].fields[0].total.column',
      { plan: [form(table({ total: { column: 'nope', is: '100' } }))] },
    ],
    [
      'a total too high',
      'field.total.unreachable',
      'plan[0].fields[0].total.is',
      { plan: [form(table({ maxRows: 2, total: { column: 'weight', is: '201' } }))] },
    ],
    [
      'a total too fine',
      'field.total.unreachable',
      'plan[0].fields[0].total.is',
      { plan: [form(table({ total: { column: 'weight', is: '99.99' } }))] },
    ],
    [
      'a total too low',
      'field.total.unreachable',
      'plan[0].fields[0].total.is',
      { plan: [form(table({ total: { column: 'weight', is: '-1' } }))] },
    ],
  ]);
});
