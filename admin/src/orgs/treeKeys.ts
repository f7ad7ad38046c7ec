/** What a tree does on a key, by the ARIA pattern: the item to go to, or whether the present one is to open or close. */
export type Step = { to: HTMLElement } | { open: boolean } | undefined;

/** Items are looked at as they stand in the document, so that only those one can see are walked. */
export function stepOf(key: string, item: HTMLElement, tree: HTMLElement): Step {
  const items = [...tree.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  const at = items.indexOf(item);
  const go = (to: HTMLElement | null | undefined): Step => (to ? { to } : undefined);
  const expanded = item.getAttribute('aria-expanded');
  switch (key) {
    case 'ArrowDown':
      return go(items[at + 1]);
    case 'ArrowUp':
      return go(items[at - 1]);
    case 'Home':
      return go(items[0]);
    case 'End':
      return go(items.at(-1));
    case 'ArrowRight':
      if (expanded === 'false') return { open: true };
      return go(levelOf(items[at + 1]) > levelOf(item) ? items[at + 1] : undefined);
    case 'ArrowLeft':
      if (expanded === 'true') return { open: false };
      return go(items.slice(0, at).findLast((other) => levelOf(other) < levelOf(item)));
    default:
      return undefined;
  }
}

const levelOf = (item: HTMLElement | undefined): number => Number(item?.ariaLevel ?? 0);
