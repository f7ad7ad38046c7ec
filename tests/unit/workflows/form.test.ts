import { describe, expect, test } from 'vitest';
import type { Field } from '../../../workflows/template/field.ts';
import { checkValues } from '../../../workflows/template/form.ts';
import { decimal, named, textField } from '../../support/blocks.ts';

const score = decimal('score', { places: 2, min: '0', max: '100' });
const kind: Field = {
  key: 'kind',
  type: 'choice',
  name: named('kind'),
  options: [
    { value: 'specific', name: named('specific') },
    { value: 'common', name: named('common') },
  ],
};
const indicators: Field = {
  key: 'indicators',
  type: 'table',
  name: named('indicators'),
  required: true,
  minRows: 2,
  maxRows: 4,
  columns: [
    { key: 'label', type: 'text', name: named('label'), required: true, maxLength: 10 },
    { key: 'weight', type: 'decimal', name: { zh: '权重', en: 'Weight' }, places: 20, min: '0' },
    { key: 'due', type: 'date', name: named('due') },
  ] as never,
  total: { column: 'weight', is: '100' },
};

/** The errors as `path id`. */
const errorsOf = (fields: Field[], values: unknown, draft = false) =>
  checkValues(fields, values, { draft }).errors.map(({ path, id }) => `${path} ${id}`);
const valuesOf = (fields: Field[], values: unknown, draft = false) => checkValues(fields, values, { draft }).values;

describe('values of the wrong shape', () => {
  test.each([undefined, null, 'x', 5, [], true])('%j for the whole form', (values) => {
    expect(errorsOf([score], values)).toEqual([' values.notObject']);
  });
  test('an unknown name', () => {
    expect(errorsOf([score], { score: '1', other: '2' })).toEqual(['other value.unknown']);
  });
  test('__proto__, and what every object has', () => {
    const values = JSON.parse('{"score": "1", "__proto__": {"admin": true}, "constructor": "x"}');
    expect(errorsOf([score], values)).toEqual(['__proto__ value.unknown', 'constructor value.unknown']);
    expect(
      errorsOf([indicators], { indicators: [JSON.parse('{"label": "a", "weight": "100", "__proto__": {}}')] }),
    ).toContain('indicators[0].__proto__ value.unknown');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
  test('a field is looked for among the own values only', () => {
    expect(errorsOf([textField('toString', { required: true })], {})).toEqual(['toString value.required']);
  });
});

describe('required', () => {
  test.each([{}, { score: null }, { score: '' }, { score: '  ' }, { score: '\u200b' }])('%j', (values) => {
    expect(errorsOf([score], values)).toEqual(['score value.required']);
    expect(checkValues([score], values, { draft: true })).toEqual({ errors: [], values: {} });
  });
  test('an empty table and no files', () => {
    expect(errorsOf([indicators], { indicators: [] })).toEqual(['indicators value.required']);
    const files: Field = { key: 'f', type: 'files', name: named('f'), required: true };
    expect(errorsOf([files], { f: [] })).toEqual(['f value.required']);
  });
  test('false is an answer', () => {
    const yes: Field = { key: 'yes', type: 'boolean', name: named('yes'), required: true };
    expect(checkValues([yes], { yes: false })).toEqual({ errors: [], values: { yes: false } });
    expect(errorsOf([yes], { yes: 'false' })).toEqual(['yes value.type']);
  });
  test('what is not required may be left out, and leaves nothing', () => {
    expect(checkValues([kind, textField('t')], { kind: '', t: null })).toEqual({ errors: [], values: {} });
  });
});

describe('decimals', () => {
  test.each([
    ['12.50', '12.5'],
    ['007', '7'],
    ['-0', '0'],
    ['0.00', '0'],
    [' 88 ', '88'],
    ['１２．５', '12.5'],
    ['100', '100'],
  ])('%j is %s', (given, clean) => {
    expect(checkValues([score], { score: given })).toEqual({ errors: [], values: { score: clean } });
  });
  test.each([
    ['1e2', 'value.decimal'],
    ['0x10', 'value.decimal'],
    ['1,000', 'value.decimal'],
    ['+5', 'value.decimal'],
    ['.5', 'value.decimal'],
    ['5.', 'value.decimal'],
    ['NaN', 'value.decimal'],
    ['Infinity', 'value.decimal'],
    ['五', 'value.decimal'],
    ['=1+1', 'value.decimal'],
    [12.5, 'value.type'],
    [{}, 'value.type'],
    ['12.345', 'value.places'],
    ['-0.01', 'value.tooSmall'],
    ['100.01', 'value.tooBig'],
    ['9'.repeat(39), 'value.tooLong'],
  ])('%j: %s', (given, id) => {
    expect(errorsOf([score], { score: given })).toEqual([`score ${id}`]);
  });
  test('no digit is lost', () => {
    const wide = decimal('wide', { places: 6 });
    const value = '12345678901234567890123456789012.123456';
    expect(valuesOf([wide], { wide: value })).toEqual({ wide: value });
  });
});

describe('dates', () => {
  const day: Field = { key: 'day', type: 'date', name: named('day') };
  test.each(['2026-03-31', '2024-02-29', '2000-02-29'])('%s', (value) => {
    expect(valuesOf([day], { day: value })).toEqual({ day: value });
  });
  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '26-01-01',
    '0001-01-01',
  ])('%s is none', (value) => {
    expect(errorsOf([day], { day: value })).toEqual(['day value.date']);
  });
});

