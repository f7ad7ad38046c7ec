import { AsyncLocalStorage } from 'node:async_hooks';

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

/** Notes that rows were written to the audit for what is being done. */
export const noteRows = (rows: number): void => {
  const kept = storage.getStore();
  if (kept) kept.rows += rows;
};

/** How many rows the audit has had for what is being done. */
export const rowsNoted = (): number => storage.getStore()?.rows ?? 0;
