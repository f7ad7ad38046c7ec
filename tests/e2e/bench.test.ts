import { expect, test } from 'vitest';
import { benchConsole } from '../../server/bench/console.ts';
import { makeTestDatabase } from '../support/database.ts';

const { url, pool } = await makeTestDatabase({ max: 2 });

test('the bench of the console measures what a browser loads, and finds single tasks among all', async () => {
  const result = await benchConsole(url, { tasks: 300, rounds: 1 });
  expect(result.firstLoadKbGzip).toBeGreaterThan(100);
  expect(result.firstLoadKbGzip).toBeLessThan(300);
  for (const measured of [
    result.inboxInteractiveMs,
    result.fullInboxInteractiveMs,
    result.searchMs,
    result.scrollFrameP95Ms,
  ])
    expect(measured).toBeGreaterThan(0);
  const { rows } = await pool.query(
    `SELECT count(*)::int AS n FROM task_candidates k JOIN people p ON p.id = k.person_id JOIN cases c ON c.id = k.case_id
     WHERE p.username = 'office' AND c.kind = 'plain'`,
  );
  expect(rows).toEqual([{ n: 300 }]);
});
