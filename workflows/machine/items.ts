import { isJsonObject } from '../json.ts';
import { fieldNamed } from '../template/access.ts';
import type { RepeatBlock } from '../template/block.ts';
import type { CycleTemplate } from '../template/schema.ts';
import type { CaseContext, Facts, Item } from './context.ts';

const pad = (n: number) => String(n).padStart(2, '0');
const lastDay = (year: number, month: number) =>
  [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][
    month - 1
  ] as number;

function span(year: number, from: number, to: number, key: string, name: string): Item {
  return { key, name, start: `${year}-${pad(from)}-01`, end: `${year}-${pad(to)}-${lastDay(year, to)}` };
}

/** The first and last day that an item is about, such as those of a quarter; of one without days, or outside a repeat, those of the case's period. */
export const spanOf = (item: Item | undefined, period: Facts['period']): { start: string; end: string } => ({
  start: typeof item?.start === 'string' ? item.start : period.start,
  end: typeof item?.end === 'string' ? item.end : period.end,
});

/** The items that a repeat runs over, in order, from the facts and the values at the moment it begins. */
export function itemsOf(block: RepeatBlock, context: CaseContext): Item[] {
  const { year } = context.facts.period;
  if (block.over === 'months')
    return Array.from({ length: 12 }, (_, i) =>
      span(year, i + 1, i + 1, `${year}-${pad(i + 1)}`, `${year}-${pad(i + 1)}`),
    );
  if (block.over === 'quarters')
    return Array.from({ length: 4 }, (_, i) =>
      span(year, i * 3 + 1, i * 3 + 3, `${year}-Q${i + 1}`, `${year} Q${i + 1}`),
    );
  if (block.over === 'sections') return context.facts.sections ?? [];
  const rows = context.data[block.over.rows];
  if (!Array.isArray(rows)) return [];
  return rows.filter(isJsonObject).map((row, i) => ({ ...row, key: String(i + 1), name: String(row.name ?? i + 1) }));
}

/** A title is a line, not a text. */
const LONGEST = 60;

/** What the case of an item is called: rows without a `name` by the first text of their table that is no code. */
export function titleOf(template: CycleTemplate, block: RepeatBlock, item: Item): string {
  const table = typeof block.over === 'object' ? fieldNamed(template, block.over.rows) : undefined;
  if (table?.type !== 'table' || item.name !== item.key) return item.name;
  const first = table.columns.find(({ key, type }) => type === 'text' && key !== 'code' && item[key]);
  const words = first && String(item[first.key]).trim().split('\n', 1)[0];
  if (!words) return item.name;
  return words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
}
