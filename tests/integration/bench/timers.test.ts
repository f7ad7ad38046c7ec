import { expect, test } from 'vitest';
import { benchTimers } from '../../../server/bench/timers.ts';
import { verify } from '../../../server/verify/verify.ts';
import { task, template } from '../../support/blocks.ts';
import { makeTestDatabase } from '../../support/database.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const escalating = template({
  plan: [
    task('work', {
      remind: [-1, 0],
      escalate: [
        { after: 0, do: 'head' },
        { after: 2, do: 'office' },
      ],
    }),
  ],
});

test('timers due in one second all fire, once, in the order of their due dates, while users act', async () => {
  const { pool } = await makeTestDatabase();
  const result = await benchTimers(pool, { timers: 240 });
  expect(result).toMatchObject({ timers: 240, cases: 60, doubled: 0, missed: 0, disordered: 0 });
  expect(result.userSteps).toBeGreaterThan(0);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

test('two nodes that wake at the same instant share the timers and fire none twice', async () => {
  const world = await makeEngineWorld({ units: 20 });
  await world.launch(escalating);
  const [{ n, last }] = (await rowsOf(world.pool, 'SELECT count(*)::int AS n, max(due_at) AS last FROM timers')) as [
    { n: number; last: Date },
  ];
  world.clock.set(last.toISOString());
  const other = await world.node();
  const fired = await Promise.all([world.engine, other, world.engine].map((engine) => engine.fireDue()));
  expect(fired.reduce((a, b) => a + b)).toBe(n);
  const record = await rowsOf<{ times: number; place: string }>(
    world.pool,
    `SELECT count(*)::int AS times, case_id || '/' || (body->'events'->0->>'rung') AS place FROM case_events WHERE type = 'timer' GROUP BY place`,
  );
  expect(record).toHaveLength(n);
  expect(record.filter(({ times }) => times > 1)).toEqual([]);
});
