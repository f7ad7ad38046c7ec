import { expect, test } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import type { Block } from '../../../workflows/template/block.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import { approval, repeat, task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const world = await makeEngineWorld({ units: 3 });
const { engine, pool, act, clock, office: actor } = world;
const by = { actor, reason: 'audit' };
const OFFICE = [{ kind: 'role', role: 'performanceOffice' } as const];

const days = (workingDays: number) => ({ deadline: { from: 'opened', workingDays } as const });
const ladder = { remind: [-1], escalate: [{ after: 1, do: 'head' as const }] };
const versions = (key: string, first: Block[], second: Block[], more: Partial<CycleTemplate['phases']> = {}) => {
  const made = (plan: Block[], version: number): CycleTemplate => {
    const base = template({ plan }, { key, version });
    return { ...base, phases: { ...base.phases, ...more } };
  };
  return [made(first, 1), made(second, 2)] as const;
};

/** Everything that a case's rows say, but for its record. */
const standing = async (cycleId: string) => ({
  cases: await rowsOf(
    pool,
    'SELECT id, definition, snapshot::text, blocks, waits, phase, status FROM cases WHERE cycle_id = $1 ORDER BY id',
    [cycleId],
  ),
  tasks: await rowsOf(
    pool,
    'SELECT t.case_id, seat, block, state, due_at, t.provisional FROM tasks t JOIN cases c ON c.id = t.case_id WHERE c.cycle_id = $1 ORDER BY 1, 2',
    [cycleId],
  ),
  timers: await rowsOf(
    pool,
    'SELECT t.case_id, scope, rung, due_at, event, t.provisional, t.opened_at, frozen_at, parked FROM timers t JOIN cases c ON c.id = t.case_id WHERE c.cycle_id = $1 ORDER BY 1, 2, 3',
    [cycleId],
  ),
});
const sound = async () => expect((await verify(pool)).mismatches).toEqual([]);

test('a dry run says what the move then does: places, tasks, dates; the case goes on under the new version', async () => {
  clock.set('2026-03-02T01:00:00Z');
  const [v1, v2] = versions(
    'moves',
    [task('draft', { ...days(5), ...ladder }), approval('check')],
    [task('write', { ...days(10), ...ladder }), task('extra'), approval('check')],
  );
  const { cycleId, cases } = await world.launch(v1);
  await world.publish(v2);
  const id = cases[0] as string;
  await act(cases[1] as string, 'draft');
  await engine.suspend(cases[2] as string, by);
  const before = await standing(cycleId);

  const options = { version: 2, mapping: { draft: 'write' }, actor };
  const dry = await engine.migrateCycle(cycleId, { ...options, dryRun: true });
  expect(await standing(cycleId)).toEqual(before);
  expect(dry).toMatchObject({ state: 'planned', from: 1, to: 2, moved: 0, total: 3 });
  expect(dry.cases.find(({ caseId }) => caseId === id)).toMatchObject({
    from: ['draft'],
    to: ['write'],
    tasks: [{ seat: 1, from: 'draft', to: 'write' }],
    unsafe: [],
    dates: [
      { what: 'deadline', block: 'write', from: '2026-03-09T10:00:00.000Z', to: '2026-03-16T10:00:00.000Z' },
      { what: 'timer', do: 'remind', from: '2026-03-06T10:00:00.000Z', to: '2026-03-13T10:00:00.000Z' },
      { what: 'timer', do: 'head', from: '2026-03-10T10:00:00.000Z', to: '2026-03-17T10:00:00.000Z' },
    ],
  });

  const done = await engine.migrateCycle(cycleId, options);
  expect(done).toMatchObject({ state: 'done', moved: 3, total: 3 });
  expect(done.cases).toEqual(dry.cases);
  const after = await standing(cycleId);
  for (const { caseId, to, tasks, dates } of dry.cases) {
    expect(after.cases.find((row) => (row as { id: string }).id === caseId)).toMatchObject({ blocks: to });
    for (const { seat, to: block } of tasks) {
      const due = dates.find(({ what }) => what === 'deadline')?.to;
      expect(
        after.tasks.find(
          (row) =>
            (row as { case_id: string; seat: number }).case_id === caseId && (row as { seat: number }).seat === seat,
        ),
      ).toMatchObject({ block, ...(due && { due_at: new Date(due) }) });
    }
  }
  await sound();
  expect((await engine.read(cases[2] as string)).status).toBe('suspended');
  expect(await engine.migrateCycle(cycleId, options)).toMatchObject({ state: 'done', moved: 3 });
  expect(await rowsOf(pool, 'SELECT template_version AS v FROM cycles WHERE id = $1', [cycleId])).toEqual([{ v: 2 }]);

  await act(id, 'write');
  expect((await engine.read(id)).context.live).toHaveProperty('extra');
  await engine.resume(cases[2] as string, by);
  clock.set('2026-03-13T10:00:00Z');
  expect(await engine.fireDue()).toBeGreaterThan(0);
  await expect(engine.undoMigration(cycleId, { actor })).rejects.toMatchObject({ id: 'migration.passed' });
  await sound();
});

