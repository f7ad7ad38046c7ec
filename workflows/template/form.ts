import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import type { Column, Field } from './field.ts';
import { cleanText } from './form/clean.ts';
import { checkValue } from './form/value.ts';

/** One wrong place of a form: a path such as `score` or `indicators[2].weight`, a stable id, and why. */
export interface ValueError {
  path: string;
  id: string;
  message: Text;
}

export interface CheckedValues {
  errors: ValueError[];
  /** Cleaned: Unicode NFC without invisible characters, decimals in their shortest form, empty values left out. */
  values: JsonObject;
}

export interface CheckOptions {
  /** A draft may be incomplete: nothing is required, nothing adds up, half-written values stay as they are. */
  draft?: boolean;
}

/**
 * Checks the values of a form against its fields.
 *
 * @example checkValues([{ key: 'score', type: 'decimal', max: '100', … }], { score: '101' })
 * // { errors: [{ path: 'score', id: 'value.tooBig', … }], values: {} }
 */
export function checkValues(
  fields: readonly Field[],
  values: unknown,
  { draft = false }: CheckOptions = {},
): CheckedValues {
  if (!isJsonObject(values)) return { errors: [{ path: '', id: 'values.notObject', message: NOT_OBJECT }], values: {} };
  const errors: ValueError[] = [];
  const clean: [string, Json][] = [];
  refuseUnknown(values, fields, '', errors);
  for (const field of fields) {
    const given = Object.hasOwn(values, field.key) ? values[field.key] : undefined;
    const value =
      field.type === 'table' ? table(field, given, draft, errors) : one(field, given, field.key, draft, errors);
    if (value !== undefined) clean.push([field.key, value]);
  }
  return { errors, values: Object.fromEntries(clean) };
}

const NOT_OBJECT: Text = { zh: '应为字段名到取值的对象。', en: 'Must be an object of values by field.' };

function refuseUnknown(
  values: JsonObject,
  fields: readonly { key: string }[],
  prefix: string,
  errors: ValueError[],
): void {
  for (const name of Object.keys(values))
    if (!fields.some((field) => field.key === name))
      errors.push({
        path: prefix + name,
        id: 'value.unknown',
        message: { zh: `没有名为“${shorten(name)}”的字段。`, en: `There is no field "${shorten(name)}".` },
      });
}

const shorten = (name: string) => (name.length > 64 ? `${name.slice(0, 64)}…` : name);

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && cleanText(value) === '') ||
  (Array.isArray(value) && value.length === 0);

function required(path: string): ValueError {
  return { path, id: 'value.required', message: { zh: '必填。', en: 'This is required.' } };
}

function one(
  field: Field | Column,
  given: unknown,
  path: string,
  draft: boolean,
  errors: ValueError[],
): Json | undefined {
  if (isEmpty(given)) {
    if (field.required && !draft) errors.push(required(path));
    return undefined;
  }
  const checked = checkValue(field, given, draft);
  if ('value' in checked) {
    if (!isEmpty(checked.value)) return checked.value;
    if (field.required && !draft) errors.push(required(path));
    return undefined;
  }
  errors.push({ path, ...checked });
  return undefined;
}

type TableField = Extract<Field, { type: 'table' }>;

function table(field: TableField, given: unknown, draft: boolean, errors: ValueError[]): Json | undefined {
  const path = field.key;
  if (isEmpty(given)) {
    if (!draft && (field.required || (field.minRows ?? 0) > 0)) errors.push(required(path));
    return undefined;
  }
  if (!Array.isArray(given) || !given.every(isJsonObject)) {
    errors.push({ path, id: 'value.type', message: { zh: '应为若干行。', en: 'Must be a list of rows.' } });
    return undefined;
  }
  const most = field.maxRows ?? 500;
  if (given.length > most) {
    errors.push({
      path,
      id: 'table.tooManyRows',
      message: {
        zh: `最多 ${most} 行，现有 ${given.length} 行。`,
        en: `At most ${most} rows; there are ${given.length}.`,
      },
    });
    return undefined;
  }
  const before = errors.length;
  const rows = given.map((row, i) => {
    refuseUnknown(row, field.columns, `${path}[${i}].`, errors);
    const cells = field.columns.flatMap((column): [string, Json][] => {
      const cell = Object.hasOwn(row, column.key) ? row[column.key] : undefined;
      const value = one(column, cell, `${path}[${i}].${column.key}`, draft, errors);
      return value === undefined ? [] : [[column.key, value]];
    });
    return Object.fromEntries(cells);
  });
  if (!draft) {
    if (given.length < (field.minRows ?? 0))
      errors.push({
        path,
        id: 'table.tooFewRows',
        message: {
          zh: `至少 ${field.minRows} 行，现有 ${given.length} 行。`,
          en: `At least ${field.minRows} rows; there are ${given.length}.`,
        },
      });
    if (errors.length === before) {
      total(field, rows, errors);
      covers(field, rows, errors);
    }
  }
  return rows;
}

/** Every option of the choice must stand in a row. */
function covers(field: TableField, rows: readonly JsonObject[], errors: ValueError[]): void {
  const column = field.columns.find(({ key }) => key === field.covers);
  if (column?.type !== 'choice') return;
  const left = column.options.filter(({ value }) => !rows.some((row) => row[column.key] === value));
  if (left.length === 0) return;
  const named = (language: keyof Text, separator: string) => left.map(({ name }) => name[language]).join(separator);
  errors.push({
    path: field.key,
    id: 'table.covers',
    message: {
      zh: `“${column.name.zh}”的每一项至少要有一行，缺：${named('zh', '、')}。`,
      en: `"${column.name.en}" needs at least one row for each; missing: ${named('en', ', ')}.`,
    },
  });
}

/** The column must add up to the total, to the last digit. */
function total(field: TableField, rows: readonly JsonObject[], errors: ValueError[]): void {
  if (!field.total) return;
  const { column, is } = field.total;
  const sum = rows.reduce((all, row) => all.plus(typeof row[column] === 'string' ? row[column] : 0), new Exact(0));
  if (sum.eq(is)) return;
  const name = field.columns.find((one) => one.key === column)?.name ?? { zh: column, en: column };
  errors.push({
    path: field.key,
    id: 'table.total',
    message: {
      zh: `“${name.zh}”合计应为 ${is}，现为 ${sum.toFixed()}。`,
      en: `"${name.en}" must add up to ${is}; it is ${sum.toFixed()}.`,
    },
  });
}
