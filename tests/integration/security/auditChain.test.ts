import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archive, verifyArchive } from '../../../server/audit/archive.ts';
import { type AuditRow, hashOf } from '../../../server/audit/chain.ts';
import { jsonLine } from '../../../server/audit/export.ts';
import { fileCheckpoints, fileRows } from '../../../server/audit/file.ts';
import { checkpointFile, keepCheckpoint } from '../../../server/audit/keep.ts';
import { keyFile, publicKeyFile, publicKeys, signingKey } from '../../../server/audit/key.ts';
import { withOrigin } from '../../../server/audit/origin.ts';
import { record } from '../../../server/audit/record.ts';
import { storedRows } from '../../../server/audit/stored.ts';
import { verifyChain } from '../../../server/audit/verify.ts';
import { verifyStored } from '../../../server/audit/verifyStored.ts';
import { loginUrl, makePool } from '../../../server/db/index.ts';
import { overPg } from '../../../server/db/sql.ts';
import { transaction } from '../../../server/db/transaction.ts';
import { makeTestDatabase } from '../../support/database.ts';

const database = await makeTestDatabase();
const { pool } = database;
const app = makePool(loginUrl(database.url), { max: 20, name: 'the application' });
const data = await mkdtemp(join(tmpdir(), 'bihuan-audit-'));
const settings = { data, auditKeyFile: undefined, auditFile: undefined };
let at = Date.parse('2025-01-06T01:00:00Z');
const clock = { now: () => new Date(at) };
const keep = (now = true) =>
  keepCheckpoint({ pool: app, settings, clock, dayOf: (instant) => instant.slice(0, 10), mail: true, now });
const entry = (n: number) =>
  withOrigin({ requestId: `r${n}`, address: '10.0.0.7', now: clock.now }, () =>
    record(overPg(app), { action: 'test.write', object: `thing/${n}`, detail: { text: `第 ${n} 条\n"\u001b[31m` } }),
  );
const verify = async () => verifyStored(app, { keys: await publicKeys(settings) });

beforeAll(async () => {
  for (let n = 0; n < 60; n += 1) {
    at += 1_000;
    await entry(n);
  }
  await keep();
});
afterAll(async () => {
  await app.end();
  await rm(data, { recursive: true });
});

/** Does as a superuser would, without the triggers, looks what is found, and takes it back. */
const tampered = async (work: (client: pg.PoolClient) => Promise<unknown>) => {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL session_replication_role = replica');
    await work(client);
    const inside = { connect: async () => ({ query: quiet(client), release: () => undefined }) } as unknown as pg.Pool;
    return await verifyStored(inside, { keys: await publicKeys(settings) });
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
};

/** The verifier's own transaction is the one that is open. */
const quiet =
  (client: pg.PoolClient) =>
  (text: string, values?: unknown[]): unknown =>
    /^(BEGIN|COMMIT)/.test(text) ? Promise.resolve({ rows: [] }) : client.query(text, values);

/** A stripe with many rows, and one in its middle. */
const busy = async (): Promise<{ stripe: number; seq: number; last: number }> => {
  const { rows } = await pool.query<{ stripe: number; n: number }>(
    'SELECT stripe, max(seq)::int AS n FROM audit GROUP BY stripe ORDER BY 2 DESC LIMIT 1',
  );
  const { stripe = 0, n = 0 } = rows[0] ?? {};
  expect(n).toBeGreaterThan(6);
  return { stripe, seq: Math.floor(n / 2), last: n };
};

test('S42 a chain that nobody touched is whole; two implementations agree on every hash', async () => {
  expect(await verify()).toMatchObject({ ok: true, broken: [], anchor: { n: 1 }, unanchored: 0 });
  let rows = 0;
  for await (const row of storedRows(app)) {
    expect(hashOf(row)).toBe(row.hash);
    rows += 1;
  }
  expect(rows).toBeGreaterThanOrEqual(60);
});

test.each([
  ['actor', "'00000000-0000-4000-8000-000000000001'"],
  ['action', "'other'"],
  ['object', 'NULL'],
  ['ok', 'NOT ok'],
  ['detail', `'{"text": ""}'`],
  ['at', "at + interval '1 ms'"],
  ['address', "'10.0.0.8'"],
  ['request', "'other'"],
  ['prev', "'\\x00'"],
  ['alg', "'none'"],
])('S42 an edited %s is named', async (column, value) => {
  const { stripe, seq } = await busy();
  const { ok, broken } = await tampered((client) =>
    client.query(`UPDATE audit SET ${column} = ${value} WHERE stripe = $1 AND seq = $2`, [stripe, seq]),
  );
  expect(ok).toBe(false);
  expect(broken).toContainEqual(expect.objectContaining({ stripe, seq, what: 'changed' }));
});

