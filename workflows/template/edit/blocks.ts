import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { PHASES } from '../schema.ts';
import { getAt, insertAt, leadsTo, type Path, setAt } from './path.ts';
import { type BlockNode, freshKey, innerLists, nodesOf, takenKeys, treeOf } from './tree.ts';

/** A draft after an edit, and where the block that it was about stands now. */
export interface Edited {
  content: Json;
  path: Path;
}

/** A list takes no more. */
export const MOST_BLOCKS = 100;

const lengthAt = (content: Json, list: Path): number => {
  const items = getAt(content, list);
  return Array.isArray(items) ? items.length : 0;
};

const isTop = (list: Path): boolean => list.length === 3;

/** Whether a list has room for a block: a block of the whole cycle stands at the top of a phase only. */
const takes = (content: Json, list: Path, block: Json): boolean =>
  lengthAt(content, list) < MOST_BLOCKS && (isTop(list) || !isJsonObject(block) || block.per !== 'cycle');

/** Whether a list may lose a block: a repeat is never empty. */
const spares = (content: Json, list: Path): boolean => {
  const around = getAt(content, list.slice(0, -1));
  return !isJsonObject(around ?? null) || (around as JsonObject).type !== 'repeat' || lengthAt(content, list) > 1;
};

/** Puts a block into a list. */
export function addBlock(content: Json, list: Path, index: number, block: JsonObject): Edited | undefined {
  if (!takes(content, list, block)) return undefined;
  const at = Math.max(0, Math.min(index, lengthAt(content, list)));
  return { content: insertAt(content, list, at, block), path: [...list, at] };
}

/** Takes a block out; the selection goes to its neighbour, or to what it stood in. */
export function removeBlock(content: Json, path: Path): Edited | undefined {
  const list = path.slice(0, -1);
  if (getAt(content, path) === undefined || !spares(content, list)) return undefined;
  const next = setAt(content, path, undefined);
  const left = lengthAt(next, list);
  const index = Number(path.at(-1));
  return { content: next, path: left > 0 ? [...list, Math.min(index, left - 1)] : blockAround(list) };
}

/** The block that a list stands in; of a phase's list, the phase. */
function blockAround(list: Path): Path {
  if (isTop(list)) return list.slice(0, 2);
  const last = list.findLastIndex((step, at) => typeof step === 'number' && list[at - 1] === 'blocks');
  return list.slice(0, last + 1);
}

/** Puts a copy of a block behind it. Every key inside is new, and what the copy says of its own blocks means the copy's. */
export function duplicateBlock(content: Json, path: Path): Edited | undefined {
  const node = nodeAt(content, path);
  if (!node) return undefined;
  return addBlock(content, path.slice(0, -1), Number(path.at(-1)) + 1, freshCopy(node, takenKeys(content)));
}

const nodeAt = (content: Json, path: Path): BlockNode | undefined =>
  [...nodesOf(treeOf(content))].find((node) => node.path.length === path.length && leadsTo(node.path, path));

function freshCopy(node: BlockNode, taken: Set<string>): JsonObject {
  const renamed = new Map<string, string>();
  const give = (value: Json | undefined) => {
    if (typeof value !== 'string') return;
    const key = freshKey(value, taken);
    taken.add(key);
    renamed.set(value, key);
  };
  const walk = ({ block, lists }: BlockNode): void => {
    give(block.key);
    for (const { owner, blocks } of lists) {
      give(owner?.key);
      blocks.forEach(walk);
    }
  };
  walk(node);
  return renameKeys(node.block, renamed) as JsonObject;
}

/** The places where a block's key is named by others. */
const NAMED_BY = new Set(['returnTo', 'onReject', 'onFail', 'block']);

/** A block with keys called otherwise: its own, those of what is inside, and where its blocks name each other. */
function renameKeys(block: JsonObject, renamed: ReadonlyMap<string, string>): JsonObject {
  const call = (value: Json): Json => (typeof value === 'string' ? (renamed.get(value) ?? value) : value);
  let next: Json = keyed(withNames(block, call), call);
  for (const at of innerLists(block)) {
    if (at.length > 1)
      next = setAt(next, [...at.slice(0, -1), 'key'], call(getAt(block, [...at.slice(0, -1), 'key']) ?? null));
    const list = getAt(block, at);
    if (Array.isArray(list))
      next = setAt(
        next,
        at,
        list.map((inner) => (isJsonObject(inner) ? renameKeys(inner, renamed) : inner)),
      );
  }
  return next as JsonObject;
}

