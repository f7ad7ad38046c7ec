import { expect, test } from 'vitest';
import { makeTestDatabase } from '../support/database.ts';

const database = await makeTestDatabase();

test('a test file gets a migrated database of its own', async () => {
  const { rows } = await database.pool.query(
    'SELECT current_database() AS name, count(*)::int AS applied FROM _prisma_migrations',
  );
  expect(rows).toEqual([{ name: database.name, applied: expect.any(Number) }]);
  expect(rows[0].applied).toBeGreaterThan(0);
});
