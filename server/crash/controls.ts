/**
 * Mistakes built in on purpose, to see that a run catches them: `ackFirst` answers before the commit, `noKeys` ignores
 * idempotency keys, `noReaper` never frees what a dead worker left, `async` lets PostgreSQL confirm before the disk has it.
 */
export const CONTROLS = ['ackFirst', 'noKeys', 'noReaper', 'async'] as const;
export type Control = (typeof CONTROLS)[number];
