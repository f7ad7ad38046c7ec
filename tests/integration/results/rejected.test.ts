import { expect, test } from 'vitest';
import { readParticipants } from '../../../server/ballots/participants.ts';
import { decimal, gate, task, template } from '../../support/blocks.ts';
import { makeEngineWorld } from '../../support/engineWorld.ts';

const world = await makeEngineWorld({ units: 2 });

test('whoever was rejected at the gate is neither balloted on nor scored', async () => {
  const { cycleId, cases } = await world.launch(
    template({
      plan: [task('apply', { fields: [decimal('points')] }), gate('g', 'points >= 60', 'end'), task('work')],
    }),
  );
  const [below = '', above = ''] = cases;
  expect(await readParticipants(world.pool, cycleId)).toHaveLength(2);
  await world.act(below, 'apply', 'submit', { values: { points: '59.99' } });
  await world.act(above, 'apply', 'submit', { values: { points: '60' } });
  const { context } = await world.engine.read(below);
  expect(context.outcome).toBe('rejected');
  expect(await readParticipants(world.pool, cycleId)).toMatchObject([{ caseId: above }]);
});
