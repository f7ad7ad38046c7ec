import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import type pg from 'pg';
import type { Migration } from './migrationFiles.ts';
import { makePool } from './pool.ts';

/** Written into `_prisma_migrations.logs` by the script's own transaction. */
export const COMMITTED = 'committed';

const mark = `UPDATE _prisma_migrations SET logs = '${COMMITTED}' WHERE finished_at IS NULL AND rolled_back_at IS NULL`;

/**
 * Applies migrations by Prisma's own engine, as WASM: it fills `_prisma_migrations` as `prisma migrate deploy`
 * does, and nothing is downloaded. Returns the names of those applied now.
 */
export const applyWithPrisma = async (url: string, folder: string, migrations: Migration[]): Promise<string[]> => {
  loading ??= loadEngine();
  await loading;
  const pool = makePool(url, { max: 1, name: 'migrate', statementTimeoutMs: 0 });
  try {
    return await applyWith(pool, folder, migrations);
  } finally {
    await pool.end();
  }
};

const applyWith = async (pool: pg.Pool, folder: string, migrations: Migration[]): Promise<string[]> => {
  const scripts = makeScripts(migrations);
  const engine = await bindings.SchemaEngine.new(
    { datamodels: [['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n']] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(makeAdapter(pool, scripts)),
  );
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      filters: { externalTables: [], externalEnums: [] },
      migrationsList: {
        baseDir: folder,
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
        shadowDbInitScript: '',
        migrationDirectories: migrations.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
        })),
      },
    });
    return appliedMigrationNames;
  } catch (error) {
    throw scripts.failure() ?? error;
  } finally {
    engine.free();
  }
};

interface Scripts {
  knows(sql: string): boolean;
  /** Remembers what PostgreSQL said, because the engine reports only that something went wrong; throws it. */
  fail(sql: string, cause: unknown): never;
  failure(): Error | undefined;
}

const makeScripts = (migrations: Migration[]): Scripts => {
  const names = new Map(migrations.map(({ name, sql }) => [sql, name]));
  let failed: Error | undefined;
  return {
    knows: (sql) => names.has(sql),
    fail: (sql, cause) => {
      const { message, position } = cause as { message?: string; position?: string };
      const line = position ? `:${sql.slice(0, Number(position)).split('\n').length}` : '';
      failed = new Error(`${names.get(sql)}/migration.sql${line}: ${message ?? cause}`, { cause });
      throw failed;
    },
    failure: () => failed,
  };
};

/**
 * The adapter as shipped cuts a script at every semicolon, which breaks function bodies. Here a script is sent
 * whole, so PostgreSQL runs it in one transaction, together with the mark that it was committed.
 */
const makeAdapter = (pool: pg.Pool, scripts: Scripts): PrismaPg => {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      const send = (sql: string) => adapter.underlyingDriver().query(sql);
      if (!scripts.knows(script)) await send(script);
      else await send(`${script}\n;${mark}`).catch((error) => scripts.fail(script, error));
    };
    return adapter;
  };
  return factory;
};

let loading: Promise<void> | undefined;

const loadEngine = async (): Promise<void> => {
  const home = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const code = await readFile(home.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': quietTimers() });
  const internals = bindings as unknown as { __wbg_set_wasm(exports: WebAssembly.Exports): void };
  internals.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
};

/** The engine guards its lock by a timer that it never clears; it must not keep the process alive. */
const quietTimers = (): WebAssembly.ModuleImports =>
  Object.fromEntries(
    Object.entries(bindings as unknown as WebAssembly.ModuleImports).map(([name, given]) => {
      if (!name.startsWith('__wbg_setTimeout') || typeof given !== 'function') return [name, given];
      return [name, (...args: unknown[]) => unref(given(...args))];
    }),
  );

const unref = (timer: unknown): unknown => {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as NodeJS.Timeout).unref();
  return timer;
};
