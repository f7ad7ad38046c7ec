import type { AuditRow } from './chain.ts';

export const CSV_COLUMNS = [
  'at',
  'actor',
  'onBehalfOf',
  'action',
  'object',
  'ok',
  'detail',
  'request',
  'address',
  'stripe',
  'seq',
  'prev',
  'hash',
  'alg',
] as const satisfies readonly (keyof AuditRow)[];

/** Characters that move a cursor, end a line, turn the direction of writing or colour a terminal. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;
const escaped = (one: string): string => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A text with such characters as what they are called instead. */
export const visible = (text: string): string => text.replace(CONTROL, escaped);

/** A cell that no spreadsheet runs and no line end leaves. */
export const csvCell = (value: string | number | boolean | null): string => {
  const text = visible(String(value ?? ''));
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

export const csvHead = (): string => `${[...CSV_COLUMNS, 'actorName'].join(',')}\r\n`;

/** A line of CSV, with the name of who did it. */
export const csvLine = (row: AuditRow, names: ReadonlyMap<string, string>): string => {
  const cells = [...CSV_COLUMNS.map((name) => row[name]), row.actor && (names.get(row.actor) ?? null)];
  return `${cells.map(csvCell).join(',')}\r\n`;
};

/** A line of JSON: as it was hashed, so that `bihuan audit verify --file` can read it. */
export const jsonLine = (row: AuditRow): string => `${visible(JSON.stringify(row))}\n`;
