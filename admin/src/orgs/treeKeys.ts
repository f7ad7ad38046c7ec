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

/** Letters typed within this time belong together. */
const PAUSE_MS = 700;

/**
 * Goes to the next item one can see that begins with what is typed: its name, or its code, which needs no input method.
 * One letter again and again goes through all that begin with it.
 */
export function makeTypeAhead(): (
  key: string,
  at: number,
  item: HTMLElement,
  tree: HTMLElement,
) => HTMLElement | undefined {
  let typed = '';
  let last = Number.NEGATIVE_INFINITY;
  return (key, at, item, tree) => {
    if ([...key].length !== 1 || (key === ' ' && typed === '')) return undefined;
    typed = at - last < PAUSE_MS ? typed + key.toLowerCase() : key.toLowerCase();
    last = at;
    const repeated = [...typed].every((letter) => letter === typed[0]);
    const wanted = repeated ? (typed[0] as string) : typed;
    const items = [...tree.querySelectorAll<HTMLElement>('[role="treeitem"]')];
    // A longer beginning may still fit the item one is on; a single letter moves on.
    const from = items.indexOf(item) + (wanted.length === 1 ? 1 : 0);
    return [...items.slice(from), ...items.slice(0, from)].find((one) =>
      (one.dataset.find ?? '').split('\n').some((name) => name.toLowerCase().startsWith(wanted)),
    );
  };
}

const levelOf = (item: HTMLElement | undefined): number => Number(item?.ariaLevel ?? 0);
