import { describe, expect, test } from 'vitest';
import { toCsv } from '../../../admin/src/chart/table.ts';
import type { Heatmap } from '../../../admin/src/lights/api.ts';
import { gridOf } from '../../../admin/src/lights/grid.ts';

describe('a chart as a file', () => {
  test('is CSV that Excel reads as UTF-8, with commas and quotes kept', () => {
    expect(
      toCsv({
        columns: ['单位', 'a "b"'],
        rows: [
          ['甲, 乙', 1],
          ['丙', null],
        ],
      }),
    ).toBe('\ufeff单位,"a ""b"""\r\n"甲, 乙",1\r\n丙,\r\n');
  });

  test.each(['=cmd|x', '+1+1', '@SUM(A1)', '-2+3', '\tx', '\r=x'])('keeps %j as text', (text) => {
    const [, row = ''] = toCsv({ columns: ['a'], rows: [[text]] }).split('\r\n');
    expect(row.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  test.each(['-2.5', '+3', '12%', -4])('leaves the number %j a number', (value) => {
    expect(toCsv({ columns: ['a'], rows: [[value]] })).toBe(`\ufeffa\r\n${value}\r\n`);
  });
});

describe('the cells of a heat map', () => {
  const cell = (org: string, code: string, colour: 'red' | 'green') => ({
    org,
    code,
    colour,
    period: null,
    because: null,
  });
  const map: Heatmap = {
    units: ['u1', 'u2', 'u3'].map((id) => ({ id, name: id, category: null })),
    indicators: ['A', 'B'].map((code) => ({ code, name: code })),
    cells: [cell('u1', 'A', 'red'), cell('u1', 'B', 'green'), cell('u2', 'B', 'green')],
    counts: { red: 1, green: 2 },
  };

  test('stand by unit and indicator; units without any are left out', () => {
    const { columns, rows } = gridOf(map, []);
    expect(columns.map(({ code }) => code)).toEqual(['A', 'B']);
    expect(rows.map(({ id, cells }) => [id, ...cells.map((one) => one?.colour)])).toEqual([
      ['u1', 'red', 'green'],
      ['u2', undefined, 'green'],
    ]);
  });

  test('of one colour leave only the units and indicators that show it', () => {
    const { columns, rows } = gridOf(map, ['red']);
    expect(columns.map(({ code }) => code)).toEqual(['A']);
    expect(rows.map(({ id }) => id)).toEqual(['u1']);
  });
});
