import { Decimal } from 'decimal.js';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { Column, Field } from '../../workflows/template/field.ts';
import { checkValues } from '../../workflows/template/form.ts';
import { fromRegister } from '../../workflows/template/sources.ts';
import { uuidOf } from '../engine/index.ts';
import { coveredBy, leastRows, withOwnRows } from '../simulate/values.ts';

/** How somebody fills in every form of a cycle. */
export interface Choice {
  /** Values by the name of their field; null leaves it empty. What is not here is filled in as usual. */
  values: ReadonlyMap<string, Json>;
  /** The category of the unit that is watched. */
  category: string;
  /** Its place among the three that are ranked. */
  rank: 1 | 2 | 3;
  /** What the server's blocks answer; the usual for those that are not here. */
  served: ReadonlyMap<string, Json>;
}

/** What a form may refer to. */
export interface Surroundings {
  year: number;
  person: string;
}

type Table = Extract<Field, { type: 'table' }>;
type Simple = Exclude<Field, Table> | Column;
type DecimalField = Extract<Simple, { type: 'decimal' }>;

/** Where decimals lie that nothing was chosen for: good work, but not the best. */
const USUAL = 0.8;

/** Valid values for a form. @throws when its fields contradict each other */
export function fillIn(
  fields: readonly Field[],
  values: ReadonlyMap<string, Json>,
  around: Surroundings,
  share = USUAL,
): JsonObject {
  const given: JsonObject = {};
  for (const field of fields) {
    // The same name may be another kind of field elsewhere.
    const chosen = values.get(field.key);
    const value = chosen !== undefined && takes(field, chosen) ? chosen : usual(field, around, share);
    if (value !== undefined && value !== null) given[field.key] = value;
  }
  const checked = checkValues(fields, given);
  const wrong = checked.errors[0];
  if (wrong) throw new Error(`"${wrong.path}" cannot be filled in: ${wrong.message.en}`);
  return checked.values;
}

/** Whether a field takes a value. */
export const takes = (field: Field, value: Json): boolean =>
  checkValues([field], value === null ? {} : { [field.key]: value }).errors.length === 0;

function usual(field: Field, around: Surroundings, share: number): Json {
  // Rows that name an indicator of the plan, such as milestones, would have to know it.
  if (field.type === 'table' && !field.required && field.columns.some(({ key }) => key === 'indicator')) return null;
  return field.type === 'table' ? tableOf(field, field.minRows ?? 1, around, share) : simple(field, around, share);
}

function simple(field: Simple, { year, person }: Surroundings, share: number): Json {
  switch (field.type) {
    case 'text':
    case 'longText':
      return field.name.zh.slice(0, field.maxLength ?? 100);
    case 'decimal':
      return decimalAt(field, share);
    case 'date':
      return `${year}-12-31`;
    case 'choice':
      return (field.options[0] as { value: string }).value;
    case 'boolean':
      return true;
    case 'person':
      return person;
    case 'files':
      return [uuidOf('rehearse', 'file', field.key)];
    default:
      return null;
  }
}

/** A decimal so far between its bounds. */
export function decimalAt(field: DecimalField, share: number): string {
  const min = new Decimal(field.min ?? 0);
  const max = new Decimal(field.max ?? Decimal.max(min.plus(100), 100));
  return Decimal.max(
    min,
    min.plus(max.minus(min).times(share)).toDecimalPlaces(field.places ?? 2, Decimal.ROUND_DOWN),
  ).toFixed();
}

/** A table of so many rows, whose total is right; `cell` may choose what stands in a cell. */
export function tableOf(
  field: Table,
  count: number,
  around: Surroundings,
  share: number,
  cell: (column: Column, row: number) => Json | undefined = () => undefined,
): Json {
  const rows = Math.max(leastRows(field), Math.min(count, field.maxRows ?? 500), 1);
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      field.columns.map((column) => {
        if (field.total?.column === column.key) return [column.key, shareOf(field.total.is, row, rows)];
        return [column.key, cell(column, row) ?? coveredBy(field, column, row) ?? simple(column, around, share)];
      }),
    ),
  );
}

