import { expect, test } from 'vitest';
import { type LogicOf, templateLogic } from '../../../server/engine/logic.ts';
import { verify } from '../../../server/verify/verify.ts';
import { decimal, formula, repeat, task, template, wait } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

// A fault that an administrator can repair outside the case: here a switch, in life a row of the directory or a setting.
let broken = true;
const faulty: LogicOf = (content) => {
  const logic = templateLogic(content);
  return {
    ...logic,
    step: (snapshot, event, directory) => {
      const step = logic.step(snapshot, event, directory);
      if (broken && 'after' in step.snapshot.context.live) throw new Error('the rule divides by zero');
      return step;
    },
  };
};
const world = await makeEngineWorld({ units: 1, logicOf: faulty });
const { engine, pool, act } = world;

const content = template({ plan: [task('draft', { fields: [decimal('x')] }), task('after')] }, { key: 'faulty' });
const incidents = () =>
  rowsOf<{ id: string; case_id: string; kind: string; cause: string; state: string; retries: number }>(
    pool,
    'SELECT id, case_id, kind, cause, state, retries FROM incidents ORDER BY at, id',
  );

test('a step that throws is an incident with its cause; the case has not moved; a retry does it once it can', async () => {
  const id = (await world.launch(content)).cases[0] as string;
  const before = await engine.read(id);
  const refused = { id: 'engine.incident', status: 500, members: { incidentId: expect.any(String) } };
  await expect(act(id, 'draft', 'submit', { values: { x: '1' }, key: 'k' })).rejects.toMatchObject(refused);
  await expect(act(id, 'draft', 'submit', { values: { x: '1' }, key: 'k' })).rejects.toMatchObject(refused);
  expect(await engine.read(id)).toMatchObject({ revision: 1, context: before.context });
  const open = await incidents();
  expect(open).toMatchObject([
    { case_id: id, kind: 'event', cause: 'the rule divides by zero', state: 'open', retries: 1 },
  ]);

  const incident = open[0]?.id ?? '';
  await expect(engine.retry(incident, { actor: world.office })).rejects.toMatchObject({
    members: { incidentId: incident },
  });
  broken = false;
  expect(await engine.retry(incident, { actor: world.office })).toMatchObject({ caseId: id, revision: 2 });
  expect(await incidents()).toMatchObject([{ state: 'resolved', retries: 2 }]);
  await expect(engine.retry(incident, { actor: world.office })).rejects.toMatchObject({ id: 'incident.resolved' });
  // The first caller, who repeats, hears that it has been done.
  expect(await act(id, 'after', 'submit')).toMatchObject({ revision: 3 });
  const event = {
    type: 'act',
    seat: 1,
    action: 'submit',
    actor: world.units[0]?.staff ?? '',
    values: { x: '1' },
  } as const;
  expect(await engine.apply({ caseId: id, event, key: 'k' })).toMatchObject({ revision: 2, repeated: true });
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
  broken = true;
});

test('a timer that throws is parked with its incident and leaves the others alone', async () => {
  const waits = template({ plan: [wait('pause'), task('after')] }, { key: 'waits' });
  const fine = template(
    { plan: [wait('pause'), wait('longer', { until: { from: 'opened', workingDays: 90 } })] },
    { key: 'fine' },
  );
  const [bad, good] = [await world.launch(waits), await world.launch(fine)].map(({ cases }) => cases[0] as string);
  world.clock.advance(7 * 86_400_000);
  expect(await engine.fireDue()).toBe(1);
  expect((await engine.read(good as string)).context.live).toHaveProperty('longer');
  expect(await rowsOf(pool, 'SELECT parked FROM timers WHERE case_id = $1', [bad])).toEqual([{ parked: true }]);
  expect(await engine.fireDue()).toBe(0);
  const [incident] = (await incidents()).filter(({ state }) => state === 'open');
  expect(incident).toMatchObject({ case_id: bad, kind: 'timer', retries: 0 });
  broken = false;
  expect(await engine.retry(incident?.id ?? '', { actor: world.office })).toMatchObject({ caseId: bad, revision: 2 });
  expect(await rowsOf(pool, 'SELECT parked FROM timers WHERE case_id = $1 AND parked', [bad])).toEqual([]);
  broken = true;
});

test('a compute block without its value, an item case that cannot start: the step before it is the incident', async () => {
  const noHeads = await world.node({
    directory: {
      ...world.directory,
      resolve: (query) => {
        if (query.item) throw new Error('nobody heads a section');
        return world.directory.resolve(query);
      },
    },
  });
  const sums = template(
    { plan: [task('draft'), formula('sum', 'total', 'missing + 1'), wait('rest')] },
    { key: 'sums' },
  );
  const id = (await world.launch(sums)).cases[0] as string;
  await expect(act(id, 'draft')).rejects.toMatchObject({ id: 'engine.incident' });
  expect(await engine.read(id)).toMatchObject({ revision: 1 });

  broken = false;
  const items = template(
    {
      plan: [
        task('draft'),
        repeat('each', 'sections', 'together', [task('part', { who: [{ kind: 'head', of: 'item' }] })]),
      ],
    },
    { key: 'startless' },
  );
  const parent = (await world.launch(items)).cases[0] as string;
  await expect(act(parent, 'draft', 'submit', { on: noHeads })).rejects.toMatchObject({ id: 'engine.incident' });
  expect((await incidents()).at(-1)).toMatchObject({ case_id: parent, cause: 'nobody heads a section' });
  expect(await rowsOf(pool, 'SELECT id FROM cases WHERE parent_id = $1', [parent])).toEqual([]);
  await act(parent, 'draft');
  expect(await rowsOf(pool, 'SELECT id FROM cases WHERE parent_id = $1', [parent])).toHaveLength(2);
  broken = true;
});
