import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placed } from '../../../admin/src/chart/Spark.tsx';
import type { Value } from '../../../admin/src/indicators/types.ts';
import { goalText } from '../../../admin/src/indicators/words.ts';
import { type Entries, flawsOf, isTyped, pasted, placeOf, toSend } from '../../../admin/src/reporting/entries.ts';

const row = (id: string, more: Partial<Value> = {}): Value => ({
  id,
  org: { id: 'o', name: '市教育局' },
  code: id,
  name: id,
  unit: '件',
  period: '2026-Q1',
  dueOn: '2026-04-08',
  state: 'due',
  late: false,
  missing: false,
  evidence: [],
  evidenceRequired: false,
  can: ['report'],
  ...more,
});

describe('the report grid', () => {
  test('sends only what is new, as clean decimals with their unit', () => {
    const rows = [row('a'), row('b', { reported: '5', state: 'reported' }), row('c'), row('d')];
    const entries: Entries = {
      a: { value: '１，２００.50', note: ' 全年累计 ' },
      b: { value: '5' },
      c: { note: '没有数值' },
    };
    expect(toSend(rows, entries)).toEqual([
      { id: 'a', period: '2026-Q1', value: '1200.50', unit: '件', reason: '全年累计' },
    ]);
    expect(isTyped(rows[3] as Value, undefined)).toBe(false);
  });

  test('says what is wrong at its cell', () => {
    const kinds = (one: Value, entry: Entries[string]) =>
      Object.fromEntries(Object.entries(flawsOf(one, entry)).map(([cell, flaw]) => [cell, flaw.kind]));
    expect(kinds(row('a'), { value: '十二' })).toEqual({ value: 'notNumber' });
    expect(kinds(row('a', { min: '0' }), { value: '-0.1' })).toEqual({ value: 'tooSmall' });
    expect(kinds(row('a', { max: '100' }), { value: '100.000000000001' })).toEqual({ value: 'tooLarge' });
    expect(kinds(row('a', { max: '100' }), { value: '100' })).toEqual({});
    expect(kinds(row('a'), { value: '1', unit: '万件' })).toEqual({ unit: 'wrongUnit' });
    expect(kinds(row('a', { unit: '%' }), { value: '1', unit: ' ％ ' })).toEqual({});
    expect(kinds(row('a', { evidenceRequired: true }), { value: '1' })).toEqual({ evidence: 'needsEvidence' });
    expect(kinds(row('a', { evidenceRequired: true }), { value: '1', evidence: ['f'] })).toEqual({});
    expect(kinds(row('a', { state: 'verified', reported: '1' }), { value: '2' })).toEqual({ note: 'needsNote' });
    expect(kinds(row('a', { state: 'verified', reported: '1' }), { value: '1' })).toEqual({});
    expect(flawsOf(row('a'), undefined)).toEqual({});
  });

  test('takes a range of a spreadsheet from a cell on, and nothing beyond its edges', () => {
    const rows = [row('a'), row('b'), row('c')];
    const { entries, count } = pasted(
      rows,
      { a: { note: '原有' } },
      { row: 1, cell: 'value' },
      '1,000\t件\t甲\t多余\r\n２\t%\n3\n4\n',
    );
    expect(entries).toEqual({
      a: { note: '原有' },
      b: { value: '1000', unit: '件', note: '甲' },
      c: { value: '2', unit: '%' },
    });
    expect(count).toBe(5);
    expect(pasted(rows, {}, { row: 0, cell: 'note' }, '甲\t乙\n丙').entries).toEqual({
      a: { note: '甲' },
      b: { note: '丙' },
    });
  });

  test('puts what the server refuses at the cell that it is about', () => {
    const sent = [{ id: 'a' }, { id: 'b' }];
    expect(placeOf('values[1].value', sent)).toEqual({ id: 'b', cell: 'value' });
    expect(placeOf('values[0].reason', sent)).toEqual({ id: 'a', cell: 'note' });
    expect(placeOf('values[0].evidence', sent)).toEqual({ id: 'a', cell: 'evidence' });
    expect(placeOf('values[0].period', sent)).toEqual({ id: 'a', cell: 'value' });
    expect(placeOf('values[7].value', sent)).toBeUndefined();
    expect(placeOf('cycleId', sent)).toBeUndefined();
  });
});

test('the points of a small line stay in its box, in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true })), { maxLength: 12 }), (values) => {
      const points = placed(values, 96);
      expect(points).toHaveLength(values.filter((value) => value !== null).length);
      for (const { x, y } of points) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(96);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(28);
      }
      expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).toSorted((a, b) => a - b));
    }),
  );
});

test('a target is a number or a band', () => {
  expect(goalText({ target: '80' })).toBe('80');
  expect(goalText({ low: '2', high: '5' })).toBe('2–5');
  expect(goalText({ high: '5' })).toBe('−∞–5');
  expect(goalText({})).toBeUndefined();
});
