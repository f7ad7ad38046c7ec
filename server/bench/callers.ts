/** Runs jobs from a list with so many callers at once; each takes the next when its last is done. Returns ms each job took. */
export async function runCallers<T>(
  callers: number,
  jobs: readonly T[],
  work: (job: T) => Promise<void>,
): Promise<{ seconds: number; latencies: number[] }> {
  const latencies: number[] = [];
  let next = 0;
  const caller = async () => {
    while (next < jobs.length) {
      const job = jobs[next] as T;
      next += 1;
      const began = performance.now();
      await work(job);
      latencies.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: callers }, caller));
  return { seconds: (performance.now() - began) / 1000, latencies };
}

/** The value that so large a share of the sorted values lies below. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
