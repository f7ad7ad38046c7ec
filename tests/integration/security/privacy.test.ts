import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { tidy } from '../../../server/http/housekeeping.ts';
import { verify } from '../../../server/verify/verify.ts';
import { makeTestApi } from '../../support/api.ts';
import { launchOn } from '../../support/apiCycle.ts';
import { approval, named, task, template, textField } from '../../support/blocks.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg, TEST_PASSWORD } from '../../support/factories.ts';

const api = await makeTestApi();
const { pool } = api.database;
const CANARY = {
  username: 'jinsique',
  name: '金丝雀测试',
  email: 'jinsique.canary@jx.invalid',
  title: '金丝雀科科长',
  phone: '13987654321',
};
const everything = Object.values(CANARY);

const content = template(
  {
    plan: [
      task('draftPlan', {
        fields: [textField('goal', { required: true }), { key: 'files', type: 'files', name: named('files') }],
      }),
      approval('reviewPlan', { returnTo: 'draftPlan', onReject: undefined, shows: ['goal', 'files'] }),
    ],
  },
  { key: 'small' },
);

type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let [security, office, staff, bird]: Signed[] = [];
const clients = () => [security, office, staff, bird] as [Signed, Signed, Signed, Signed];
let caseId: string;

/** The canary heads a unit, approves, comments, is mentioned, uploads, is told, signs in and fails to. */
beforeAll(async () => {
  const org = await buildOrg(api.prisma, { category: 'all' });
  security = await api.signedIn({ roles: ['securityAdministrator'] });
  office = await api.signedIn({ roles: ['performanceOffice'] });
  staff = await api.signedIn({ orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
  const { phone, ...known } = CANARY;
  bird = await api.signedIn({ ...known, orgId: org.id, roles: [{ role: 'staff', orgId: org.id }] });
  await api.prisma.orgUnit.update({ where: { id: org.id }, data: { headId: bird.person.id } });
  ({ caseId = '' } = { caseId: (await launchOn(api, content, [{ id: org.id, category: 'all' }])).caseOf.get(org.id) });
  await api.work();
  await api.anonymous().signIn(CANARY.username, 'wrong');
  const inbox = (await bird.get('/tasks?limit=100')).body.items as { id: string; block: string }[];
  const id = inbox.find(({ block }) => block === 'draftPlan')?.id ?? '';
  const form = new FormData();
  form.set('field', 'files');
  form.set('file', new Blob(['%PDF-1.4\n%%EOF']), `${CANARY.name}的材料.pdf`);
  expect((await bird.request('POST', `/tasks/${id}/evidence`, { form })).status).toBe(201);
  expect(
    (await bird.post(`/tasks/${id}/act`, { action: 'submit', values: { goal: '目标' } }, { key: randomUUID() })).status,
  ).toBe(200);
  await api.work();
  const comment = { text: `请 @${CANARY.name} 看一下`, mentions: [bird.person.id] };
  expect((await staff.post(`/cases/${caseId}/comments`, comment)).status).toBe(201);
  expect((await bird.post(`/cases/${caseId}/comments`, { text: '已阅', mentions: [staff.person.id] })).status).toBe(
    201,
  );
  await bird.put('/session/preferences', { filters: {} });
  await api.work();
  // What arrives by the product's own words: a mail, and a job that has not been done.
  await pool.query(
    `INSERT INTO mails (id, to_address, subject, body, state, due_at, at) VALUES ('a', $1, $2, $2, 'sent', now(), now()), ('b', 'x@jx.invalid', $2, $2, 'sent', now(), now())`,
    [CANARY.email, `${CANARY.name}：您有新的事项`],
  );
  await pool.query(
    `SELECT graphile_worker.add_job('tell', json_build_object('message', $1::text), run_at := '2099-01-01Z')`,
    [CANARY.name],
  );
  await pool.query('UPDATE people SET version = version + 1, title = $2 WHERE id = $1', [bird.person.id, CANARY.title]);
}, 60_000);

/** Every row of every table of every schema, as text. */
const dump = async (): Promise<string> => {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
  );
  const texts = await Promise.all(
    rows.map(async ({ name }) => {
      const found = await pool.query<{ text: string | null }>(
        `SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`,
      );
      return `${name}\n${found.rows[0]?.text ?? ''}`;
    }),
  );
  return texts.join('\n');
};

const found = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => everything.some((one) => line.includes(one)))
    .map((line) => line.slice(0, 300));