test('undone, everything stands as before, and the record replays; it can be moved again', async () => {
  clock.set('2026-04-01T01:00:00Z');
  const items = (key: string) => repeat(key, 'sections', 'together', [task('part', days(3))]);
  const [v1, v2] = versions('back', [items('parts'), task('end')], [items('sections'), task('more'), task('end')]);
  const { cycleId, cases } = await world.launch(v1);
  await world.publish(v2);
  const before = await standing(cycleId);
  const options = { version: 2, mapping: { parts: 'sections' }, actor };
  expect(await engine.migrateCycle(cycleId, options)).toMatchObject({ state: 'done', total: 9 });
  await sound();
  expect(await engine.undoMigration(cycleId, { actor })).toMatchObject({ state: 'undone', moved: 9 });
  expect(await standing(cycleId)).toEqual(before);
  await sound();
  await expect(engine.undoMigration(cycleId, { actor })).rejects.toMatchObject({ id: 'migration.none' });

  expect(await engine.migrateCycle(cycleId, options)).toMatchObject({ state: 'done', moved: 9 });
  const children = await rowsOf<{ id: string }>(pool, `SELECT id FROM cases WHERE parent_id = $1`, [cases[0]]);
  for (const { id } of children) await act(id, 'part');
  await engine.fireDue();
  expect(Object.keys((await engine.read(cases[0] as string)).context.live)).toEqual(['more']);
  await sound();
});

test('what an interrupted run has moved stays; a repeat moves the rest, and nobody meets meanwhile', async () => {
  clock.set('2026-05-06T01:00:00Z');
  const meet = task('meet', { per: 'cycle', who: OFFICE });
  const [v1, v2] = versions('resumed', [task('a'), meet, task('z')], [task('a'), meet, task('y'), task('z')]);
  const { cycleId, cases } = await world.launch(v1);
  await world.publish(v2);
  for (const id of cases) await act(id, 'a');
  const options = { version: 2, actor };
  const stop = new Error('stopped');
  const onProgress = ({ moved }: { moved: number }) => {
    if (moved === 2) throw stop;
  };
  await expect(engine.migrateCycle(cycleId, { ...options, onProgress })).rejects.toBe(stop);
  const own = await rowsOf<{ id: string; definition: string }>(
    pool,
    'SELECT id, definition FROM cases WHERE cycle_id = $1',
    [cycleId],
  );
  expect(new Set(own.map(({ definition }) => definition)).size).toBe(3);
  await engine.checkGates(cycleId);
  const gather = await rowsOf(pool, `SELECT blocks FROM cases WHERE cycle_id = $1 AND kind = 'cycle'`, [cycleId]);
  expect(gather).toEqual([{ blocks: ['meet~gather'] }]);
  await sound();
  await expect(engine.migrateCycle(cycleId, { ...options, mapping: { a: 'y' } })).rejects.toMatchObject({
    id: 'migration.running',
  });

  const other = await world.node();
  expect(await other.migrateCycle(cycleId, options)).toMatchObject({ state: 'done', moved: 4, total: 4 });
  await sound();
  const cycleCase = own.find(({ id }) => !cases.includes(id))?.id as string;
  expect(Object.keys((await engine.read(cycleCase)).context.live)).toEqual(['meet']);
  await act(cycleCase, 'meet');
  await engine.checkGates(cycleId);
  for (const id of cases) {
    await act(id, 'y');
    await act(id, 'z');
    expect((await engine.read(id)).status).toBe('done');
  }
  await expect(engine.undoMigration(cycleId, { actor })).rejects.toMatchObject({
    id: expect.stringMatching(/migration.passed|cycle.state/),
  });
  await sound();
});

