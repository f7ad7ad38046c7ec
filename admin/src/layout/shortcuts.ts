import { useEffect, useRef, useSyncExternalStore } from 'react';

const OFF = 'bihuan.shortcuts.off';
const listeners = new Set<() => void>();

export const shortcutsOn = (): boolean => localStorage.getItem(OFF) === null;

/** Single-key shortcuts can be switched off (they get in the way of speech input: WCAG 2.1.4). */
export function setShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, '1');
  for (const listener of listeners) listener();
}

export const useShortcutsOn = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, shortcutsOn);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/**
 * Listens to single keys and to a `g` followed by a letter (`g i`). Never while typing, in a dialog, or with a modifier.
 */
export function useKeys(bindings: Record<string, (event: KeyboardEvent) => void>): void {
  // A page may draw itself anew between `g` and its letter.
  const latest = useRef(bindings);
  useEffect(() => {
    latest.current = bindings;
  });
  useEffect(() => {
    let first = '';
    const onKey = (event: KeyboardEvent) => {
      if (!shortcutsOn() || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]')) return;
      const key = first + event.key;
      first = event.key === 'g' && !first ? 'g ' : '';
      const run = latest.current[key];
      if (!run) return;
      event.preventDefault();
      run(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}
