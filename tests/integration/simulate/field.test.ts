import { expect, test } from 'vitest';
import { simulateOn } from '../../../server/simulate/index.ts';
import { rectification } from '../../../workflows/library/parts/rectification.ts';
import { named, task, template } from '../../support/blocks.ts';
import { makeTestDatabase } from '../../support/database.ts';
import { rowsOf } from '../../support/engineWorld.ts';

const ladder = [
  { after: 1, do: 'remind' } as const,
  { after: 3, do: 'transfer', to: { kind: 'role', role: 'performanceOffice' } } as const,
];
const staff = { kind: 'role', role: 'staff', of: 'participant' } as const;
const office = { kind: 'role', role: 'performanceOffice' } as const;
const content = template(
  {
    plan: [task('annualPlan')],
    execute: [{ key: 'yearEnd', type: 'wait', name: named('the year ends'), until: { date: '12-15' } }],
    rectify: rectification({
      staff,
      office,
      verifier: { kind: 'role', role: 'monitor', of: 'monitoringUnit' },
      publicAnswer: true,
      ladders: { unit: ladder, verifier: ladder, office: ladder },
    }),
  },
  {
    key: 'field',
    roles: {
      performanceOffice: { name: named('office'), scope: 'city' },
      staff: { name: named('staff'), scope: 'unit' },
      monitor: { name: named('monitor'), scope: 'unit' },
    },
    categories: { economy: { name: named('e'), ranked: true }, society: { name: named('s'), ranked: true } },
  },
);

test('a simulated year finds something at units; it is rectified, sent back, closed, or left open', {
  timeout: 180_000,
}, async () => {
  const { pool } = await makeTestDatabase();
  const ran = await simulateOn(pool, { template: content, year: 2026, seed: 3, cases: 16 });
  expect(ran).toMatchObject({ cases: 16, closed: 16, lost: 0, incidents: 0, vacant: 0, mismatches: [] });
  const count = async (table: string, by: string) =>
    Object.fromEntries(
      (
        await rowsOf<{ key: string; n: number }>(
          pool,
          `SELECT ${by} AS key, count(*)::int AS n FROM ${table} GROUP BY 1`,
        )
      ).map(({ key, n }) => [key, n]),
    );
  const sources = await count('findings', 'source');
  expect(Object.keys(sources).sort()).toEqual(['complaint', 'inspection', 'survey']);
  const states = await count('rectification_items', 'state');
  expect(states).toEqual({ closed: expect.any(Number), carried: expect.any(Number) });
  expect(await count('findings', 'state')).not.toHaveProperty('open');
  expect(await rowsOf(pool, `SELECT FROM rectification_items WHERE state = 'closed' AND published_at IS NULL`)).toEqual(
    [],
  );
  expect(ran.returned).toBeGreaterThan(0);
});
