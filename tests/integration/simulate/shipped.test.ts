import { expect, test } from 'vitest';
import { templateReport } from '../../../server/simulate/all.ts';
import { library } from '../../../workflows/library/index.ts';
import { makeTestDatabase } from '../../support/database.ts';

const KEYS = [
  'liaoning-budget',
  'macau-appraisal',
  'hongkong-kpi',
  'shenzhen-bsc',
  'minhang-project',
  'tax-bureau',
  'five-stages',
];

test.each(KEYS)('a year of %s runs to its end, with its grades', { timeout: 180_000 }, async (key) => {
  const template = library[key];
  if (!template) throw new Error(key);
  const { pool } = await makeTestDatabase();
  const report = await templateReport(pool, template, { year: 2026, seed: 1, cases: 2 });
  expect(report).toMatchObject({ cases: 2, closed: 2, violations: 0, found: [] });
  expect(report.graded).toBe(template.grades ? 2 : 0);
});
