import { afterAll, expect, test } from 'vitest';
import { loginUrl, makePool } from '../../../server/db/index.ts';
import { isChange } from '../../../server/http/route.ts';
import { makeRoutes } from '../../../server/http/routes.ts';
import { makeTestApi } from '../../support/api.ts';
import { TEST_PASSWORD } from '../../support/factories.ts';

const api = await makeTestApi();
const { pool } = api.database;
const app = makePool(loginUrl(api.database.url), { max: 1, name: 'the application' });
afterAll(() => app.end());

/** Routes that write their row themselves, in a transaction of their own. */
const OWN = [
  'accounts.passwordLink',
  'adjustments.upload',
  'assigned.evidence',
  'ballots.exclude',
  'ballots.recuse',
  'ballots.save',
  'ballots.submit',
  'evidence.upload',
  'findings.upload',
  'grades.except',
  'grades.raise',
  'grades.revokeException',
  'grades.revokeRaise',
  'people.invite',
  'public.say',
  'scores.accept',
  'scores.discard',
  'scores.recompute',
  'secondFactor.begin',
  'secondFactor.confirm',
  'secondFactor.recovery',
  'secondFactor.remove',
  'session.password',
  'sources.run',
  'surveys.answer',
  'surveys.issue',
  'tokens.create',
  'values.import',
];
/** Routes that only compute or look up, and the question to a provider of identities, whose answer is recorded. */
const NONE = [
  'audit.verify',
  'calendar.preview',
  'cycles.check',
  'oidc.start',
  'passwordLink.read',
  'results.whatIf',
  'templates.forecast',
  'templates.lint',
  'templates.rehearse',
  'templates.simulate',
];
/** Routes whose rows are those of the events of cases. */
const ENGINE = [
  'cases.cancel',
  'cases.jump',
  'cases.resume',
  'cases.retrieve',
  'cases.suspend',
  'cases.withdraw',
  'cycles.cancel',
  'cycles.migrate',
  'cycles.resume',
  'cycles.suspend',
  'cycles.undoMigration',
  'incidents.retry',
  'people.handover',
  'tasks.act',
  'tasks.batch',
  'tasks.reassign',
];

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

interface Row {
  action: string;
  object: string | null;
  actor: string | null;
  ok: boolean;
  detail: string | null;
  request: string | null;
  address: string | null;
}
const last = async (): Promise<bigint> =>
  BigInt((await pool.query('SELECT coalesce(sum(seq), 0)::text AS n FROM audit_heads')).rows[0].n);
/** The rows that some work leaves. */
const left = async (work: () => Promise<unknown>): Promise<Row[]> => {
  const { rows: heads } = await pool.query('SELECT stripe, seq::int FROM audit_heads');
  await work();
  const { rows } = await pool.query<Row>(
    'SELECT a.* FROM audit a JOIN unnest($1::int2[], $2::int8[]) AS h(stripe, seq) ON a.stripe = h.stripe AND a.seq > h.seq',
    [heads.map(({ stripe }) => stripe), heads.map(({ seq }) => seq)],
  );
  return rows;
};

const admin = await api.signedIn({ roles: ['systemAdministrator'] });
const office = await api.signedIn({ roles: ['performanceOffice'] });
const security = await api.signedIn({ roles: ['securityAdministrator'] });
const auditor = await api.signedIn({ roles: ['auditAdministrator'] });
const clerk = await api.signedIn();
const org = (code: string) => ({ code, name: `单位 ${code}`, kind: 'department' });

/** Every route that changes something, by who writes its row. */
const ROUTES = makeRoutes({} as never).filter(isChange);
const by = (change: string): string[] =>
  ROUTES.filter((one) => (one.change ?? 'transaction') === change)
    .map(({ id }) => id)
    .sort();

test('S39 each route that changes something says who writes its row; those that write it themselves are known', () => {
  expect(by('own')).toEqual([...OWN].sort());
  expect(by('none')).toEqual([...NONE].sort());
  expect(by('engine')).toEqual([...ENGINE].sort());
  expect(by('transaction').length).toBe(ROUTES.length - OWN.length - NONE.length - ENGINE.length);
});

