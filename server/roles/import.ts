import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { keySchema } from '../../workflows/template/key.ts';
import type { Me } from '../auth/me.ts';
import { areSeparate, isAdministrator } from '../auth/roles.ts';
import { type CsvColumn, type CsvError, type CsvRow, formulaCells, readCsv } from '../http/csv.ts';
import { checkCells, finishImport, type ImportResult, repeated, unknownRefs } from '../http/csvImport.ts';
import type { Database } from '../http/deps.ts';
import { catalogue } from '../http/problems/index.ts';
import { codeSchema, userNameSchema } from '../http/schema.ts';
import { keepAdministrators } from './keep.ts';
import { CITY_ONLY } from './write.ts';

const columns: CsvColumn[] = [
  { name: 'username', aliases: ['用户名', '账号'], required: true },
  { name: 'roles', aliases: ['角色'], required: true },
];

/** `performanceOffice; head@GAJ`: roles for the whole city, or inside the unit with that code. */
const rolesCell = z
  .string()
  .transform((text) => partsOf(text).map(({ role, org }) => ({ role, org })))
  .pipe(z.array(z.object({ role: keySchema, org: codeSchema.nullable() })).max(100));

const partsOf = (text: string) =>
  text
    .split(/[;；、]/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [role = '', ...org] = part.split('@');
      return { role: role.trim(), org: part.includes('@') ? org.join('@').trim() : null };
    });

const cells = { username: userNameSchema, roles: rolesCell };

/** Takes in who holds which roles: of every person named, all of them; all rows or none. */
export const importRoles = async (db: Database, bytes: Buffer, dryRun: boolean, me: Me): Promise<ImportResult> => {
  const rows = readCsv(bytes, columns);
  const checked = checkCells(rows, cells);
  const errors: CsvError[] = [
    ...formulaCells(rows),
    ...checked.errors,
    ...repeated(rows, 'username'),
    ...(await checkKnown(db, rows)),
    ...rows.flatMap((row) => checkGrant(row, me)),
  ];
  return finishImport(db, { rows: rows.length, errors, dryRun }, () => write(db, checked.values));
};

const checkKnown = async (db: Database, rows: CsvRow[]): Promise<CsvError[]> => {
  const usernames = rows.map(({ cells: { username } }) => username ?? '');
  const people = await db.person.findMany({ where: { username: { in: usernames } }, select: { username: true } });
  const units = new Set((await db.orgUnit.findMany({ select: { code: true } })).map(({ code }) => code));
  return [
    ...unknownRefs(rows, 'username', new Set(people.map(({ username }) => username))),
    ...rows.flatMap(({ row, cells: { roles = '' } }) =>
      partsOf(roles).flatMap(({ org }) => unknownRefs([{ row, cells: { roles: org ?? '' } }], 'roles', units)),
    ),
  ];
};

/** Nobody grants to themselves, and the three administrators' duties stay apart. */
const checkGrant = ({ row, cells: { username, roles = '' } }: CsvRow, me: Me): CsvError[] => {
  const parts = partsOf(roles);
  if (username === me.username)
    return [{ row, column: 'username', id: 'role.own', message: catalogue['role.own'].title }];
  if (!areSeparate(parts.map(({ role }) => role)))
    return [{ row, column: 'roles', id: 'role.separate', message: catalogue['role.separate'].title }];
  if (parts.some(({ role, org }) => org !== null && isAdministrator(role)))
    return [{ row, column: 'roles', id: 'csv.cell.invalid', message: CITY_ONLY }];
  return [];
};

const write = async (db: Database, values: Record<string, unknown>[]) => {
  const list = JSON.stringify(values);
  await keepAdministrators(db, async () => {
    await db.$executeRaw(Prisma.sql`
      DELETE FROM roles r USING people p, json_to_recordset(${list}::json) AS t(username text)
      WHERE p.username = t.username AND r.person_id = p.id`);
    await db.$executeRaw(Prisma.sql`
      INSERT INTO roles (id, person_id, role, org_id)
      SELECT DISTINCT ON (p.id, held.role, o.id) gen_random_uuid(), p.id, held.role, o.id
      FROM json_to_recordset(${list}::json) AS t(username text, roles json)
        JOIN people p ON p.username = t.username
        CROSS JOIN LATERAL json_to_recordset(t.roles) AS held(role text, org text)
        LEFT JOIN org_units o ON o.code = held.org`);
    await db.$executeRaw(Prisma.sql`
      UPDATE people p SET version = p.version + 1 FROM json_to_recordset(${list}::json) AS t(username text)
      WHERE p.username = t.username`);
  });
  return { created: 0, updated: values.length };
};
