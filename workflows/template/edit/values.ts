import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { checkFeel } from '../lint/feel.ts';
import { ANY, contextOf, listOf, type Type } from '../lint/types.ts';
import { cycleTemplateSchema } from '../schema.ts';
import { isFeel, seesValues } from './expressions.ts';
import { getAt, type Path, setAt } from './path.ts';
import { candidatesOf, refOf } from './refs.ts';
import { optionOf, type Schema, shapeOf } from './shape.ts';
import { nodesOf, treeOf } from './tree.ts';

export interface Renamed {
  content: Json;
  /** So many places named it and follow. */
  places: number;
}

/**
 * Gives a value of the case another name, where a form's field or a computed value says it (`path`), and tells all that name it:
 * what is shown, collected and scored, conditions and expressions. Nothing happens where the name is taken; where two forms
 * have a field of the old name, only this one is renamed, as the others keep what is named.
 */
export function renameValue(content: Json, path: Path, to: string): Renamed | undefined {
  const from = getAt(content, path);
  if (candidatesOf(content, 'value').some(({ value }) => value === to)) return undefined;
  const here = setAt(content, path, to);
  if (typeof from !== 'string' || from === '') return { content: here, places: 0 };
  if (candidatesOf(here, 'value').some(({ value }) => value === from)) return { content: here, places: 0 };
  const scope = scopeOf(content);
  let places = 0;
  const told = (next: string): string => {
    places += 1;
    return next;
  };
  const inText = (text: string, entry: string, around: Around): string => {
    if (refOf(entry, around) === 'value') return text === from ? told(to) : text;
    if (isFeel(entry, around) && seesValues(entry, around)) {
      const found = checkFeel(text, scope).places.filter(({ name }) => name === from);
      return found.reduceRight((now, at) => told(now.slice(0, at.from) + to + now.slice(at.to)), text);
    }
    // Scoring rules say from where: `values.results`.
    return text.replace(/(?<![\w.])values\.(\w+)/g, (whole, name: string) =>
      name === from ? told(`values.${to}`) : whole,
    );
  };
  /** Messages say `{{name}}`. */
  const inWords = (text: string): string =>
    text.replace(/(\{\{\s*)(\w+)/g, (whole, before: string, name: string) =>
      name === from ? told(`${before}${to}`) : whole,
    );
  const walk = (schema: Schema, value: Json, entry: string, around: Around): Json => {
    const shape = shapeOf(schema);
    switch (shape.kind) {
      case 'text':
        if (!isJsonObject(value)) return value;
        return Object.fromEntries(
          Object.entries(value).map(([language, one]) => [language, typeof one === 'string' ? inWords(one) : one]),
        );
      case 'string':
        return typeof value === 'string' ? inText(value, entry, around) : value;
      case 'union': {
        const option = optionOf(shape.options, value);
        return option ? walk(option.schema, value, entry, around) : value;
      }
      case 'list':
        return Array.isArray(value) ? value.map((one) => walk(shape.item, one, entry, around)) : value;
      case 'record': {
        if (!isJsonObject(value)) return value;
        const named = refOf(entry, around) === 'value';
        return Object.fromEntries(
          Object.entries(value).map(([key, one]) => [
            named && key === from ? told(to) : key,
            walk(shape.value, one, entry, []),
          ]),
        );
      }
      case 'object':
        if (!isJsonObject(value)) return value;
        return Object.fromEntries(
          Object.entries(value).map(([name, one]) => {
            const known = shape.entries.find((other) => other.name === name);
            return [name, known ? walk(known.schema, one, name, [shape.tag?.value, entry]) : one];
          }),
        );
      default:
        return value;
    }
  };
  return { content: walk(cycleTemplateSchema, here, '', []), places };
}

type Around = readonly (string | undefined)[];

/** The values by name, tables with their columns: inside a filter a column hides a value that is called the same. */
function scopeOf(content: Json): Record<string, Type> {
  const scope: Record<string, Type> = {};
  for (const { value } of candidatesOf(content, 'value')) scope[value] = { kind: 'any' };
  for (const { block } of nodesOf(treeOf(content)))
    for (const field of Array.isArray(block.fields) ? block.fields.filter(isJsonObject) : []) {
      const columns = Array.isArray(field.columns) ? field.columns.filter(isJsonObject) : [];
      if (columns.length > 0)
        scope[String(field.key)] = listOf(
          contextOf(Object.fromEntries(columns.map(({ key }: JsonObject) => [String(key), ANY]))),
        );
    }
  return scope;
}
