import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import { isRealDay } from '../../workflows/template/form/value.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { blocksOf } from '../../workflows/template/schema.ts';

/** A row of a plan, as the register takes it. */
export interface PlannedItem {
  code: string;
  problem: string;
  measure: string | null;
  owner: string | null;
  due: string | null;
}

const textOf = (row: JsonObject, ...names: string[]): string | null => {
  const found = names.map((name) => row[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : null;
};

/** Under what a row stands in the register: its own code, or its place where the unit added it. */
export const itemCode = (row: JsonObject, index: number): string => textOf(row, 'code') ?? `U${index + 1}`;

/** The rows of a plan's table. */
export const plannedItems = (table: Json | undefined): PlannedItem[] =>
  (Array.isArray(table) ? table : []).filter(isJsonObject).map((row, i) => {
    const due = textOf(row, 'due', 'dueDate', 'end');
    return {
      code: itemCode(row, i),
      problem: textOf(row, 'problem', 'what', 'name') ?? itemCode(row, i),
      measure: textOf(row, 'measure'),
      owner: textOf(row, 'owner'),
      due: due !== null && isRealDay(due) ? due : null,
    };
  });

/** The repeat whose items a table's rows are, if there is one. */
export const repeatOver = (template: CycleTemplate, table: string): string | null => {
  for (const { block } of blocksOf(template))
    if (block.type === 'repeat' && typeof block.over === 'object' && block.over.rows === table) return block.key;
  return null;
};