test('S42 a row that is edited and hashed anew is named', async () => {
  const { stripe, seq } = await busy();
  const { broken } = await tampered(async (client) => {
    await client.query("UPDATE audit SET object = 'thing/x' WHERE stripe = $1 AND seq = $2", [stripe, seq]);
    await client.query(
      `UPDATE audit SET hash = sha256(prev || audit_bytes(stripe, seq, at, actor, on_behalf_of, action, object, ok, detail, request, address)) WHERE stripe = $1 AND seq = $2`,
      [stripe, seq],
    );
  });
  expect(broken).toEqual([expect.objectContaining({ stripe, seq, what: 'changed' })]);
});

/** Writes a stripe anew from a row on, hashes, head and all, as somebody would who knows everything but the key. */
const rewrite = (client: pg.PoolClient, stripe: number, seq: number) =>
  client.query(`DO $$ DECLARE r audit; p bytea := (SELECT prev FROM audit WHERE stripe = ${stripe} AND seq = ${seq}); BEGIN
    FOR r IN SELECT * FROM audit WHERE stripe = ${stripe} AND seq >= ${seq} ORDER BY seq LOOP
      UPDATE audit SET prev = p, hash = sha256(p || audit_bytes(r.stripe, r.seq, r.at, r.actor, r.on_behalf_of, r.action, r.object, r.ok, r.detail, r.request, r.address))
        WHERE stripe = r.stripe AND seq = r.seq RETURNING hash INTO p;
    END LOOP; UPDATE audit_heads SET hash = p WHERE stripe = ${stripe}; END $$`);

test('S42 a stripe that is written anew to its end is found by the checkpoint, and only by it', async () => {
  const { stripe, seq, last } = await busy();
  const forged = async (client: pg.PoolClient) => {
    await client.query("UPDATE audit SET object = 'thing/x' WHERE stripe = $1 AND seq = $2", [stripe, seq]);
    await rewrite(client, stripe, seq);
  };
  const { broken } = await tampered(forged);
  expect(broken).toEqual([expect.objectContaining({ stripe, seq: last, what: 'changed' })]);
  const since = await tampered(async (client) => {
    await client.query('DELETE FROM audit_checkpoints');
    await forged(client);
  });
  expect(since).toMatchObject({ ok: true, anchor: null });
  expect(since.unanchored).toBe(since.rows);
});

test('S42 removed rows are named', async () => {
  const { stripe, seq } = await busy();
  const { broken } = await tampered((client) =>
    client.query('DELETE FROM audit WHERE stripe = $1 AND seq IN ($2, $3)', [stripe, seq, seq + 1]),
  );
  expect(broken).toEqual([
    expect.objectContaining({ stripe, seq, what: 'removed' }),
    expect.objectContaining({ stripe, seq: seq + 1, what: 'removed' }),
  ]);
});

test('S42 rows that changed places are named', async () => {
  const { stripe, seq } = await busy();
  const { broken } = await tampered(async (client) => {
    await client.query('UPDATE audit SET seq = -1 WHERE stripe = $1 AND seq = $2', [stripe, seq]);
    await client.query('UPDATE audit SET seq = $2 WHERE stripe = $1 AND seq = $3', [stripe, seq, seq + 2]);
    await client.query('UPDATE audit SET seq = $2 WHERE stripe = $1 AND seq = -1', [stripe, seq + 2]);
  });
  expect(broken).toContainEqual(expect.objectContaining({ stripe, seq, what: 'moved' }));
  expect(broken).toContainEqual(expect.objectContaining({ stripe, seq: seq + 2, what: 'moved' }));
  expect(broken.filter(({ what }) => what === 'moved')).toHaveLength(2);
});

test('S42 a row put in between moves all after it, and is named', async () => {
  const { stripe, seq } = await busy();
  const { broken } = await tampered(async (client) => {
    await client.query('UPDATE audit SET seq = -seq - 1 WHERE stripe = $1 AND seq > $2', [stripe, seq]);
    await client.query('UPDATE audit SET seq = -seq WHERE stripe = $1 AND seq < 0', [stripe]);
    await client.query(
      `INSERT INTO audit SELECT stripe, $2 + 1, at, actor, on_behalf_of, action, 'thing/forged', ok, detail, request, address, hash, sha256('x'), alg FROM audit WHERE stripe = $1 AND seq = $2`,
      [stripe, seq],
    );
  });
  expect(broken).toContainEqual(expect.objectContaining({ stripe, seq: seq + 1, what: 'changed' }));
});

