/** Moves the focus from row to row; from outside the list it enters at the first. */
export function moveFocus(step: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  const next = rows[at === -1 ? 0 : Math.max(0, Math.min(rows.length - 1, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** The line of a list that has the focus. */
export const focusedRow = (): Element | null | undefined => document.activeElement?.closest('li');
