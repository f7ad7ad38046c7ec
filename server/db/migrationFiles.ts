import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One migration as it lies in prisma/migrations. */
export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 of the SQL, as Prisma stores it. */
  checksum: string;
}

/** The migrations that ship with this version. */
export const shippedMigrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** Reads the migrations of a folder, in the order in which they apply. */
export const readMigrations = async (folder = shippedMigrations): Promise<Migration[]> => {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readMigration(folder, name)));
};

const readMigration = async (folder: string, name: string): Promise<Migration> => {
  const text = await readFile(join(folder, name, 'migration.sql'), 'utf8');
  // A checkout on Windows may have changed the line ends; the checksum must not notice.
  const sql = text.replaceAll('\r\n', '\n');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
};
