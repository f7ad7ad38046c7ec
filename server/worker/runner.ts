import { EventEmitter } from 'node:events';
import { Logger, type LogLevel, runTaskList, type TaskList, type WorkerEvents } from 'graphile-worker';
import type pg from 'pg';
import type { Logger as Pino } from 'pino';
import { count, type WorkerMetrics } from './metrics.ts';
import { makePatientPool } from './patientPool.ts';

/** One graphile-worker pool: it takes jobs until it is stopped or falls ill. */
export interface JobRunner {
  /** The name under which it locks jobs. */
  id: string;
  /** Ids of the jobs that this process runs now. */
  running: ReadonlySet<string>;
  /** Resolves when it has ended, for whatever reason; never rejects. */
  ended: Promise<void>;
  /** Lets running jobs end, for a while. */
  stop(): Promise<void>;
  /** Gives up on it: for when it is ill and its connections may hang. */
  abandon(): void;
}

export interface RunnerOptions {
  pool: pg.Pool;
  tasks: (signal: AbortSignal) => TaskList;
  concurrency: number;
  pollMs: number;
  logger: Pino;
  metrics: WorkerMetrics;
  /** So many failures to take a job, with no success between, and it is ill. */
  sickAfter: number;
}

const STOP_MS = 10_000;
const FORCE_MS = 2_000;

/** Whether the work ended in time. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer));
}

export function startRunner(options: RunnerOptions): JobRunner {
  const { pool, tasks, concurrency, pollMs, logger, metrics, sickAfter } = options;
  const stopping = new AbortController();
  const running = new Set<string>();
  const events = new EventEmitter() as WorkerEvents;
  let failures = 0;
  let sick: () => void = () => undefined;
  const illness = new Promise<void>((resolve) => {
    sick = resolve;
  });
  let stopped = false;
  // It may end itself and then wait for ever for what it could not report.
  events.on('pool:gracefulShutdown', () => {
    if (!stopped) sick();
  });
  // Its first look-up of task ids, if that fails, is remembered for ever; and some errors it never recovers from.
  events.on('worker:getJob:error', ({ error }) => {
    failures += 1;
    logger.debug({ err: error, failures }, 'no job could be taken');
    if (failures >= sickAfter) sick();
  });
  events.on('worker:getJob:empty', () => {
    failures = 0;
  });
  events.on('job:start', ({ job }) => {
    failures = 0;
    running.add(job.id);
    metrics.lagMs = Math.max(0, Date.now() - new Date(job.run_at).getTime());
  });
  events.on('job:complete', ({ job, error }) => {
    running.delete(job.id);
    count(error ? metrics.failed : metrics.done, job.task_identifier);
  });

  const worker = runTaskList(
    {
      concurrency,
      pollInterval: pollMs,
      noHandleSignals: true,
      useNodeTime: true,
      events,
      logger: new Logger(() => (level: LogLevel, message: string, meta?: object) => log(logger, level, message, meta)),
      // Batches are retried; a single completion that fails would be an unhandled rejection.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    },
    tasks(stopping.signal),
    makePatientPool(pool, stopping.signal),
  );
  const quietly = async (shutdown: () => unknown): Promise<void> => {
    try {
      await shutdown();
    } catch (error) {
      logger.debug({ err: error }, 'the job runner did not stop cleanly');
    }
  };
  const ended = worker.promise.then(
    () => undefined,
    (error) => logger.warn({ err: error }, 'the job runner ended'),
  );
  return {
    id: worker.id,
    running,
    ended: Promise.race([ended, illness]),
    stop: async () => {
      stopped = true;
      if (
        !(await within(
          STOP_MS,
          quietly(() => worker.gracefulShutdown()),
        ))
      ) {
        stopping.abort();
        await within(
          FORCE_MS,
          quietly(() => worker.forcefulShutdown('took too long to stop')),
        );
      }
      stopping.abort();
    },
    abandon: () => {
      stopped = true;
      stopping.abort();
      void quietly(() => worker.forcefulShutdown('ill'));
    },
  };
}

/** Its successes are noise; its failures are ours to report, as incidents or by `isAway`. */
function log(logger: Pino, level: LogLevel, message: string, meta: object = {}): void {
  const { error, fatalError } = meta as { error?: unknown; fatalError?: unknown };
  const fields = { err: error ?? fatalError };
  if (level === 'error') logger.warn(fields, message.split('\n')[0]);
  else if (level === 'warning') logger.warn(fields, message);
  else logger.debug(fields, message);
}
