import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { publicKeyFile } from '../audit/key.ts';
import { record } from '../audit/record.ts';
import { copyOut } from '../db/copy.ts';
import { ifThere } from '../db/error.ts';
import { withClient } from '../db/index.ts';
import { overPg } from '../db/sql.ts';
import { pathOf } from '../evidence/store.ts';
import { version } from '../http/version.ts';
import { hashFile } from './archive.ts';
import { encrypt } from './cipher.ts';
import { JOB_COLUMNS, JOBS, listFiles, listMigrations, listSequences, listTables } from './contents.ts';
import { backupError } from './error.ts';
import { AUDIT_KEYS, CHECKPOINTS, listKeys } from './files.ts';
import { FORMAT, HEADER, type Header, MANIFEST, type Manifest, type Part, SESSION, type Table } from './format.ts';
import { inspectBackup } from './inspect.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

export interface BackupOptions {
  url: string;
  /** The data folder, for uploaded files and keys. */
  data: string;
  /** A file that is not there yet, or a folder. */
  to: string;
  /** The checkpoints of the audit that are kept outside the database. */
  checkpoints: string;
  /** Encrypts the backup. */
  secret: string | undefined;
  withKeys: boolean;
  now: Date;
  onProgress?: (share: number, what: string) => void;
}

export interface Backup {
  file: string;
  bytes: number;
  /** Of the file: whoever keeps it apart can tell whether the file is still the same. */
  sha256: string;
  encrypted: boolean;
  tables: number;
  rows: number;
  jobs: number;
  files: number;
  keys: string[];
  /** Uploaded files that were not in the data folder, or not as they were uploaded. */
  missing: string[];
  migration: string | undefined;
}

/** A table's bytes are kept in files of at most so many, so that nothing larger is ever held. */
const PART = 4 * 1024 * 1024;

/**
 * Writes a backup of a running instance: everything as it was at one moment, by one snapshot of the database, with the uploaded
 * files that it names. Read again and compared from end to end before it gets its name.
 */
export const makeBackup = async (options: BackupOptions): Promise<Backup> => {
  const { secret, now } = options;
  if (options.withKeys && !secret) throw backupError('backup.keysInClear');
  const file = await placeFor(options.to, now, secret !== undefined);
  const draft = `${file}.${process.pid}.part`;
  try {
    await writeArchive(draft, options);
    const { header, manifest } = await inspectBackup(draft, secret);
    const { sha256, bytes } = await hashFile(draft);
    await takeName(draft, file);
    await withClient(options.url, (client) =>
      record(overPg(client), {
        action: 'backup.make',
        detail: { file: basename(file), sha256, keys: options.withKeys },
      }),
    );
    return describe({ file, sha256, bytes, encrypted: secret !== undefined }, header, manifest);
  } finally {
    await rm(draft, { force: true });
  }
};

const describe = (
  of: Pick<Backup, 'file' | 'sha256' | 'bytes' | 'encrypted'>,
  { migrations }: Header,
  { tables, jobs, files, missing }: Manifest,
): Backup => ({
  ...of,
  tables: tables.length,
  rows: tables.reduce((sum, { rows }) => sum + rows, 0),
  jobs: jobs.rows,
  files: files.filter(({ path }) => path.startsWith('evidence/')).length,
  keys: files.filter(({ path }) => path.startsWith('keys/')).map(({ path }) => basename(path)),
  missing,
  migration: migrations.at(-1)?.name,
});

const placeFor = async (to: string, now: Date, encrypted: boolean): Promise<string> => {
  const path = resolve(to);
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isDirectory()) throw backupError('backup.unwritable', `${path}: EEXIST`);
  const name = `bihuan-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz${encrypted ? '.aes' : ''}`;
  const file = found || /[\\/]$/.test(to) ? join(path, name) : path;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 }).catch((cause: Error) => {
    throw backupError('backup.unwritable', cause.message, cause);
  });
  return file;
};

/** A link never replaces what is there. */
const takeName = async (draft: string, file: string): Promise<void> => {
  const handle = await open(draft, 'r');
  await handle.sync().finally(() => handle.close());
  await link(draft, file).catch((cause: Error) => {
    throw backupError('backup.unwritable', cause.message, cause);
  });
};

const writeArchive = (draft: string, options: BackupOptions): Promise<void> =>
  withClient(options.url, async (client) => {
    await client.query(SESSION);
    // Read first: none of them is later than the snapshot.
    const checkpoints = await readFile(options.checkpoints).catch(ifThere);
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const archive = Readable.from(contents(client, options, checkpoints), { objectMode: false });
    const target = createWriteStream(draft, { flags: 'wx', mode: 0o600 });
    const { secret } = options;
    if (secret) await pipeline(archive, createGzip(), (packed) => encrypt(packed, secret), target);
    else await pipeline(archive, createGzip(), target);
    await client.query('COMMIT');
  });

