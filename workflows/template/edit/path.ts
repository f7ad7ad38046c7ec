import { isJsonObject, type Json, type JsonObject } from '../../json.ts';

/** Where something stands in a draft: `['phases', 'plan', 'blocks', 0]`. */
export type Path = readonly (string | number)[];

/** A path of the linter (`phases.plan.blocks[0].key`) as its steps. */
export const pathOf = (text: string): Path =>
  [...text.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([word, index]) => (index === undefined ? word : Number(index)));

/** Whether the first path is the second, or leads to it. */
export const leadsTo = (path: Path, to: Path): boolean =>
  path.length <= to.length && path.every((step, at) => step === to[at]);

/** What stands at a path; undefined where nothing does. */
export function getAt(content: Json | undefined, path: Path): Json | undefined {
  let at = content;
  for (const step of path) {
    if (Array.isArray(at)) at = typeof step === 'number' ? at[step] : undefined;
    else if (isJsonObject(at ?? null))
      at = Object.hasOwn(at as JsonObject, step) ? (at as JsonObject)[step] : undefined;
    else return undefined;
  }
  return at;
}

/**
 * The same content with another value at a path; undefined takes out what stands there. Only what is on the way is copied, so
 * that whoever compares sees what did not change. A way that leads through text or numbers changes nothing.
 */
export function setAt(content: Json, path: Path, value: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value === undefined ? content : value;
  if (Array.isArray(content)) {
    if (typeof step !== 'number' || step < 0 || step > content.length) return content;
    if (rest.length === 0 && value === undefined) return content.filter((_, at) => at !== step);
    const inner = rest.length === 0 ? (value as Json) : setAt(content[step] ?? fresh(rest[0]), rest, value);
    return inner === content[step] ? content : [...content.slice(0, step), inner, ...content.slice(step + 1)];
  }
  if (!isJsonObject(content)) return content;
  const known = Object.hasOwn(content, step) ? content[step] : undefined;
  if (rest.length === 0) {
    if (value !== undefined) return value === known ? content : { ...content, [step]: value };
    if (known === undefined) return content;
    const { [step]: _, ...others } = content;
    return others;
  }
  if (known === undefined && value === undefined) return content;
  const inner = setAt(known ?? fresh(rest[0]), rest, value);
  return inner === known ? content : { ...content, [step]: inner };
}

const fresh = (next: string | number | undefined): Json => (typeof next === 'number' ? [] : {});

/** Puts a value into a list, before the one that stands there now. */
export function insertAt(content: Json, list: Path, index: number, value: Json): Json {
  const items = getAt(content, list);
  const known = Array.isArray(items) ? items : [];
  return setAt(content, list, [...known.slice(0, index), value, ...known.slice(index)]);
}

/** Moves an item of a list to another place of the same list. */
export function reorder(content: Json, list: Path, from: number, to: number): Json {
  const items = getAt(content, list);
  if (!Array.isArray(items) || from === to || !(from in items) || !(to in items)) return content;
  const rest = items.filter((_, at) => at !== from);
  return setAt(content, list, [...rest.slice(0, to), items[from] as Json, ...rest.slice(to)]);
}

/** The same object with one of its keys called otherwise, in the same place. */
export function renameEntry(content: Json, object: Path, from: string, to: string): Json {
  const known = getAt(content, object);
  if (!isJsonObject(known ?? null) || from === to) return content;
  const entries = Object.entries(known as JsonObject);
  if (!entries.some(([key]) => key === from) || entries.some(([key]) => key === to)) return content;
  return setAt(content, object, Object.fromEntries(entries.map(([key, value]) => [key === from ? to : key, value])));
}
