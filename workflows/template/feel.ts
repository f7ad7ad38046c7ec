import { Decimal } from 'decimal.js';
import { evaluate } from 'feelin';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { CaseContext, Item } from '../machine/context.ts';
import { blocksOf, type CycleTemplate } from './schema.ts';

/** The facts that expressions may name beside the fields. */
export const FACT_NAMES = ['participant', 'period', 'item', 'sections'] as const;

/** Names of the values that are decimals (kept as text): fields, table columns and computed values. */
export function decimalNames(template: CycleTemplate): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { block } of blocksOf(template)) {
    if (block.type === 'compute') names.add(block.into);
    if (block.type !== 'task' && block.type !== 'approval') continue;
    for (const field of block.fields ?? []) {
      if (field.type === 'decimal') names.add(field.key);
      if (field.type === 'table')
        for (const column of field.columns) if (column.type === 'decimal') names.add(column.key);
    }
  }
  return names;
}

/** What an expression sees: values by name (decimals as numbers), and the facts of the case. */
export function feelScope(context: CaseContext, item: Item | undefined, decimals: ReadonlySet<string>): JsonObject {
  const { participant, period, sections } = context.facts;
  const scope: JsonObject = { ...numbers(context.data, decimals), period, sections: sections ?? [] };
  if (participant) scope.participant = { ...participant } as JsonObject;
  const current = item ?? context.facts.item;
  if (current) scope.item = numbers(current, decimals);
  return scope;
}

// A computed value may also be text, such as a grade.
const DECIMAL = /^-?\d+(\.\d+)?$/;

function numbers(values: JsonObject, decimals: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asNumber(name, value, decimals)]));
}

function asNumber(name: string, value: Json, decimals: ReadonlySet<string>): Json {
  if (Array.isArray(value)) return value.map((v) => asNumber(name, v, decimals));
  if (isJsonObject(value)) return numbers(value, decimals);
  return typeof value === 'string' && decimals.has(name) && DECIMAL.test(value) ? new Decimal(value).toNumber() : value;
}

/** Evaluates a FEEL expression. Throws a `SyntaxError` of feelin on an expression that does not parse. */
export function evaluateFeel(expression: string, scope: JsonObject): Json {
  return evaluate(expression, scope).value as Json;
}

/** True only where the expression says `true`; unknown is not yes. */
export function holds(condition: string, scope: JsonObject): boolean {
  return evaluateFeel(condition, scope) === true;
}
