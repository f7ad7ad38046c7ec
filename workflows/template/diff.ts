import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { Text } from '../text.ts';
import { innerLists, type ListNode, treeOf } from './edit/tree.ts';
import { pathText } from './lint/finding.ts';
import { PHASE_NAMES } from './phases.ts';
import { nameOf } from './words/index.ts';
import { joined, said } from './words/said.ts';

/** A setting that is not what it was: where it is, in words, and what it was and is. */
export interface EntryChange {
  kind: 'added' | 'removed' | 'changed' | 'moved';
  where: Text;
  before?: Text;
  after?: Text;
}

/** One thing that is different between two versions of a template: a block by its key, a phase, or a part of the template. */
export interface Difference {
  kind: 'added' | 'removed' | 'moved' | 'changed';
  what: 'block' | 'phase' | 'part';
  key: string;
  name: Text;
  /** Of a block: its phase and what it stands in. */
  place?: Text;
  /** Of a moved one: where it stood. */
  from?: Text;
  /** Where it is in the later version; of what is removed, in the earlier. */
  path: string;
  /** What is different in it. */
  entries: EntryChange[];
}

interface Placed {
  block: JsonObject;
  path: string;
  /** The list it stands in, by the keys around it, so that it is the same list when it moved as a whole. */
  list: string;
  place: Text;
}

/**
 * What makes a later version of a template differ from an earlier one. Blocks are the same when their keys are; a block that stands in
 * another list, or among its old neighbours at another place, is moved. Works on drafts, too.
 */
export function diffTemplates(before: Json, after: Json): Difference[] {
  const [old, now] = [placesOf(before), placesOf(after)];
  const moved = movedKeys(old, now);
  const blocks = [...now].flatMap(([key, { block, path, place, list }]): Difference[] => {
    const was = old.get(key);
    const common = { what: 'block' as const, key, name: nameIn(block, key), place, path };
    if (!was) return [{ kind: 'added', ...common, entries: [] }];
    const entries = entriesOf(own(was.block), own(block), [String(block.type)], after);
    if (moved.has(key)) return [{ kind: 'moved', ...common, ...(was.list !== list && { from: was.place }), entries }];
    return entries.length > 0 ? [{ kind: 'changed', ...common, entries }] : [];
  });
  const gone = [...old].flatMap(([key, { block, path, place }]): Difference[] =>
    now.has(key) ? [] : [{ kind: 'removed', what: 'block', key, name: nameIn(block, key), place, path, entries: [] }],
  );
  return [...partsOf(before, after), ...phasesOf(before, after), ...gone, ...blocks];
}

const asObject = (value: Json | undefined): JsonObject => (isJsonObject(value ?? null) ? (value as JsonObject) : {});

const nameIn = (value: JsonObject, key: string): Text => {
  const { zh, en } = asObject(value.name);
  return { zh: typeof zh === 'string' && zh ? zh : key, en: typeof en === 'string' && en ? en : key };
};

/** Every block by its key, with where it stands; of equal keys the first. */
function placesOf(content: Json): Map<string, Placed> {
  const found = new Map<string, Placed>();
  const walk = ({ blocks }: ListNode, list: string, place: Text): void => {
    for (const { block, path, lists } of blocks) {
      const key = typeof block.key === 'string' ? block.key : pathText(path);
      if (!found.has(key)) found.set(key, { block, path: pathText(path), list, place });
      lists.forEach((inner, at) => {
        const owner = inner.owner;
        const named = owner ? nameIn(owner, String(owner.key ?? at)) : nameIn(block, key);
        walk(inner, `${key}/${owner?.key ?? 'blocks'}`, joined([place, named], ' › ', ' › '));
      });
    }
  };
  const phases = asObject(asObject(content).phases);
  for (const phase of treeOf(content)) walk(phase, phase.phase, phaseName(phases, phase.phase));
  return found;
}

const phaseName = (phases: JsonObject, phase: keyof typeof PHASE_NAMES): Text => {
  const name = asObject(asObject(phases[phase]).name);
  return typeof name.zh === 'string' && typeof name.en === 'string' ? (name as unknown as Text) : PHASE_NAMES[phase];
};

/** The blocks that stand in another list, and the fewest of each list whose move explains the new order. */
function movedKeys(old: ReadonlyMap<string, Placed>, now: ReadonlyMap<string, Placed>): Set<string> {
  const moved = new Set(
    [...now].flatMap(([key, { list }]) => (old.has(key) && old.get(key)?.list !== list ? [key] : [])),
  );
  const order = new Map([...old.keys()].map((key, at) => [key, at]));
  const lists = new Map<string, string[]>();
  for (const [key, { list }] of now)
    if (old.has(key) && !moved.has(key)) lists.set(list, [...(lists.get(list) ?? []), key]);
  for (const keys of lists.values()) {
    const kept = new Set(longestRise(keys, (key) => order.get(key) ?? 0));
    for (const key of keys) if (!kept.has(key)) moved.add(key);
  }
  return moved;
}

/** The longest part of a list that is in order. */
function longestRise<T>(items: readonly T[], rank: (item: T) => number): T[] {
  const best: T[][] = [];
  items.forEach((item, at) => {
    const before = best.slice(0, at).filter((rise) => rank(rise.at(-1) as T) < rank(item));
    best.push([...before.reduce((a, b) => (b.length > a.length ? b : a), [] as T[]), item]);
  });
  return best.reduce((a, b) => (b.length > a.length ? b : a), [] as T[]);
}

