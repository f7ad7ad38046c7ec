import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import type { CaseContext, Item } from '../../workflows/machine/context.ts';
import type { Text } from '../../workflows/text.ts';

/** Fills `{{name}}` and `{{a.b}}` of a template's message with the case's values and facts, as they are written. */
export function fillMessage(text: Text, context: CaseContext, item: Item | undefined): Text {
  const { participant, period } = context.facts;
  const scope = { ...context.data, participant, period, item: item ?? context.facts.item } as unknown as JsonObject;
  const fill = (one: string) => one.replace(/\{\{([^{}]*)\}\}/g, (_, name: string) => show(lookUp(scope, name.trim())));
  return { zh: fill(text.zh), en: fill(text.en) };
}

const lookUp = (scope: JsonObject, path: string): Json | undefined =>
  path
    .split('.')
    .reduce<Json | undefined>(
      (value, name) => (isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      scope,
    );

const show = (value: Json | undefined): string => {
  if (value === undefined || value === null || value === '') return '—';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
