import { z } from 'zod';
import { indicatorCodeSchema } from '../../workflows/indicators/schema.ts';
import { overPrisma } from '../db/sql.ts';
import type { CsvColumn, CsvError, CsvRow } from '../http/csv.ts';
import { checkCells, finishImport, type ImportResult, unknownRefs } from '../http/csvImport.ts';
import type { Database } from '../http/deps.ts';
import { codeSchema, lineText } from '../http/schema.ts';
import { decimalSchema } from './schema.ts';
import { readTable } from './table.ts';

const COLUMNS: CsvColumn[] = [
  { name: 'org', aliases: ['单位代码'], required: true },
  { name: 'indicator', aliases: ['指标代码'], required: true },
  { name: 'year', aliases: ['年度', '年份'], required: true },
  { name: 'value', aliases: ['数值', '完成值'], required: true },
  { name: 'unit', aliases: ['计量单位'], required: false },
  { name: 'source', aliases: ['数据来源'], required: false },
];

const empty = z.literal('').transform(() => undefined);
const cellsOf = (thisYear: number) => ({
  org: codeSchema,
  indicator: indicatorCodeSchema,
  year: z
    .string()
    .regex(/^\d{4}$/, { message: 'a year: 2025' })
    .transform(Number)
    .refine((year) => year >= 1949 && year <= thisYear, { message: `a year from 1949 to ${thisYear}` }),
  value: decimalSchema,
  unit: empty.or(lineText(20)),
  source: empty.or(lineText(500)),
});

/**
 * Takes what indicators came to in years before the cycles here from a table: a row for each unit, indicator and year; what is there is
 * overwritten; all or none.
 */
export const importHistory = async (
  db: Database,
  bytes: Buffer,
  { dryRun, by, at }: { dryRun: boolean; by: string; at: Date },
): Promise<ImportResult> => {
  const { rows, errors: formulas } = await readTable(bytes, COLUMNS);
  const checked = checkCells(rows, cellsOf(at.getUTCFullYear()));
  const [orgs, codes] = await known(db);
  const errors = [
    ...formulas,
    ...checked.errors,
    ...unknownRefs(rows, 'org', orgs),
    ...unknownRefs(rows, 'indicator', codes),
    ...twice(rows),
  ];
  return finishImport(db, { rows: rows.length, errors, dryRun }, async () => {
    const written = await overPrisma(db).query<{ created: boolean }>(
      `INSERT INTO indicator_history AS h (org_id, code, year, value, unit, source, set_by, set_at)
       SELECT o.id, n.indicator, n.year, n.value, n.unit, n.source, $2::uuid, $3::timestamptz
       FROM json_to_recordset($1::json) AS n(org text, indicator text, year int, value numeric, unit text, source text) JOIN org_units o ON o.code = n.org
       ON CONFLICT (org_id, code, year) DO UPDATE SET value = excluded.value, unit = excluded.unit, source = excluded.source, set_by = excluded.set_by, set_at = excluded.set_at
       RETURNING (xmax = 0) AS created`,
      [JSON.stringify(checked.values), by, at.toISOString()],
    );
    const created = written.filter((row) => row.created).length;
    return { created, updated: written.length - created };
  });
};

/** Codes of units, and of indicators of the library, of templates and of cycles. */
const known = async (db: Database): Promise<[Set<string>, Set<string>]> => {
  const sql = overPrisma(db);
  const orgs = await sql.query<{ code: string }>('SELECT code FROM org_units');
  const codes = await sql.query<{ code: string }>(
    `SELECT code FROM indicators UNION SELECT code FROM cycle_indicators
     UNION SELECT i->>'code' FROM templates, json_array_elements(coalesce(content->'indicators'->'list', '[]')) i`,
  );
  return [new Set(orgs.map(({ code }) => code)), new Set(codes.map(({ code }) => code))];
};

const twice = (rows: CsvRow[]): CsvError[] => {
  const first = new Map<string, number>();
  return rows.flatMap(({ row, cells }) => {
    const key = JSON.stringify([cells.org, cells.indicator, cells.year]);
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, row);
    if (earlier === undefined) return [];
    const message = { zh: `与第 ${earlier} 行重复`, en: `the same as in row ${earlier}` };
    return [{ row, column: 'year', id: 'csv.cell.repeated', message }];
  });
};
