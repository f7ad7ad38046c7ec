import { expect, test } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { task, template } from '../../support/blocks.ts';
import { makeEngineWorld, rowsOf } from '../../support/engineWorld.ts';

const { engine, pool, directory, launch, units, act } = await makeEngineWorld({ units: 1 });
const unit = units[0] as (typeof units)[number];
const content = template(
  {
    plan: [
      task('draft', {
        who: [{ kind: 'role', role: 'auditor', of: 'participant' }],
        deadline: { from: 'opened', workingDays: 3 },
        remind: [0],
      }),
    ],
  },
  { key: 'vacancy' },
);
const incidents = () => rowsOf(pool, `SELECT kind, state, cause FROM incidents ORDER BY at`);

test('a task that nobody holds is an incident, and opens anew for whoever is appointed', async () => {
  const id = (await launch(content)).cases[0] as string;
  expect(await incidents()).toEqual([{ kind: 'vacancy', state: 'open', cause: 'nobody acts in "draft"' }]);

  expect(await engine.fillVacancies()).toBe(0);
  expect(await incidents()).toMatchObject([{ state: 'open' }]);

  await pool.query(`INSERT INTO roles (id, person_id, role, org_id) VALUES (gen_random_uuid(), $1, 'auditor', $2)`, [
    unit.staff,
    unit.id,
  ]);
  await directory.reload();
  expect(await engine.fillVacancies()).toBe(1);
  expect(await incidents()).toMatchObject([{ state: 'resolved' }]);
  const open = await rowsOf(pool, `SELECT seat, round, state FROM tasks WHERE case_id = $1 ORDER BY seat`, [id]);
  expect(open).toEqual([
    { seat: 1, round: 1, state: 'superseded' },
    { seat: 2, round: 2, state: 'open' },
  ]);
  expect(await rowsOf(pool, 'SELECT scope FROM timers WHERE case_id = $1', [id])).toEqual([{ scope: 'draft#2' }]);

  expect((await act(id, 'draft')).status).toBe('done');
  expect(await verify(pool)).toMatchObject({ ok: true });
});