test('S42 a row put in at the end, and a stripe that there is not, are named', async () => {
  const { stripe, last } = await busy();
  const { broken } = await tampered(async (client) => {
    await client.query(
      `INSERT INTO audit SELECT stripe, seq + 1, at, actor, on_behalf_of, action, object, ok, detail, request, address, hash, sha256('x'), alg FROM audit WHERE stripe = $1 AND seq = $2`,
      [stripe, last],
    );
    await client.query(
      `INSERT INTO audit SELECT 77, seq, at, actor, on_behalf_of, action, object, ok, detail, request, address, prev, hash, alg FROM audit WHERE stripe = $1 AND seq = 1`,
      [stripe],
    );
  });
  expect(broken).toContainEqual(expect.objectContaining({ stripe, seq: last + 1, what: 'inserted' }));
  expect(broken).toContainEqual(expect.objectContaining({ stripe: 77, what: 'inserted' }));
});

test('S42 a cut tail is named, by the head, and by the checkpoint where the head was cut too', async () => {
  const { stripe, last } = await busy();
  const cut = (client: pg.PoolClient) =>
    client.query('DELETE FROM audit WHERE stripe = $1 AND seq > $2', [stripe, last - 2]);
  const wanted = [expect.objectContaining({ stripe, seq: last - 1, what: 'cut' })];
  expect((await tampered(cut)).broken).toEqual(wanted);
  const both = await tampered(async (client) => {
    await cut(client);
    await client.query(
      'UPDATE audit_heads h SET seq = a.seq, hash = a.hash FROM audit a WHERE h.stripe = $1 AND a.stripe = $1 AND a.seq = $2',
      [stripe, last - 2],
    );
  });
  expect(both.broken).toEqual(wanted);
});

test('S42 an emptied audit is named', async () => {
  const { rows, broken } = await tampered(async (client) => {
    await client.query('TRUNCATE audit');
    await client.query("UPDATE audit_heads SET seq = 0, hash = decode(repeat('00', 32), 'hex')");
  });
  expect(rows).toBe(0);
  expect(broken.length).toBeGreaterThan(0);
  expect(broken.every(({ what, seq }) => what === 'cut' && seq === 1)).toBe(true);
});

test.each([
  ['changed', `UPDATE audit_checkpoints SET body = replace(body, '"at":"2025', '"at":"2024') WHERE n = 1`],
  ['signed by somebody else', `UPDATE audit_checkpoints SET signature = repeat('A', 86) || '==' WHERE n = 1`],
  ['unreadable', `UPDATE audit_checkpoints SET body = 'x' WHERE n = 1`],
])('S42 a checkpoint that was %s is named', async (_how, sql) => {
  const { broken } = await tampered((client) => client.query(sql));
  expect(broken).toContainEqual(expect.objectContaining({ what: 'checkpoint', seq: 1 }));
});

test('S42 a dump, the checkpoints from outside and the public key are enough', async () => {
  const lines: string[] = [];
  for await (const row of storedRows(app)) lines.push(jsonLine(row));
  const dump = join(data, 'dump.jsonl');
  const keys = await publicKeys({ data: '/nowhere', auditKeyFile: undefined }, publicKeyFile(settings));
  const look = async () =>
    verifyChain({ rows: fileRows(dump), checkpoints: await fileCheckpoints(checkpointFile(settings)), keys });
  await writeFile(dump, lines.join(''));
  expect(await look()).toMatchObject({ ok: true, rows: lines.length });
  await writeFile(dump, lines.slice(0, -1).join(''));
  const last = JSON.parse(lines.at(-1) ?? '') as AuditRow;
  expect((await look()).broken).toEqual([expect.objectContaining({ stripe: last.stripe, seq: last.seq, what: 'cut' })]);
  await writeFile(dump, [...lines.slice(0, 3), ...lines.slice(4)].join(''));
  const gone = JSON.parse(lines[3] ?? '') as AuditRow;
  expect((await look()).broken).toContainEqual(
    expect.objectContaining({ stripe: gone.stripe, seq: gone.seq, what: 'removed' }),
  );
});

test('the key that signs is in a file of its owner, not in the database; a checkpoint is made when there is something new', async () => {
  expect((await stat(keyFile(settings))).mode & 0o777).toBe(0o600);
  expect(await keep()).toBe(false);
  await entry(1000);
  expect(await keep(false)).toBe(false);
  at += 60_000;
  expect(await keep(false)).toBe(true);
  const kept = await fileCheckpoints(checkpointFile(settings));
  expect(kept.map(({ n }) => n)).toEqual([1, 2]);
  // One that was cut off between the database and the file is added later.
  const text = await readFile(checkpointFile(settings), 'utf8');
  await writeFile(checkpointFile(settings), `${text.split('\n')[0]}\n`);
  await keep();
  expect(await readFile(checkpointFile(settings), 'utf8')).toBe(text);
  const secret = await readFile(keyFile(settings), 'utf8');
  const { rows } = await pool.query(
    "SELECT count(*)::int AS n FROM audit_checkpoints WHERE body LIKE '%' || $1 || '%'",
    [secret.split('\n')[1]],
  );
  expect(rows[0].n).toBe(0);
});

