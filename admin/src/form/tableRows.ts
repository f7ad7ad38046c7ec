import type { Values } from '../api/types.ts';
import { cleanDecimal } from './decimal.ts';
import { readDay } from './plainDate.ts';
import type { Column } from './types.ts';

/** The cells of a range copied from a spreadsheet: tabs between cells, lines between rows, quotes around cells with either. */
export function readCells(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = '';
  };
  for (let i = 0; i < source.length; i++) {
    const char = source[i];
    if (quoted) {
      if (char === '"' && source[i + 1] === '"') cell += source[++i];
      else if (char === '"') quoted = false;
      else cell += char;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === '\t') endCell();
    else if (char === '\n') {
      endCell();
      rows.push([]);
    } else cell += char;
  }
  endCell();
  return rows;
}

/** A pasted text as the value of a column: a choice by its name in any language, a number or a day as people write it. */
export function readCell(column: Column, text: string): string {
  const clean = text.trim();
  if (column.type === 'decimal') return cleanDecimal(clean);
  if (column.type === 'date') return readDay(clean) ?? clean;
  if (column.type !== 'choice') return clean;
  const option = column.options.find((one) =>
    [one.value, one.name.zh, one.name.en].some((name) => name.toLowerCase() === clean.toLowerCase()),
  );
  return option?.value ?? '';
}

/** The rows after a range was pasted with its corner at a cell; new rows are added as needed. */
export function pasteInto(
  rows: readonly Values[],
  columns: readonly Column[],
  at: { row: number; column: number },
  cells: string[][],
  maxRows = 500,
): Values[] {
  const next = rows.map((row) => ({ ...row }));
  cells.forEach((line, down) => {
    const index = at.row + down;
    if (index >= maxRows) return;
    while (next.length <= index) next.push({});
    const row = next[index];
    line.forEach((text, right) => {
      const column = columns[at.column + right];
      if (row && column && column.type !== 'person') row[column.key] = readCell(column, text);
    });
  });
  return next;
}
