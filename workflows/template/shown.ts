import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { CaseContext } from '../machine/context.ts';
import type { ComputeBlock, RepeatBlock } from './block.ts';
import type { Column, Field } from './field.ts';
import { blocksOf, type CycleTemplate } from './schema.ts';

/** A value as a page shows it, read only: with the field that says how to write it. */
export interface Shown {
  field: Field;
  value: Json;
}

/**
 * A value of a case for reading: that of a form's field, a computed one, a rank, or what a repeat gathered, which becomes
 * one table of all its items.
 */
export function shownValue(template: CycleTemplate, name: string, context: CaseContext): Shown {
  const value = context.data[name] ?? null;
  for (const { block } of blocksOf(template)) {
    if (block.type === 'compute' && block.into === name) return computed(block, value);
    if (block.type === 'repeat' && block.collect?.into === name) return gathered(template, block, value, context);
    if (block.type !== 'task' && block.type !== 'approval') continue;
    const field = block.fields?.find((one) => one.key === name);
    if (field) return { field, value };
  }
  return { field: { key: name, name: { zh: name, en: name }, type: 'text' }, value };
}

function computed({ into, name, rule }: ComputeBlock, value: Json): Shown {
  const common = { key: into, name };
  if (rule.kind === 'rule' || rule.kind === 'score' || rule.kind === 'survey')
    return { field: { ...common, type: 'decimal' }, value };
  if (rule.kind === 'rank' && isJsonObject(value))
    return {
      field: { ...common, type: 'text' },
      value: typeof value.rank === 'number' ? `${value.rank} / ${value.rankOf}` : null,
    };
  return { field: { ...common, type: 'text' }, value };
}

const ITEM: Column = { key: 'item', name: { zh: '项目', en: 'Item' }, type: 'text' };

/** Rows of the items; of a table that each of them filled in, all lines one below the other, each with its item. */
function gathered(template: CycleTemplate, block: RepeatBlock, value: Json, context: CaseContext): Shown {
  const { fields: names = [], into = '' } = block.collect ?? {};
  const fields = names.map((name) => shownValue(template, name, context).field);
  const lists = fields.filter((field) => field.type === 'table');
  const single = fields.filter((field): field is Exclude<Field, { type: 'table' }> => field.type !== 'table');
  const columns: Column[] = [ITEM, ...single.map(asColumn), ...lists.flatMap((list) => list.columns)];
  const rows = Array.isArray(value) ? value.filter(isJsonObject) : [];
  return {
    field: { key: into, name: block.name, type: 'table', columns },
    value: rows.flatMap((row): Json[] => {
      const own: JsonObject = { item: itemName(block, row.item, context) };
      for (const { key } of single) if (row[key] !== undefined && row[key] !== null) own[key] = row[key];
      const lines = lists.flatMap((list) => {
        const inner = row[list.key];
        return Array.isArray(inner) ? inner.filter(isJsonObject) : [];
      });
      return lines.length > 0 ? lines.map((line) => ({ ...line, ...own })) : [own];
    }),
  };
}

/** Long text, lists of files and yes or no have no columns of their own; they are written out. */
function asColumn(field: Exclude<Field, { type: 'table' }>): Column {
  if (field.type === 'longText' || field.type === 'files' || field.type === 'boolean')
    return { key: field.key, name: field.name, type: 'text' };
  return field;
}

function itemName(block: RepeatBlock, key: Json | undefined, context: CaseContext): string {
  const section = block.over === 'sections' ? context.facts.sections?.find((one) => one.key === key) : undefined;
  return section?.name ?? String(key ?? '');
}
