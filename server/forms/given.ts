import type { Json, JsonObject } from '../../workflows/json.ts';
import type { CaseContext, Item } from '../../workflows/machine/context.ts';
import type { HumanBlock } from '../../workflows/template/block.ts';
import type { Field } from '../../workflows/template/field.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { CLOSED_SOURCES, fromRegister, type Source } from '../../workflows/template/sources.ts';
import type { Database } from '../http/deps.ts';
import type { FieldError } from '../http/problem.ts';
import { sources } from './sources.ts';

/** For which task rows are asked for. */
export interface Ask {
  db: Database;
  caseId: string;
  cycleId: string;
  orgId: string;
  template: CycleTemplate;
  block: HumanBlock;
  /** The table. */
  field: string;
  context: CaseContext;
  /** The item of the repeat around the block, such as a quarter. */
  item: Item | undefined;
}

/** The rows of a table that the server knows; each has its `code`. */
export type Given = (ask: Ask) => Promise<JsonObject[]>;

/** In a section's form, the rows of its unit's plan are what it may choose from: none must stay, no other may be added. */
const isChoice = ({ source }: Sourced, inSection: boolean) => inSection && source === 'plan';

/** Sources whose given cells are read only, but for these columns. */
const WRITABLE: Readonly<Partial<Record<Source, ReadonlySet<string>>>> = {
  due: new Set(['code', 'value']),
  owned: new Set(['code', 'value']),
  consultation: new Set(['code']),
};

type Sourced = Extract<Field, { type: 'table' }> & { source: Source };
const isSourced = (field: Field): field is Sourced => field.type === 'table' && field.source !== undefined;

/** The case of a form. */
export interface FormCase {
  id: string;
  cycleId: string | null;
  orgId: string | null;
  definition: { template: CycleTemplate };
  context: CaseContext;
}

/** The rows that a form begins with, by table; cells that the table does not have are left out. */
export async function givenRows(
  db: Database,
  { id: caseId, cycleId, orgId, definition: { template }, context }: FormCase,
  block: HumanBlock,
): Promise<Record<string, JsonObject[]>> {
  const tables = (block.fields ?? []).filter(isSourced);
  if (tables.length === 0 || cycleId === null || orgId === null) return {};
  const item = context.live[block.key]?.item;
  const filled = await Promise.all(
    tables.map(async (table): Promise<[string, JsonObject[]]> => {
      const ask = { db, caseId, cycleId, orgId, template, block, field: table.key, context, item };
      const rows = (await sources[table.source]?.(ask)) ?? [];
      return [table.key, rows.map((row) => cellsOf(table, row))];
    }),
  );
  return Object.fromEntries(filled);
}

const cellsOf = ({ columns }: Sourced, row: JsonObject): JsonObject =>
  Object.fromEntries(
    columns.flatMap(({ key }) => (row[key] === undefined || row[key] === null ? [] : [[key, row[key]]])),
  );

/**
 * No row that was given may be left out; where the rows are all there can be, none may be added, and where given cells are read only,
 * they are as they are given or as they were before.
 */
export function checkGiven(
  fields: readonly Field[],
  given: Readonly<Record<string, JsonObject[]>>,
  values: JsonObject,
  before: JsonObject = {},
  inSection = false,
): FieldError[] {
  return fields.filter(isSourced).flatMap((table) => {
    const rows = given[table.key];
    if (rows === undefined || !Object.hasOwn(values, table.key)) return [];
    const codes = codesOf(values[table.key]);
    const known = codesOf(rows);
    const missing = isChoice(table, inSection) ? [] : known.filter((code) => !codes.includes(code));
    const twice = codes.flatMap((code, at) => (code !== '' && codes.indexOf(code) < at ? [{ code, at }] : []));
    const added =
      CLOSED_SOURCES.has(table.source) || isChoice(table, inSection)
        ? codes.flatMap((code, at) => (known.includes(code) ? [] : [{ code, at }]))
        : [];
    return [
      ...missing.map((code) => wrong(table.key, `缺少规定的一行“${code}”`, `the row "${code}" is given and must stay`)),
      ...added.map(({ code, at }) =>
        wrong(`${table.key}[${at}].code`, `“${code}”不在规定的范围内`, `"${code}" is none of the rows that are given`),
      ),
      ...changedCells(table, rows, values[table.key], before[table.key]),
      ...twice.map(({ code, at }) => wrong(`${table.key}[${at}].code`, `“${code}”重复`, `"${code}" is there twice`)),
    ];
  });
}

function changedCells(
  { key: table, source, columns }: Sourced,
  given: readonly JsonObject[],
  rows: Json | undefined,
  before: Json | undefined,
): FieldError[] {
  const writable = WRITABLE[source];
  if (!Array.isArray(rows)) return [];
  const byCode = (list: Json | undefined) =>
    new Map((Array.isArray(list) ? list : []).map((row) => [(row as JsonObject).code, row as JsonObject]));
  const [known, earlier] = [byCode([...given]), byCode(before)];
  return (rows as JsonObject[]).flatMap((row, at) =>
    columns.flatMap(({ key }): FieldError[] => {
      const [cell, is, was] = [row[key], known.get(row.code)?.[key], earlier.get(row.code)?.[key]];
      const stands = fromRegister(source, key)
        ? cell === is || (was !== undefined && cell === was) || (is === undefined && empty(cell))
        : !writable || writable.has(key) || cell === undefined || is === undefined || cell === is || cell === was;
      if (stands) return [];
      const given = is === undefined ? ['空', 'empty'] : [is, is];
      return [
        wrong(
          `${table}[${at}].${key}`,
          `这一格由系统给出（${given[0]}），不能改。`,
          `This cell is given (${given[1]}) and cannot be changed.`,
        ),
      ];
    }),
  );
}

const empty = (cell: Json | undefined): boolean => cell === undefined || cell === null || cell === '';

const codesOf = (rows: Json | undefined): string[] =>
  Array.isArray(rows) ? rows.map((row) => String((row as JsonObject).code ?? '')) : [];

const wrong = (path: string, zh: string, en: string): FieldError => ({ path, message: { zh, en } });
