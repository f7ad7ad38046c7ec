import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { approval, task, template, wait } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const world = await makeEngineWorld({ units: 3 });
const { engine, pool, act } = world;

const simple = template({ plan: [task('draft'), approval('ok', { returnTo: 'draft' })] });

const start = async () => (await world.launch(simple)).cases[0] as string;
const eventsOf = (caseId: string) =>
  rowsOf<{ seq: number; type: string; key: string | null }>(
    pool,
    'SELECT seq, type, key FROM case_events WHERE case_id = $1 ORDER BY seq',
    [caseId],
  );

test('a step answers once it is durable: snapshot, event, tasks, timers and candidates together', async () => {
  const id = await start();
  const applied = await act(id, 'draft', 'submit', { key: 'first' });
  expect(applied).toMatchObject({ caseId: id, revision: 2, status: 'active', repeated: false, closed: [1] });
  expect(applied.opened).toEqual([
    { seat: 2, block: 'ok', people: [world.office, world.office2], dueAt: expect.any(String) },
  ]);
  expect(await eventsOf(id)).toEqual([
    { seq: 1, type: 'start', key: null },
    { seq: 2, type: 'act', key: 'first' },
  ]);
  expect(
    await rowsOf(pool, 'SELECT seat, block, state, outcome, closed_by FROM tasks WHERE case_id = $1 ORDER BY seat', [
      id,
    ]),
  ).toEqual([
    { seat: 1, block: 'draft', state: 'done', outcome: 'submit', closed_by: world.units[0]?.staff },
    { seat: 2, block: 'ok', state: 'open', outcome: null, closed_by: null },
  ]);
  expect(await rowsOf(pool, 'SELECT DISTINCT scope FROM timers WHERE case_id = $1', [id])).toEqual([]);
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

test('a repeat with the same key gets the first answer, also after the case has moved on and ended', async () => {
  const id = await start();
  const seat = { type: 'act', seat: 1, action: 'submit', actor: world.units[0]?.staff ?? '' } as const;
  const first = await engine.apply({ caseId: id, event: seat, key: 'once', revision: 1 });
  expect(await engine.apply({ caseId: id, event: seat, key: 'once', revision: 1 })).toMatchObject({
    revision: first.revision,
    repeated: true,
  });
  await act(id, 'ok', 'approve');
  expect(await engine.apply({ caseId: id, event: seat, key: 'once' })).toMatchObject({
    revision: 2,
    repeated: true,
    status: 'done',
  });
  expect((await eventsOf(id)).filter(({ key }) => key === 'once')).toHaveLength(1);
});

test('a double click is one step, whichever node it reaches', async () => {
  const id = await start();
  const other = await world.node();
  const event = { type: 'act', seat: 1, action: 'submit', actor: world.units[0]?.staff ?? '' } as const;
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => (i % 2 ? engine : other).apply({ caseId: id, event, key: 'click' })),
  );
  expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
  expect(new Set(answers.map(({ revision }) => revision))).toEqual(new Set([2]));
  expect(await eventsOf(id)).toHaveLength(2);
});

test('the same key for something else is refused', async () => {
  const id = await start();
  const event = { type: 'act', seat: 1, action: 'submit', actor: world.units[0]?.staff ?? '' } as const;
  await engine.apply({ caseId: id, event: { ...event, values: { x: '1' } }, key: 'k' });
  await expect(engine.apply({ caseId: id, event: { ...event, values: { x: '2' } }, key: 'k' })).rejects.toMatchObject({
    id: 'idempotency.mismatch',
    status: 422,
  });
});

test('a stale revision is refused and says the current one; nothing changes', async () => {
  const id = await start();
  await expect(act(id, 'draft', 'submit', { revision: 7 })).rejects.toMatchObject({
    id: 'revision.stale',
    status: 409,
    members: { current: 1 },
  });
  expect(await eventsOf(id)).toHaveLength(1);
});

