import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../../workflows/json.ts';
import { library } from '../../workflows/library/index.ts';
import {
  addBlock,
  type Direction,
  duplicateBlock,
  type Edited,
  moveBlock,
  removeBlock,
  renameBlock,
  stepBlock,
} from '../../workflows/template/edit/blocks.ts';
import { type History, historyOf, record, redo, undo } from '../../workflows/template/edit/history.ts';
import { BLOCK_KINDS, newBlock } from '../../workflows/template/edit/kinds.ts';
import { getAt, type Path, pathOf, renameEntry, reorder, setAt } from '../../workflows/template/edit/path.ts';
import { keysIn, type ListNode, nodesOf, treeOf } from '../../workflows/template/edit/tree.ts';
import { pathText } from '../../workflows/template/lint/finding.ts';
import { cycleTemplateSchema } from '../../workflows/template/schema.ts';
import { approval, branch, repeat, task, template } from '../support/blocks.ts';
import { anyTemplate } from '../support/templates.ts';

const RUNS = Number(process.env.RUNS ?? 100);

type Edit = { what: string; block: number; list: number; at: number; type: number };
const anyEdit: fc.Arbitrary<Edit> = fc.record({
  what: fc.constantFrom('add', 'remove', 'duplicate', 'move', 'up', 'down', 'in', 'out', 'rename'),
  block: fc.nat(200),
  list: fc.nat(200),
  at: fc.nat(20),
  type: fc.nat(BLOCK_KINDS.length - 1),
});

const listsOf = (content: Json): ListNode[] => {
  const lists: ListNode[] = treeOf(content);
  return [...lists, ...[...nodesOf(lists)].flatMap((node) => node.lists)];
};
const keysOf = (content: Json): string[] =>
  treeOf(content)
    .flatMap(({ blocks }) => blocks.flatMap(keysIn))
    .sort();

const apply = (content: Json, { what, block, list, at, type }: Edit): Edited | undefined => {
  const nodes = [...nodesOf(treeOf(content))];
  const path = nodes[block % Math.max(1, nodes.length)]?.path;
  const lists = listsOf(content);
  const into = lists[list % lists.length] as ListNode;
  if (what === 'add')
    return addBlock(content, into.path, at, newBlock((BLOCK_KINDS[type] ?? BLOCK_KINDS[0])?.type ?? 'task', content));
  if (!path) return undefined;
  if (what === 'remove') return removeBlock(content, path);
  if (what === 'duplicate') return duplicateBlock(content, path);
  if (what === 'move') return moveBlock(content, path, into.path, Math.min(at, into.blocks.length));
  if (what === 'rename') return renameBlock(content, path, `renamed${at}`);
  return stepBlock(content, path, what as Direction);
};

describe('edits of a draft', () => {
  test('keep the tree valid, never share a key, lose no block by moving, and all undone is the original', () => {
    fc.assert(
      fc.property(anyTemplate(), fc.array(anyEdit, { maxLength: 25 }), (start, edits) => {
        const original = JSON.stringify(start);
        let history: History<Json> = historyOf(start as unknown as Json);
        let done = 0;
        for (const [n, edit] of edits.entries()) {
          const before = history.present;
          const edited = apply(before, edit);
          if (!edited) continue;
          done += 1;
          expect(cycleTemplateSchema.safeParse(edited.content).error?.issues ?? []).toEqual([]);
          const keys = keysOf(edited.content);
          expect(new Set(keys).size, 'each key once').toBe(keys.length);
          if (['move', 'up', 'down', 'in', 'out'].includes(edit.what)) {
            expect(keys).toEqual(keysOf(before));
            const moved = [...nodesOf(treeOf(before))][edit.block % [...nodesOf(treeOf(before))].length];
            expect(getAt(edited.content, edited.path)).toEqual(moved?.block);
          }
          history = record(history, edited.content, { at: n });
        }
        const last = history.present;
        for (let n = 0; n < done; n += 1) history = undo(history);
        expect(JSON.stringify(history.present)).toBe(original);
        expect(undo(history)).toBe(history);
        for (let n = 0; n < done; n += 1) history = redo(history);
        expect(history.present).toEqual(last);
      }),
      { numRuns: RUNS },
    );
  });

  test('a step up is taken back by a step down wherever the block stays in its list', () => {
    fc.assert(
      fc.property(anyTemplate(), fc.nat(200), (start, pick) => {
        const content = start as unknown as Json;
        const nodes = [...nodesOf(treeOf(content))].filter(({ path }) => Number(path.at(-1)) > 0);
        const node = nodes[pick % Math.max(1, nodes.length)];
        if (!node) return;
        const up = stepBlock(content, node.path, 'up') as Edited;
        expect(stepBlock(up.content, up.path, 'down')?.content).toEqual(content);
      }),
      { numRuns: RUNS },
    );
  });

  test('a value set at any place is read there, and what is beside it stays the same object', () => {
    for (const shipped of Object.values(library)) {
      const content = shipped as unknown as Json;
      for (const { path } of nodesOf(treeOf(content))) {
        const changed = setAt(content, [...path, 'help'], { zh: '说明', en: 'help' });
        expect(getAt(changed, [...path, 'help'])).toEqual({ zh: '说明', en: 'help' });
        expect(setAt(changed, [...path, 'help'], getAt(content, [...path, 'help']))).toEqual(content);
        expect(getAt(changed, ['roles'])).toBe(getAt(content, ['roles']));
        expect(pathOf(pathText(path as PropertyKey[]))).toEqual(path);
      }
    }
  });

  test('every kind of block that is added to a shipped template has the right shape', () => {
    for (const shipped of Object.values(library))
      for (const { type } of BLOCK_KINDS) {
        const content = shipped as unknown as Json;
        const added = addBlock(content, ['phases', 'plan', 'blocks'], 0, newBlock(type, content)) as Edited;
        expect(cycleTemplateSchema.safeParse(added.content).success).toBe(true);
      }
  });
});