const keyed = (block: JsonObject, call: (value: Json) => Json): JsonObject =>
  block.key === undefined ? block : { ...block, key: call(block.key) };

/** The same block, naming other blocks by what they are called now. What is inside its lists is left alone. */
function withNames(block: JsonObject, call: (value: Json) => Json): JsonObject {
  const lists = new Set(innerLists(block).map(([first]) => first));
  return Object.fromEntries(
    Object.entries(block).map(([name, value]) => [name, lists.has(name) ? value : named(name, value, call)]),
  );
}

function named(name: string, value: Json, call: (value: Json) => Json): Json {
  if (NAMED_BY.has(name)) return call(value);
  if (name === 'recuse' && Array.isArray(value)) return value.map(call);
  if (Array.isArray(value)) return value.map((one) => named('', one, call));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([inner, one]) => [inner, named(inner, one, call)]));
}

/** Gives a block another key, and tells all who name it. Nothing happens where the key is taken. */
export function renameBlock(content: Json, path: Path, key: string): Edited | undefined {
  const block = getAt(content, path);
  if (!isJsonObject(block ?? null) || takenKeys(content).has(key)) return undefined;
  const from = (block as JsonObject).key;
  const renamed = setAt(content, [...path, 'key'], key);
  if (typeof from !== 'string') return { content: renamed, path };
  const call = (value: Json): Json => (value === from ? key : value);
  let next: Json = renamed;
  for (const node of nodesOf(treeOf(renamed))) {
    const told = withNames(node.block, call);
    for (const [name, value] of Object.entries(told))
      if (JSON.stringify(value) !== JSON.stringify(node.block[name])) next = setAt(next, [...node.path, name], value);
  }
  return { content: next, path };
}

/** Moves a block to a place of a list, counted before it is taken out. */
export function moveBlock(content: Json, from: Path, list: Path, index: number): Edited | undefined {
  const block = getAt(content, from);
  if (block === undefined || leadsTo(from, list)) return undefined;
  const home = from.slice(0, -1);
  const at = Number(from.at(-1));
  const same = home.length === list.length && leadsTo(home, list);
  if (same && (index === at || index === at + 1)) return undefined;
  if (!same && (!takes(content, list, block) || !spares(content, home))) return undefined;
  // Put in first: where it is taken out then shifts what stands behind it in the same list, on the way to the new place as well.
  const put = insertAt(content, list, index, block);
  const old = shifted(from, list, index, 1);
  return { content: setAt(put, old, undefined), path: shifted([...list, index], home, Number(old.at(-1)), -1) };
}

/** A path after a list on its way has got one item more, or one less, at that index. */
function shifted(path: Path, list: Path, index: number, by: 1 | -1): Path {
  const step = path[list.length];
  if (!leadsTo(list, path) || typeof step !== 'number') return path;
  if (by === 1 ? step < index : step <= index) return path;
  return [...path.slice(0, list.length), step + by, ...path.slice(list.length + 1)];
}

export type Direction = 'up' | 'down' | 'in' | 'out';

/**
 * Moves a block by one step. `up` and `down`: past its neighbour, at the end of a list out of what it stands in, at the end of a
 * phase into the next one. `in`: to the end of the last list of the block before it. `out`: behind the block that it stands in.
 */
export function stepBlock(content: Json, path: Path, direction: Direction): Edited | undefined {
  const list = path.slice(0, -1);
  const index = Number(path.at(-1));
  if (direction === 'in') {
    const before = nodeAt(content, [...list, index - 1]);
    const into = before?.lists.at(0);
    return into && moveBlock(content, path, into.path, into.blocks.length);
  }
  if (direction === 'out') return leave(content, path, list, 1);
  if (direction === 'up' && index > 0) return moveBlock(content, path, list, index - 1);
  if (direction === 'down' && index < lengthAt(content, list) - 1) return moveBlock(content, path, list, index + 2);
  if (!isTop(list)) return leave(content, path, list, direction === 'up' ? 0 : 1);
  const phase = PHASES.indexOf(list[1] as (typeof PHASES)[number]) + (direction === 'up' ? -1 : 1);
  const next = PHASES[phase];
  if (next === undefined) return undefined;
  const other: Path = ['phases', next, 'blocks'];
  return moveBlock(content, path, other, direction === 'up' ? lengthAt(content, other) : 0);
}

function leave(content: Json, path: Path, list: Path, behind: 0 | 1): Edited | undefined {
  if (isTop(list)) return undefined;
  const around = blockAround(list);
  return moveBlock(content, path, around.slice(0, -1), Number(around.at(-1)) + behind);
}
