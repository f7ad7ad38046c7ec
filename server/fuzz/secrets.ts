import type pg from 'pg';

/** Columns by whose name something secret is in them; of what is a hash of content nothing is secret. */
const SECRETS = /(hash|secret|token|csrf|totp|otp|recovery|sealed|cipher|password)/;
const OF_CONTENT =
  /^(definitions\.hash|idempotency\.body_hash|score\w*\.\w+|audit\w*\.\w+|_prisma\w*\.\w+|fuzz_\w+\.\w+)$/;

/** Every value that the database keeps in a column for secrets. */
export const readSecrets = async (pool: pg.Pool): Promise<Set<string>> => {
  const { rows: columns } = await pool.query<{ table: string; column: string; list: boolean }>(
    `SELECT table_name AS "table", column_name AS "column", data_type = 'ARRAY' AS list FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'ARRAY')`,
  );
  const secrets = new Set<string>();
  for (const { table, column, list } of columns) {
    if (!SECRETS.test(column) || OF_CONTENT.test(`${table}.${column}`)) continue;
    const value = list ? `unnest("${column}")::text` : `"${column}"`;
    const { rows } = await pool.query<{ value: string | null }>(
      `SELECT DISTINCT ${value} AS value FROM "${table}" LIMIT 20000`,
    );
    for (const row of rows) if (row.value && row.value.length >= 20) secrets.add(row.value);
  }
  return secrets;
};
