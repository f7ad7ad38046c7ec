import { expect, test } from 'vitest';
import { benchScoring } from '../../../server/bench/scoring.ts';
import { makeTestDatabase } from '../../support/database.ts';

const { url, pool } = await makeTestDatabase();

test('the bench of scoring scores every unit from every ballot, exactly', async () => {
  const city = { units: 5, items: 3, assessors: 9 };
  const result = await benchScoring(url, { city, province: { units: 60, items: 4, assessors: 7 } });
  expect(result).toMatchObject({ city: { ballots: 135 }, province: { ballots: 1680 } });
  expect(result.ratio).toBeGreaterThan(0);
  expect(result.ok).toBe(result.ratio <= 5);
  // The same by SQL alone: of each item the mean without one highest and one lowest, then their mean.
  const { rows } = await pool.query<{ value: string; wanted: string }>(
    `SELECT s.value::text, w.wanted::text FROM scores s JOIN score_runs r ON r.id = s.run_id AND r.state = 'accepted' JOIN (
       SELECT case_id, round(avg(mean), 2) AS wanted FROM (
         SELECT case_id, item, (sum(value) - min(value) - max(value)) / (count(*) - 2) AS mean FROM ballots GROUP BY case_id, item) m
       GROUP BY case_id) w USING (case_id)`,
  );
  expect(rows).toHaveLength(65);
  expect(rows.map(({ value }) => value)).toEqual(rows.map(({ wanted }) => wanted));
});
