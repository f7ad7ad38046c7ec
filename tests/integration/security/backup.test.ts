import { createHash, randomUUID } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { keepCheckpoint } from '../../../server/audit/keep.ts';
import { publicKeys, signingKey } from '../../../server/audit/key.ts';
import { verifyStored } from '../../../server/audit/verifyStored.ts';
import { makeBackup } from '../../../server/backup/backup.ts';
import { checkBackup, restoreBackup } from '../../../server/backup/restore.ts';
import { createScratchDatabase, dropScratchDatabase, makePool, migrate, withClient } from '../../../server/db/index.ts';
import { makePrisma } from '../../../server/db/prisma.ts';
import { makeDirectory } from '../../../server/directory/directory.ts';
import { makeEngine } from '../../../server/engine/index.ts';
import { pathOf } from '../../../server/evidence/store.ts';
import { services } from '../../../server/services.ts';
import { seedDemo } from '../../../server/simulate/demo.ts';
import { verify } from '../../../server/verify/verify.ts';
import { makeCalendar } from '../../../workflows/calendar/calendar.ts';
import { chinaCalendar } from '../../../workflows/calendar/china.ts';
import { runCli } from '../../support/cli.ts';
import { makeTestDatabase } from '../../support/database.ts';
import { fingerprint } from '../../support/fingerprint.ts';
import { makeTestFolder } from '../../support/folder.ts';

const NOW = new Date('2026-11-20T04:00:00Z');
const SECRET = 'ein langes 口令 for backups';
const calendar = makeCalendar(chinaCalendar());
const { pool, url } = await makeTestDatabase();

/** The demo city under way, with what else an instance holds: an uploaded file, jobs that wait, one that was tried. */
beforeAll(async () => {
  await seedDemo({ pool, prisma: makePrisma(pool), now: NOW, cases: 3 });
  const { rows } = await pool.query<{ id: string }>("SELECT id FROM cases WHERE kind = 'participant' LIMIT 1");
  const bytes = Buffer.from('佐证 evidence');
  await pool.query(
    `INSERT INTO evidence (id, case_id, seat, field, name, mime, size, sha256, uploaded_by, at)
     SELECT $1, $2, 1, 'files', E'a"b,\\n\\\\c.txt', 'text/plain', $3, $4, id, now() FROM people LIMIT 1`,
    [randomUUID(), rows[0]?.id, bytes.length, sha256(bytes)],
  );
  await pool.query(
    `SELECT graphile_worker.add_job('timers.fire', '{"n": 1}', run_at := '2030-01-01Z', job_key := 'one', priority := 3, flags := ARRAY['x'], max_attempts := 7),
            graphile_worker.add_job('tell', '[1, "二"]', queue_name := 'q')`,
  );
  await pool.query(`UPDATE graphile_worker._private_jobs SET attempts = 2, last_error = 'no' WHERE key = 'one'`);
}, 120_000);

const EVIDENCE = Buffer.from('佐证 evidence');
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A data folder with the uploaded file, and a key. */
const makeDataFolder = async (): Promise<string> => {
  const data = await makeTestFolder('data');
  const place = pathOf(data, sha256(EVIDENCE));
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, EVIDENCE);
  await writeFile(join(data, 'secret.key'), 'the key');
  await writeFile(join(data, 'audit-checkpoints.jsonl'), '');
  return data;
};

const scratch: string[] = [];
const emptyDatabase = async (): Promise<string> => {
  const name = `restore_${randomUUID().slice(0, 8)}`;
  scratch.push(name);
  return createScratchDatabase(inject('clusterUrl'), name);
};
afterAll(async () => {
  for (const name of scratch) await dropScratchDatabase(inject('clusterUrl'), name);
});

const withPool = async <T>(at: string, work: (pool: pg.Pool) => Promise<T>): Promise<T> => {
  const own = makePool(at, { max: 4, name: 'restored' });
  return work(own).finally(() => own.end());
};

const JOBS = `SELECT json_agg(j ORDER BY j.key, j.task_identifier, j.payload::text) AS jobs FROM (SELECT j.key, task_identifier, queue_name, j.run_at, j.attempts, j.max_attempts,
  j.last_error, j.priority, j.flags, p.payload FROM graphile_worker.jobs j JOIN graphile_worker._private_jobs p USING (id)) j`;
const jobsOf = async (of: pg.Pool) => (await of.query(JOBS)).rows[0].jobs;

