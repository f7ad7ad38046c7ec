import type { Printed } from '../../../workflows/report/part.ts';
import { type ChartTable, toCsv } from '../chart/table.ts';

export type TablePart = Extract<Printed, { kind: 'table' }>;
export type ChartPart = Extract<Printed, { kind: 'chart' }>;

/** A table of a report, as charts have them. */
export const tableOf = ({ columns, rows }: TablePart): ChartTable => ({
  columns: columns.map(({ name }) => name),
  words: columns.flatMap(({ is }, at) => (is === 'number' ? [] : [at])),
  rows: rows.map(({ cells }) => cells),
});

/** What a picture of a report shows, as a table. */
export const figuresOf = ({ chart: { title, names, series } }: ChartPart): ChartTable => ({
  columns: [title, ...series.map(({ name }) => name)],
  rows: names.map((name, at) => [name, ...series.map(({ values }) => values[at] ?? null)]),
});

/** All tables of a report in one file, each below its title. */
export const allTables = (parts: readonly Printed[]): string => {
  const texts = parts.flatMap((part) =>
    part.kind === 'table' ? [toCsv({ columns: [part.title ?? ''], rows: [] }) + toCsv(tableOf(part))] : [],
  );
  return `\ufeff${texts.join('\r\n').replaceAll('\ufeff', '')}`;
};
