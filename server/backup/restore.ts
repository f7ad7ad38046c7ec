import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { addPublicKeys } from '../audit/key.ts';
import { record } from '../audit/record.ts';
import { copyIn } from '../db/copy.ts';
import { type MigrationResult, migrate, withClient } from '../db/index.ts';
import { readMigrations } from '../db/migrationFiles.ts';
import { overPg } from '../db/sql.ts';
import { incomingFolder, incomingName, keepFile } from '../evidence/store.ts';
import { hashFile, openArchive } from './archive.ts';
import { JOB_COLUMNS, listMigrations } from './contents.ts';
import { backupError } from './error.ts';
import { AUDIT_KEYS, otherKeys, placeOfKept } from './files.ts';
import { type Header, type Manifest, type Part, SESSION, type Table } from './format.ts';
import { type Inspected, inspectBackup } from './inspect.ts';
import type { TarFile } from './tar.ts';
import { withoutGuards } from './withoutGuards.ts';

export interface RestoreOptions {
  file: string;
  secret: string | undefined;
  /** What the file's SHA-256 must be. */
  sha256?: string | undefined;
}

export interface RestoreTarget {
  /** Of the database's owner. */
  url: string;
  data: string;
  /** Whom the application signs in as, when not the owner. */
  login?: string | undefined;
  onProgress?: (done: number) => void;
}

/** Reads a backup from end to end, before anything is opened or changed, and makes sure that this version can restore it. */
export const checkBackup = async ({ file, secret, sha256 }: RestoreOptions): Promise<Inspected> => {
  const inspected = await inspectBackup(file, secret);
  if (sha256 !== undefined && (await hashFile(file)).sha256 !== sha256.toLowerCase())
    throw backupError('backup.otherHash');
  await checkSchema(inspected.header);
  return inspected;
};

/** A backup of this version or an older one: all of its migrations are ours, and unchanged. */
const checkSchema = async ({ migrations }: Header): Promise<void> => {
  const ours = new Map((await readMigrations()).map(({ name, checksum }) => [name, checksum]));
  const unknown = migrations.filter(({ name, checksum }) => ours.get(name) !== checksum);
  if (unknown.length > 0) throw backupError('backup.otherSchema', unknown.map(({ name }) => name).join(', '));
};

/**
 * Puts a checked backup into an empty database and data folder: the schema as it was, every row in one transaction, the uploaded
 * files, then the migrations since. Sessions are not restored; jobs that were running run again, timers fire once, as ever.
 */
export const restoreBackup = async (
  { file, secret }: RestoreOptions,
  { header, manifest }: Inspected,
  { url, data, login, onProgress = () => undefined }: RestoreTarget,
): Promise<MigrationResult> => {
  const keys = manifest.files.filter(({ path }) => path.startsWith('keys/'));
  const others = await otherKeys(data, keys);
  if (others.length > 0) throw backupError('restore.otherKeys', others.join(', '));
  const names = new Set(header.migrations.map(({ name }) => name));
  await withClient(url, (client) => refuseUsed(client, names));
  await migrate(url, { login, only: (name) => names.has(name) });
  await withClient(url, async (client) => {
    await client.query(`${SESSION}; BEGIN`);
    await refuseUsed(client, names);
    const archive = openArchive(file, secret);
    const source = new Source(archive, onProgress);
    await source.next();
    await withoutGuards(client, async () => {
      const all = manifest.tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ');
      await client.query(`TRUNCATE ${all} RESTART IDENTITY`);
      for (const table of manifest.tables) await fill(client, table, source);
      await fillJobs(client, manifest.jobs, source);
      for (const { name, value } of manifest.sequences)
        await client.query('SELECT setval($1::regclass, $2::bigint)', [pg.escapeIdentifier(name), value]);
    });
    await countRows(client, manifest);
    for (const part of manifest.files) await putFile(data, part, await source.part(part));
    await client.query('COMMIT');
    await archive.return(undefined);
  });
  const migrated = await migrate(url, { login });
  await withClient(url, (client) =>
    record(overPg(client), {
      action: 'backup.restore',
      detail: { createdAt: header.createdAt, migration: header.migrations.at(-1)?.name ?? null },
    }),
  );
  return migrated;
};

/** Somebody's data are never written over: a database with people, units, templates or cases is in use, one of a later schema is not empty. */
const refuseUsed = async (client: pg.Client, migrations: ReadonlySet<string>): Promise<void> => {
  for (const name of ['people', 'org_units', 'templates', 'cases']) {
    if ((await exists(client, name)) && (await client.query(`SELECT 1 FROM ${name} LIMIT 1`)).rows.length > 0)
      throw backupError('restore.notEmpty', name);
  }
  if (!(await exists(client, '_prisma_migrations'))) return;
  const later = (await listMigrations(client)).filter(({ name }) => !migrations.has(name));
  if (later.length > 0) throw backupError('restore.notEmpty', later.map(({ name }) => name).join(', '));
};

