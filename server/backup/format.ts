import { z } from 'zod';

/** Of the format. A reader refuses what it does not know. */
export const FORMAT = 1;

/** The first file of a backup, `backup.json`: what it is, and which schema its tables have. */
export const headerSchema = z.object({
  product: z.literal('bihuan'),
  format: z.literal(FORMAT),
  version: z.string(),
  createdAt: z.iso.datetime(),
  postgres: z.int(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
});
export type Header = z.infer<typeof headerSchema>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const partSchema = z.object({ path: z.string(), bytes: z.int(), sha256 });
const name = z.string().regex(/^[a-z_][a-z0-9_]*$/);
const tableSchema = z.object({ name, columns: z.array(name), rows: z.int(), parts: z.array(partSchema) });

/** The last file, `manifest.json`: everything that stands before it, with its hashes. */
export const manifestSchema = z.object({
  tables: z.array(tableSchema),
  jobs: tableSchema,
  sequences: z.array(z.object({ name, value: z.string().regex(/^\d+$/) })),
  files: z.array(partSchema),
  /** Uploaded files that were not there, or not as they were uploaded. */
  missing: z.array(sha256),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type Part = z.infer<typeof partSchema>;
export type Table = z.infer<typeof tableSchema>;

export const HEADER = 'backup.json';
export const MANIFEST = 'manifest.json';

/** Every path that a backup may hold. */
export const isKnownPath = (path: string): boolean =>
  path === HEADER ||
  path === MANIFEST ||
  /^(tables\/[a-z_][a-z0-9_]*|jobs)\.\d{4,}\.csv$/.test(path) ||
  /^evidence\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/.test(path) ||
  /^(keys|audit)\/[A-Za-z0-9][\w.-]{0,80}$/.test(path);

/** Texts of dates, numbers and bytes that read back as they were, whatever the server is set to. */
export const SESSION = `SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC'; SET extra_float_digits = 3;
  SET bytea_output = 'hex'; SET search_path = public; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0`;

/** What is not kept: sessions (people sign in again), and signs of life of processes. */
export const LEFT_OUT = ['_prisma_migrations', 'sessions', 'worker_leases'];
