import { expect, test } from 'vitest';
import { withOrigin } from '../../../server/audit/origin.ts';
import { verifyStored } from '../../../server/audit/verifyStored.ts';
import { loginUrl } from '../../../server/db/index.ts';
import { makeEnginePool } from '../../../server/engine/pool.ts';
import { approval, task, template } from '../../support/blocks.ts';
import { makeEngineWorld } from '../../support/engineWorld.ts';

const world = await makeEngineWorld({ units: 3 });
const { pool, act, engine } = world;
const content = template({ plan: [task('draft', { remind: [-1] }), approval('ok')] }, { key: 'audited' });
const { cases } = await world.launch(content);
const id = cases[0] as string;

interface Row {
  object: string;
  action: string;
  actor: string | null;
  request: string | null;
  address: string | null;
  detail: string;
}
const rows = async (caseId: string): Promise<Row[]> =>
  (
    await pool.query<Row>(
      `SELECT object, action, actor, request, address, detail FROM audit WHERE object LIKE 'case/' || $1 || '/%' ORDER BY split_part(object, '/', 3)::int`,
      [caseId],
    )
  ).rows;

test('S39 every event of a case has exactly one row, which says who, from which request and where', async () => {
  await withOrigin({ requestId: 'the-request', address: '10.1.2.3' }, () => act(id, 'draft'));
  await engine.suspend(id, { actor: world.office, reason: 'wait' });
  await engine.resume(id, { actor: world.office, reason: 'go on' });
  await act(id, 'ok', 'approve');
  await engine.fireDue({ until: new Date('2027-01-01T00:00:00Z') });
  const found = await rows(id);
  const { rows: events } = await pool.query<{ seq: number; type: string }>(
    'SELECT seq, type FROM case_events WHERE case_id = $1 ORDER BY seq',
    [id],
  );
  expect(found.map(({ object, action }) => [object, action])).toEqual(
    events.map(({ seq, type }) => [`case/${id}/${seq}`, `case.${type}`]),
  );
  expect(found[1]).toMatchObject({
    action: 'case.act',
    actor: world.units[0]?.staff,
    request: 'the-request',
    address: '10.1.2.3',
  });
  expect(found[2]).toMatchObject({ action: 'case.suspend', request: null, address: null });
  expect(await verifyStored(pool)).toMatchObject({ ok: true, broken: [] });
});

test('S39 steps that go together in one statement have a row each; one that is refused has none', async () => {
  const before = (await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM audit')).rows[0]?.n ?? 0;
  const [, second, third] = cases;
  const results = await Promise.allSettled([
    act(second as string, 'draft'),
    act(third as string, 'draft'),
    act(third as string, 'draft'),
  ]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  const after = (await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM audit')).rows[0]?.n ?? 0;
  expect(after - before).toBe(2);
});

test('S39 what a job or somebody at the database changes has a row as well, with who was connected, and what is taken back has none', async () => {
  const changes = async () =>
    (
      await pool.query<{ request: string; detail: { user: string; changes: { table: string; after: object }[] } }>(
        "SELECT request, detail::json AS detail FROM audit WHERE action = 'database.change' AND at >= $1 ORDER BY at, seq",
        [since],
      )
    ).rows;
  const since = (await pool.query<{ now: Date }>('SELECT clock_timestamp() AS now')).rows[0]?.now;
  const client = await pool.connect();
  try {
    await client.query("SET application_name = 'by hand'");
    await client.query("UPDATE people SET language = 'en' WHERE id = $1", [world.office]);
    await client.query('BEGIN');
    await client.query("UPDATE people SET language = 'zh' WHERE id = $1", [world.office]);
    await client.query('ROLLBACK');
  } finally {
    client.release(true);
  }
  const found = await changes();
  expect(found).toMatchObject([
    { request: 'by hand', detail: { changes: [{ table: 'people', after: { language: 'en' } }] } },
  ]);
  expect(found[0]?.detail.user).toMatch(/./);
  expect(await verifyStored(pool)).toMatchObject({ ok: true, broken: [] });
});

test("S39 the application's role writes steps, and their rows with them", async () => {
  const own = makeEnginePool(loginUrl(world.database.url), 2);
  const forged = own.query('INSERT INTO audit SELECT * FROM audit LIMIT 1');
  await expect(forged).rejects.toMatchObject({ code: '42501' });
  await own.query(
    `INSERT INTO case_events (case_id, seq, at, type, body) SELECT case_id, max(seq) + 1, now(), 'tried', '{"events":[]}' FROM case_events WHERE case_id = $1 GROUP BY case_id`,
    [cases[1]],
  );
  await own.end();
  expect((await rows(cases[1] as string)).at(-1)).toMatchObject({ action: 'case.tried' });
  await pool.query('ALTER TABLE case_events DISABLE TRIGGER record_is_append_only');
  await pool.query("DELETE FROM case_events WHERE type = 'tried'");
  await pool.query('ALTER TABLE case_events ENABLE TRIGGER record_is_append_only');
  const { broken } = await verifyStored(pool);
  expect(broken).toEqual([expect.objectContaining({ what: 'event', detail: expect.stringContaining('is gone') })]);
});

test.each([
  [
    'changed',
    "UPDATE case_events SET body = replace(body::text, 'submit', 'revoke')::json WHERE case_id = $1 AND seq = 2",
    'its content',
  ],
  [
    'given to somebody else',
    'UPDATE case_events SET actor = gen_random_uuid() WHERE case_id = $1 AND seq = 2',
    'somebody else',
  ],
  ['dated back', "UPDATE case_events SET at = at - interval '1 day' WHERE case_id = $1 AND seq = 2", 'another time'],
  ['removed', 'DELETE FROM case_events WHERE case_id = $1 AND seq = 2', 'is gone'],
  [
    'slipped in',
    `INSERT INTO case_events (case_id, seq, at, type, body) VALUES ($1, 99, now(), 'act', '{"events":[]}')`,
    'no row tells of it',
  ],
])('S42 an event that was %s is named', async (_how, sql, detail) => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    await client.query(sql, [id]);
    const query = (text: string, values?: unknown[]) =>
      /^(BEGIN|COMMIT)/.test(text) ? Promise.resolve({ rows: [] }) : client.query(text, values);
    const inside = { connect: async () => ({ query, release: () => undefined }) } as unknown as typeof pool;
    const { broken } = await verifyStored(inside);
    expect(broken.filter((one) => one.detail.includes(id)).map((one) => one.detail)).toEqual([
      expect.stringContaining(detail),
    ]);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});
