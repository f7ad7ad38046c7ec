import { expect, test } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { approval, task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const world = await makeEngineWorld({ units: 1 });
const { engine, pool, act, launch, office, office2 } = world;
const unit = world.units[0] as (typeof world.units)[number];
const allow = ['delegate', 'addBefore', 'addAfter', 'addParallel', 'remove', 'claim', 'retrieve'] as const;
const content = (mode: 'any' | 'all' | 'sequential') =>
  template(
    { plan: [task('draft'), approval('ok', { mode, returnTo: 'draft', allow: [...allow] })] },
    { key: `approvers-${mode}` },
  );
const tasks = (id: string) =>
  rowsOf<{ seat: number; state: string; people: string[] }>(
    pool,
    `SELECT t.seat, t.state, array_remove(array_agg(k.person_id::text), NULL) AS people FROM tasks t LEFT JOIN task_candidates k USING (case_id, seat)
     WHERE t.case_id = $1 AND t.block = 'ok' GROUP BY t.seat, t.state ORDER BY t.seat`,
    [id],
  );
const begin = async (mode: 'any' | 'all' | 'sequential') => {
  const id = (await launch(content(mode))).cases[0] as string;
  await act(id, 'draft');
  return id;
};
const as = (id: string, actor: string, action: string, more: object = {}) =>
  act(id, 'ok', action as never, { actor, ...more });

test('an approver added before goes first; the adder waits and gets the same task back', async () => {
  const id = await begin('sequential');
  await as(id, office, 'addBefore', { seat: 2, to: unit.head });
  expect(await tasks(id)).toEqual([
    { seat: 2, state: 'waiting', people: [] },
    { seat: 4, state: 'open', people: [unit.head] },
  ]);
  await as(id, unit.head, 'approve', { seat: 4 });
  expect(await tasks(id)).toMatchObject([
    { seat: 2, state: 'open', people: [office] },
    { seat: 4, state: 'done' },
  ]);
  await as(id, office, 'approve', { seat: 2 });
  expect((await as(id, office2, 'approve', { seat: 3 })).status).toBe('done');
  expect(await verify(pool)).toMatchObject({ ok: true });
});

test('who waits for an added approver has nothing left to do when that one sends it back', async () => {
  const id = await begin('all');
  await as(id, office, 'addBefore', { seat: 2, to: unit.head });
  await as(id, unit.head, 'return', { seat: 4, reason: 'not yet' });
  expect((await tasks(id)).map(({ seat, state }) => `${seat} ${state}`)).toEqual([
    '2 superseded',
    '3 superseded',
    '4 done',
  ]);
  expect(await verify(pool)).toMatchObject({ ok: true });
});

test('a decision is taken back while the others have not all decided', async () => {
  const id = await begin('all');
  await as(id, office, 'approve', { seat: 2 });
  await as(id, office, 'retrieve', { seat: 2 });
  expect(await tasks(id)).toMatchObject([
    { seat: 2, state: 'open', people: [office] },
    { seat: 3, state: 'open' },
  ]);
  await as(id, office2, 'approve', { seat: 3 });
  expect((await as(id, office, 'approve', { seat: 2 })).status).toBe('done');
  const late = { type: 'act' as const, seat: 2, action: 'retrieve' as const, actor: office };
  await expect(engine.apply({ caseId: id, event: late })).rejects.toMatchObject({ id: 'case.finished' });
  expect(await verify(pool)).toMatchObject({ ok: true });
});

test('claim, give back, delegate and remove change who holds the task', async () => {
  const id = await begin('any');
  await as(id, office2, 'claim', { seat: 2 });
  expect(await tasks(id)).toEqual([{ seat: 2, state: 'open', people: [office2] }]);
  await expect(as(id, office, 'approve', { seat: 2 })).rejects.toMatchObject({ id: 'task.notYours' });
  await as(id, office2, 'unclaim', { seat: 2 });
  expect((await tasks(id))[0]?.people.sort()).toEqual([office, office2].sort());
  await as(id, office, 'delegate', { seat: 2, to: unit.head });
  await as(id, unit.head, 'approve', { seat: 2, reason: 'advice' });
  expect(await tasks(id)).toEqual([{ seat: 2, state: 'open', people: [office] }]);
  await as(id, office, 'addParallel', { seat: 2, to: unit.head });
  await as(id, office, 'remove', { seat: 2, target: 3, reason: 'not needed' });
  expect(await tasks(id)).toMatchObject([{ state: 'open' }, { seat: 3, state: 'cancelled' }]);
  expect((await as(id, office, 'approve', { seat: 2 })).status).toBe('done');
  expect(await verify(pool)).toMatchObject({ ok: true });
  const { context } = await engine.read(id);
  expect(context.outcome).toBe('completed');
});