async function* contents(
  client: pg.Client,
  options: BackupOptions,
  checkpoints: Buffer | undefined,
): AsyncGenerator<Buffer> {
  const { now, onProgress = () => undefined } = options;
  const migrations = await listMigrations(client);
  const { rows: server } = await client.query<{ n: number }>("SELECT current_setting('server_version_num')::int AS n");
  const postgres = Math.floor((server[0]?.n ?? 0) / 10_000);
  const header: Header = {
    product: 'bihuan',
    format: FORMAT,
    version,
    createdAt: now.toISOString(),
    postgres,
    migrations,
  };
  yield* small(HEADER, Buffer.from(JSON.stringify(header)), now);

  const shapes = await listTables(client);
  const tables: Table[] = [];
  for (const [n, { name, columns }] of shapes.entries()) {
    onProgress((0.8 * n) / shapes.length, name);
    tables.push(yield* table({ name, columns, path: `tables/${name}`, from: copyText(name, columns) }, client, now));
  }
  const jobs = yield* table({ name: 'jobs', columns: JOB_COLUMNS, path: 'jobs', from: `(${JOBS})` }, client, now);
  const sequences = await listSequences(client);

  const files: Part[] = [];
  const missing: string[] = [];
  const hashes = await listFiles(client);
  for (const [n, sha256] of hashes.entries()) {
    onProgress(0.8 + (0.2 * n) / hashes.length, sha256.slice(0, 12));
    const from = pathOf(options.data, sha256);
    const found = await hashFile(from).catch(() => undefined);
    if (found?.sha256 !== sha256) missing.push(sha256);
    else {
      const part = { path: `evidence/${sha256.slice(0, 2)}/${sha256}`, bytes: found.bytes, sha256 };
      yield* large(part, from, now);
      files.push(part);
    }
  }
  if (checkpoints) files.push(yield* keep(CHECKPOINTS, checkpoints, now));
  const publicKeys = await readFile(publicKeyFile(options)).catch(ifThere);
  if (publicKeys) files.push(yield* keep(AUDIT_KEYS, publicKeys, now));
  for (const { path, from } of options.withKeys ? await listKeys(options.data) : [])
    files.push(yield* keep(path, await readFile(from), now));
  const manifest: Manifest = { tables, jobs, sequences, files, missing };
  yield* small(MANIFEST, Buffer.from(JSON.stringify(manifest)), now);
  yield tarEnd();
}

const copyText = (name: string, columns: readonly string[]): string =>
  `${pg.escapeIdentifier(name)} (${columns.map((column) => pg.escapeIdentifier(column)).join(', ')})`;

/** The rows of a table as CSV with a header, cut into parts without regard to lines: put behind one another they are the CSV. */
async function* table(
  { path, from, ...shape }: { name: string; columns: string[]; path: string; from: string },
  client: pg.Client,
  now: Date,
): AsyncGenerator<Buffer, Table> {
  const parts: Part[] = [];
  const write = function* (bytes: Buffer) {
    const part = {
      path: `${path}.${String(parts.length).padStart(4, '0')}.csv`,
      bytes: bytes.length,
      sha256: sha256Of(bytes),
    };
    parts.push(part);
    yield* small(part.path, bytes, now);
  };
  const source = copyOut(client, `COPY ${from} TO STDOUT (FORMAT csv, HEADER)`);
  let held: Buffer[] = [];
  let size = 0;
  let step = await source.next();
  for (; !step.done; step = await source.next()) {
    held.push(step.value);
    size += step.value.length;
    if (size < PART) continue;
    yield* write(Buffer.concat(held));
    [held, size] = [[], 0];
  }
  if (size > 0) yield* write(Buffer.concat(held));
  return { ...shape, rows: step.value, parts };
}

function* keep(path: string, bytes: Buffer, now: Date): Generator<Buffer, Part> {
  yield* small(path, bytes, now);
  return { path, bytes: bytes.length, sha256: sha256Of(bytes) };
}

function* small(path: string, bytes: Buffer, now: Date): Generator<Buffer> {
  yield tarHeader(path, bytes.length, now);
  yield bytes;
  yield tarPadding(bytes.length);
}

async function* large({ path, bytes }: Part, from: string, now: Date): AsyncGenerator<Buffer> {
  yield tarHeader(path, bytes, now);
  yield* createReadStream(from);
  yield tarPadding(bytes);
}

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
