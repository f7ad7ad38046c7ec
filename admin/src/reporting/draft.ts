import type { Entries } from './entries.ts';

const key = (cycleId: string, period: string) => `bihuan.report.${cycleId}.${period}`;

/** What was typed on this computer and not sent. */
export function readDraft(cycleId: string, period: string): Entries {
  try {
    return JSON.parse(localStorage.getItem(key(cycleId, period)) ?? '{}') as Entries;
  } catch {
    return {};
  }
}

export function keepDraft(cycleId: string, period: string, entries: Entries): void {
  try {
    if (Object.keys(entries).length === 0) localStorage.removeItem(key(cycleId, period));
    else localStorage.setItem(key(cycleId, period), JSON.stringify(entries));
  } catch {
    // A full or forbidden storage must not stop the work.
  }
}
