import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { type EmbeddedDatabase, openEmbedded, withClient } from '../../server/db/index.ts';
import { findPostmaster, stopPostmaster } from '../../server/db/postmaster.ts';
import { runChild } from '../support/child.ts';
import { makeTestFolder } from '../support/folder.ts';

const pgdataOf = (data: string) => join(data, 'pg', 'data');
const pidOf = (data: string) => findPostmaster(pgdataOf(data))?.pid;

/** A data folder whose server is stopped after the test, whatever happened. */
const makeEmptyData = async (): Promise<string> => {
  const folder = await makeTestFolder('data');
  await chmod(folder, 0o755);
  onTestFinished(() => stopPostmaster(pgdataOf(join(folder, 'data'))));
  return join(folder, 'data');
};

/** Creating a cluster is slow work for the disk, so it is done once; most tests begin with a copy of it, closed. */
const original = await mkdtemp(join(tmpdir(), 'bihuan-original-'));
await chmod(original, 0o755);
await (await openEmbedded(join(original, 'data'))).close();
afterAll(() => rm(original, { recursive: true, force: true }));

const makeData = async (): Promise<string> => {
  const data = await makeEmptyData();
  await promisify(execFile)('cp', ['-a', join(original, 'data'), data]);
  return data;
};

const open = async (data: string): Promise<EmbeddedDatabase> => {
  const database = await openEmbedded(data);
  onTestFinished(() => database.close());
  return database;
};

const ask = async <Value>(url: string, sql: string): Promise<Value> =>
  (await withClient(url, (client) => client.query<{ value: Value }>(sql))).rows[0]?.value as Value;

/** A process that opens the database, prints what it found, and closes when told (or is killed). */
const openInChild = (data: string) =>
  runChild(`
    const { openEmbedded } = await import('./server/db/index.ts');
    const database = await openEmbedded(${JSON.stringify(data)});
    console.log(JSON.stringify({ url: database.url, started: database.started }));
    process.stdin.once('data', async (text) => {
      if (String(text).startsWith('exit')) process.exit(0);
      await database.close();
      process.exit(0);
    });
  `);

test('it is a durable PostgreSQL 18 in UTF-8 that only this machine reaches, with a password', async () => {
  const data = await makeEmptyData();
  const database = await open(data);
  expect(database).toMatchObject({ created: true, started: true, staged: undefined });
  expect(await ask(database.url, "SELECT current_setting('server_version_num')::int / 10000 AS value")).toBe(18);
  expect(await ask(database.url, "SELECT current_setting('listen_addresses') AS value")).toBe('127.0.0.1');
  expect(await ask(database.url, "SELECT current_setting('fsync') AS value")).toBe('on');
  expect(
    await ask(database.url, "SELECT pg_encoding_to_char(encoding) AS value FROM pg_database WHERE datname = 'bihuan'"),
  ).toBe('UTF8');
  expect(await ask(database.url, "SELECT upper('ä') || length('示例市') AS value")).toBe('Ä3');
  expect((await stat(join(data, 'cluster.json'))).mode & 0o777).toBe(0o600);
  await expect(ask(database.url.replace(/:[^:@]*@/, ':wrong@'), 'SELECT 1 AS value')).rejects.toMatchObject({
    code: '28P01',
  });
});

test('closed and opened again it holds the same data on the same port', async () => {
  const data = await makeData();
  const first = await openEmbedded(data);
  await withClient(first.url, (client) => client.query('CREATE TABLE kept AS SELECT 7 AS value'));
  await first.close();
  expect(pidOf(data)).toBeUndefined();
  const second = await open(data);
  expect(second).toMatchObject({ created: false, started: true, url: first.url });
  expect(await ask(second.url, 'SELECT value FROM kept')).toBe(7);
});

test('a second process joins the running server and leaves it running', async () => {
  const data = await makeData();
  const owner = await openEmbedded(data);
  const pid = pidOf(data);
  const guest = openInChild(data);
  expect(JSON.parse(await guest.line())).toEqual({ url: owner.url, started: false });
  guest.say('close');
  expect(await guest.ended()).toMatchObject({ code: 0 });
  expect(pidOf(data)).toBe(pid);
  await owner.close();
  expect(pidOf(data)).toBeUndefined();
});

test('the owner may go first: whoever leaves last stops the server', async () => {
  const data = await makeData();
  const owner = openInChild(data);
  await owner.line();
  const guest = await openEmbedded(data);
  owner.say('close');
  await owner.ended();
  expect(await ask(guest.url, 'SELECT 1 AS value')).toBe(1);
  await guest.close();
  expect(pidOf(data)).toBeUndefined();
});

test('several that start at once agree on one server', async () => {
  const data = await makeEmptyData();
  const children = Array.from({ length: 5 }, () => openInChild(data));
  const seen = await Promise.all(children.map(async (child) => JSON.parse(await child.line())));
  expect(new Set(seen.map(({ url }) => url)).size).toBe(1);
  expect(seen.filter(({ started }) => started)).toHaveLength(1);
});

