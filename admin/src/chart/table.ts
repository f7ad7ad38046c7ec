/** What a chart shows, as a table: the first column names the row. */
export interface ChartTable {
  columns: string[];
  /** Further columns that hold words, not numbers. */
  words?: readonly number[];
  rows: (string | number | null)[][];
}

const isNumber = (text: string): boolean => /^[+-]?\d+(\.\d+)?%?$/.test(text);

/** A cell of a file that a spreadsheet will open: what it would run as a formula is kept as text. */
function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) && !isNumber(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The table as CSV (RFC 4180), with the mark that makes Excel read it as UTF-8. */
export const toCsv = ({ columns, rows }: ChartTable): string =>
  `\ufeff${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
