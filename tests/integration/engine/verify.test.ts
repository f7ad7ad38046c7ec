import { expect, test } from 'vitest';
import { verify } from '../../../server/verify/verify.ts';
import { approval, task, template } from '../../support/blocks.ts';
import { makeEngineWorld } from '../../support/engineWorld.ts';

const world = await makeEngineWorld({ units: 1 });
const { pool, act } = world;
const content = template(
  { plan: [task('draft', { remind: [-1] }), approval('ok', { mode: 'all' })] },
  { key: 'verified' },
);

/** Undoes what it did, so that each kind of tampering is found alone. */
async function tampered(change: string, caseId: string): Promise<{ what: string; detail: string }[]> {
  const client = await pool.connect();
  try {
    // The record refuses changes; whoever owns the database can switch that off.
    await client.query('ALTER TABLE case_events DISABLE TRIGGER USER');
    await client.query('CREATE TEMP TABLE kept AS SELECT 1');
    const tables = ['cases', 'case_events', 'tasks', 'task_candidates', 'timers'];
    for (const table of tables) await client.query(`CREATE TEMP TABLE kept_${table} AS SELECT * FROM ${table}`);
    await client.query(change.replaceAll('$case', `'${caseId}'`));
    const found = await verify(pool);
    for (const table of tables) {
      await client.query(`DELETE FROM ${table}`);
      await client.query(`INSERT INTO ${table} SELECT * FROM kept_${table}`);
      await client.query(`DROP TABLE kept_${table}`);
    }
    await client.query('DROP TABLE kept');
    expect(found.ok).toBe(false);
    return found.mismatches;
  } finally {
    await client.query('ALTER TABLE case_events ENABLE TRIGGER USER');
    client.release();
  }
}

const { cases } = await world.launch(content);
const id = cases[0] as string;
await act(id, 'draft');

test('an untouched database verifies, and says how much it looked at', async () => {
  expect(await verify(pool)).toEqual({ ok: true, cases: 2, events: 3, mismatches: [] });
});

test('the record refuses to be changed', async () => {
  await expect(pool.query('DELETE FROM case_events WHERE case_id = $1', [id])).rejects.toThrow('append-only');
  await expect(pool.query(`UPDATE case_events SET type = 'x' WHERE case_id = $1`, [id])).rejects.toThrow('append-only');
});

test.each([
  [
    'an edited snapshot',
    `UPDATE cases SET snapshot = replace(snapshot::text, '"draft"', '"drift"')::json WHERE id = $case`,
    'snapshot',
  ],
  ['a removed event', `DELETE FROM case_events WHERE case_id = $case AND seq = 2`, 'record'],
  [
    'an added event',
    `INSERT INTO case_events (case_id, seq, at, type, body) VALUES ($case, 3, now(), 'act', '{"events":[]}')`,
    'record',
  ],
  ['an event renumbered', `UPDATE case_events SET seq = 9 WHERE case_id = $case AND seq = 2`, 'record'],
  [
    'an edited event',
    `UPDATE case_events SET body = replace(body::text, '"submit"', '"approve"')::json WHERE case_id = $case AND seq = 2`,
    'snapshot',
  ],
  ['a changed revision', `UPDATE cases SET revision = 7 WHERE id = $case`, 'record'],
  ['a changed status', `UPDATE cases SET status = 'done' WHERE id = $case`, 'case'],
  ['changed waits', `UPDATE cases SET waits = '{other}' WHERE id = $case`, 'case'],
  ['a missing task', `DELETE FROM tasks WHERE case_id = $case AND seat = 2`, 'tasks'],
  [
    'an orphan task',
    `INSERT INTO tasks (case_id, seat, block, round, kind, state, opened_at) VALUES (gen_random_uuid(), 1, 'x', 1, 'task', 'open', now())`,
    'tasks',
  ],
  ['a changed outcome', `UPDATE tasks SET outcome = 'return' WHERE case_id = $case AND seat = 2`, 'tasks'],
  ['a decided task without an outcome', `UPDATE tasks SET outcome = NULL WHERE case_id = $case AND seat = 1`, 'tasks'],
  ['a task reopened', `UPDATE tasks SET state = 'open' WHERE case_id = $case AND seat = 1`, 'tasks'],
  [
    'a candidate put in',
    `INSERT INTO task_candidates (person_id, case_id, seat) SELECT id, $case, 2 FROM people WHERE username = 'staff1'`,
    'tasks',
  ],
  [
    'a candidate of a closed task',
    `INSERT INTO task_candidates (person_id, case_id, seat) SELECT id, $case, 1 FROM people WHERE username = 'staff1'`,
    'candidates',
  ],
  [
    'a foreign timer',
    `INSERT INTO timers (case_id, scope, rung, due_at, event) VALUES ($case, 'draft#1', 0, now(), '{}')`,
    'timers',
  ],
  [
    'an orphan timer',
    `INSERT INTO timers (case_id, scope, rung, due_at, event) VALUES (gen_random_uuid(), 'draft#1', 0, now(), '{}')`,
    'timers',
  ],
])('%s is found', async (_name, change, what) => {
  expect((await tampered(change, id)).map((mismatch) => mismatch.what)).toContain(what);
  expect(await verify(pool)).toMatchObject({ ok: true });
});
