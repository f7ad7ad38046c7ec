import { expect, test } from 'vitest';
import { task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const world = await makeEngineWorld({ units: 1 });

test('WRP-32 Suspension-Resumption', async () => {
  const { engine, pool, clock, act } = world;
  const id = (await world.launch(template({ plan: [task('draft', { remind: [-1] })] }))).cases[0] as string;
  const due = async () =>
    (await rowsOf<{ due_at: Date }>(pool, 'SELECT due_at FROM tasks WHERE case_id = $1', [id]))[0]?.due_at.getTime() ??
    0;
  const before = await due();
  const by = { actor: world.office, reason: 'floods' };
  await engine.suspend(id, by);
  await expect(act(id, 'draft')).rejects.toMatchObject({ id: 'case.suspended' });
  clock.advance(21 * 86_400_000);
  expect(await engine.fireDue()).toBe(0);
  await engine.resume(id, by);
  expect(await due()).toBeGreaterThan(before + 14 * 86_400_000);
  expect(await act(id, 'draft')).toMatchObject({ status: 'done' });
});