const back = async (more: Partial<Parameters<typeof makeBackup>[0]> = {}) => {
  const data = more.data ?? (await makeDataFolder());
  return makeBackup({
    url,
    data,
    checkpoints: join(data, 'audit-checkpoints.jsonl'),
    to: await makeTestFolder('backup'),
    secret: undefined,
    withKeys: false,
    now: NOW,
    ...more,
  });
};

test('S61 backup, restore elsewhere, verify: every row, job and file is there again, and the loop goes on', async () => {
  const made = await back({ secret: SECRET, withKeys: true });
  expect(made).toMatchObject({ encrypted: true, files: 1, keys: ['secret.key'], missing: [] });
  expect(made.rows).toBeGreaterThan(1000);
  expect(sha256(await readFile(made.file))).toBe(made.sha256);
  expect((await stat(made.file)).mode & 0o077).toBe(0);

  const [target, data] = [await emptyDatabase(), await makeTestFolder('restored')];
  const from = { file: made.file, secret: SECRET, sha256: made.sha256 };
  const checked = await checkBackup(from);
  expect(await restoreBackup(from, checked, { url: target, data })).toEqual({ applied: [], queue: false });
  expect(await readFile(pathOf(data, sha256(EVIDENCE)))).toEqual(EVIDENCE);
  expect(await readFile(join(data, 'secret.key'), 'utf8')).toBe('the key');
  expect(await readdir(join(data, 'evidence', 'incoming'))).toEqual([]);
  await withPool(target, async (restored) => {
    expect(await contentOf(restored)).toEqual(await contentOf(pool));
    expect(await jobsOf(restored)).toEqual(await jobsOf(pool));
    expect(await verify(restored)).toMatchObject({ ok: true, mismatches: [] });
    expect(await verifyStored(restored)).toMatchObject({ ok: true, broken: [] });
    // The same foreign keys and triggers stand guard as before.
    const guards = `SELECT json_agg(g ORDER BY g) AS all FROM (
      SELECT conrelid::regclass::text || ' ' || conname::text || ' ' || pg_get_constraintdef(oid) AS g FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT tgrelid::regclass::text || ' ' || tgname::text || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal) x`;
    expect((await restored.query(guards)).rows).toEqual((await pool.query(guards)).rows);
    await expect(restored.query(`DELETE FROM case_events`)).rejects.toThrow();

    // Half a year later every deadline fires, once: both instances come to the same.
    const later = new Date('2027-05-20T04:00:00Z');
    const due = Number((await pool.query(`SELECT count(*) AS n FROM timers WHERE due_at < $1`, [later])).rows[0].n);
    expect(due).toBeGreaterThan(10);
    const fired = await Promise.all([pool, restored].map((of) => fireUntil(of, later)));
    expect(fired[0]).toBeGreaterThanOrEqual(due);
    expect(fired[1]).toBe(fired[0]);
    const stand = `SELECT json_agg(c ORDER BY c.id) AS cases FROM (SELECT id, revision, status, blocks, waits, phase, outcome,
      (SELECT count(*) FROM tasks t WHERE t.case_id = cases.id AND state = 'open') AS open FROM cases) c`;
    expect((await restored.query(stand)).rows).toEqual((await pool.query(stand)).rows);
    expect(await verify(restored)).toMatchObject({ ok: true });
  });
}, 120_000);

/** Every row of every table; of the audit without what backing up and restoring themselves have added. */
const contentOf = async (of: pg.Pool) => {
  const { audit, audit_heads, ...tables } = JSON.parse(await fingerprint(of)) as Record<string, string>;
  const rows = await of.query("SELECT * FROM audit WHERE action NOT LIKE 'backup.%' ORDER BY stripe, seq");
  expect(rows.rows.length).toBeGreaterThan(100);
  return { tables, audit: rows.rows };
};

/** Fires what is due as a worker would, until nothing is. Gives how many events that made. */
const fireUntil = async (of: pg.Pool, at: Date): Promise<number> => {
  const events = async () => Number((await of.query('SELECT count(*) AS n FROM case_events')).rows[0].n);
  const before = await events();
  const directory = await makeDirectory(of);
  const engine = makeEngine({
    pool: of,
    directory,
    calendar: () => calendar,
    clock: { now: () => at },
    services,
    jobSink: () => undefined,
  });
  while ((await engine.fireDue()) > 0);
  await engine.close();
  return (await events()) - before;
};

