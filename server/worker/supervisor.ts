import { setTimeout as pause } from 'node:timers/promises';
import { type JobRunner, type RunnerOptions, startRunner } from './runner.ts';

export interface Supervisor {
  /** The job runner of the moment. */
  current(): JobRunner;
  stop(): Promise<void>;
}

const REST_MS = 200;

/** Keeps a job runner going: one that ended or fell ill is given up and built anew, under a new name. */
export function superviseRunner(
  options: RunnerOptions,
  on: { started(runner: JobRunner): void; lost(runner: JobRunner): void },
): Supervisor {
  const stopping = new AbortController();
  const start = () => {
    const runner = startRunner(options);
    on.started(runner);
    return runner;
  };
  let runner = start();
  const watch = async () => {
    for (;;) {
      await runner.ended;
      if (stopping.signal.aborted) return;
      options.logger.warn('the job runner ended or fell ill, starting another');
      runner.abandon();
      on.lost(runner);
      options.metrics.rebuilt += 1;
      await pause(REST_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      runner = start();
    }
  };
  const watching = watch();
  return {
    current: () => runner,
    stop: async () => {
      stopping.abort();
      await runner.stop();
      await watching;
    },
  };
}