test('S39 a change leaves exactly one row, a repeat by its key none, a refused or rolled-back one none', async () => {
  const key = 'the-same';
  const made = await left(async () => {
    for (let n = 0; n < 3; n += 1) expect((await admin.post('/orgs', org('S39-1'), { key })).status).toBe(201);
  });
  expect(made).toMatchObject([{ action: 'orgs.create', actor: admin.person.id, ok: true }]);
  expect(await left(() => admin.post('/orgs', org('S39-1')))).toEqual([]);
  expect(await left(() => admin.post('/orgs', { code: '' }))).toEqual([]);
  const csv = { type: 'text/csv', body: 'code,name,kind\nS39-2,单位,department\n' };
  expect(await left(() => admin.post('/orgs/import?dryRun=true', undefined, { raw: csv }))).toEqual([]);
  expect(await left(() => admin.post('/orgs/import', undefined, { raw: csv }))).toMatchObject([
    { action: 'orgs.import' },
  ]);
});

test('S39 routes that write their row themselves leave one; what only computes leaves none', async () => {
  const body = { name: '业务系统', scope: 'values', expiresAt: '2026-04-01T00:00:00.000Z' };
  const token = await left(async () => expect((await office.post('/push-tokens', body)).status).toBe(201));
  expect(token).toMatchObject([{ action: 'tokens.create', actor: office.person.id }]);
  expect(token[0]?.detail).toContain('"hash": "•••"');
  expect(await left(() => office.post('/templates/lint', { content: {} }))).toEqual([]);
});

test('S40 the address is that of the connection, whatever X-Forwarded-For says; the request is the one that was answered', async () => {
  let request: string | null = null;
  const rows = await left(async () => {
    const answer = await admin.post('/orgs', org('S40-2'), { headers: { 'x-forwarded-for': '203.0.113.9' } });
    request = answer.headers.get('x-request-id');
  });
  expect(rows).toMatchObject([{ address: '127.0.0.1', request }]);
});

test('S40 before and after of what changed, and nothing else', async () => {
  const { body } = await admin.post('/orgs', org('S40-3'));
  const rows = await left(() => admin.patch(`/orgs/${body.id}`, { name: '新名称' }, body.version ?? 1));
  const { changes } = JSON.parse(rows[0]?.detail ?? '{}');
  expect(changes).toEqual([
    {
      table: 'org_units',
      key: { id: body.id },
      before: { name: '单位 S40-3', version: 1 },
      after: { name: '新名称', version: 2 },
    },
  ]);
});

test('S41 sign-ins, their failures, sign-outs, denials and exports are on record', async () => {
  const guest = api.anonymous();
  const { username, id } = clerk.person;
  expect(await left(() => guest.signIn(username, 'wrong password'))).toMatchObject([
    { action: 'session.open', ok: false, object: `people/${id}`, actor: null, address: '127.0.0.1' },
  ]);
  const again = await left(async () => {
    await guest.signIn(username, TEST_PASSWORD);
    await guest.delete('/session');
  });
  expect(again.map(({ action, ok, actor }) => [action, ok, actor]).sort()).toEqual([
    ['session.close', true, id],
    ['session.open', true, id],
  ]);
  expect(await left(() => clerk.post('/orgs', org('S41-1')))).toMatchObject([
    { action: 'orgs.create', ok: false, actor: id, detail: '{"problem":"permission.denied"}' },
  ]);
  expect(await left(() => auditor.get('/audit/export'))).toMatchObject([
    { action: 'audit.export', ok: true, actor: auditor.person.id },
  ]);
});

