import { expect, test } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { approval, repeat, task, template, wait } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf, testCalendar } from '../../support/engineWorld.ts';

const world = await makeEngineWorld();
const { engine, pool, act, clock } = world;

const ladder = template(
  {
    plan: [
      task('draft', {
        deadline: { from: 'opened', workingDays: 5 },
        remind: [-1],
        escalate: [{ after: 0, do: 'head' }],
      }),
      approval('ok'),
    ],
  },
  { key: 'ladder' },
);
const by = { actor: world.office, reason: 'audit' };

const timersOf = (id: string) =>
  rowsOf<{ rung: number; due_at: Date; frozen_at: Date | null }>(
    pool,
    'SELECT rung, due_at, frozen_at FROM timers WHERE case_id = $1 ORDER BY rung',
    [id],
  );
const dueOf = async (id: string, seat = 1) =>
  (await rowsOf<{ due_at: Date }>(pool, 'SELECT due_at FROM tasks WHERE case_id = $1 AND seat = $2', [id, seat]))[0]
    ?.due_at;

test('a suspended case stands still: nobody acts, no timer fires, and resuming re-dates by working days', async () => {
  clock.set('2026-03-02T01:00:00Z'); // Monday
  const id = (await world.launch(ladder, world.units.slice(0, 1))).cases[0] as string;
  const before = await timersOf(id);
  const due = await dueOf(id);
  expect(before.map(({ due_at }) => due_at.toISOString())).toEqual([
    '2026-03-06T10:00:00.000Z',
    '2026-03-09T10:00:00.000Z',
  ]);

  clock.set('2026-03-04T01:00:00Z');
  expect(await engine.suspend(id, { ...by, key: 's' })).toMatchObject({ status: 'suspended', revision: 2 });
  expect(await engine.suspend(id, { ...by, key: 's' })).toMatchObject({ revision: 2, repeated: true });
  await expect(act(id, 'draft')).rejects.toMatchObject({ id: 'case.suspended' });
  clock.set('2026-03-18T01:00:00Z'); // ten working days later, after the deadline
  expect(await engine.fireDue()).toBe(0);
  expect(await timersOf(id)).toHaveLength(2);

  expect(await engine.resume(id, by)).toMatchObject({ status: 'active', revision: 3 });
  const after = await timersOf(id);
  expect(after.map(({ due_at }) => due_at.toISOString())).toEqual([
    '2026-03-20T10:00:00.000Z',
    '2026-03-23T10:00:00.000Z',
  ]);
  expect(after.every(({ frozen_at }) => frozen_at === null)).toBe(true);
  const stood = testCalendar.workingDaysBetween('2026-03-04', '2026-03-18');
  expect(testCalendar.workingDaysBetween(due?.toISOString().slice(0, 10) ?? '', '2026-03-23')).toBe(stood);
  expect((await dueOf(id))?.toISOString()).toBe('2026-03-23T10:00:00.000Z');
  await act(id, 'draft');
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

test('suspending twice and resuming what runs are refused', async () => {
  const id = (await world.launch(ladder, world.units.slice(0, 1))).cases[0] as string;
  await expect(engine.resume(id, by)).rejects.toMatchObject({ id: 'event.refused' });
  await engine.suspend(id, by);
  await expect(engine.suspend(id, by)).rejects.toMatchObject({
    id: 'event.refused',
    members: { allowed: 'resume, cancel' },
  });
});

test('cancelling ends a case for good: its tasks, candidates, timers and item cases go', async () => {
  const items = template(
    {
      plan: [
        repeat('each', 'sections', 'together', [task('part', { who: [{ kind: 'head', of: 'item' }], remind: [-1] })]),
      ],
    },
    { key: 'items' },
  );
  const id = (await world.launch(items)).cases[0] as string;
  const children = await rowsOf<{ id: string }>(pool, 'SELECT id FROM cases WHERE parent_id = $1', [id]);
  expect(children).toHaveLength(2);
  await engine.suspend(children[0]?.id ?? '', by);
  expect(await engine.cancel(id, { ...by, key: 'c' })).toMatchObject({ status: 'cancelled' });
  expect(await engine.cancel(id, { ...by, key: 'c' })).toMatchObject({ repeated: true });
  await engine.fireDue();
  const all = [id, ...children.map((child) => child.id)];
  expect(await rowsOf(pool, 'SELECT DISTINCT status, outcome FROM cases WHERE id = ANY($1)', [all])).toEqual([
    { status: 'cancelled', outcome: 'cancelled' },
  ]);
  for (const table of ['timers', 'task_candidates'])
    expect(await rowsOf(pool, `SELECT * FROM ${table} WHERE case_id = ANY($1)`, [all])).toEqual([]);
  expect(await rowsOf(pool, `SELECT state FROM tasks WHERE case_id = ANY($1) AND state = 'open'`, [all])).toEqual([]);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

test('a message that arrives while the case stands still is kept for its return', async () => {
  const items = template(
    {
      plan: [
        repeat('each', 'sections', 'together', [task('part', { who: [{ kind: 'head', of: 'item' }] })]),
        wait('rest'),
      ],
    },
    { key: 'kept' },
  );
  const id = (await world.launch(items)).cases[0] as string;
  const children = await rowsOf<{ id: string }>(pool, 'SELECT id FROM cases WHERE parent_id = $1', [id]);
  await engine.suspend(id, by);
  for (const child of children) await engine.resume(child.id, by);
  for (const child of children) await act(child.id, 'part');
  expect(await engine.fireDue()).toBe(0);
  expect((await timersOf(id)).map(({ frozen_at }) => frozen_at !== null)).toEqual([true, true]);
  await engine.resume(id, by);
  const jobs = await rowsOf<{ task: string }>(
    pool,
    `SELECT task_identifier AS task FROM graphile_worker.jobs WHERE created_at > now() - interval '1 minute' ORDER BY id DESC LIMIT 2`,
  );
  expect(jobs.map(({ task }) => task).sort()).toEqual(['gates.check', 'timers.fire']);
  await engine.fireDue();
  expect((await engine.read(id)).context.live).toMatchObject({ rest: {} });
});
