import { AsyncLocalStorage } from 'node:async_hooks';
import type { JsonObject } from '../../workflows/json.ts';

/** Whose doing something is, and where it came from. */
export interface Origin {
  /** The id of the request. */
  requestId?: string | undefined;
  /** The address that asked. */
  address?: string | undefined;
  actor?: string | undefined;
  onBehalfOf?: string | undefined;
  /** The clock of whoever asked; the database's where there is none. */
  now?: (() => Date) | undefined;
}

interface Kept extends Origin {
  rows: number;
  owed?: Owed | undefined;
}

/** The row that is still to be written for what is being done. */
export interface Owed {
  action: string;
  object: string | null;
  detail?: JsonObject | null;
  /** Nobody is to learn who it was. */
  anonymous?: boolean | undefined;
}

const storage = new AsyncLocalStorage<Kept>();
const nobody: Origin = {};

/** Does work as part of a request, or of a command: what it records says so. */
export const withOrigin = <Result>(origin: Origin, work: () => Result): Result =>
  storage.run({ ...origin, rows: 0 }, work);

/** Where what is being done came from; nothing for timers and jobs. */
export const origin = (): Origin => storage.getStore() ?? nobody;

/** Says who asks, once that is known. */
export const setActor = (actor: string): void => {
  const kept = storage.getStore();
  if (kept) kept.actor = actor;
};

/** Notes that a row was written to the audit for what is being done; if it was the one that is owed, none is any more. */
export const noteRow = (action: string): void => {
  const kept = storage.getStore();
  if (!kept) return;
  kept.rows += 1;
  if (kept.owed?.action === action) kept.owed = undefined;
};

/** How many rows the audit has had for what is being done. */
export const rowsNoted = (): number => storage.getStore()?.rows ?? 0;

/** Says which row is to be written for what is being done; whoever makes the change writes it, in its transaction (`settle`). */
export const owe = (owed: Owed): void => {
  const kept = storage.getStore();
  if (kept) kept.owed = owed;
};

/** The row that is owed, which is then no longer. */
export const takeOwed = (): Owed | undefined => {
  const kept = storage.getStore();
  const owed = kept?.owed;
  if (kept) kept.owed = undefined;
  return owed;
};

export const isOwed = (): boolean => storage.getStore()?.owed !== undefined;

/** Nothing was changed after all: a repeat that got its first answer, a dry run. */
export const forgo = (): void => void takeOwed();
