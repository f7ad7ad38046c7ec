import { useNotify } from 'ra-core';
import { type Dispatch, useRef } from 'react';
import type { Json } from '../../../../workflows/json.ts';
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
import type { Path } from '../../../../workflows/template/edit/path.ts';
import { useT } from '../../i18n/useT.ts';
import { type DesignerAction, edited } from './state.ts';

/** What may be done with the blocks of a draft. What cannot be done says why and changes nothing. */
export interface Edits {
  add: (list: Path, index: number, type: BlockType) => void;
  remove: (path: Path) => void;
  duplicate: (path: Path) => void;
  step: (path: Path, direction: Direction) => void;
  move: (from: Path, list: Path, index: number) => void;
  select: (path: Path) => void;
}

export function useEdits(content: Json, dispatch: Dispatch<DesignerAction>): Edits {
  const t = useT();
  const notify = useNotify();
  const latest = useRef(content);
  latest.current = content;
  const take = (edit: Edited | undefined) => {
    if (edit) dispatch(edited(edit, Date.now()));
    else notify(t('designer.cannot'), { type: 'warning' });
  };
  return {
    add: (list, index, type) => take(addBlock(latest.current, list, index, newBlock(type, latest.current))),
    remove: (path) => take(removeBlock(latest.current, path)),
    duplicate: (path) => take(duplicateBlock(latest.current, path)),
    step: (path, direction) => {
      const edit = stepBlock(latest.current, path, direction);
      if (edit) dispatch(edited(edit, Date.now()));
    },
    move: (from, list, index) => {
      const edit = moveBlock(latest.current, from, list, index);
      if (edit) dispatch(edited(edit, Date.now()));
    },
    select: (path) => dispatch({ do: 'select', path }),
  };
}
