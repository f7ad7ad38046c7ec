import { afterAll, expect, test } from 'vitest';
import { loginUrl, makePool } from '../../../server/db/index.ts';
import { makeTestApi } from '../../support/api.ts';

const api = await makeTestApi();
const { pool } = api.database;
const app = makePool(loginUrl(api.database.url), { max: 1, name: 'the application' });
afterAll(() => app.end());

const TABLES = ['audit', 'audit_heads', 'audit_starts', 'audit_checkpoints'];

test.each(
  TABLES.flatMap((table) => [
    `UPDATE ${table} SET ${table === 'audit_checkpoints' ? 'n' : 'seq'} = 7`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table}`,
    `INSERT INTO ${table} SELECT * FROM ${table} LIMIT 1`,
    `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
    `DROP TABLE ${table}`,
  ]),
)("S37 the application's role may not %s", async (sql) => {
  await expect(app.query(sql)).rejects.toMatchObject({ code: '42501' });
});

test.each([
  'DROP TRIGGER audit_case_events ON case_events',
  'ALTER TABLE case_events DISABLE TRIGGER audit_case_events',
  "UPDATE case_events SET type = 'x'",
  'DELETE FROM case_events',
  'TRUNCATE case_events CASCADE',
  `CREATE OR REPLACE FUNCTION audit_stays() RETURNS trigger LANGUAGE sql AS 'SELECT 1'`,
  "SELECT audit_archive('2001-01-01', '{1}', '{1}')",
  'SELECT audit_head()',
  'SET session_replication_role = replica',
  'SET ROLE bihuan',
  'SET SESSION AUTHORIZATION bihuan',
  'GRANT ALL ON audit TO bihuan_app',
])("S37 the application's role may not %s", async (sql) => {
  const refused = app.query(sql).then(async () => {
    // GRANT without the right to grant is a warning only.
    await app.query('DELETE FROM audit');
  });
  await expect(refused).rejects.toMatchObject({ code: '42501' });
});

test('S37 nor may the owner, as long as the triggers are there', async () => {
  await api.signedIn({ roles: ['systemAdministrator'] });
  for (const sql of ['UPDATE audit SET ok = true', 'DELETE FROM audit', 'TRUNCATE audit', 'TRUNCATE audit_heads'])
    await expect(pool.query(sql)).rejects.toThrow('append-only');
});

test('S40 a change leaves who, when, from where, what, and before and after', async () => {
  const admin = await api.signedIn({ roles: ['systemAdministrator'] });
  const made = await admin.post('/orgs', { code: 'AU-1', name: '审计单位', kind: 'department' });
  expect(made.status).toBe(201);
  const { rows } = await pool.query('SELECT * FROM audit WHERE action = $1', ['orgs.create']);
  expect(rows).toMatchObject([
    { actor: admin.person.id, object: `orgs/${made.body.id}`, ok: true, address: '127.0.0.1', at: api.clock.now() },
  ]);
  expect(JSON.parse(rows[0].detail)).toMatchObject({
    changes: [{ table: 'org_units', key: { id: made.body.id }, after: { code: 'AU-1', name: '审计单位' } }],
  });
});
