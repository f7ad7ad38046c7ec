import type { Json } from '../../json.ts';
import { Exact } from '../../scoring/exact.ts';
import type { Text } from '../../text.ts';
import type { Column, Field } from '../field.ts';
import { cleanLine, cleanText } from './clean.ts';

/** A value that fits, cleaned; or why not. */
export type Checked = { value: Json } | { id: string; message: Text };

type Simple = Exclude<Field, { type: 'table' }> | Column;

const refuse = (id: string, zh: string, en: string): Checked => ({ id, message: { zh, en } });
const wrongType = (zh: string, en: string) => refuse('value.type', `应为${zh}。`, `Must be ${en}.`);

/** Decimals have at most so many digits: numeric in SQL and exact in the core. */
const MAX_DIGITS = 38;
/** How long a text may be that does not say. */
export const DEFAULT_LENGTH = { text: 500, longText: 20_000 } as const;
/** How long a draft's half-written value of any kind may be. */
const MAX_DRAFT = 500;

/** Checks one value that is not empty against its field. */
export function checkValue(field: Field | Column, given: unknown, draft: boolean): Checked {
  switch (field.type) {
    case 'boolean':
      return typeof given === 'boolean' ? { value: given } : wrongType('是或否', 'true or false');
    case 'files':
      return files(given, field.maxFiles ?? 20);
    case 'table':
      return wrongType('若干行', 'a list of rows');
    default:
      if (typeof given !== 'string')
        return field.type === 'decimal'
          ? wrongType('写成文字的数，如 "12.5"', 'a number written as text, like "12.5"')
          : wrongType('文字', 'text');
      return textual(field, given, draft);
  }
}

type Textual = Exclude<Simple, { type: 'boolean' | 'files' | 'table' }>;

function textual(field: Textual, given: string, draft: boolean): Checked {
  switch (field.type) {
    case 'text':
      return short(cleanLine(given), field.maxLength ?? DEFAULT_LENGTH.text);
    case 'longText':
      return short(cleanText(given), field.maxLength ?? DEFAULT_LENGTH.longText);
    case 'person':
      return short(cleanLine(given), 100);
  }
  const value = cleanLine(given);
  if (draft) return short(value, MAX_DRAFT);
  switch (field.type) {
    case 'date':
      return isRealDay(value)
        ? { value }
        : refuse('value.date', '应为真实的日期，如 2026-03-31。', 'Must be a day that exists, like 2026-03-31.');
    case 'choice':
      return field.options.some((option) => option.value === value)
        ? { value }
        : refuse('value.option', '不是可选的值。', 'This is none of the options.');
    case 'decimal':
      return decimal(field, value);
  }
}

function short(value: string, most: number): Checked {
  const length = [...value].length;
  if (length <= most) return { value };
  return refuse(
    'value.tooLong',
    `最多 ${most} 个字，现有 ${length} 个。`,
    `At most ${most} characters; there are ${length}.`,
  );
}

function decimal(field: Extract<Simple, { type: 'decimal' }>, given: string): Checked {
  const written = given.replace(/[０-９．－]/g, (char) =>
    char === '．' ? '.' : char === '－' ? '-' : String(char.charCodeAt(0) - 0xff10),
  );
  if (!/^-?\d+(\.\d+)?$/.test(written))
    return refuse(
      'value.decimal',
      '应为数，如 12.5，不带千分号和单位。',
      'Must be a number like 12.5, without separators or unit.',
    );
  if (written.replace(/\D/g, '').length > MAX_DIGITS)
    return refuse('value.tooLong', `最多 ${MAX_DIGITS} 位数字。`, `At most ${MAX_DIGITS} digits.`);
  const number = new Exact(written);
  const places = field.places ?? 6;
  if (number.decimalPlaces() > places)
    return refuse('value.places', `最多 ${places} 位小数。`, `At most ${places} decimal places.`);
  if (field.min !== undefined && number.lt(field.min))
    return refuse('value.tooSmall', `不小于 ${field.min}。`, `At least ${field.min}.`);
  if (field.max !== undefined && number.gt(field.max))
    return refuse('value.tooBig', `不大于 ${field.max}。`, `At most ${field.max}.`);
  return { value: number.isZero() ? '0' : number.toFixed() };
}

function files(given: unknown, most: number): Checked {
  if (!Array.isArray(given) || !given.every((id) => typeof id === 'string' && /^[\w-]{1,100}$/.test(id)))
    return wrongType('已上传文件的编号', 'ids of uploaded files');
  const distinct = [...new Set(given as string[])];
  if (distinct.length > most) return refuse('files.tooMany', `最多 ${most} 个文件。`, `At most ${most} files.`);
  return { value: distinct };
}

/** Whether a `YYYY-MM-DD` is a day that exists, between 1900 and 2199. */
export function isRealDay(day: string): boolean {
  const [, y, m, d] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)?.map(Number) ?? [];
  if (y === undefined || m === undefined || d === undefined || y < 1900 || y > 2199 || m < 1 || m > 12) return false;
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  return d >= 1 && d <= ([31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1] as number);
}
