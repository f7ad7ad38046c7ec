import { expect, test } from 'vitest';
import { benchBallots } from '../../../server/bench/ballots.ts';
import { makeTestDatabase } from '../../support/database.ts';

const { url, pool } = await makeTestDatabase({ max: 2 });

test('the bench of ballots writes the same rows by the intake as by hand, and no ballot is lost', async () => {
  const result = await benchBallots(url, { ballots: 60, rounds: 1 });
  expect(result).toMatchObject({ callers: 32, ballots: 60, rounds: 1 });
  expect(result.ratio).toBeGreaterThan(0);
  expect(result.ok).toBe(result.ratio >= 0.5);
  const { rows } = await pool.query(
    `SELECT y.name, count(b.value)::int AS ballots, count(*) FILTER (WHERE s.state = 'submitted')::int AS sheets
     FROM ballot_sheets s JOIN ballot_rounds r ON r.id = s.round_id JOIN cycles y ON y.id = r.cycle_id LEFT JOIN ballots b ON b.sheet_id = s.id
     GROUP BY y.name ORDER BY y.name`,
  );
  expect(rows).toEqual(
    ['floor0', 'floor1', 'own0', 'own1', 'statement0', 'statement1'].map((name) => ({ name, ballots: 60, sheets: 60 })),
  );
});