test('S61 a backup of a system at work is of one moment', async () => {
  let working = true;
  let steps = 0;
  // Each transaction keeps the two tables in step; a backup that read them at different moments would not.
  await pool.query('CREATE TABLE IF NOT EXISTS a_twin (n int); CREATE TABLE IF NOT EXISTS z_twin (n int)');
  const work = (async () => {
    while (working) {
      await pool.query('WITH a AS (INSERT INTO a_twin VALUES ($1)) INSERT INTO z_twin VALUES ($1)', [steps]);
      steps += 1;
    }
  })();
  const made = await back();
  working = false;
  await work;
  const { manifest } = await checkBackup({ file: made.file, secret: undefined });
  const rows = (name: string) => manifest.tables.find((table) => table.name === name)?.rows;
  expect(steps).toBeGreaterThan(0);
  expect(rows('a_twin')).toBe(rows('z_twin'));
  await pool.query('DROP TABLE a_twin, z_twin');
});

test('S61 a backup that is damaged, cut off, tampered with or of another secret is refused, and nothing is changed', async () => {
  const data = await makeDataFolder();
  const plain = (await back({ data })).file;
  const sealed = (await back({ data, secret: SECRET })).file;
  const folder = await makeTestFolder('tampered');
  const bytes = { plain: await readFile(plain), sealed: await readFile(sealed) };
  const flipped = (of: Buffer, at: number) => {
    const copy = Buffer.from(of);
    copy.writeUInt8((copy[at] ?? 0) ^ 1, at);
    return copy;
  };
  const tar = gunzipSync(bytes.plain);
  const at = tar.indexOf('示例市');
  const renamed = Buffer.from(tar);
  renamed.write('攻击者', at);
  const cases: [string, Buffer, string, string?][] = [
    ['a byte of the middle', flipped(bytes.plain, bytes.plain.length >> 1), 'backup.damaged'],
    ['a byte of an encrypted one', flipped(bytes.sealed, bytes.sealed.length >> 1), 'backup.damaged', SECRET],
    ['its last byte', flipped(bytes.sealed, bytes.sealed.length - 1), 'backup.damaged', SECRET],
    ['cut off', bytes.plain.subarray(0, -5000), 'backup.damaged'],
    ['cut off at a chunk', bytes.sealed.subarray(0, 26 + 16 + 2 * (64 * 1024 + 16)), 'backup.damaged', SECRET],
    [
      'a chunk left out',
      Buffer.concat([bytes.sealed.subarray(0, 42 + 65_552), bytes.sealed.subarray(42 + 2 * 65_552)]),
      'backup.damaged',
      SECRET,
    ],
    ['more behind its end', Buffer.concat([bytes.plain, Buffer.from('more')]), 'backup.damaged'],
    ['a row changed, packed again', gzipSync(renamed), 'backup.damaged'],
    ['no manifest', gzipSync(tar.subarray(0, -20_000)), 'backup.damaged'],
    ['another secret', bytes.sealed, 'backup.secret', `${SECRET}!`],
    ['no secret', bytes.sealed, 'backup.secret'],
    ['something else', Buffer.from('hello, world, this is no backup'), 'backup.unknownFormat'],
    ['another archive', gzipSync(Buffer.alloc(2048)), 'backup.damaged'],
    ['nothing', Buffer.alloc(0), 'backup.unknownFormat'],
  ];
  for (const [name, content, id, secret] of cases) {
    const file = join(folder, 'backup');
    await writeFile(file, content);
    await expect(checkBackup({ file, secret }), name).rejects.toMatchObject({ id });
  }
  await expect(checkBackup({ file: plain, secret: undefined, sha256: sha256(bytes.sealed) })).rejects.toMatchObject({
    id: 'backup.otherHash',
  });
  await expect(checkBackup({ file: join(folder, 'none'), secret: undefined })).rejects.toMatchObject({
    id: 'backup.unreadable',
  });

  // Changed between the check and the restore: what was begun is undone.
  const file = join(folder, 'swapped');
  await copyFile(plain, file);
  const checked = await checkBackup({ file, secret: undefined });
  await truncate(file, bytes.plain.length >> 1);
  const [target, restored] = [await emptyDatabase(), await makeTestFolder('restored')];
  await expect(
    restoreBackup({ file, secret: undefined }, checked, { url: target, data: restored }),
  ).rejects.toMatchObject({
    id: 'backup.damaged',
  });
  await withClient(target, async (client) => {
    expect(
      (await client.query('SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM cases) AS n')).rows,
    ).toEqual([{ n: '0' }]);
    expect((await client.query("SELECT count(*) > 20 AS kept FROM pg_constraint WHERE contype = 'f'")).rows).toEqual([
      { kept: true },
    ]);
  });
  // And the whole backup goes into the same database afterwards.
  await restoreBackup({ file: plain, secret: undefined }, checked, { url: target, data: restored });
}, 60_000);