/** A block without what stands inside it; of its branches and paths, all but their blocks. */
function own(block: JsonObject): JsonObject {
  const lists = new Set(innerLists(block).map(([first]) => String(first)));
  const without = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(without);
    if (!isJsonObject(value)) return value;
    const { blocks: _, ...rest } = value;
    return rest;
  };
  return Object.fromEntries(
    Object.entries(block).flatMap(([name, value]) =>
      name === 'blocks' && lists.has(name) ? [] : [[name, lists.has(name) ? without(value) : value]],
    ),
  );
}

function phasesOf(before: Json, after: Json): Difference[] {
  const [old, now] = [asObject(asObject(before).phases), asObject(asObject(after).phases)];
  return (Object.keys(PHASE_NAMES) as (keyof typeof PHASE_NAMES)[]).flatMap((phase): Difference[] => {
    const [{ blocks: _, ...was }, { blocks: __, ...is }] = [asObject(old[phase]), asObject(now[phase])];
    const entries = entriesOf(was, is, [], after);
    return entries.length === 0
      ? []
      : [{ kind: 'changed', what: 'phase', key: phase, name: phaseName(now, phase), path: `phases.${phase}`, entries }];
  });
}

/** The parts beside the phases. The version is what tells the two apart, so it is none of the differences. */
function partsOf(before: Json, after: Json): Difference[] {
  const [old, now] = [asObject(before), asObject(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (name) => name !== 'phases' && name !== 'version' && name !== 'key',
  );
  return names.flatMap((name): Difference[] => {
    const [was, is] = [old[name], now[name]];
    const common = { what: 'part' as const, key: name, name: nameOf(name), path: name };
    if (was === undefined && is !== undefined) return [{ kind: 'added', ...common, entries: [] }];
    if (was !== undefined && is === undefined) return [{ kind: 'removed', ...common, entries: [] }];
    const entries = changesIn(was, is, name, [], [], after);
    return entries.length > 0 ? [{ kind: 'changed', ...common, entries }] : [];
  });
}

type Around = readonly (string | undefined)[];

function entriesOf(
  before: JsonObject,
  after: JsonObject,
  around: Around,
  template: Json,
  where: readonly Text[] = [],
): EntryChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) =>
    changesIn(before[name], after[name], name, [...where, nameOf(name, around)], around, template),
  );
}

/** What is different at a place: of lists of things with keys, thing by thing; of objects, entry by entry; else as a whole. */
function changesIn(
  before: Json | undefined,
  after: Json | undefined,
  entry: string,
  where: readonly Text[],
  around: Around,
  template: Json,
): EntryChange[] {
  if (same(before, after)) return [];
  const say = (value: Json | undefined) => said(value, entry, asObject(template) as never);
  const at = (more: readonly Text[] = []): Text => joined([...where, ...more], ' › ', ' › ');
  if (isKeyed(before) && isKeyed(after)) {
    const [old, now] = [byKey(before), byKey(after)];
    const kept = [...now.keys()].filter((key) => old.has(key));
    const rise = new Set(longestRise(kept, (key) => [...old.keys()].indexOf(key)));
    return [
      ...[...old].flatMap(([key, one]): EntryChange[] =>
        now.has(key) ? [] : [{ kind: 'removed', where: at([nameIn(one, key)]) }],
      ),
      ...[...now].flatMap(([key, one]): EntryChange[] => {
        const was = old.get(key);
        if (!was) return [{ kind: 'added', where: at([nameIn(one, key)]) }];
        return [
          ...(rise.has(key) ? [] : [{ kind: 'moved' as const, where: at([nameIn(one, key)]) }]),
          ...entriesOf(was, one, [String(one.type ?? one.kind ?? ''), entry], template, [...where, nameIn(one, key)]),
        ];
      }),
    ];
  }
  if (isPlain(before) && isPlain(after) && before.kind === after.kind)
    return entriesOf(before, after, [String(after.kind ?? after.type ?? ''), entry, ...around], template, where);
  if (before === undefined) return [{ kind: 'added', where: at(), after: say(after) }];
  if (after === undefined) return [{ kind: 'removed', where: at(), before: say(before) }];
  return [{ kind: 'changed', where: at(), before: say(before), after: say(after) }];
}

/** An object that is no text in two languages, no date and nobody: these are said as a whole. */
const isPlain = (value: Json | undefined): value is JsonObject =>
  isJsonObject(value ?? null) &&
  !('zh' in (value as JsonObject)) &&
  !('date' in (value as JsonObject)) &&
  !('from' in (value as JsonObject));

const keyOf = (one: Json): string | undefined => {
  const { key, code, value } = asObject(one);
  return [key, code, value].find((name): name is string => typeof name === 'string');
};

const isKeyed = (list: Json | undefined): list is JsonObject[] =>
  Array.isArray(list) &&
  list.length > 0 &&
  list.every((one) => keyOf(one) !== undefined) &&
  new Set(list.map(keyOf)).size === list.length;

const byKey = (list: readonly JsonObject[]) => new Map(list.map((one) => [keyOf(one) ?? '', one]));

/** Equal as data: in which order an object's entries are written says nothing. */
function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => same(one, b[at]));
  if (!isJsonObject(a ?? null) || !isJsonObject(b ?? null)) return false;
  const [one, other] = [a as JsonObject, b as JsonObject];
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => same(one[name], other[name]));
}
