import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { keySchema } from '../../workflows/template/key.ts';
import { type CsvColumn, type CsvError, type CsvRow, formulaCells, readCsv } from '../http/csv.ts';
import { checkCells, finishImport, type ImportResult, repeated, unknownRefs } from '../http/csvImport.ts';
import type { Database } from '../http/deps.ts';
import { codeSchema, lineText, userNameSchema } from '../http/schema.ts';
import { orgKindSchema } from './schema.ts';
import { checkTree } from './write.ts';

const KIND_NAMES: Record<string, z.infer<typeof orgKindSchema>> = {
  部门: 'department',
  市级机关: 'department',
  区镇: 'district',
  区县: 'district',
  科室: 'section',
  处室: 'section',
  办公室: 'office',
  绩效办: 'office',
  委员会: 'committee',
  绩效委: 'committee',
  组: 'group',
  小组: 'group',
  个人: 'person',
};

const columns: CsvColumn[] = [
  { name: 'code', aliases: ['代码', '编码', '单位代码'], required: true },
  { name: 'name', aliases: ['名称', '单位名称', '单位'], required: true },
  { name: 'kind', aliases: ['类型', '单位类型'], required: true },
  { name: 'name_en', aliases: ['英文名称'], required: false },
  { name: 'category', aliases: ['类别', '考核类别'], required: false },
  { name: 'parent_code', aliases: ['上级代码', '上级单位代码'], required: false },
  { name: 'monitoring_code', aliases: ['监测单位代码'], required: false },
  { name: 'head_username', aliases: ['负责人', '负责人用户名'], required: false },
];

const empty = z.literal('').transform(() => null);
const cells = {
  code: codeSchema,
  name: lineText(200),
  kind: z.preprocess((text) => KIND_NAMES[String(text)] ?? text, orgKindSchema),
  name_en: empty.or(lineText(200)),
  category: empty.or(keySchema),
  parent_code: empty.or(codeSchema),
  monitoring_code: empty.or(codeSchema),
  head_username: empty.or(userNameSchema),
};

/** Takes in a list of organisations: by code, what exists is changed, the rest is added; all rows or none. */
export const importOrgs = async (db: Database, bytes: Buffer, dryRun: boolean): Promise<ImportResult> => {
  const rows = readCsv(bytes, columns);
  const checked = checkCells(rows, cells);
  const errors: CsvError[] = [
    ...formulaCells(rows),
    ...checked.errors,
    ...repeated(rows, 'code'),
    ...(await checkRefs(db, rows)),
  ];
  return finishImport(db, { rows: rows.length, errors, dryRun }, async () => {
    const counts = await write(db, checked.values);
    await checkTree(db);
    return counts;
  });
};

const checkRefs = async (db: Database, rows: CsvRow[]): Promise<CsvError[]> => {
  const codes = new Set(rows.map(({ cells: { code } }) => code));
  const known = await db.orgUnit.findMany({ select: { code: true } });
  for (const { code } of known) codes.add(code);
  const heads = rows.map(({ cells: { head_username: head } }) => head ?? '').filter(Boolean);
  const people = await db.person.findMany({ where: { username: { in: heads } }, select: { username: true } });
  return [
    ...unknownRefs(rows, 'parent_code', codes),
    ...unknownRefs(rows, 'monitoring_code', codes),
    ...unknownRefs(rows, 'head_username', new Set(people.map(({ username }) => username))),
  ];
};

/** Two statements for any number of rows: the units themselves, then what they refer to, which may stand in the same file. */
const write = async (
  db: Database,
  values: Record<string, unknown>[],
): Promise<{ created: number; updated: number }> => {
  const list = JSON.stringify(values.map((value) => ({ id: randomUUID(), ...value })));
  const has = (column: string) => Prisma.sql`${values.some((value) => column in value)}::boolean`;
  const [counts] = await db.$queryRaw<{ created: number; updated: number }[]>(Prisma.sql`
    WITH given AS (
      SELECT * FROM json_to_recordset(${list}::json) AS t(id uuid, code text, name text, kind text, name_en text, category text)
    ), done AS (
      INSERT INTO org_units AS o (id, code, name, kind, name_en, category)
      SELECT id, code, name, kind, name_en, category FROM given
      ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, version = o.version + 1,
        name_en = CASE WHEN ${has('name_en')} THEN excluded.name_en ELSE o.name_en END,
        category = CASE WHEN ${has('category')} THEN excluded.category ELSE o.category END
      RETURNING (xmax = 0) AS fresh
    ) SELECT count(*) FILTER (WHERE fresh)::int AS created, count(*) FILTER (WHERE NOT fresh)::int AS updated FROM done`);
  await db.$executeRaw(Prisma.sql`
    UPDATE org_units o SET
      parent_id = CASE WHEN ${has('parent_code')} THEN parent.id ELSE o.parent_id END,
      monitoring_unit_id = CASE WHEN ${has('monitoring_code')} THEN monitoring.id ELSE o.monitoring_unit_id END,
      head_id = CASE WHEN ${has('head_username')} THEN head.id ELSE o.head_id END
    FROM json_to_recordset(${list}::json) AS t(code text, parent_code text, monitoring_code text, head_username text)
      LEFT JOIN org_units parent ON parent.code = t.parent_code
      LEFT JOIN org_units monitoring ON monitoring.code = t.monitoring_code
      LEFT JOIN people head ON head.username = t.head_username
    WHERE o.code = t.code`);
  return counts ?? { created: 0, updated: 0 };
};
