import { expect, it } from 'vitest';
import { rehearseOn } from '../../../server/rehearse/index.ts';
import { simulateOn } from '../../../server/simulate/index.ts';
import { zjgDepartments } from '../../../workflows/library/zjg-departments.ts';
import { makeTestDatabase } from '../../support/database.ts';
import { rowsOf } from '../../support/engineWorld.ts';
import { indicatorCycle } from '../../support/indicatorCycle.ts';

const { categories } = zjgDepartments;

it('a simulated year reports what is due, near its targets, and leaves nothing open', {
  timeout: 120_000,
}, async () => {
  const { pool } = await makeTestDatabase();
  const template = indicatorCycle(undefined, { key: 'simulated', categories });
  const done = await simulateOn(pool, { template, year: 2026, seed: 11, cases: 3 });
  expect(done).toMatchObject({ cases: 3, closed: 3, lost: 0, incidents: 0, mismatches: [] });
  const values = await rowsOf<{ code: string; values: number; share: number }>(
    pool,
    `SELECT c.code, count(v.verified)::int AS values, round(avg(CASE c.aggregation WHEN 'sum' THEN v.verified * 4 ELSE v.verified END / t.value), 2)::float8 AS share
     FROM cycle_indicators c JOIN indicator_values v ON v.cycle_indicator_id = c.id
     JOIN indicator_targets t ON t.cycle_indicator_id = c.id AND t.version = 1 AND t.value > 0
     WHERE c.code IN ('done', 'days', 'rate') GROUP BY c.code ORDER BY c.code`,
  );
  expect(values).toMatchObject([
    { code: 'days', values: 6 },
    { code: 'done', values: 12 },
    { code: 'rate', values: 12 },
  ]);
  for (const { code, share } of values.filter((one) => one.code !== 'rate'))
    expect({ code, near: share > 0.6 && share < 1.4 }).toEqual({ code, near: true });
  const weights = await rowsOf(pool, 'SELECT DISTINCT sum(weight)::text AS sum FROM cycle_indicators GROUP BY org_id');
  expect(weights).toEqual([{ sum: '100' }]);
});

it('a rehearsal fills in given rows, so that assigning and recording go through', { timeout: 120_000 }, async () => {
  const { pool } = await makeTestDatabase();
  const template = indicatorCycle(undefined, {
    key: 'rehearsed',
    categories: { all: zjgDepartments.categories.economy ?? never() },
  });
  const result = await rehearseOn(pool, { template, year: 2026, onProgress: () => {} });
  expect(result).toMatchObject({ unfired: 0 });
});

function never(): never {
  throw new Error('no such category');
}