test('a case that cannot go holds all: nothing is changed, and the reason is named', async () => {
  clock.set('2026-06-01T01:00:00Z');
  const meet = task('meet', { per: 'cycle', who: OFFICE });
  const [v1, v2] = versions('unsafe', [task('a'), task('b'), meet], [meet, task('b')]);
  const { cycleId, cases } = await world.launch(v1);
  await world.publish(v2);
  await act(cases[0] as string, 'a');
  const before = await standing(cycleId);
  const dry = await engine.migrateCycle(cycleId, { version: 2, actor, dryRun: true });
  const reasons = dry.cases.flatMap(({ unsafe }) => unsafe.map(({ reason, block }) => `${reason} ${block}`)).sort();
  expect(reasons).toEqual(['gone a', 'gone a', 'meeting meet']);
  await expect(engine.migrateCycle(cycleId, { version: 2, actor })).rejects.toMatchObject({
    id: 'migration.unsafe',
    errors: expect.arrayContaining([expect.objectContaining({ id: 'meeting' })]),
  });
  expect(await standing(cycleId)).toEqual(before);
  expect(await rowsOf(pool, 'SELECT FROM cycle_migrations WHERE cycle_id = $1', [cycleId])).toEqual([]);
  for (const id of cases.slice(1)) await engine.cancel(id, by);
  await engine.cancel(cases[0] as string, by);
  await sound();
});

test('two that move a cycle at once move each case once', async () => {
  const [v1, v2] = versions('twice', [task('a')], [task('a'), task('b')]);
  const { cycleId } = await world.launch(v1);
  await world.publish(v2);
  const other = await world.node();
  const both = await Promise.allSettled([engine, other].map((one) => one.migrateCycle(cycleId, { version: 2, actor })));
  expect(both.some(({ status }) => status === 'fulfilled')).toBe(true);
  expect(await engine.migrateCycle(cycleId, { version: 2, actor })).toMatchObject({ state: 'done', moved: 3 });
  const counts = await rowsOf(
    pool,
    `SELECT count(*)::int AS n FROM case_events e JOIN cases c ON c.id = e.case_id WHERE c.cycle_id = $1 AND e.type = 'migrate' GROUP BY c.id`,
    [cycleId],
  );
  expect(counts).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
  await sound();
});

test('people who act while their cases are moved lose nothing, whichever comes first', async () => {
  clock.set('2026-07-01T01:00:00Z');
  const [v1, v2] = versions(
    'busy',
    [task('a', ladder), task('b', ladder), task('c', ladder)],
    [task('a', ladder), task('bee', ladder), task('c', ladder), task('d', ladder)],
  );
  const { cycleId, cases } = await world.launch(v1);
  await world.publish(v2);
  const other = await world.node();
  for (const id of cases) await act(id, 'a', 'submit', { on: other });
  const moving = engine.migrateCycle(cycleId, { version: 2, mapping: { b: 'bee' }, actor });
  const [open] = await rowsOf<{ seat: number; person: string }>(
    pool,
    'SELECT seat, person_id AS person FROM task_candidates WHERE case_id = $1',
    [cases[0]],
  );
  const event = { type: 'act', seat: open?.seat ?? 0, action: 'submit', actor: open?.person ?? '' } as const;
  const acted = await Promise.allSettled(
    [other, engine, other].map((on) => on.apply({ caseId: cases[0] as string, event })),
  );
  expect(acted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await moving).toMatchObject({ state: 'done', moved: 3 });
  for (const id of cases.slice(1)) await act(id, 'bee', 'submit', { on: other });
  for (const id of cases) {
    await act(id, 'c', 'submit', { on: other });
    await act(id, 'd');
    expect((await engine.read(id)).status).toBe('done');
  }
  const names = await rowsOf<{ block: string }>(
    pool,
    'SELECT DISTINCT block FROM tasks t JOIN cases c ON c.id = t.case_id WHERE c.cycle_id = $1 ORDER BY 1',
    [cycleId],
  );
  expect(names.map(({ block }) => block)).toEqual(['a', 'bee', 'c', 'd']);
  await sound();
});
