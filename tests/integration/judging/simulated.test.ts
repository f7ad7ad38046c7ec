import { expect, it } from 'vitest';
import { simulateOn } from '../../../server/simulate/index.ts';
import { yinchuan } from '../../../workflows/library/lights.ts';
import { zjgDepartments } from '../../../workflows/library/zjg-departments.ts';
import { makeTestDatabase } from '../../support/database.ts';
import { rowsOf } from '../../support/engineWorld.ts';
import { indicatorCycle } from '../../support/indicatorCycle.ts';

it('a simulated year gives a light for each indicator and quarter; orders are answered or climb the ladder; the case hears of it', {
  timeout: 120_000,
}, async () => {
  const { pool } = await makeTestDatabase();
  const template = indicatorCycle(undefined, {
    key: 'judgedYear',
    categories: zjgDepartments.categories,
    // Everything that is not far ahead of the calendar is red here, so that there is something to answer.
    lights: {
      ...yinchuan,
      rules: [
        { key: 'slow', colour: 'red', when: [{ of: 'behind', above: '-30' }], consequences: [{ kind: 'supervise' }] },
      ],
    },
    warnings: {
      sheets: [
        { colour: 'blue', reply: 5 },
        { colour: 'red', reply: 5 },
      ],
    },
  });
  const done = await simulateOn(pool, { template, year: 2026, seed: 11, cases: 4 });
  expect(done).toMatchObject({ cases: 4, closed: 4, lost: 0, incidents: 0, mismatches: [] });
  const lights = await rowsOf<{ period: string; n: number }>(
    pool,
    `SELECT period, count(DISTINCT cycle_indicator_id)::int AS n FROM lights WHERE colour IS NOT NULL AND code = 'done' GROUP BY period ORDER BY period`,
  );
  expect(lights).toEqual(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'].map((period) => ({ period, n: 4 })));
  const [heard] = await rowsOf<{ worst: string }>(
    pool,
    `SELECT snapshot->'context'->'data'->'recorded'->>'worst' AS worst FROM cases WHERE kind = 'participant' LIMIT 1`,
  );
  expect(['red', 'green']).toContain(heard?.worst);
  const orders = await rowsOf<{ state: string; n: number }>(
    pool,
    `SELECT state, count(*)::int AS n FROM warnings WHERE kind = 'supervise' GROUP BY state`,
  );
  const states = new Map(orders.map(({ state, n }) => [state, n]));
  expect(states.get('accepted')).toBeGreaterThan(0);
  // What lapsed went on to the next sheet, unless it was the last.
  const [chain] = await rowsOf<{ n: number }>(
    pool,
    `SELECT count(*)::int AS n FROM warnings w WHERE state = 'lapsed' AND colour = 'blue' AND NOT EXISTS (SELECT FROM warnings n WHERE n.former_id = w.id AND n.colour = 'red')`,
  );
  expect(chain?.n).toBe(0);
});
