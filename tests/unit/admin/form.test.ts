import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Field } from '../../../admin/src/api/types.ts';
import { checkForm, cleanValues, tidyValues } from '../../../admin/src/form/check.ts';
import { cleanDecimal, compareDecimals, subtract, sumDecimals } from '../../../admin/src/form/decimal.ts';
import { errorsByPlace, placeOf, without } from '../../../admin/src/form/errors.ts';
import { flawOf, MAX_BYTES, previewOf } from '../../../admin/src/form/fileRules.ts';
import { addMonths, makeDay, readDay, weekdayOf, weeksOf } from '../../../admin/src/form/plainDate.ts';
import { pasteInto, readCells } from '../../../admin/src/form/tableRows.ts';

const text = (zh: string) => ({ zh, en: zh });
const weights: Field = {
  key: 'indicators',
  name: text('指标'),
  type: 'table',
  required: true,
  minRows: 2,
  columns: [
    { key: 'name', name: text('名称'), type: 'text', required: true },
    {
      key: 'direction',
      name: text('方向'),
      type: 'choice',
      options: [
        { value: 'up', name: { zh: '越高越好', en: 'Up' } },
        { value: 'down', name: { zh: '越低越好', en: 'Down' } },
      ],
    },
    { key: 'weight', name: text('权重'), type: 'decimal', places: 2, max: '100' },
    { key: 'due', name: text('时间'), type: 'date' },
  ],
  total: { column: 'weight', is: '100' },
};
const zh = (name: { zh: string }) => name.zh;

describe('decimals stay text', () => {
  test('what people type is understood', () => {
    expect(cleanDecimal('１２．５')).toBe('12.5');
    expect(cleanDecimal(' 1,234,567.80 ')).toBe('1234567.80');
    expect(cleanDecimal('12。5')).toBe('12.5');
    expect(cleanDecimal('.5')).toBe('0.5');
    expect(cleanDecimal('－3')).toBe('-3');
    expect(cleanDecimal('abc')).toBe('abc');
  });

  test('sums are exact where floats are not', () => {
    expect(sumDecimals(['0.1', '0.2'])).toBe('0.3');
    expect(sumDecimals(['33.33', '33.33', '33.34'])).toBe('100');
    expect(sumDecimals(['1', '', 'x', '-0.005'])).toBe('0.995');
    expect(subtract('0.5', '0.75')).toBe('-0.25');
    expect(compareDecimals('100.0', '100')).toBe(0);
  });

  test('sums agree with whole numbers of cents', () => {
    const cents = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 30 });
    const print = (value: number) =>
      `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}`;
    fc.assert(
      fc.property(cents, (values) => {
        const sum = values.reduce((a, b) => a + b, 0);
        expect(compareDecimals(sumDecimals(values.map(print)), print(sum))).toBe(0);
      }),
    );
  });
});

describe('days', () => {
  test('are read as people write them', () => {
    for (const typed of ['2026-3-5', '2026/03/05', '2026.3.5', '2026年3月5日', '20260305', '２０２６-３-５'])
      expect(readDay(typed)).toBe('2026-03-05');
    expect(readDay('2026-02-30')).toBeUndefined();
    expect(readDay('5 March')).toBeUndefined();
    expect(makeDay(2028, 2, 29)).toBe('2028-02-29');
  });

  test('months are weeks from Monday', () => {
    expect(weekdayOf('2026-11-16')).toBe(0);
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    const weeks = weeksOf('2026-02');
    expect(weeks[0]).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, '2026-02-01']);
    expect(weeks.flat().filter(Boolean)).toHaveLength(28);
  });
});

