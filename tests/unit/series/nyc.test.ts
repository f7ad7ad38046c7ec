import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { targetMet } from '../../../workflows/series/target.ts';
import { improving } from '../../../workflows/series/trend.ts';

type Row = Record<string, string>;
const rows: Row[] = parse(readFileSync('tests/data/nyc-mmr.csv'), { columns: true });
const value = (row: Row, column: string): string | null => (row[column] === 'NA' ? null : (row[column] ?? null));
const direction = (row: Row) => (row['Desired.Direction'] === 'Up' ? 'up' : 'down');
const WORDS = new Map([
  [true, 'Met_Goal'],
  [false, 'Did_Not_Meet'],
  [null, 'NA'],
]);

test('New York: of 1139 indicators 351 have a target: 183 met, 168 missed; no target = not rated', () => {
  const judged = rows.map((row) =>
    targetMet({ direction: direction(row), target: value(row, 'Target.MMR') }, value(row, 'YTDScaled')),
  );
  const count = (of: boolean | null) => judged.filter((each) => each === of).length;
  expect([rows.length, count(true) + count(false), count(true), count(false), count(null)]).toEqual([
    1139, 351, 183, 168, 788,
  ]);
  expect(judged.map((met) => WORDS.get(met))).toEqual(rows.map((row) => row.Success));
});

test('New York: the published five-year trends, from the years themselves', () => {
  const trend = (row: Row) =>
    improving(
      direction(row),
      value(row, '2023'),
      ['2018', '2019', '2020', '2021', '2022'].map((year) => value(row, year)),
    );
  const words = new Map([
    [true, 'Improving'],
    [false, 'Not_Improving'],
    [null, 'NA'],
  ]);
  const differ = rows.filter((row) => words.get(trend(row)) !== row.FiveYrImproving);
  expect(differ.map((row) => [row.ID, row.FiveYrImproving, trend(row), row.Avg5yr])).toEqual([]);
});