test('S61 restore goes into an empty database only, with keys of its own only, and never to an older schema', async () => {
  const made = await back({ secret: SECRET, withKeys: true });
  const from = { file: made.file, secret: SECRET };
  const checked = await checkBackup(from);
  const data = await makeTestFolder('restored');
  await expect(restoreBackup(from, checked, { url, data })).rejects.toMatchObject({ id: 'restore.notEmpty' });
  const target = await emptyDatabase();
  await writeFile(join(data, 'secret.key'), 'another key');
  await expect(restoreBackup(from, checked, { url: target, data })).rejects.toMatchObject({ id: 'restore.otherKeys' });
  await migrate(target);
  const older = { ...checked, header: { ...checked.header, migrations: checked.header.migrations.slice(0, -1) } };
  await expect(restoreBackup(from, older, { url: target, data: await makeTestFolder('older') })).rejects.toMatchObject({
    id: 'restore.notEmpty',
  });
  await expect(back({ withKeys: true })).rejects.toMatchObject({ id: 'backup.keysInClear' });
  await expect(back({ to: made.file })).rejects.toMatchObject({ id: 'backup.unwritable' });
});

test('S61 without the keys, the audit that they signed can still be verified, and goes on with another key', async () => {
  const keep = (of: pg.Pool, data: string) =>
    keepCheckpoint({
      pool: of,
      settings: { data, auditKeyFile: undefined, auditFile: undefined },
      clock: { now: () => NOW },
      dayOf: (instant) => instant.slice(0, 10),
      mail: false,
      now: true,
    });
  const keysOf = (data: string) => publicKeys({ data, auditKeyFile: undefined });
  const from = await makeDataFolder();
  expect(await keep(pool, from)).toBe(true);
  const made = await back({ data: from });
  expect(made.keys).toEqual([]);
  const checked = await checkBackup({ file: made.file, secret: undefined });
  const [target, data] = [await emptyDatabase(), await makeTestFolder('restored')];
  await signingKey({ data, auditKeyFile: undefined });
  await restoreBackup({ file: made.file, secret: undefined }, checked, { url: target, data });
  await withPool(target, async (restored) => {
    const anchor = { n: 1 };
    expect(await verifyStored(restored, { keys: await keysOf(data) })).toMatchObject({ ok: true, anchor });
    expect(await keep(restored, data)).toBe(true);
    const found = await verifyStored(restored, { keys: await keysOf(data) });
    expect(found).toMatchObject({ ok: true, anchor: { n: 2 }, unanchored: 0 });
    const { broken } = await verifyStored(restored, { keys: await keysOf(from) });
    expect(broken).toEqual([expect.objectContaining({ what: 'checkpoint', seq: 2 })]);
  });
}, 60_000);

test('S61 uploaded files that are gone or damaged are named, and the rest is backed up', async () => {
  const data = await makeDataFolder();
  await writeFile(pathOf(data, sha256(EVIDENCE)), 'something else');
  expect(await back({ data })).toMatchObject({ files: 0, missing: [sha256(EVIDENCE)] });
});

test('S61 bihuan backup and restore do it with the embedded database, in another data folder', async () => {
  const [to, data] = [await makeTestFolder('backup'), await makeDataFolder()];
  const secretFile = join(to, 'passphrase');
  await writeFile(secretFile, `${SECRET}\n`);
  const env = { BIHUAN_BACKUP_PASSPHRASE_FILE: secretFile };
  const made = await runCli(['backup', '--to', to, '--with-keys', '--json'], {
    env: { ...env, DATABASE_URL: url, BIHUAN_DATA: data },
  });
  expect(made).toMatchObject({ code: 0 });
  const { file, sha256: hash, rows } = JSON.parse(made.stdout);
  const fresh = await makeTestFolder('fresh');
  const target = { ...env, DATABASE_URL: '', BIHUAN_DATA: fresh };
  const restored = await runCli(['restore', file, '--sha256', hash, '--json'], { env: target });
  expect(restored).toMatchObject({ code: 0 });
  expect(JSON.parse(restored.stdout)).toMatchObject({
    ok: true,
    rows,
    applied: [],
    verify: { ok: true },
    audit: { ok: true },
  });
  const again = await runCli(['restore', file, '--json'], { env: target });
  expect(again.code).toBe(1);
  expect(JSON.parse(again.stdout)).toMatchObject({ error: { id: 'restore.notEmpty' } });
}, 120_000);
