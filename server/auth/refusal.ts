import { setTimeout as pause } from 'node:timers/promises';
import { asksDirectory } from '../ldap/signIn.ts';
import type { Settings } from '../settings/index.ts';

/** So long a refused sign-in takes at least where a directory is asked as well, in milliseconds. */
export const REFUSED_AFTER_MS = 500;

/**
 * Holds a refusal back until its time: the directory answers in its own time, which would tell whose password it keeps and so which names
 * there are. Without a directory every refusal costs the same hash, and waits for nothing. `began`: `performance.now()` at the start.
 */
export const refuseEvenly = async (began: number, settings: Settings): Promise<void> => {
  if (asksDirectory(settings)) await pause(Math.max(0, REFUSED_AFTER_MS - (performance.now() - began)));
};
