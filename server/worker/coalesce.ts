/**
 * Lets many askers share few runs: one run at a time, and whoever asks while it is under way shares the next one, which begins
 * after the question and so sees whatever led to it.
 */
export function coalesce<T>(work: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | null = null;
  let next: Promise<T> | null = null;
  const run = (): Promise<T> => {
    const mine = work().finally(() => {
      if (current === mine) current = null;
    });
    current = mine;
    return mine;
  };
  const start = () => {
    next = null;
    return run();
  };
  return () => {
    if (next) return next;
    if (!current) return run();
    next = current.then(start, start);
    return next;
  };
}

/** The same for each key. */
export function coalesceBy<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const runs = new Map<string, { ask: () => Promise<T>; askers: number }>();
  return async (key) => {
    const entry = runs.get(key) ?? { ask: coalesce(() => work(key)), askers: 0 };
    runs.set(key, entry);
    entry.askers += 1;
    try {
      return await entry.ask();
    } finally {
      entry.askers -= 1;
      if (entry.askers === 0) runs.delete(key);
    }
  };
}
