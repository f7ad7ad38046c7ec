/** What a worker counts; plain numbers, for `/metrics` and for tests. */
export interface WorkerMetrics {
  /** Jobs that ended well and badly, by task. */
  done: Record<string, number>;
  failed: Record<string, number>;
  /** How late the last job started, in ms. */
  lagMs: number;
  /** Jobs that wait to run now, at the last sweep. */
  queued: number;
  /** Timers that took effect. */
  timersFired: number;
  mailsSent: number;
  /** Jobs unlocked: of dead pools, and of our own whose answer was lost. */
  reaped: number;
  unlocked: number;
  /** How often the job runner was built anew. */
  rebuilt: number;
  /** When the last sweep ended (ms since 1970), 0 before the first. */
  sweptAt: number;
}

export const makeMetrics = (): WorkerMetrics => ({
  done: {},
  failed: {},
  lagMs: 0,
  queued: 0,
  timersFired: 0,
  mailsSent: 0,
  reaped: 0,
  unlocked: 0,
  rebuilt: 0,
  sweptAt: 0,
});

export const count = (counts: Record<string, number>, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};
