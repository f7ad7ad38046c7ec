import type { Column } from '../../../workflows/template/field.ts';
import type { Field, Json, Values } from '../api/types.ts';
import type { MessageKey } from '../i18n/catalogue.ts';
import { cleanDecimal, compareDecimals, isDecimal, placesOf, sumDecimals } from './decimal.ts';
import { readDay } from './plainDate.ts';

/** What is wrong at a place, as a message key, so that it follows the language. */
export interface Flaw {
  key: MessageKey;
  params: Record<string, unknown>;
}
export type Flaws = Record<string, Flaw>;
type Name = (text: { zh: string; en: string }) => string;

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** A table row in which nothing was entered does not count. */
export const isBlankRow = (row: Json): boolean =>
  typeof row === 'object' && row !== null && Object.values(row).every((cell) => isEmpty(cell));

/**
 * Checks a form before it is sent, so that the obvious is said at once. The server checks again and has the last word.
 */
export function checkForm(fields: readonly Field[], values: Values, name: Name): Flaws {
  const flaws: Flaws = {};
  for (const field of fields) {
    const value = values[field.key];
    if (isEmpty(value)) {
      if (field.required && field.type !== 'boolean') flaws[field.key] = missing(name(field.name));
      continue;
    }
    if (field.type === 'table') Object.assign(flaws, checkTable(field, value as Values[], name));
    else if (field.type === 'files') {
      if (field.maxFiles !== undefined && (value as Json[]).length > field.maxFiles)
        flaws[field.key] = flaw('maxFiles', { max: field.maxFiles });
    } else {
      const found = checkValue(field, value);
      if (found) flaws[field.key] = found;
    }
  }
  return flaws;
}

function checkTable(field: Extract<Field, { type: 'table' }>, rows: Values[], name: Name): Flaws {
  const flaws: Flaws = {};
  const filled = rows.filter((row) => !isBlankRow(row));
  rows.forEach((row, index) => {
    if (isBlankRow(row)) return;
    for (const column of field.columns) {
      const place = `${field.key}.${index}.${column.key}`;
      const value = row[column.key];
      const found = isEmpty(value)
        ? column.required
          ? missing(name(column.name))
          : undefined
        : checkValue(column, value);
      if (found) flaws[place] = found;
    }
  });
  if (field.required && filled.length === 0) flaws[field.key] = missing(name(field.name));
  else if (field.minRows !== undefined && filled.length < field.minRows)
    flaws[field.key] = flaw('minRows', { min: field.minRows });
  else if (field.maxRows !== undefined && filled.length > field.maxRows)
    flaws[field.key] = flaw('maxRows', { max: field.maxRows });
  else if (field.total) {
    const { column, is } = field.total;
    const sum = sumDecimals(filled.map((row) => String(row[column] ?? '')));
    const title = field.columns.find((one) => one.key === column)?.name;
    if (compareDecimals(sum, is) !== 0)
      flaws[field.key] = flaw('total', { column: title ? name(title) : column, sum, is });
  }
  return flaws;
}

function checkValue(field: Field | Column, value: Json | undefined): Flaw | undefined {
  const text = String(value);
  switch (field.type) {
    case 'text':
    case 'longText':
      return field.maxLength !== undefined && text.length > field.maxLength
        ? flaw('maxLength', { max: field.maxLength, count: text.length })
        : undefined;
    case 'date':
      return readDay(text) === text ? undefined : flaw('date', {});
    case 'decimal':
      if (!isDecimal(text)) return flaw('decimal', {});
      if (field.places !== undefined && placesOf(text) > field.places) return flaw('places', { places: field.places });
      if (field.min !== undefined && compareDecimals(text, field.min) < 0) return flaw('min', { min: field.min });
      if (field.max !== undefined && compareDecimals(text, field.max) > 0) return flaw('max', { max: field.max });
      return undefined;
    default:
      return undefined;
  }
}

const missing = (name: string): Flaw => flaw('required', { name });

function flaw(key: keyof typeof import('../i18n/zh/form.ts').form.error, params: Record<string, unknown>): Flaw {
  return { key: `form.error.${key}`, params };
}

/** One value as the API takes it: what was typed but not left yet is tidied as leaving the field would. */
export function tidyValue(field: Pick<Field | Column, 'type'>, value: Json | undefined): Json {
  if (typeof value !== 'string') return value ?? null;
  if (field.type === 'decimal') return cleanDecimal(value);
  if (field.type === 'date') return readDay(value) ?? value.trim();
  return value;
}

/** A whole form, tidied. */
export function tidyValues(fields: readonly Field[], values: Values): Values {
  const tidy = (columns: readonly (Field | Column)[], row: Values): Values =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => {
        const column = columns.find((one) => one.key === key);
        return [key, column ? tidyValue(column, value) : value];
      }),
    );
  const clean = tidy(fields, values);
  for (const field of fields) {
    const rows = values[field.key];
    if (field.type === 'table' && Array.isArray(rows))
      clean[field.key] = rows.map((row) => tidy(field.columns, row as Values));
  }
  return clean;
}

/** What is sent: without blank rows and without what was left empty. */
export function cleanValues(fields: readonly Field[], values: Values): Values {
  const clean: Values = {};
  for (const field of fields) {
    const value = values[field.key];
    if (field.type === 'table' && Array.isArray(value))
      clean[field.key] = value.filter((row) => !isBlankRow(row)).map((row) => cleanRow(row as Values));
    else if (!isEmpty(value)) clean[field.key] = value as Json;
  }
  return clean;
}

/** With nothing where there was something: what is left out would stay as it was. */
export const withCleared = (clean: Values, before: Values): Values => ({
  ...Object.fromEntries(Object.entries(before).flatMap(([key, was]) => (isEmpty(was) ? [] : [[key, null]]))),
  ...clean,
});

const cleanRow = (row: Values): Values => Object.fromEntries(Object.entries(row).filter(([, cell]) => !isEmpty(cell)));
