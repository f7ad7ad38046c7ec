import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** Puts a row into any table: columns that must have a value and are not given one get one of their type, texts this `text`. */
export const rowOf = async (
  pool: pg.Pool,
  table: string,
  text: string,
  given: Record<string, unknown> = {},
): Promise<string> => {
  const { rows } = await pool.query<{ name: string; type: string }>(
    `SELECT column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_nullable = 'NO' AND column_default IS NULL`,
    [table],
  );
  const filled = Object.fromEntries(rows.map(({ name, type }) => [name, fillerOf(type, text)]));
  const row: Record<string, unknown> = { ...filled, ...given };
  const names = Object.keys(row);
  await pool.query(
    `INSERT INTO "${table}" (${names.map((name) => `"${name}"`).join()}) VALUES (${names.map((_, i) => `$${i + 1}`).join()})`,
    Object.values(row),
  );
  return row.id as string;
};

const fillerOf = (type: string, text: string): unknown => {
  if (type === 'uuid') return randomUUID();
  if (type === 'text') return text;
  if (type === 'integer' || type === 'numeric') return 1;
  if (type === 'boolean') return true;
  if (type === 'json' || type === 'jsonb') return '{}';
  if (type === 'ARRAY') return [];
  if (type === 'date') return '2026-03-20';
  return '2026-03-02T01:00:00Z';
};
