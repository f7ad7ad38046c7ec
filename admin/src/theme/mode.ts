import { useSyncExternalStore } from 'react';

export type Mode = 'auto' | 'light' | 'dark';

const KEY = 'bihuan.theme';
const listeners = new Set<() => void>();
const system = window.matchMedia('(prefers-color-scheme: dark)');
const paper = window.matchMedia('print');

/** What the user asked for. */
export function chosenMode(): Mode {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}

/** What is shown: the user's choice, or the system's; paper is always light. */
export function shownMode(): 'light' | 'dark' {
  if (paper.matches) return 'light';
  const chosen = chosenMode();
  return chosen === 'auto' ? (system.matches ? 'dark' : 'light') : chosen;
}

/** Remembers the choice and repaints. */
export function chooseMode(mode: Mode): void {
  localStorage.setItem(KEY, mode);
  paint();
}

/** Tells the page's own background before React has drawn anything. */
export function paint(): void {
  document.documentElement.dataset.theme = shownMode();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  for (const media of [system, paper]) media.addEventListener('change', paint);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) for (const media of [system, paper]) media.removeEventListener('change', paint);
  };
}

export const useShownMode = (): 'light' | 'dark' => useSyncExternalStore(subscribe, shownMode);
export const useChosenMode = (): Mode => useSyncExternalStore(subscribe, chosenMode);
