import type { Field } from '../field.ts';

/** What an expression may know of a value. `any`: not known, so nothing is said against it. */
export type Type =
  | { kind: 'number' | 'boolean' | 'any' | 'null' | 'temporal' | 'function' }
  /** `options`: the values that a choice can have. */
  | { kind: 'text'; options?: readonly string[] }
  | { kind: 'list'; of: Type }
  /** `open`: may have more entries than are known. */
  | { kind: 'context'; entries: Readonly<Record<string, Type>>; open?: boolean };

export const NUMBER: Type = { kind: 'number' };
export const TEXT: Type = { kind: 'text' };
export const BOOLEAN: Type = { kind: 'boolean' };
export const ANY: Type = { kind: 'any' };
export const listOf = (of: Type): Type => ({ kind: 'list', of });
export const contextOf = (entries: Record<string, Type>, open = false): Type => ({
  kind: 'context',
  entries,
  ...(open && { open }),
});

/** The type that a field's value has inside expressions. */
export function typeOfField(field: Field): Type {
  switch (field.type) {
    case 'decimal':
      return NUMBER;
    case 'boolean':
      return BOOLEAN;
    case 'choice':
      return { kind: 'text', options: field.options.map((option) => option.value) };
    case 'files':
      return listOf(TEXT);
    case 'table':
      return listOf(contextOf(Object.fromEntries(field.columns.map((column) => [column.key, typeOfField(column)]))));
    default:
      return TEXT;
  }
}

const UNIT = contextOf({ id: TEXT, name: TEXT });

/** Facts that every expression sees. */
export const PERIOD: Type = contextOf({ year: NUMBER, start: TEXT, end: TEXT });
export const PARTICIPANT: Type = contextOf({ id: TEXT, name: TEXT, category: TEXT, monitoringUnit: UNIT });
export const SPAN_ITEM: Type = contextOf({ key: TEXT, name: TEXT, start: TEXT, end: TEXT });
export const SECTION_ITEM: Type = contextOf({ key: TEXT, name: TEXT }, true);
/** A unit that owns indicators of another, with the period that it reports. */
export const OWNER: Type = contextOf({ id: TEXT, name: TEXT, code: TEXT, start: TEXT, end: TEXT });
export const RANK: Type = contextOf({ rank: NUMBER, rankOf: NUMBER });