describe('single edits', () => {
  const content = template({
    plan: [
      task('draft'),
      approval('review', { returnTo: 'draft', recuse: ['draft'], who: [{ kind: 'actorOf', block: 'draft' }] }),
      branch('big', 'true', [task('extra')]),
      repeat('each', 'quarters', 'oneByOne', [task('report')]),
      task('goals', { per: 'cycle' }),
    ],
  }) as unknown as Json;
  const at = (index: number): Path => ['phases', 'plan', 'blocks', index];
  const keys = (edited: Edited | undefined) =>
    (getAt(edited?.content, ['phases', 'plan', 'blocks']) as JsonObject[]).map(({ key }) => key);

  test('a block that is renamed is called so by all who name it', () => {
    const edited = renameBlock(content, at(0), 'planning') as Edited;
    expect(getAt(edited.content, at(1))).toMatchObject({
      returnTo: 'planning',
      recuse: ['planning'],
      who: [{ kind: 'actorOf', block: 'planning' }],
    });
    expect(renameBlock(content, at(0), 'review'), 'a key that is taken').toBeUndefined();
    expect(renameBlock(content, at(0), 'extra'), 'also inside another block').toBeUndefined();
  });

  test('a copy has keys of its own, and names its own blocks', () => {
    const copied = duplicateBlock(content, at(2)) as Edited;
    expect(keys(copied)).toEqual(['draft', 'review', 'big', 'big2', 'each', 'goals']);
    expect(getAt(copied.content, [...at(3), 'paths', 0, 'blocks', 0, 'key'])).toBe('extra2');
    expect(copied.path).toEqual(at(3));
  });

  test('a repeat keeps its last block, and a block of the whole cycle stands at the top only', () => {
    expect(removeBlock(content, [...at(3), 'blocks', 0])).toBeUndefined();
    expect(stepBlock(content, [...at(3), 'blocks', 0], 'out')).toBeUndefined();
    expect(moveBlock(content, at(4), [...at(3), 'blocks'], 0)).toBeUndefined();
    expect(moveBlock(content, at(2), [...at(2), 'otherwise', 'blocks'], 0), 'into itself').toBeUndefined();
  });

  test('steps lead past neighbours, into a block, out of it, and into the next phase', () => {
    expect(keys(stepBlock(content, at(1), 'up'))).toEqual(['review', 'draft', 'big', 'each', 'goals']);
    expect(stepBlock(content, at(0), 'up'), 'nothing is before the plan').toBeUndefined();
    const inside = stepBlock(content, at(3), 'in') as Edited;
    expect(inside.path).toEqual([...at(2), 'paths', 0, 'blocks', 1]);
    expect(keys(stepBlock(inside.content, inside.path, 'out'))).toEqual(keys({ content, path: [] }));
    const next = stepBlock(content, at(4), 'down') as Edited;
    expect(next.path).toEqual(['phases', 'execute', 'blocks', 0]);
    expect(stepBlock(next.content, next.path, 'up')?.content).toEqual(content);
  });

  test('a draft that is half done is still a tree', () => {
    for (const broken of [{}, { phases: 3 }, { phases: { plan: { blocks: [null, 'x', { key: 'a' }] } } }] as Json[]) {
      expect(() => treeOf(broken)).not.toThrow();
      const added = addBlock(broken, ['phases', 'execute', 'blocks'], 0, newBlock('task', broken));
      if (broken && typeof broken === 'object' && 'phases' in broken && broken.phases === 3)
        expect(added?.content).toBe(broken);
      else expect(keysOf(added?.content as Json)).toContain('task');
    }
  });

  test('edits of one thing at one go are taken back together', () => {
    const typed = ['a', 'ab', 'abc'].reduce(
      (history, text, n) => record(history, text, { about: 'name', at: n * 300 }),
      historyOf(''),
    );
    expect(undo(typed).present).toBe('');
    const paused = record(typed, 'abcd', { about: 'name', at: 60_000 });
    expect(undo(paused).present).toBe('abc');
    expect(redo(undo(paused)).present).toBe('abcd');
    expect(record(undo(paused), 'x', { at: 61_000 }).future).toEqual([]);
  });

  test('entries and items keep their order', () => {
    const roles = { a: 1, b: 2, c: 3 };
    expect(Object.keys(renameEntry({ roles }, ['roles'], 'b', 'z') as never)).toEqual(['roles']);
    expect(Object.keys(getAt(renameEntry({ roles }, ['roles'], 'b', 'z'), ['roles']) as JsonObject)).toEqual([
      'a',
      'z',
      'c',
    ]);
    expect(renameEntry({ roles }, ['roles'], 'b', 'c')).toEqual({ roles });
    expect(reorder({ list: [1, 2, 3] }, ['list'], 0, 2)).toEqual({ list: [2, 3, 1] });
  });
});