/** Tables whose rows are given: every other cell as usual, and what their totals still need in the first row that is free. */
export function completed(
  tables: readonly Table[],
  given: Readonly<Record<string, JsonObject[]>>,
  around: Surroundings,
): JsonObject {
  const filled = tables.flatMap((table): [string, Json][] => {
    const rows = withOwnRows(table, given[table.key] ?? [], 1);
    if (rows.length === 0) return [];
    const { total } = table;
    const preset = rows.reduce(
      (sum, row) => sum.plus(total && row[total.column] !== undefined ? String(row[total.column]) : 0),
      new Decimal(0),
    );
    let left = total ? new Decimal(total.is).minus(preset) : new Decimal(0);
    const complete = rows.map((row) =>
      Object.fromEntries(
        table.columns.map((column): [string, Json] => {
          const known = row[column.key];
          if (known !== undefined || fromRegister(table.source, column.key)) return [column.key, known ?? null];
          if (total?.column !== column.key) return [column.key, simple(column, around, USUAL)];
          const share = left;
          left = new Decimal(0);
          return [column.key, share.toFixed()];
        }),
      ),
    );
    return [[table.key, complete]];
  });
  return checkValues(tables, Object.fromEntries(filled)).values;
}

/** The n-th of so many whole parts of a total; the first takes what is left. */
function shareOf(total: string, row: number, rows: number): string {
  const part = new Decimal(total).div(rows).floor();
  return (row === 0 ? new Decimal(total).minus(part.times(rows - 1)) : part).toFixed();
}

/**
 * Values worth trying in a field: its bounds, its options, nothing, and what the template's conditions compare with, each a
 * little below and above.
 */
export function candidates(field: Field, constants: readonly string[], around: Surroundings): Json[] {
  const found = field.type === 'table' ? tables(field, constants, around) : simples(field, constants, around);
  const all: Json[] = field.required ? found : [null, ...found];
  const distinct = new Map(all.map((value) => [JSON.stringify(value), value]));
  return [...distinct.values()].filter((value) => takes(field, value));
}

function simples(field: Simple, constants: readonly string[], around: Surroundings): Json[] {
  const standard = simple(field, around, USUAL);
  switch (field.type) {
    case 'decimal': {
      const step = new Decimal(10).pow(-(field.places ?? 2));
      const near = constants
        .filter((text) => /^-?\d+(\.\d+)?$/.test(text))
        .flatMap((text) => [new Decimal(text), new Decimal(text).plus(step), new Decimal(text).minus(step)]);
      return [
        standard,
        decimalAt(field, 0),
        decimalAt(field, 1),
        decimalAt(field, 0.5),
        ...near.map((n) => n.toFixed()),
      ];
    }
    case 'choice':
      return field.options.map(({ value }) => value);
    case 'boolean':
      return [true, false];
    case 'date':
      return [standard, `${around.year}-01-01`, `${around.year + 1}-12-31`, ...constants];
    case 'text':
    case 'longText':
      return [standard, ...constants];
    default:
      return [standard];
  }
}

/** Tables of several lengths, and with one column's cells chosen. */
function tables(field: Table, constants: readonly string[], around: Surroundings): Json[] {
  const lengths = [1, 2, ...constants.map(Number).flatMap((n) => [n, n + 1])].filter((n) => n >= 1 && n <= 50);
  const byLength = lengths.map((n) => tableOf(field, n, around, USUAL));
  const byCell = field.columns.flatMap((column) =>
    simples(column, constants, around).map((value) =>
      tableOf(field, 2, around, USUAL, (one) => (one.key === column.key ? value : undefined)),
    ),
  );
  return [...byLength, ...byCell];
}
