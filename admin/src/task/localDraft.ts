import type { Values } from '../api/types.ts';

const key = (taskId: string) => `bihuan.draft.${taskId}`;

/** What was typed but did not reach the server. Dropped once it has. */
export function readLocalDraft(taskId: string): Values | undefined {
  try {
    const text = localStorage.getItem(key(taskId));
    return text ? (JSON.parse(text) as Values) : undefined;
  } catch {
    return undefined;
  }
}

export function keepLocalDraft(taskId: string, values: Values): void {
  try {
    localStorage.setItem(key(taskId), JSON.stringify(values));
  } catch {
    // A full or forbidden storage must not stop the work; the server still gets the draft.
  }
}

export const dropLocalDraft = (taskId: string): void => localStorage.removeItem(key(taskId));
