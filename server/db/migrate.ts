import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import type pg from 'pg';
import { toldError } from '../toldError.ts';
import { type Migration, readMigrations, shippedMigrations } from './migrationFiles.ts';
import { makePool } from './pool.ts';
import { grantRole, isGranted } from './role.ts';
import { withClient } from './scratch.ts';

/** What `migrate` did. */
export interface MigrationResult {
  /** Names applied now; empty when the database was up to date. */
  applied: string[];
  /** True when the job queue's own tables were created or changed. */
  queue: boolean;
}

/** 'bihuan' as a number: nodes that start together take turns by this advisory lock. */
const LOCK = '108152138064238';

/**
 * Brings a database to the schema of this version: Prisma's migrations, then graphile-worker's, then what the application's role
 * is granted. Several nodes may do it at once, and it costs a query or two when there is nothing to do.
 *
 * @param login a user other than the owner of `url`, whom the application signs in as
 * @param only leaves out migrations, to make the schema of an older version
 */
export const migrate = async (
  url: string,
  {
    folder = shippedMigrations,
    login,
    only = () => true,
  }: { folder?: string; login?: string | undefined; only?: (name: string) => boolean } = {},
): Promise<MigrationResult> => {
  const migrations = (await readMigrations(folder)).filter(({ name }) => only(name));
  return withClient(url, async (client) => {
    if (isCurrent(await readState(client, migrations)) && (await isGranted(client)))
      return { applied: [], queue: false };
    await client.query("SET lock_timeout = '10min'");
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    const state = await readState(client, migrations);
    const applied = state.missing.length > 0 ? await apply(client, url, folder, migrations) : [];
    if (!state.queue) await migrateQueue(client, url);
    if (!isCurrent(state) || !(await isGranted(client))) await grant(client, login);
    if (applied.length > 0) await putOnRecord(client, applied);
    return { applied, queue: !state.queue };
  });
};

/** Whether `migrate` would change anything. */
export const needsMigration = async (url: string, { folder = shippedMigrations } = {}): Promise<boolean> => {
  const migrations = await readMigrations(folder);
  return withClient(url, async (client) => !isCurrent(await readState(client, migrations)));
};

interface State {
  missing: Migration[];
  queue: boolean;
}

const isCurrent = (state: State): boolean => state.missing.length === 0 && state.queue;

const readState = async (client: pg.Client, migrations: Migration[]): Promise<State> => {
  const { rows } = await client.query<{ found: boolean; queue: string | null }>(
    `SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found,
            obj_description(to_regnamespace('graphile_worker'), 'pg_namespace') AS queue`,
  );
  const queue = rows[0]?.queue === queueVersion();
  if (!rows[0]?.found) return { missing: migrations, queue };
  const done = await client.query<{ name: string; checksum: string }>(
    'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const checksums = new Map(done.rows.map((row) => [row.name, row.checksum]));
  const edited = migrations.filter(({ name, checksum }) => (checksums.get(name) ?? checksum) !== checksum);
  if (edited.length > 0) throw editedMigrations(edited.map(({ name }) => name));
  return { missing: migrations.filter(({ name }) => !checksums.has(name)), queue };
};

const apply = async (client: pg.Client, url: string, folder: string, migrations: Migration[]): Promise<string[]> => {
  const { applyWithPrisma, COMMITTED } = await import('./engine.ts');
  await settleInterrupted(client, COMMITTED);
  try {
    return await applyWithPrisma(url, folder, migrations);
  } catch (cause) {
    throw toldError(
      'database.migrationFailed',
      {
        zh: '数据库迁移失败，失败的脚本未作改动',
        en: 'a database migration failed; the failing script changed nothing',
      },
      { cause, detail: cause instanceof Error ? cause.message : String(cause) },
    );
  }
};

/** Grants what the role needs, where there is an audit that it must not change. */
const grant = async (client: pg.Client, login: string | undefined): Promise<void> => {
  const { rows } = await client.query<{ found: boolean }>("SELECT to_regclass('audit') IS NOT NULL AS found");
  if (rows[0]?.found) await grantRole(client, login);
};

/** What was done to the schema is on record too, from the migration on that makes the audit. */
const putOnRecord = async (client: pg.Client, applied: string[]): Promise<void> => {
  const { rows } = await client.query<{ found: boolean }>("SELECT to_regclass('audit') IS NOT NULL AS found");
  if (!rows[0]?.found) return;
  await client.query("SELECT audit_append(NULL, NULL, NULL, 'schema.migrate', NULL, true, $1, NULL, NULL)", [
    JSON.stringify({ applied }),
  ]);
};

/** A node killed while it migrated leaves a row without an end; the script's own mark says whether it was committed. */
const settleInterrupted = async (client: pg.Client, committed: string): Promise<void> => {
  const { rows } = await client.query<{ found: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found",
  );
  if (!rows[0]?.found) return;
  await client.query(
    `UPDATE _prisma_migrations
        SET finished_at = CASE WHEN logs = $1 THEN now() END,
            applied_steps_count = CASE WHEN logs = $1 THEN 1 ELSE 0 END,
            rolled_back_at = CASE WHEN logs = $1 THEN NULL ELSE now() END
      WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
    [committed],
  );
};

const migrateQueue = async (client: pg.Client, url: string): Promise<void> => {
  const { Logger, runMigrations } = await import('graphile-worker');
  const pool = makePool(url, { max: 2, name: 'migrate', statementTimeoutMs: 0 });
  try {
    await runMigrations({ pgPool: pool, logger: new Logger(() => () => undefined) });
  } finally {
    await pool.end();
  }
  await client.query(`COMMENT ON SCHEMA graphile_worker IS '${queueVersion()}'`);
};

/** The comment on the queue's schema that says which version brought it up to date. */
const queueVersion = (): string => {
  queue ??= (() => {
    const main = createRequire(import.meta.url).resolve('graphile-worker');
    const home = main.slice(0, main.lastIndexOf(`${sep}dist${sep}`));
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
    return `graphile-worker ${version}`;
  })();
  return queue;
};
let queue: string | undefined;

const editedMigrations = (names: string[]) =>
  toldError(
    'database.migrationEdited',
    {
      zh: `已执行的迁移 ${names.join('、')} 与本版本中的文件不同`,
      en: `applied migrations differ from the files of this version: ${names.join(', ')}`,
    },
    {
      hint: {
        zh: '数据库由另一版本建立：请使用该版本，或换一个空数据库（或空的数据目录）',
        en: 'another version created this database: use that version, or an empty database (or data folder)',
      },
    },
  );
