import { expect, test } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { approval, decimal, repeat, task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const world = await makeEngineWorld({ units: 1, sections: 4 });
const { engine, pool, act } = world;

const part = task('part', { who: [{ kind: 'head', of: 'item' }], fields: [decimal('score')] });
const content = template(
  {
    plan: [
      repeat('each', 'sections', 'together', [part], { collect: { fields: ['score'], into: 'scores' } }),
      approval('ok', { returnTo: 'each', onReject: undefined }),
    ],
  },
  { key: 'together' },
);
const childrenOf = (id: string, status = 'active') =>
  rowsOf<{ id: string; title: string }>(
    pool,
    'SELECT id, title FROM cases WHERE parent_id = $1 AND status = $2 ORDER BY title',
    [id, status],
  );

test('each item has a case of its own; the last message sends the parent on, with what was collected in order', async () => {
  const id = (await world.launch(content)).cases[0] as string;
  const children = await childrenOf(id);
  expect(children.map(({ title }) => title)).toEqual(['unit1-1', 'unit1-2', 'unit1-3', 'unit1-4']);
  expect((await engine.read(children[0]?.id ?? '')).context.facts).toMatchObject({
    kind: 'item',
    item: { key: 'unit1-1' },
  });

  // They end in the opposite order, all at once; their messages are timers that are due now.
  await Promise.all(
    [...children].reverse().map((child, i) => act(child.id, 'part', 'submit', { values: { score: `${4 - i}` } })),
  );
  expect(
    await rowsOf(pool, `SELECT count(*)::int AS n FROM timers WHERE case_id = $1 AND scope LIKE 'child:%'`, [id]),
  ).toEqual([{ n: 4 }]);
  const other = await world.node();
  const fired = await Promise.all([engine.fireDue(), other.fireDue(), engine.fireDue()]);
  expect(fired.reduce((sum, n) => sum + n, 0)).toBe(4);
  const { context } = await engine.read(id);
  expect(context.live.ok).toBeDefined();
  expect(context.data.scores).toEqual([
    { index: 0, item: 'unit1-1', score: '1' },
    { index: 1, item: 'unit1-2', score: '2' },
    { index: 2, item: 'unit1-3', score: '3' },
    { index: 3, item: 'unit1-4', score: '4' },
  ]);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

test('a second round starts new cases; a message of the first round has no effect on it', async () => {
  const id = (await world.launch(content)).cases[0] as string;
  for (const child of await childrenOf(id)) await act(child.id, 'part', 'submit', { values: { score: '1' } });
  const late = await rowsOf<{ event: object; scope: string }>(
    pool,
    `SELECT event, scope FROM timers WHERE case_id = $1 AND scope LIKE 'child:%' LIMIT 1`,
    [id],
  );
  await engine.fireDue();
  await act(id, 'ok', 'return', { reason: 'again' });
  expect(await childrenOf(id)).toHaveLength(4);
  expect(await childrenOf(id, 'done')).toHaveLength(4);
  await pool.query('INSERT INTO timers (case_id, scope, rung, due_at, event) VALUES ($1, $2, 0, $3, $4)', [
    id,
    late[0]?.scope,
    world.clock.now(),
    JSON.stringify(late[0]?.event),
  ]);
  expect(await engine.fireDue()).toBe(0);
  expect((await engine.read(id)).context.live.each?.left).toBe(4);
  expect(await rowsOf(pool, 'SELECT * FROM timers WHERE case_id = $1', [id])).toEqual([]);
});
