import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { PHASES, type PhaseKey } from '../schema.ts';
import { getAt, type Path } from './path.ts';

/** A list of blocks of a draft, with where it stands. A draft may be half done: what is no block is left out of the tree. */
export interface ListNode {
  path: Path;
  /** Of a branch or path: the object around the list. */
  owner: JsonObject | undefined;
  blocks: BlockNode[];
}

export interface BlockNode {
  path: Path;
  block: JsonObject;
  /** The lists of blocks inside it. */
  lists: ListNode[];
}

export interface PhaseNode extends ListNode {
  phase: PhaseKey;
}

/** The draft as a tree of its phases and blocks. */
export const treeOf = (content: Json): PhaseNode[] =>
  PHASES.map((phase) => ({ phase, ...listAt(content, ['phases', phase, 'blocks'], undefined) }));

function listAt(content: Json, path: Path, owner: JsonObject | undefined): ListNode {
  const items = getAt(content, path);
  const blocks = (Array.isArray(items) ? items : []).flatMap((block, index) =>
    isJsonObject(block) ? [nodeAt(content, [...path, index], block)] : [],
  );
  return { path, owner, blocks };
}

const nodeAt = (content: Json, path: Path, block: JsonObject): BlockNode => ({
  path,
  block,
  lists: innerLists(block).map((at) => {
    const owner = getAt(block, at.slice(0, -1));
    return listAt(
      content,
      [...path, ...at],
      at.length > 1 && isJsonObject(owner ?? null) ? (owner as JsonObject) : undefined,
    );
  }),
});

/** Where the lists of blocks inside a block stand, below it. */
export function innerLists(block: JsonObject): Path[] {
  const each = (of: string): Path[] => {
    const items = block[of];
    return Array.isArray(items) ? items.map((_, at) => [of, at, 'blocks']) : [];
  };
  if (block.type === 'parallel') return each('branches');
  if (block.type === 'branch') return [...each('paths'), ['otherwise', 'blocks']];
  if (block.type === 'repeat') return [['blocks']];
  return [];
}

/** Every block of a tree, parents before children. */
export function* nodesOf(lists: readonly ListNode[]): Generator<BlockNode> {
  for (const { blocks } of lists)
    for (const node of blocks) {
      yield node;
      yield* nodesOf(node.lists);
    }
}

/** The keys of a block and of all that is inside it: of blocks, branches and paths. */
export function keysIn(node: BlockNode): string[] {
  const own = [node.block.key, ...node.lists.map(({ owner }) => owner?.key)];
  return [
    ...own.filter((key) => typeof key === 'string'),
    ...node.lists.flatMap(({ blocks }) => blocks.flatMap(keysIn)),
  ];
}

/** Every key that is taken in a draft. */
export const takenKeys = (content: Json): Set<string> =>
  new Set([...PHASES, ...treeOf(content).flatMap(({ blocks }) => blocks.flatMap(keysIn))]);

/** A key that is not taken: the wish itself, or with the first number that makes it new. */
export function freshKey(wish: string, taken: ReadonlySet<string>): string {
  const base = wish.replace(/(?<!\d)\d+$/, '') || wish;
  if (!taken.has(wish)) return wish;
  for (let n = 2; ; n++) {
    const key = `${base.slice(0, 60)}${n}`;
    if (!taken.has(key)) return key;
  }
}
