import type pg from 'pg';
import type { Job } from './types.ts';

/**
 * How often a job is tried before it is an incident: with graphile-worker's back-off (e, e², e³ … seconds) about half an hour.
 * A job that kills its process spends one attempt each time.
 */
export const JOB_ATTEMPTS = 8;

/** Timers due sooner than this get a job at once; the sweep finds the others when they come near. */
const HORIZON_MS = 60 * 60 * 1000;

/** The jobs that wake timers due at these instants, as far as those are near. */
export function wakeJobs(dueAts: readonly string[], at: string): Job[] {
  const horizon = Date.parse(at) + HORIZON_MS;
  const near = new Set(dueAts.filter((dueAt) => Date.parse(dueAt) <= horizon));
  return [...near].map((dueAt) => ({ task: 'timers.fire', payload: { at: dueAt } }));
}

/** When a job is to run. */
export const runAt = (job: Job, at: string): string => (job.task === 'timers.fire' ? job.payload.at : at);

/** Adds jobs to the queue, in the caller's transaction. */
export async function addJobs(client: { query: pg.Pool['query'] }, jobs: readonly Job[], at: string): Promise<void> {
  if (jobs.length === 0) return;
  await client.query(
    `SELECT graphile_worker.add_job(k.task, k.payload::json, run_at := k.run_at, max_attempts := $4)
     FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS k(task, payload, run_at)`,
    [
      jobs.map(({ task }) => task),
      jobs.map(({ payload }) => JSON.stringify(payload)),
      jobs.map((job) => runAt(job, at)),
      JOB_ATTEMPTS,
    ],
  );
}
