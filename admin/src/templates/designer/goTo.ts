import type { Json } from '../../../../workflows/json.ts';
import { ABOUT } from '../../../../workflows/template/edit/concerns.ts';
import { leadsTo, type Path, pathOf } from '../../../../workflows/template/edit/path.ts';
import { nodesOf, treeOf } from '../../../../workflows/template/edit/tree.ts';
import { idOf } from './context.ts';

/** What must be chosen for a place of the draft to be seen: the innermost block around it, the phase, or the part of the template. */
export function holderOf(content: Json, finding: string): Path {
  const path = pathOf(finding);
  if (path[0] !== 'phases') {
    const [first] = path;
    return first === undefined ||
      first === 'key' ||
      first === 'version' ||
      first === 'period' ||
      ABOUT.includes(first as 'name')
      ? ['about']
      : [first];
  }
  const around = [...nodesOf(treeOf(content))].filter((node) => leadsTo(node.path, path));
  return around.at(-1)?.path ?? path.slice(0, 2);
}

/** Shows the input of a place, or of the nearest around it that there is, and puts the cursor there. */
export function focusOn(finding: string): void {
  for (let path = pathOf(finding); path.length > 0; path = path.slice(0, -1)) {
    const found = document.querySelector<HTMLElement>(`[data-path="${idOf(path)}"]`);
    if (!found) continue;
    for (let at = found.parentElement; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
    const field = found.matches('input, textarea, select')
      ? found
      : (found.querySelector<HTMLElement>('input, textarea, select') ?? found);
    field.scrollIntoView({ block: 'center' });
    field.focus();
    return;
  }
}
