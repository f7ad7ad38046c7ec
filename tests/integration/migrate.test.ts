import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import {
  createScratchDatabase,
  dropScratchDatabase,
  migrate,
  needsMigration,
  withClient,
} from '../../server/db/index.ts';
import { readMigrations } from '../../server/db/migrationFiles.ts';
import { makeTestFolder } from '../support/folder.ts';

const cluster = inject('clusterUrl');

const withDatabase = async (name: string, work: (url: string) => Promise<void>): Promise<void> => {
  const url = await createScratchDatabase(cluster, name);
  await work(url);
  await dropScratchDatabase(cluster, name);
};

const makeFolder = async (migrations: Record<string, string>): Promise<string> => {
  const folder = await makeTestFolder('migrations');
  for (const [name, sql] of Object.entries(migrations)) {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'migration.sql'), sql);
  }
  return folder;
};

const rows = async (url: string, sql: string) => (await withClient(url, (client) => client.query(sql))).rows;

const history = (url: string) =>
  rows(
    url,
    `SELECT migration_name AS name, finished_at IS NOT NULL AS done, rolled_back_at IS NOT NULL AS undone
               FROM _prisma_migrations ORDER BY started_at, migration_name`,
  );

test('several nodes that start at once apply everything once', () =>
  withDatabase('migrate_together', async (url) => {
    expect(await needsMigration(url)).toBe(true);
    const names = (await readMigrations()).map(({ name }) => name);
    const results = await Promise.all(Array.from({ length: 5 }, () => migrate(url)));
    const busy = results.filter(({ applied, queue }) => applied.length > 0 || queue);
    expect(busy).toEqual([{ applied: names, queue: true }]);
    expect(await history(url)).toEqual(names.map((name) => ({ name, done: true, undone: false })));
    expect(await needsMigration(url)).toBe(false);
    expect(
      await rows(url, "SELECT to_regprocedure('graphile_worker.force_unlock_workers(text[])') IS NOT NULL AS ok"),
    ).toEqual([{ ok: true }]);
  }));

test('a script is sent whole: function bodies keep their semicolons', () =>
  withDatabase('migrate_function', async (url) => {
    const folder = await makeFolder({
      '0001_function': `CREATE FUNCTION seven() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 7; END $$;
                        CREATE TABLE t (n int DEFAULT seven()); -- the end; without a line end`,
    });
    await migrate(url, { folder });
    expect(await rows(url, 'SELECT seven() AS n')).toEqual([{ n: 7 }]);
  }));

test('a script that fails changes nothing, says why, and applies once it is mended', () =>
  withDatabase('migrate_failing', async (url) => {
    const bad = await makeFolder({ '0001_ok': 'CREATE TABLE a ();', '0002_bad': 'CREATE TABLE b ();\nSELECT nope;' });
    await expect(migrate(url, { folder: bad })).rejects.toMatchObject({
      id: 'database.migrationFailed',
      message: expect.stringContaining('0002_bad/migration.sql:2: column "nope" does not exist'),
    });
    expect(await rows(url, "SELECT to_regclass('a') IS NOT NULL AS a, to_regclass('b') IS NOT NULL AS b")).toEqual([
      { a: true, b: false },
    ]);
    const good = await makeFolder({ '0001_ok': 'CREATE TABLE a ();', '0002_bad': 'CREATE TABLE b ();' });
    expect((await migrate(url, { folder: good })).applied).toEqual(['0002_bad']);
  }));

test.each([
  ['before', false, ['0001_one']],
  ['after', true, []],
])('a node killed %s the commit of a script leaves a state that the next start settles', (when, committed, applied) =>
  withDatabase(`migrate_killed_${when}`, async (url) => {
    const folder = await makeFolder({ '0001_one': 'CREATE TABLE a ();' });
    await migrate(url, { folder });
    await withClient(url, async (client) => {
      await client.query('UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 0');
      if (!committed) await client.query('UPDATE _prisma_migrations SET logs = NULL; DROP TABLE a');
    });
    expect(await needsMigration(url, { folder })).toBe(true);
    expect((await migrate(url, { folder })).applied).toEqual(applied);
    expect(await rows(url, "SELECT to_regclass('a') IS NOT NULL AS a")).toEqual([{ a: true }]);
    expect((await history(url)).filter(({ done, undone }) => done && !undone)).toHaveLength(1);
    expect(await needsMigration(url, { folder })).toBe(false);
  }),
);

test('a changed script is refused; changed line ends and newer scripts of another version are not', () =>
  withDatabase('migrate_changed', async (url) => {
    const first = await makeFolder({ '0001_one': 'CREATE TABLE a ();\n', '0002_two': 'CREATE TABLE b ();\n' });
    await migrate(url, { folder: first });
    const older = await makeFolder({ '0001_one': 'CREATE TABLE a ();\r\n' });
    expect(await migrate(url, { folder: older })).toEqual({ applied: [], queue: false });
    const edited = await makeFolder({ '0001_one': 'CREATE TABLE a (n int);\n' });
    await expect(migrate(url, { folder: edited })).rejects.toMatchObject({ id: 'database.migrationEdited' });
  }));
