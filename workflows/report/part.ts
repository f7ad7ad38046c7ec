import type { Language, Text } from '../text.ts';

/** A cell of a table; null where nothing is known. */
export type Cell<Words> = Words | string | null;

/** `name` says what a row is of, a `number` stands on the right, `words` wrap. */
export interface Column<Words> {
  name: Words;
  is: 'name' | 'number' | 'words';
}

/** A picture as data: series of the same length over the same names. `bars` lie, `columns` stand. */
export interface Chart<Words> {
  form: 'bars' | 'columns' | 'line';
  stacked?: boolean;
  /** Where the scale ends. */
  most?: number;
  title: Words;
  names: (Words | string)[];
  series: { name: Words; values: (string | null)[]; dashed?: boolean }[];
}

export interface Figure<Words> {
  key: string;
  name: Words;
  value: string;
  unit?: Words;
}

/** What letters and reports are made of, printed as a page, as PDF, or drawn by the console. */
export type Part<Words> =
  | { kind: 'heading'; text: Words }
  | { kind: 'paragraph'; text: Words }
  | { kind: 'list'; items: Words[] }
  | { kind: 'figures'; items: Figure<Words>[] }
  | {
      kind: 'table';
      key?: string;
      title?: Words;
      columns: Column<Words>[];
      rows: { cells: Cell<Words>[]; indent?: number }[];
    }
  | { kind: 'chart'; key?: string; chart: Chart<Words> };

export type ReportPart = Part<Text>;
/** A part in one language: what is printed. */
export type Printed = Part<string>;

/** A part in one language. */
export function inLanguage(part: ReportPart, language: Language): Printed {
  const say = (text: Text) => text[language];
  const cell = (one: Cell<Text>) => (typeof one === 'object' && one !== null ? say(one) : one);
  switch (part.kind) {
    case 'heading':
    case 'paragraph':
      return { kind: part.kind, text: say(part.text) };
    case 'list':
      return { kind: 'list', items: part.items.map(say) };
    case 'figures':
      return {
        kind: 'figures',
        items: part.items.map(({ name, unit, ...one }) => ({
          ...one,
          name: say(name),
          ...(unit && { unit: say(unit) }),
        })),
      };
    case 'table': {
      const { title, columns, rows, ...one } = part;
      return {
        ...one,
        ...(title && { title: say(title) }),
        columns: columns.map(({ name, is }) => ({ name: say(name), is })),
        rows: rows.map((row) => ({ ...row, cells: row.cells.map(cell) })),
      };
    }
    case 'chart':
      return { ...part, chart: chartIn(part.chart, language) };
  }
}

/** A picture in one language. */
export const chartIn = (chart: Chart<Text>, language: Language): Chart<string> => ({
  ...chart,
  title: chart.title[language],
  names: chart.names.map((name) => (typeof name === 'string' ? name : name[language])),
  series: chart.series.map((one) => ({ ...one, name: one.name[language] })),
});