describe('a form before it is sent', () => {
  test('says what is missing and what does not add up', () => {
    const rows = [
      { name: '满意度', weight: '40' },
      { name: '', weight: '59.5' },
      { name: '', direction: '', weight: '' },
    ];
    const flaws = checkForm([weights], { indicators: rows }, zh);
    expect(flaws['indicators.1.name']?.key).toBe('form.error.required');
    expect(flaws.indicators).toEqual({ key: 'form.error.total', params: { column: '权重', sum: '99.5', is: '100' } });
  });

  test('checks numbers as text', () => {
    const field: Field = {
      key: 'budget',
      name: text('预算'),
      type: 'decimal',
      places: 2,
      min: '0',
      max: '99999999999999999999',
    };
    const flaw = (value: string) => checkForm([field], { budget: value }, zh).budget?.key;
    expect(flaw('99999999999999999999')).toBeUndefined();
    expect(flaw('99999999999999999999.01')).toBe('form.error.max');
    expect(flaw('1.234')).toBe('form.error.places');
    expect(flaw('-1')).toBe('form.error.min');
    expect(flaw('1e5')).toBe('form.error.decimal');
  });

  test('is tidied as leaving each field would', () => {
    const rows = [{ name: ' a ', weight: '６０．５', due: '20311231' }];
    expect(tidyValues([weights], { indicators: rows })).toEqual({
      indicators: [{ name: ' a ', weight: '60.5', due: '2031-12-31' }],
    });
  });

  test('is sent without blank rows and empty values', () => {
    const values = {
      indicators: [
        { name: 'a', weight: '' },
        { name: '', weight: '' },
      ],
      other: 'x',
    };
    expect(cleanValues([weights], values)).toEqual({ indicators: [{ name: 'a' }] });
  });
});

test('errors of the server find their place in the form', () => {
  expect(placeOf('indicators[2].weight')).toBe('indicators.2.weight');
  expect(placeOf('values.budget')).toBe('budget');
  const errors = errorsByPlace([
    { path: 'indicators[0].name', message: text('必填') },
    { path: 'indicators', message: text('合计') },
    { path: 'indicators', message: text('后来的') },
  ]);
  expect(errors.indicators).toEqual(text('合计'));
  expect(without(errors, 'indicators')).toEqual({});
});

describe('a range pasted from a spreadsheet', () => {
  test('is cells by tabs and lines, with quotes', () => {
    expect(readCells('a\tb\r\n"c\nd"\t"e ""f"""\r\n')).toEqual([
      ['a', 'b'],
      ['c\nd', 'e "f"'],
    ]);
  });

  test('fills rows from a cell on, by the kind of each column', () => {
    if (weights.type !== 'table') throw new Error();
    const cells = readCells('满意度\t越高越好\t40.5%\t2026/3/5\n投诉率\tdown\t1,000\t12月');
    const rows = pasteInto([{ name: '旧' }], weights.columns, { row: 0, column: 0 }, cells);
    expect(rows).toEqual([
      { name: '满意度', direction: 'up', weight: '40.5%', due: '2026-03-05' },
      { name: '投诉率', direction: 'down', weight: '1000', due: '12月' },
    ]);
    expect(pasteInto([], weights.columns, { row: 0, column: 0 }, cells, 1)).toHaveLength(1);
  });
});

test('a file is shown if it can be: pictures, words, and a PDF where the browser has a viewer', () => {
  const shown = (mime: string, pdfViewerEnabled = true) => previewOf({ mime }, { pdfViewerEnabled });
  expect(['image/png', 'text/csv', 'application/pdf'].map((mime) => shown(mime))).toEqual(['picture', 'words', 'pdf']);
  expect(shown('application/pdf', false)).toBeUndefined();
  for (const mime of ['image/svg+xml', 'text/html', 'application/zip', 'application/msword'])
    expect(shown(mime), mime).toBeUndefined();
});

test('files are refused before they are sent', () => {
  expect(flawOf({ name: '报告.PDF', size: 10 })).toBeUndefined();
  expect(flawOf({ name: 'run.exe', size: 10 })).toBe('wrongKind');
  expect(flawOf({ name: '空.docx', size: 0 })).toBe('empty');
  expect(flawOf({ name: '大.zip', size: MAX_BYTES + 1 })).toBe('tooLarge');
});
