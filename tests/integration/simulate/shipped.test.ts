import { expect, test } from 'vitest';
import { makeTestDatabase } from '../../support/database.ts';
import { playYear, shipped } from '../../support/shipped.ts';

const KEYS = [
  'liaoning-budget',
  'macau-appraisal',
  'hongkong-kpi',
  'shenzhen-bsc',
  'minhang-project',
  'tax-bureau',
  'five-stages',
];

let rectified = 0;
let carriedOver = 0;

test.each(KEYS)('a year of %s runs to its end, with its grades and ranks', { timeout: 120_000 }, async (key) => {
  const { pool } = await makeTestDatabase();
  const report = await playYear(pool, shipped(key), 2);
  rectified += report.rectified;
  carriedOver += report.carriedOver;
});

test('somewhere something was rectified, and something left for the next year', () => {
  expect(rectified).toBeGreaterThan(0);
  expect(carriedOver).toBeGreaterThan(0);
});
