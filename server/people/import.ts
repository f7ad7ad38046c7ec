import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { type CsvColumn, type CsvError, type CsvRow, formulaCells, readCsv } from '../http/csv.ts';
import { checkCells, finishImport, type ImportResult, repeated, unknownRefs } from '../http/csvImport.ts';
import type { Database } from '../http/deps.ts';
import { codeSchema, lineText, mailSchema, userNameSchema } from '../http/schema.ts';

const columns: CsvColumn[] = [
  { name: 'username', aliases: ['用户名', '账号'], required: true },
  { name: 'name', aliases: ['姓名'], required: true },
  { name: 'org_code', aliases: ['单位代码', '所属单位代码'], required: true },
  { name: 'title', aliases: ['职务'], required: false },
  { name: 'email', aliases: ['邮箱', '电子邮箱'], required: false },
];

const empty = z.literal('').transform(() => null);

const cells = {
  username: userNameSchema,
  name: lineText(100),
  org_code: codeSchema,
  title: empty.or(lineText(100)),
  email: empty.or(mailSchema),
};

/** Takes in a list of people: by user name, who exists is changed, the others are added; all rows or none. */
export const importPeople = async (db: Database, bytes: Buffer, dryRun: boolean): Promise<ImportResult> => {
  const rows = readCsv(bytes, columns);
  const checked = checkCells(rows, cells);
  const errors: CsvError[] = [
    ...formulaCells(rows),
    ...checked.errors,
    ...repeated(rows, 'username'),
    ...(await checkNames(db, rows)),
    ...(await checkUnits(db, rows)),
  ];
  return finishImport(db, { rows: rows.length, errors, dryRun }, () => write(db, checked.values));
};

/** A name that differs from another only in capitals or width would be taken for it. */
const checkNames = async (db: Database, rows: CsvRow[]): Promise<CsvError[]> => {
  const names = rows.map(({ cells: { username = '' } }) => username.normalize('NFKC'));
  const found = await db.$queryRaw<{ username: string }[]>(
    Prisma.sql`SELECT username FROM people WHERE lower(username) = ANY(${names.map((name) => name.toLowerCase())}::text[])`,
  );
  const kept = new Map(found.map(({ username }) => [username.toLowerCase(), username]));
  const earlier = new Map<string, string>();
  return rows.flatMap(({ row, cells: { username = '' } }, i): CsvError[] => {
    const name = names[i] ?? '';
    const key = name.toLowerCase();
    const [like, other] = [earlier.get(key), kept.get(key)];
    earlier.set(key, like ?? username);
    // The very same text is told by `repeated`.
    const taken = like !== undefined && like !== username ? like : other !== name ? other : undefined;
    if (taken === undefined) return [];
    const message = {
      zh: `与用户名“${taken}”只有大小写或全半角之别`,
      en: `differs from "${taken}" only in capitals or width`,
    };
    return [{ row, column: 'username', id: 'csv.cell.repeated', message }];
  });
};

const checkUnits = async (db: Database, rows: CsvRow[]): Promise<CsvError[]> => {
  const known = new Set((await db.orgUnit.findMany({ select: { code: true } })).map(({ code }) => code));
  return unknownRefs(rows, 'org_code', known);
};

const write = async (
  db: Database,
  values: Record<string, unknown>[],
): Promise<{ created: number; updated: number }> => {
  const list = JSON.stringify(values.map((value) => ({ id: randomUUID(), ...value })));
  const has = (column: string) => Prisma.sql`${values.some((value) => column in value)}::boolean`;
  const [counts] = await db.$queryRaw<{ created: number; updated: number }[]>(Prisma.sql`
    WITH given AS (
      SELECT t.*, o.id AS org_id
      FROM json_to_recordset(${list}::json) AS t(id uuid, username text, name text, title text, email text, org_code text)
      JOIN org_units o ON o.code = t.org_code
    ), done AS (
      INSERT INTO people AS p (id, username, name, title, email, org_id)
      SELECT id, username, name, title, email, org_id FROM given
      ON CONFLICT (username) DO UPDATE SET name = excluded.name, org_id = excluded.org_id, version = p.version + 1,
        title = CASE WHEN ${has('title')} THEN excluded.title ELSE p.title END,
        email = CASE WHEN ${has('email')} THEN excluded.email ELSE p.email END
      RETURNING (xmax = 0) AS fresh
    ) SELECT count(*) FILTER (WHERE fresh)::int AS created, count(*) FILTER (WHERE NOT fresh)::int AS updated FROM done`);
  return counts ?? { created: 0, updated: 0 };
};
