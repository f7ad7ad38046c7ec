import { expect, test } from 'vitest';
import { fuzz } from '../../../server/fuzz/index.ts';
import { makeTestDatabase } from '../../support/database.ts';

const database = await makeTestDatabase();

test('generated requests, right and hostile, to every route: no failure, no leak, every answer as described', {
  timeout: 900_000,
}, async () => {
  const result = await fuzz(database.url, { requests: 600, seed: 1, cases: 1 });
  expect(result.failures).toEqual([]);
  expect(result).toMatchObject({
    ok: true,
    requests: 600,
    serverErrors: 0,
    schemaMismatches: 0,
    leaks: 0,
    healthy: true,
    verified: true,
  });
  expect(result.operations).toBeGreaterThan(230);
  const done = Object.values(result.routes).reduce((sum, route) => sum + route.done, 0);
  expect(done).toBeGreaterThan(150);
});
