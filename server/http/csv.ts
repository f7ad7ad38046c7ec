import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import type { Text } from '../../workflows/text.ts';
import { problem } from './problem.ts';

/** A column of an import: its name, what it may also be called, and whether the file must have it. */
export interface CsvColumn {
  name: string;
  aliases: string[];
  required: boolean;
}

/** A wrong cell. `row` is the line number a spreadsheet shows: the header is 1. */
export interface CsvError {
  row: number;
  column: string;
  id: string;
  message: Text;
}

export interface CsvRow {
  row: number;
  cells: Record<string, string>;
}

const MAX_ROWS = 20_000;

/** UTF-8 with or without BOM, else GB18030, as Chinese spreadsheets save it. */
export const decodeCsv = (bytes: Buffer): string => {
  if (bytes.length >= 2 && ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))) {
    throw problem('csv.encoding');
  }
  if (bytes.includes(0)) throw problem('csv.encoding');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = iconv.decode(bytes, 'gb18030');
    if (text.includes('\uFFFD')) throw problem('csv.encoding');
    return text;
  }
};

/** Reads the rows by the names of their columns; a column missing, unknown or named twice is refused. */
export const readCsv = (bytes: Buffer, columns: readonly CsvColumn[]): CsvRow[] =>
  matchLines(parseLines(decodeCsv(bytes)), columns);

/** The same from the cells of a sheet; empty rows are left out. */
export const readCells = (sheet: readonly string[][], columns: readonly CsvColumn[]): CsvRow[] =>
  matchLines(
    sheet.flatMap((record, i) => (record.some((cell) => cell.trim() !== '') ? [{ line: i + 1, record }] : [])),
    columns,
  );

/** A cell that a spreadsheet would run as a formula when it opens what was taken in: `=cmd|…`, `@SUM(…)`, `+1+1`. Numbers may have a sign. */
export const formulaCells = (rows: readonly CsvRow[]): CsvError[] =>
  rows.flatMap(({ row, cells }) =>
    Object.entries(cells).flatMap(([column, text]) => {
      if (!/^[=@+\-\t\r]/.test(text) || /^[+-]?\d+(\.\d+)?$/.test(text)) return [];
      const message = { zh: '单元格不能是公式', en: 'a cell must not be a formula' };
      return [{ row, column, id: 'csv.cell.formula', message }];
    }),
  );

const matchLines = (lines: readonly Line[], columns: readonly CsvColumn[]): CsvRow[] => {
  const [head, ...body] = lines;
  const names = matchColumns(head?.record ?? [], columns);
  if (body.length > MAX_ROWS) throw problem('csv.tooManyRows', { limit: MAX_ROWS });
  return body.map(({ line, record }) => ({
    row: line,
    cells: Object.fromEntries(names.map((name, at) => [name, (record[at] ?? '').trim().normalize('NFC')])),
  }));
};

interface Line {
  line: number;
  record: string[];
}

const parseLines = (text: string): Line[] => {
  try {
    const options = { bom: true, info: true, skip_empty_lines: true, max_record_size: 100_000 } as const;
    const records = parse(text, options) as unknown as { info: { lines: number }; record: string[] }[];
    return records.map(({ info, record }) => ({ line: info.lines, record }));
  } catch (error) {
    const { lines, message } = error as { lines?: number; message: string };
    throw problem('csv.malformed', { line: lines ?? 1, reason: message.slice(0, 200) });
  }
};

const matchColumns = (head: string[], columns: readonly CsvColumn[]): string[] => {
  const found = head.map((title) => {
    const wanted = title.trim().toLowerCase();
    return { title, column: columns.find(({ name, aliases }) => name === wanted || aliases.includes(wanted)) };
  });
  const names = found.map(({ column }) => column?.name);
  const errors: CsvError[] = [
    ...found.flatMap(({ title, column }) =>
      column ? [] : [wrong(title, 'csv.column.unknown', '没有这一列', 'unknown column')],
    ),
    ...columns.flatMap(({ name, required }) =>
      required && !names.includes(name)
        ? [wrong(name, 'csv.column.missing', '缺少这一列', 'the column is missing')]
        : [],
    ),
    ...names.flatMap((name, at) =>
      name && names.indexOf(name) < at
        ? [wrong(name, 'csv.column.twice', '此列出现两次', 'the column occurs twice')]
        : [],
    ),
  ];
  if (errors.length > 0) throw csvProblem('csv.columns', errors, { columns: columns.map(({ name }) => name) });
  return names.map((name) => name ?? '');
};

const wrong = (column: string, id: string, zh: string, en: string): CsvError => ({
  row: 1,
  column: column.slice(0, 100),
  id,
  message: { zh, en },
});

/** A problem whose `errors` name row, column and path. */
export const csvProblem = (id: 'csv.columns' | 'csv.rows', errors: CsvError[], members: Record<string, unknown> = {}) =>
  problem(id, {
    ...members,
    count: errors.length,
    errors: errors.slice(0, 200).map((error) => ({ path: `rows[${error.row}].${error.column}`, ...error })),
  });