test('S41 the audit is for the audit administrator alone', async () => {
  for (const who of [admin, security, office, clerk])
    for (const path of ['/audit', '/audit/export', '/audit/state', '/audit/1-1'])
      expect((await who.get(path)).status).toBe(403);
  expect((await api.anonymous().get('/audit')).status).toBe(401);
  const list = await auditor.get(`/audit?actor=${admin.person.id}&action=orgs.&limit=2`);
  expect(list.body.items).toHaveLength(2);
  expect(list.body.items[0]).toMatchObject({ actor: { id: admin.person.id, name: admin.person.name } });
  const next = await auditor.get(`/audit?actor=${admin.person.id}&action=orgs.&limit=2&after=${list.body.next}`);
  const ids = [...list.body.items, ...next.body.items].map((row: { id: string }) => row.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect((await auditor.get('/audit?after=x')).status).toBe(422);
  expect((await auditor.get(`/audit/${ids[0]}`)).body.id).toBe(ids[0]);
  expect((await auditor.get('/audit/3-999999')).status).toBe(404);
  const state = await auditor.get('/audit/state');
  expect(state.body).toMatchObject({ rows: Number(await last()), restricted: true });
  const verified = await auditor.post('/audit/verification');
  expect(verified.body).toMatchObject({ ok: true, broken: [] });
});

test('S44 line ends, escapes and formulas in names do nothing in an export', async () => {
  const name = '=cmd|x\r\n\u001b[31m甲\u202e';
  await pool.query('UPDATE people SET name = $2 WHERE id = $1', [clerk.person.id, name]);
  await clerk.post('/orgs', org('S44'));
  const csv = String((await auditor.get(`/audit/export?actor=${clerk.person.id}`)).body);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
  expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\x00-\x1f\x7f\u202e]/);
  expect(csv).toContain(`"'=cmd|x\\u000d\\u000a\\u001b[31m甲\\u202e"`);
  const lines = String((await auditor.get(`/audit/export?format=jsonl&actor=${clerk.person.id}`)).body);
  for (const line of lines.trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ alg: 'sha256' });
});

test('every action has a name in both languages, those of jobs, of cases and of the audit itself too', async () => {
  await pool.query("UPDATE people SET language = 'en' WHERE id = $1", [clerk.person.id]);
  await auditor.get('/audit?limit=1');
  const { rows } = await pool.query<{ action: string }>('SELECT DISTINCT action FROM audit');
  const named = await Promise.all(
    rows.map(async ({ action }) => (await auditor.get(`/audit?limit=1&action=${action}`)).body.items[0]),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ name }) => !name?.zh || !name.en).map(({ action }) => action)).toEqual([]);
  expect(named.find(({ action }) => action === 'database.change')?.name.zh).toBe('任务或数据库侧改动');
  expect((await auditor.get(`/audit/${named[0].id}`)).body.name).toEqual(named[0].name);
});

test('S45 no password, hash or token is in the audit', async () => {
  const password = 'Another-Pass-2026-闭环';
  await office.put('/session/password', { current: TEST_PASSWORD, password });
  const { rows } = await pool.query<{ detail: string }>('SELECT detail FROM audit WHERE detail IS NOT NULL');
  const text = rows.map(({ detail }) => detail).join('\n');
  expect(text).not.toContain(password);
  expect(text).not.toContain(TEST_PASSWORD);
  expect(text).not.toMatch(/scrypt/i);
  expect(text).toContain('"password_hash": "•••"');
});

test('S45 a key that is a secret is not in the audit either', async () => {
  await pool.query('CREATE TABLE links (token_hash text PRIMARY KEY, used boolean)');
  await pool.query("SELECT audit_govern('links')");
  await pool.query("INSERT INTO links VALUES ('only-the-database-knows', false)");
  await pool.query('UPDATE links SET used = true');
  await pool.query('DELETE FROM links');
  const { rows } = await pool.query<{ changes: { key: object }[] }>(
    `SELECT detail::json->'changes' AS changes FROM audit WHERE detail LIKE '%"table": "links"%'`,
  );
  expect(rows.map(({ changes }) => changes[0]?.key)).toEqual([1, 2, 3].map(() => ({ token_hash: '•••' })));
  expect(JSON.stringify(rows)).not.toContain('only-the-database-knows');
});

test('S46 a change whose row cannot be written is not made', async () => {
  await pool.query("ALTER TABLE audit ADD CONSTRAINT full_disk CHECK (action <> 'orgs.create') NOT VALID");
  expect((await admin.post('/orgs', org('S46'))).status).toBe(500);
  await pool.query('ALTER TABLE audit DROP CONSTRAINT full_disk');
  expect((await pool.query("SELECT FROM org_units WHERE code = 'S46'")).rowCount).toBe(0);
});