test('a server whose owner got kill -9 is taken over, and stopped in the end', async () => {
  const data = await makeData();
  const owner = openInChild(data);
  const { url } = JSON.parse(await owner.line());
  const pid = pidOf(data);
  await owner.kill('SIGKILL');
  expect(pidOf(data)).toBe(pid);
  const heir = await openEmbedded(data);
  expect(heir).toMatchObject({ started: false, url });
  await heir.close();
  expect(pidOf(data)).toBeUndefined();
});

test('a process that exits without closing stops the server too', async () => {
  const data = await makeData();
  const owner = openInChild(data);
  await owner.line();
  owner.say('exit');
  await owner.ended();
  await expect.poll(() => pidOf(data), { timeout: 10_000, interval: 20 }).toBeUndefined();
});

test('a server that is killed comes back on the same port with everything committed', async () => {
  const data = await makeData();
  const database = await open(data);
  await withClient(database.url, (client) => client.query('CREATE TABLE kept AS SELECT 7 AS value'));
  const pid = pidOf(data) ?? 0;
  process.kill(pid, 'SIGKILL');
  const answer = () => ask(database.url, 'SELECT value FROM kept').catch(() => undefined);
  await expect.poll(answer, { timeout: 20_000, interval: 50 }).toBe(7);
  expect(pidOf(data)).not.toBe(pid);
});

test('owner and server both killed: the next start recovers', async () => {
  const data = await makeData();
  const owner = openInChild(data);
  const { url } = JSON.parse(await owner.line());
  await withClient(url, (client) => client.query('CREATE TABLE kept AS SELECT 7 AS value'));
  const pid = pidOf(data) ?? 0;
  await owner.kill('SIGKILL');
  process.kill(pid, 'SIGKILL');
  const database = await open(data);
  expect(await ask(database.url, 'SELECT value FROM kept')).toBe(7);
});

test('a left-over postmaster.pid whose number another program has now is no obstacle', async () => {
  const data = await makeData();
  const first = await openEmbedded(data);
  const path = join(pgdataOf(data), 'postmaster.pid');
  const text = await readFile(path, 'utf8');
  await first.close();
  await writeFile(path, text.replace(/^\d+/, String(process.pid)));
  expect(await open(data)).toMatchObject({ started: true });
});

test('a creation that was killed half-way is begun again', async () => {
  const data = await makeEmptyData();
  const draft = join(data, 'pg', 'draft-killed');
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, 'PG_VERSION'), '18\n');
  const database = await open(data);
  expect(database.created).toBe(true);
  await expect(stat(draft)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('a taken port is exchanged for a free one', async () => {
  const first = await open(await makeData());
  // Its copy remembers the same port.
  const second = await open(await makeData());
  expect(second.port).not.toBe(first.port);
  expect(await ask(second.url, 'SELECT 1 AS value')).toBe(1);
});

test('a cluster of another major version is refused with a way out', async () => {
  const data = await makeData();
  await writeFile(join(pgdataOf(data), 'PG_VERSION'), '17\n');
  await expect(openEmbedded(data)).rejects.toMatchObject({
    id: 'database.otherMajor',
    hint: { en: expect.stringContaining('pg_dump') },
  });
});

const asRoot = process.getuid?.() === 0;

describe.skipIf(!asRoot)('behind a folder that only root may enter (optional: needs root)', () => {
  test('the cluster is kept where its user can reach it, and found again', async () => {
    const closed = await makeTestFolder('closed');
    const stage = await makeTestFolder('stage');
    await chmod(stage, 0o755);
    expect((await stat(closed)).mode & 0o077).toBe(0);
    const data = join(closed, 'data');
    const told: string[] = [];
    const options = { stage: join(stage, 'bihuan'), notice: (_zh: string, en: string) => void told.push(en) };
    const first = await openEmbedded(data, options);
    onTestFinished(() => first.close());
    expect(first.staged?.startsWith(options.stage)).toBe(true);
    expect(told).toEqual([`the database user cannot enter ${data}; the database files are kept in ${first.staged}`]);
    await withClient(first.url, (client) => client.query('CREATE TABLE kept AS SELECT 7 AS value'));
    await first.close();

    const second = await openEmbedded(data, { notice: options.notice });
    onTestFinished(() => second.close());
    expect(second).toMatchObject({ created: false, staged: first.staged });
    expect(await ask(second.url, 'SELECT value FROM kept')).toBe(7);
    await second.close();

    await rm(data, { recursive: true });
    const third = await openEmbedded(data, options);
    onTestFinished(() => third.close());
    expect(third.created).toBe(true);
    expect(told.at(-1)).toContain(`an earlier database of this folder is still in ${first.staged}`);
  });
});