describe('text', () => {
  test('is made NFC, without invisible characters and space around, on one line', () => {
    const fields = [textField('t')];
    expect(valuesOf(fields, { t: ' e\u0301\u200b甲\u202e乙\u0000\n丙 ' })).toEqual({ t: 'é甲乙 丙' });
  });
  test('long text keeps its lines', () => {
    const long: Field = { key: 't', type: 'longText', name: named('t') };
    expect(valuesOf([long], { t: 'a\r\nb\rc\td' })).toEqual({ t: 'a\nb\nc\td' });
  });
  test('lone surrogates, which the database refuses, are dropped', () => {
    expect(valuesOf([textField('t')], { t: 'a\ud800b\udc00' })).toEqual({ t: 'ab' });
    expect(valuesOf([textField('t')], { t: '😀' })).toEqual({ t: '😀' });
  });
  test('length is counted in characters', () => {
    expect(errorsOf([textField('t', { maxLength: 2 })], { t: '😀😀' })).toEqual([]);
    expect(errorsOf([textField('t', { maxLength: 2 })], { t: '😀😀😀' })).toEqual(['t value.tooLong']);
    expect(errorsOf([textField('t')], { t: 'x'.repeat(501) })).toEqual(['t value.tooLong']);
  });
  test('a choice is one of its options', () => {
    expect(valuesOf([kind], { kind: 'common' })).toEqual({ kind: 'common' });
    expect(errorsOf([kind], { kind: 'other' })).toEqual(['kind value.option']);
    expect(errorsOf([kind], { kind: ['common'] })).toEqual(['kind value.type']);
  });
});

describe('files', () => {
  const files: Field = { key: 'f', type: 'files', name: named('f'), maxFiles: 2 };
  test('each once', () => {
    expect(valuesOf([files], { f: ['a', 'b', 'a'] })).toEqual({ f: ['a', 'b'] });
  });
  test.each<[unknown, string]>([
    ['a', 'value.type'],
    [[1], 'value.type'],
    [['../etc'], 'value.type'],
    [['a', 'b', 'c'], 'files.tooMany'],
  ])('%j: %s', (given, id) => {
    expect(errorsOf([files], { f: given })).toEqual([`f ${id}`]);
  });
});

describe('tables', () => {
  const rows = (...weights: string[]) => weights.map((weight, i) => ({ label: `r${i}`, weight }));

  test('rows are cleaned', () => {
    const given = [
      { label: ' a ', weight: '60.0', due: '' },
      { label: 'b', weight: '40', due: '2026-06-30' },
    ];
    expect(checkValues([indicators], { indicators: given })).toEqual({
      errors: [],
      values: {
        indicators: [
          { label: 'a', weight: '60' },
          { label: 'b', weight: '40', due: '2026-06-30' },
        ],
      },
    });
  });
  test.each<[string, unknown, string[]]>([
    ['no list', { a: 1 }, ['indicators value.type']],
    ['a row that is none', [1], ['indicators value.type']],
    ['too few rows', rows('100'), ['indicators table.tooFewRows']],
    ['too many rows', rows('20', '20', '20', '20', '20'), ['indicators table.tooManyRows']],
    [
      'a wrong cell',
      [
        { label: 'a', weight: 'x' },
        { label: 'b', weight: '100' },
      ],
      ['indicators[0].weight value.decimal'],
    ],
    ['a missing cell', [{ weight: '60' }, { label: 'b', weight: '40' }], ['indicators[0].label value.required']],
    [
      'an unknown column',
      [
        { label: 'a', weight: '60', x: 1 },
        { label: 'b', weight: '40' },
      ],
      ['indicators[0].x value.unknown'],
    ],
    ['a wrong total', rows('60', '39.99'), ['indicators table.total']],
    ['a total that floats would reach', rows('33.3', '66.7000000000000001'), ['indicators table.total']],
    ['a total that floats would miss', rows('0.1', '0.2', '99.7'), []],
    ['an empty cell counts as nothing', [{ label: 'a', weight: '100' }, { label: 'b' }], []],
  ])('%s', (_what, given, errors) => {
    expect(errorsOf([indicators], { indicators: given })).toEqual(errors);
  });
  test('the total is said', () => {
    const [error] = checkValues([indicators], { indicators: rows('60', '39.99') }).errors;
    expect(error?.message).toEqual({
      zh: '“权重”合计应为 100，现为 99.99。',
      en: '"Weight" must add up to 100; it is 99.99.',
    });
  });
});

describe('a draft', () => {
  test('may be incomplete and half written', () => {
    const given = { score: '12.', kind: 'spec', indicators: [{ label: 'a' }, { weight: '-' }] };
    expect(checkValues([score, kind, indicators], given, { draft: true })).toEqual({ errors: [], values: given });
  });
  test.each<[unknown, string]>([
    [{ other: 1 }, 'other value.unknown'],
    [{ score: 5 }, 'score value.type'],
    [{ score: '1'.repeat(501) }, 'score value.tooLong'],
    [{ indicators: [{ x: 1 }] }, 'indicators[0].x value.unknown'],
  ])('but not anything: %j', (given, error) => {
    expect(errorsOf([score, indicators], given, true)).toEqual([error]);
  });
});