test('whoever signs from now on, what an earlier key signed holds; what a key signed that nobody knows does not', async () => {
  const known = await publicKeys(settings);
  await rm(keyFile(settings));
  await entry(1500);
  expect(await keep()).toBe(true);
  const found = await verify();
  expect(found).toMatchObject({ ok: true, anchor: { n: found.checkpoints }, unanchored: 0 });
  expect(await publicKeys(settings)).toHaveLength(known.length + 1);
  expect((await verifyStored(app, { keys: known })).broken).toEqual([
    expect.objectContaining({ what: 'checkpoint', seq: found.checkpoints }),
  ]);
  // A key that was given to this instance, and has signed nothing here yet.
  const given = { data: '/nowhere', auditKeyFile: keyFile(settings) };
  expect(await publicKeys(given)).toHaveLength(1);
  await expect(publicKeys(given, checkpointFile(settings))).rejects.toThrow();
});

test('the first checkpoint of a day is mailed to the auditors', async () => {
  await pool.query(
    `WITH o AS (INSERT INTO org_units (id, code, name, kind) VALUES (gen_random_uuid(), 'mail', '审计处', 'office') RETURNING id),
          p AS (INSERT INTO people (id, username, name, email, org_id) SELECT gen_random_uuid(), 'mail-auditor', '审计员', 'auditor@example.org', id FROM o RETURNING id)
     INSERT INTO roles (id, person_id, role) SELECT gen_random_uuid(), id, 'auditAdministrator' FROM p`,
  );
  for (let n = 0; n < 2; n += 1) {
    await entry(2000 + n);
    await keep();
  }
  const { rows } = await pool.query("SELECT subject, body FROM mails WHERE to_address = 'auditor@example.org'");
  expect(rows).toHaveLength(1);
  expect(rows[0].body).toContain('"signature"');
});

test('S46 what cannot be put on record does not happen', async () => {
  await pool.query("ALTER TABLE audit ADD CONSTRAINT full_disk CHECK (action <> 'test.refused')");
  const change = transaction(app, async (client) => {
    await client.query(
      "INSERT INTO mails (id, to_address, subject, body, state, due_at, at) VALUES ('refused', 'a', 'b', 'c', 'sent', now(), now())",
    );
    await record(overPg(client), { action: 'test.refused' });
  });
  await expect(change).rejects.toThrow('full_disk');
  expect((await pool.query("SELECT FROM mails WHERE id = 'refused'")).rowCount).toBe(0);
  await pool.query('ALTER TABLE audit DROP CONSTRAINT full_disk');
});

test('many writers at once do not wait for one chain, and break none', async () => {
  await Promise.all(Array.from({ length: 200 }, (_, n) => entry(5000 + n)));
  const { rows } = await pool.query<{ n: number }>('SELECT count(DISTINCT stripe)::int AS n FROM audit');
  expect(rows[0]?.n).toBeGreaterThan(1);
  expect(await verify()).toMatchObject({ ok: true });
});

test('S43 rows of the last 180 days stay; older ones go into an archive that verifies, and the rest too', async () => {
  const key = await signingKey(settings);
  const now = new Date('2026-01-06T00:00:00Z');
  const path = join(data, 'old.jsonl');
  const recent = new Date(now.getTime() - 179 * 86_400_000);
  await expect(archive(pool, { before: recent, path, key, now })).rejects.toMatchObject({ id: 'audit.tooNew' });
  await expect(pool.query("SELECT audit_archive(now() - interval '179 days', '{1}', '{1}')")).rejects.toThrow(
    '180 days',
  );
  const before = new Date(at + 1);
  at = Date.parse('2026-01-05T00:00:00Z');
  for (let n = 0; n < 20; n += 1) await entry(9000 + n);
  const counted = async () => (await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM audit')).rows[0]?.n ?? 0;
  const had = await counted();
  const moved = await archive(pool, { before, path, key, now });
  expect(moved.rows).toBeGreaterThan(100);
  expect(await counted()).toBe(had - moved.rows + 1);
  const old = await verifyArchive(path, { keys: await publicKeys(settings) });
  expect(old).toMatchObject({ ok: true, rows: moved.rows, broken: [] });
  expect(await verifyStored(app, { keys: await publicKeys(settings), archived: old.to })).toMatchObject({ ok: true });

  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('thing/7', 'thing/8'));
  const forged = await verifyArchive(path, { keys: await publicKeys(settings) });
  expect(forged.broken.map(({ what }) => what)).toEqual(expect.arrayContaining(['changed', 'checkpoint']));
  await writeFile(path, text);
  await writeFile(path, text.split('\n').slice(0, -2).join('\n'));
  expect((await verifyArchive(path, { keys: await publicKeys(settings) })).ok).toBe(false);
});
