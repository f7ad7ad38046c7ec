import { expect, test } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { approval, task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const world = await makeEngineWorld({ units: 40, sections: 0 });
const { engine, pool, act } = world;
const content = template({ plan: [task('draft'), approval('ok', { returnTo: 'draft' })] }, { key: 'batch' });

/** How many transactions wrote the events of this type. */
const transactions = async (type: string, key: string) =>
  (
    await rowsOf<{ n: number }>(
      pool,
      'SELECT count(DISTINCT xmin::text)::int AS n FROM case_events WHERE type = $1 AND key = $2',
      [type, key],
    )
  )[0]?.n ?? 0;

test('under load the steps of many cases share a transaction; turned off, each has its own', async () => {
  const one = await world.node({ commit: { connections: 1, batch: 128 } });
  const each = await world.node({ commit: { connections: 4, batch: 1 } });
  const { cases } = await world.launch(content);
  await Promise.all(cases.map((id) => act(id, 'draft', 'submit', { key: 'together', on: one })));
  expect(await transactions('act', 'together')).toBeLessThanOrEqual(8);
  await Promise.all(cases.map((id) => act(id, 'ok', 'approve', { key: 'alone', on: each })));
  expect(await transactions('act', 'alone')).toBe(cases.length);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

test('a lone step is written at once, alone', async () => {
  const { cases } = await world.launch(content, world.units.slice(0, 2));
  for (const id of cases) await act(id, 'draft', 'submit', { key: 'lone' });
  expect(await transactions('act', 'lone')).toBe(2);
});

test('a step that the database refuses does not take its neighbours with it, and is an incident', async () => {
  const { cases } = await world.launch(content);
  const node = await world.node({ commit: { connections: 1, batch: 128 } });
  const poisoned = 7;
  const results = await Promise.allSettled(
    cases.map((id, i) =>
      act(id, 'draft', i === poisoned ? 'transfer' : 'submit', {
        key: 'mixed',
        on: node,
        ...(i === poisoned && { to: 'not an id' }),
      }),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(cases.length - 1);
  expect(results[poisoned]).toMatchObject({ status: 'rejected', reason: { id: 'engine.incident' } });
  expect(await engine.read(cases[poisoned] as string)).toMatchObject({ revision: 1 });
  expect(await rowsOf(pool, `SELECT kind, case_id FROM incidents`)).toEqual([
    { kind: 'event', case_id: cases[poisoned] },
  ]);
  await act(cases[poisoned] as string, 'draft');
});

test('steps whose connection is cut are answered 503 and may be repeated with the same key', async () => {
  const { cases } = await world.launch(content);
  const node = await world.node({ commit: { connections: 2, batch: 16 } });
  const attempt = async (id: string): Promise<number> => {
    for (;;) {
      try {
        return (await act(id, 'draft', 'submit', { key: 'cut', on: node, actor: staffOf(id) })).revision;
      } catch (error) {
        if (!/unavailable|terminat|no open seat/i.test(`${(error as { id?: string }).id} ${String(error)}`))
          throw error;
        if (/no open seat/.test(String(error))) return 2;
      }
    }
  };
  const byCase = new Map(cases.map((id, i) => [id, world.units[i]?.staff ?? '']));
  const staffOf = (id: string) => byCase.get(id) ?? '';
  const cutting = (async () => {
    for (let i = 0; i < 6; i += 1)
      await pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bihuan node' AND datname = current_database()`,
      );
  })();
  expect(new Set(await Promise.all(cases.map(attempt)))).toEqual(new Set([2]));
  await cutting;
  expect(await rowsOf(pool, `SELECT count(*)::int AS n FROM case_events WHERE key = 'cut'`)).toEqual([
    { n: cases.length },
  ]);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});
