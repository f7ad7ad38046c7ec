import type { Sql } from '../db/sql.ts';

/** Everything that is held about a person, table by table, as it stands in the database. */
export interface Holdings {
  personId: string;
  tables: { table: string; rows: Record<string, unknown>[]; more: boolean }[];
}

/** What says who somebody is to the system is nobody's to read, not even their own. */
const SECRET = /password|secret|recovery|csrf|hash$|^hash$|^token$/;

/** What belongs to the account itself; everything else is work. */
const ACCOUNT = new Set([
  'people',
  'roles',
  'sessions',
  'second_factors',
  'recovery_codes',
  'password_links',
  'identities',
  'delegations',
]);

/**
 * Reads every row that names a person, wherever a column holds ids: of all tables that there are, so that a new one is not forgotten.
 *
 * @param accountOnly leaves out the work, which whoever keeps accounts may not see
 * @param most rows of one table
 */
export const readHoldings = async (
  sql: Sql,
  id: string,
  { accountOnly = false, most = 10_000 }: { accountOnly?: boolean; most?: number } = {},
): Promise<Holdings> => {
  const tables: Holdings['tables'] = [];
  for (const { table, columns, lists } of await findColumns(sql)) {
    if (accountOnly && !ACCOUNT.has(table)) continue;
    const named = [
      ...columns.map((name) => `t.${quote(name)} = $1::uuid`),
      ...lists.map((name) => `$1::uuid = ANY(t.${quote(name)})`),
    ];
    const found = await sql.query<{ row: Record<string, unknown> }>(
      `SELECT to_json(t) AS row FROM ${quote(table)} t WHERE ${named.join(' OR ')} LIMIT ${most + 1}`,
      [id],
    );
    const rows = found.slice(0, most).map(({ row }) => withoutSecrets(row));
    if (rows.length > 0) tables.push({ table, rows, more: found.length > most });
  }
  return { personId: id, tables };
};

/** The columns of every table that hold ids, one or a list. */
const findColumns = (sql: Sql) =>
  sql.query<{ table: string; columns: string[]; lists: string[] }>(
    `SELECT c.table_name::text AS table,
       coalesce(array_agg(c.column_name::text) FILTER (WHERE c.udt_name = 'uuid'), '{}') AS columns,
       coalesce(array_agg(c.column_name::text) FILTER (WHERE c.udt_name = '_uuid'), '{}') AS lists
     FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.udt_name IN ('uuid', '_uuid') AND c.table_name <> 'idempotency'
     GROUP BY c.table_name ORDER BY c.table_name COLLATE "C"`,
  );

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const withoutSecrets = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !SECRET.test(name)));