test('an event that the state does not allow is refused and says which are', async () => {
  const id = await start();
  await expect(act(id, 'draft', 'approve')).rejects.toMatchObject({
    id: 'event.refused',
    members: { allowed: 'submit, transfer' },
  });
  await expect(engine.apply({ caseId: id, event: { type: 'message', message: 'nothing' } })).rejects.toMatchObject({
    id: 'event.refused',
    members: { allowed: 'act:draft, cancel' },
  });
  await expect(engine.apply({ caseId: id, event: { type: 'xstate.done.state.plan' } })).rejects.toMatchObject({
    id: 'event.refused',
  });
  expect(await eventsOf(id)).toHaveLength(1);
});

test("someone else's task, a closed task, a missing reason: each its own refusal", async () => {
  const id = await start();
  await expect(act(id, 'draft', 'submit', { actor: world.office })).rejects.toMatchObject({
    id: 'task.notYours',
    status: 403,
  });
  const event = { type: 'act', seat: 1, action: 'submit', actor: world.units[0]?.staff ?? '' } as const;
  await engine.apply({ caseId: id, event });
  await expect(engine.apply({ caseId: id, event })).rejects.toMatchObject({ id: 'task.closed' });
  await expect(act(id, 'ok', 'return')).rejects.toMatchObject({ id: 'reason.required', status: 422 });
});

test('an unknown and a finished case', async () => {
  const event = { type: 'act', seat: 1, action: 'submit', actor: world.office } as const;
  await expect(engine.apply({ caseId: randomUUID(), event })).rejects.toMatchObject({
    id: 'case.unknown',
    status: 404,
  });
  const id = await start();
  await act(id, 'draft');
  await act(id, 'ok', 'approve');
  await expect(engine.apply({ caseId: id, event })).rejects.toMatchObject({
    id: 'case.finished',
    status: 409,
    members: { state: 'done' },
  });
});

test('fifty people decide at once through two nodes: each is heard once', async () => {
  const people = Array.from({ length: 50 }, () => randomUUID());
  await pool.query(
    `INSERT INTO people (id, username, name, org_id) SELECT p, p::text, 'x', $2 FROM unnest($1::uuid[]) p`,
    [people, world.units[0]?.id],
  );
  await pool.query(
    `INSERT INTO roles (id, person_id, role) SELECT gen_random_uuid(), p, 'jury' FROM unnest($1::uuid[]) p`,
    [people],
  );
  await world.directory.reload();
  const jury = template(
    { plan: [approval('all', { who: [{ kind: 'role', role: 'jury' }], mode: 'all' }), wait('after')] },
    { key: 'jury' },
  );
  const { cases } = await world.launch(jury, world.units.slice(0, 1));
  const id = cases[0] as string;
  const other = await world.node();
  const seats = (await engine.read(id)).context.live.all?.seats ?? [];
  expect(seats).toHaveLength(50);
  const applied = await Promise.all(
    seats.map(({ n, people: [actor = ''] }, i) =>
      (i % 2 ? engine : other).apply({
        caseId: id,
        event: { type: 'act', seat: n, action: 'approve', actor },
        key: `v${n}`,
      }),
    ),
  );
  expect(new Set(applied.map(({ revision }) => revision)).size).toBe(50);
  expect(await engine.read(id)).toMatchObject({ revision: 51, context: { live: { after: {} } } });
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
});

test('two nodes write batches over the same cases in any order', async () => {
  const many = template({ plan: [approval('vote', { mode: 'all' }), wait('rest')] }, { key: 'many' });
  const ids: string[] = [];
  for (let i = 0; i < 12; i += 1) ids.push(...(await world.launch(many)).cases);
  const other = await world.node({ commit: { connections: 3, batch: 128 } });
  const votes = ids.flatMap((caseId) => [
    { caseId, seat: 1, actor: world.office },
    { caseId, seat: 2, actor: world.office2 },
  ]);
  const by = (node: typeof engine, order: typeof votes) =>
    order.map(({ caseId, seat, actor }) =>
      node.apply({ caseId, event: { type: 'act', seat, action: 'approve', actor }, key: `${seat}` }),
    );
  await Promise.all([...by(engine, votes), ...by(other, [...votes].reverse())]);
  const revisions = await rowsOf<{ revision: number }>(pool, 'SELECT revision FROM cases WHERE id = ANY($1)', [ids]);
  expect(new Set(revisions.map(({ revision }) => revision))).toEqual(new Set([3]));
});