const exists = async (client: pg.Client, table: string): Promise<boolean> =>
  (await client.query<{ found: boolean }>('SELECT to_regclass($1) IS NOT NULL AS found', [table])).rows[0]?.found ===
  true;

/** The parts of a backup in their order, each compared with the manifest once more while it is taken. */
class Source {
  readonly #files: AsyncIterator<TarFile>;
  readonly #onProgress: (done: number) => void;
  #done = 0;

  constructor(files: AsyncIterable<TarFile>, onProgress: (done: number) => void) {
    this.#files = files[Symbol.asyncIterator]();
    this.#onProgress = onProgress;
  }

  /** Takes a file whole and forgets it. */
  async next(): Promise<void> {
    const { value, done } = await this.#files.next();
    if (done) throw backupError('backup.damaged');
    for await (const _ of (value as TarFile).bytes);
  }

  async part({ path, sha256 }: Part): Promise<AsyncIterable<Buffer>> {
    const { value, done } = await this.#files.next();
    if (done || value.path !== path) throw backupError('backup.damaged', path);
    return this.#hashed(value, sha256);
  }

  async *#hashed({ path, bytes }: TarFile, sha256: string): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    for await (const chunk of bytes) {
      hash.update(chunk);
      yield chunk;
    }
    if (hash.digest('hex') !== sha256) throw backupError('backup.damaged', path);
    this.#done += 1;
    this.#onProgress(this.#done);
  }

  async *all(parts: readonly Part[]): AsyncGenerator<Buffer> {
    for (const part of parts) yield* await this.part(part);
  }
}

const fill = async (client: pg.Client, { name, columns, rows, parts }: Table, source: Source): Promise<void> => {
  const into = `${pg.escapeIdentifier(name)} (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`;
  const written = await copyIn(client, `COPY ${into} FROM STDIN (FORMAT csv, HEADER MATCH)`, source.all(parts));
  if (written !== rows) throw backupError('backup.damaged', `${name}: ${written} of ${rows} rows`);
};

/** Jobs are asked for anew, so that the queue may be of another version; how often each was tried goes with it. */
const fillJobs = async (client: pg.Client, jobs: Table, source: Source): Promise<void> => {
  const types: Record<string, string> = {
    payload: 'json',
    flags: 'text[]',
    run_at: 'timestamptz',
    created_at: 'timestamptz',
  };
  const typeOf = (column: string) => types[column] ?? (/attempts$|^priority$/.test(column) ? 'int' : 'text');
  const columns = JOB_COLUMNS.map((column) => `${column} ${typeOf(column)}`).join(', ');
  await client.query(`CREATE TEMPORARY TABLE restored_jobs (n bigserial, ${columns}) ON COMMIT DROP`);
  await fill(client, { ...jobs, name: 'restored_jobs' }, source);
  await client.query(`DELETE FROM graphile_worker._private_jobs`);
  await client.query(`DO $$
    DECLARE r restored_jobs; j graphile_worker._private_jobs;
    BEGIN
      FOR r IN SELECT * FROM restored_jobs ORDER BY n LOOP
        j := graphile_worker.add_job(r.task, r.payload, r.queue, r.run_at, r.max_attempts, r.job_key, r.priority, r.flags);
        UPDATE graphile_worker._private_jobs SET attempts = r.attempts, last_error = r.last_error, created_at = r.created_at
        WHERE id = j.id;
      END LOOP;
    END $$`);
};

const countRows = async (client: pg.Client, { tables, jobs }: Manifest): Promise<void> => {
  const expected = [...tables.map(({ name, rows }) => ({ name: pg.escapeIdentifier(name), rows })), jobCount(jobs)];
  for (const { name, rows } of expected) {
    const found = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${name}`);
    if (Number(found.rows[0]?.n) !== rows)
      throw backupError('backup.damaged', `${name}: ${found.rows[0]?.n} of ${rows} rows`);
  }
};

const jobCount = ({ rows }: Table) => ({ name: 'graphile_worker._private_jobs', rows });

const putFile = async (data: string, part: Part, bytes: AsyncIterable<Buffer>): Promise<void> => {
  const draft = join(await incomingFolder(data), incomingName());
  try {
    await pipeline(bytes, createWriteStream(draft, { flags: 'wx', mode: 0o600 }));
    if (part.path.startsWith('evidence/')) await keepFile(data, draft);
    else if (part.path === AUDIT_KEYS) await addPublicKeys({ data }, await readFile(draft, 'utf8'));
    else await rename(draft, placeOfKept(data, part.path));
  } finally {
    await rm(draft, { force: true });
  }
};