test('S62 everything that is held about a person is exported: all of it for oneself, the account for whoever keeps accounts', async () => {
  const [keeper, , , self] = clients();
  const { body } = await self.get('/session/data');
  const tables = body.tables.map(({ table }: { table: string }) => table);
  expect(tables).toEqual(
    expect.arrayContaining([
      'people',
      'roles',
      'sessions',
      'org_units',
      'case_events',
      'evidence',
      'comments',
      'audit',
      'tasks',
    ]),
  );
  const text = JSON.stringify(body);
  for (const one of [CANARY.username, CANARY.name, CANARY.email, CANARY.title]) expect(text).toContain(one);
  expect(text).not.toMatch(/passwordHash|password_hash|csrf|id_hash/);
  const account = (await keeper.get(`/people/${self.person.id}/data`)).body;
  expect(account.tables.map(({ table }: { table: string }) => table)).toEqual(['people', 'roles', 'sessions']);
  expectProblem(await self.get(`/people/${self.person.id}/data`), 403, 'permission.denied');
  const read = await pool.query(
    "SELECT action FROM audit WHERE action IN ('session.data', 'people.data') AND ok ORDER BY 1",
  );
  expect(read.rows.map(({ action }) => action)).toEqual(['people.data', 'session.data']);
});

test('S62 no column of ids that names a person is left out of the export', async () => {
  const { body } = await clients()[3].get('/session/data');
  const exported = new Set(body.tables.map(({ table }: { table: string }) => table));
  const { rows } = await pool.query<{ table: string }>(
    `SELECT DISTINCT table_name AS table FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const { id } = clients()[3].person;
  for (const { table } of rows.filter(({ table }) => !['idempotency', 'audit', 'notices'].includes(table))) {
    const { rows: hits } = await pool.query(
      `SELECT 1 FROM "${table}" t, jsonb_each(to_jsonb(t)) c WHERE c.value = to_jsonb($1::text) LIMIT 1`,
      [id],
    );
    if (hits.length > 0) expect(exported, table).toContain(table);
  }
});

test('S62 after erasure nothing leads to the person: not the database, nor files, nor answers; and the record stays whole', async () => {
  const [keeper, chief, colleague, self] = clients();
  const { id } = self.person;
  expect(found(await dump()).length).toBeGreaterThan(5);
  expectProblem(await chief.post(`/people/${id}/erase`, { reason: '调离' }), 403, 'permission.denied');
  expectProblem(await keeper.post(`/people/${keeper.person.id}/erase`, { reason: '调离' }), 409, 'person.self');
  expectProblem(await keeper.post(`/people/${randomUUID()}/erase`, { reason: '调离' }), 404, 'person.unknown');
  const events = await pool.query('SELECT case_id, seq, actor, body FROM case_events ORDER BY case_id, seq');
  const audit = await pool.query('SELECT stripe, seq, hash FROM audit ORDER BY stripe, seq');

  const { status, body } = await keeper.post(`/people/${id}/erase`, { reason: '调离' });
  expect({ status, body }).toEqual({
    status: 200,
    body: {
      username: expect.stringMatching(/^erased\.[0-9a-f]{12}$/),
      name: expect.stringMatching(/^已注销用户 [0-9a-f]{4}$/),
    },
  });
  expectProblem(await keeper.post(`/people/${id}/erase`, { reason: '调离' }), 409, 'person.erased');
  await api.work();

  expect(found(await dump())).toEqual([]);
  const files = await readdir(api.settings.data, { recursive: true, withFileTypes: true });
  for (const file of files) {
    expect(everything.some((one) => file.name.includes(one))).toBe(false);
    if (file.isFile()) expect(found(await readFile(join(file.parentPath, file.name), 'utf8'))).toEqual([]);
  }
  const paths = [
    '/people?limit=100',
    `/people/${id}`,
    '/orgs?limit=100',
    '/tasks?limit=100',
    '/notices?limit=100',
    `/cases/${caseId}`,
    `/cases/${caseId}/timeline`,
    `/cases/${caseId}/comments`,
    `/cases/${caseId}/flow`,
  ];
  for (const client of [keeper, chief, colleague] as Client[])
    for (const path of paths) expect(found(JSON.stringify((await client.get(path)).body)), path).toEqual([]);
  const timeline = JSON.stringify((await chief.get(`/cases/${caseId}/timeline`)).body);
  expect(timeline).toContain(body.name);

  // The account is shut, and what others did and said is as it was.
  expect((await self.get('/session')).status).toBe(401);
  expect((await api.anonymous().signIn(CANARY.username, TEST_PASSWORD)).status).toBe(401);
  expect(
    (await pool.query('SELECT case_id, seq, actor, body FROM case_events ORDER BY case_id, seq')).rows.slice(
      0,
      events.rows.length,
    ),
  ).toEqual(events.rows);
  const kept = await pool.query('SELECT stripe, seq, hash FROM audit ORDER BY stripe, seq');
  expect(kept.rows).toEqual(expect.arrayContaining(audit.rows));
  expect(await verify(pool)).toMatchObject({ ok: true, mismatches: [] });
  const erased = await pool.query("SELECT object FROM audit WHERE action = 'people.erase' AND ok");
  expect(erased.rows).toEqual([{ object: `people/${id}/erase` }]);
});

test('S62 the audit shows that a name was changed, not from what to what', async () => {
  const admin = await api.signedIn({ roles: ['systemAdministrator'] });
  const { body } = await admin.post('/people', {
    username: 'second.canary',
    name: '第二金丝雀',
    email: 'second@canary.invalid',
    orgId: admin.person.orgId,
  });
  expect((await admin.patch(`/people/${body.id}`, { name: '第三金丝雀', language: 'en' }, body.version)).status).toBe(
    200,
  );
  const { rows } = await pool.query<{ detail: string }>(
    "SELECT detail FROM audit WHERE action LIKE 'people.c%' AND object LIKE $1 ORDER BY at, seq",
    [`people/${body.id}%`],
  );
  expect(rows.map(({ detail }) => detail).join()).not.toMatch(/金丝雀|canary/);
  const change = rows.map(({ detail }) => JSON.parse(detail)).find(({ changes }) => changes[0].before)?.changes[0];
  expect(change).toMatchObject({
    table: 'people',
    before: { name: '•••', language: 'zh' },
    after: { name: '•••', language: 'en' },
  });
});

test('S62 what people were told is kept for half a year, what they have not read or got longer', async () => {
  const kept = async () =>
    (
      await pool.query<{ id: string }>(
        "SELECT id FROM notices WHERE id LIKE 'old%' UNION ALL SELECT id FROM mails WHERE id LIKE 'old%' ORDER BY 1",
      )
    ).rows.map(({ id }) => id);
  const at = (days: number) => new Date(api.clock.now().getTime() - days * 86_400_000);
  for (const [id, days, read] of [
    ['old-read', 190, true],
    ['old-unread', 190, false],
    ['old-recent', 170, true],
  ] as const)
    await pool.query(
      `INSERT INTO notices (id, person_id, at, kind, subject, body, read_at) VALUES ($1, $2, $3, 'x', '{}', '{}', CASE WHEN $4 THEN now() END)`,
      [id, clients()[1].person.id, at(days), read],
    );
  for (const [id, days, state] of [
    ['old-sent', 190, 'sent'],
    ['old-queued', 190, 'queued'],
    ['old-yesterday', 1, 'sent'],
  ] as const)
    await pool.query(
      `INSERT INTO mails (id, to_address, subject, body, state, due_at, at) VALUES ($1, 'a@b.invalid', '', '', $3, now(), $2)`,
      [id, at(days), state],
    );
  await tidy({ prisma: api.prisma, clock: api.clock, settings: api.settings });
  expect(await kept()).toEqual(['old-queued', 'old-recent', 'old-unread', 'old-yesterday']);
});
