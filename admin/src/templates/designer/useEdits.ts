import { useNotify } from 'ra-core';
import { type Dispatch, useMemo, useRef } from 'react';
import type { Json, JsonObject } from '../../../../workflows/json.ts';
import {
  addBlock,
  type Direction,
  duplicateBlock,
  type Edited,
  moveBlock,
  removeBlock,
  stepBlock,
} from '../../../../workflows/template/edit/blocks.ts';
import { type BlockType, newBlock } from '../../../../workflows/template/edit/kinds.ts';
import { getAt, type Path } from '../../../../workflows/template/edit/path.ts';
import { nodesOf, treeOf } from '../../../../workflows/template/edit/tree.ts';
import { useT } from '../../i18n/useT.ts';
import { type DesignerAction, edited } from './state.ts';

/**
 * What may be done with the blocks of a draft. What cannot be done says why and changes nothing. The tree may be a moment behind the
 * draft: where it names the `block` as well, that is what is meant, wherever it stands by now.
 */
export interface Edits {
  add: (list: Path, index: number, type: BlockType) => void;
  remove: (path: Path, block?: JsonObject) => void;
  duplicate: (path: Path) => void;
  step: (path: Path, direction: Direction, block?: JsonObject) => void;
  move: (from: Path, list: Path, index: number) => void;
  select: (path: Path) => void;
}

export function useEdits(content: Json, dispatch: Dispatch<DesignerAction>, select: (path: Path) => void): Edits {
  const t = useT();
  const notify = useNotify();
  const latest = useRef(content);
  latest.current = content;
  const refuse = useRef(() => {});
  refuse.current = () => notify(t('designer.cannot'), { type: 'warning' });
  return useMemo(() => {
    const take = (edit: Edited | undefined) => {
      if (edit) dispatch(edited(edit, Date.now()));
      else refuse.current();
    };
    // Where a step leads nowhere, or a block is dropped where it stands, there is nothing to say.
    const quietly = (edit: Edited | undefined) => edit && dispatch(edited(edit, Date.now()));
    return {
      add: (list, index, type) => take(addBlock(latest.current, list, index, newBlock(type, latest.current))),
      remove: (path, block) => {
        const at = nowAt(latest.current, path, block);
        if (at) take(removeBlock(latest.current, at));
      },
      duplicate: (path) => take(duplicateBlock(latest.current, path)),
      step: (path, direction, block) => {
        const at = nowAt(latest.current, path, block);
        if (at) quietly(stepBlock(latest.current, at, direction));
      },
      move: (from, list, index) => quietly(moveBlock(latest.current, from, list, index)),
      select,
    };
  }, [dispatch, select]);
}

/** Where a block stands now that was at a path; nowhere when it is gone. */
function nowAt(content: Json, path: Path, block: JsonObject | undefined): Path | undefined {
  if (!block || getAt(content, path) === block) return path;
  return [...nodesOf(treeOf(content))].find((node) => node.block === block || node.block.key === block.key)?.path;
}
