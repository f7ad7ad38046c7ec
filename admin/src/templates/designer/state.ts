import { isJsonObject, type Json } from '../../../../workflows/json.ts';
import type { Edited } from '../../../../workflows/template/edit/blocks.ts';
import { type History, historyOf, record, redo, undo } from '../../../../workflows/template/edit/history.ts';
import { getAt, type Path } from '../../../../workflows/template/edit/path.ts';

interface Draft {
  content: Json;
  selected: Path;
}

/** What the designer shows: the draft with its past, and what is being typed on its JSON face. */
export interface DesignerState {
  history: History<Draft>;
  /** The JSON face as it was typed; null while it is the printed draft. `broken`: it cannot be read, so the draft is older. */
  text: { typed: string; broken: boolean } | null;
}

export type DesignerAction =
  | { do: 'change'; content: Json; about?: string; at: number; selected?: Path }
  | { do: 'select'; path: Path }
  | { do: 'type'; typed: string; at: number }
  | { do: 'dropText' }
  | { do: 'undo' }
  | { do: 'redo' }
  | { do: 'reset'; content: Json };

/** What is selected to begin with. */
export const FIRST: Path = ['about'];

export const stateOf = (content: Json): DesignerState => ({
  history: historyOf({ content, selected: FIRST }),
  text: null,
});

export function reduce(state: DesignerState, action: DesignerAction): DesignerState {
  const { history } = state;
  const { present } = history;
  switch (action.do) {
    case 'change': {
      const { content, about, at, selected = present.selected } = action;
      if (content === present.content) return state;
      return {
        history: record(history, { content, selected }, { at, ...(about !== undefined && { about }) }),
        text: null,
      };
    }
    case 'select':
      return { ...state, history: { ...history, present: { ...present, selected: action.path } } };
    case 'type': {
      const content = parsed(action.typed);
      if (content === undefined) return { ...state, text: { typed: action.typed, broken: true } };
      const next = { content, selected: standing(content, present.selected) };
      return {
        history: record(history, next, { about: 'json', at: action.at }),
        text: { typed: action.typed, broken: false },
      };
    }
    case 'dropText':
      return { ...state, text: null };
    case 'undo':
      return { history: still(undo(history)), text: null };
    case 'redo':
      return { history: still(redo(history)), text: null };
    case 'reset':
      return {
        history: historyOf({ content: action.content, selected: standing(action.content, present.selected) }),
        text: null,
      };
  }
}

function parsed(typed: string): Json | undefined {
  try {
    const value = JSON.parse(typed) as Json;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is selected after a step back may be gone: then what it stood in is. */
function standing(content: Json, selected: Path): Path {
  if (selected[0] !== 'phases') return selected;
  for (let path = selected; path.length > 2; path = path.slice(0, -1))
    if (typeof path.at(-1) === 'number' && path.at(-2) === 'blocks' && getAt(content, path) !== undefined) return path;
  return selected.slice(0, 2);
}

const still = (history: History<Draft>): History<Draft> => ({
  ...history,
  present: { ...history.present, selected: standing(history.present.content, history.present.selected) },
});

/** An edit of blocks as an action: what was moved or made is selected. */
export const edited = (edit: Edited, at: number): DesignerAction => ({
  do: 'change',
  content: edit.content,
  selected: edit.path,
  at,
});
