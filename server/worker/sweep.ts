import type pg from 'pg';
import type { LiveCalendar } from '../calendar/live.ts';
import { raiseOverdue } from '../complaints/handle.ts';
import { JOB_ATTEMPTS } from '../engine/jobs.ts';
import type { Engine } from '../engine/types.ts';
import { askOwners } from '../indicators/askOwners.ts';
import { judgeSilent } from '../lights/silent.ts';
import { remindFollowUps } from '../talk/followUps.ts';
import { lapseWarnings } from '../warnings/lapse.ts';
import { recordDeadJobs } from './deadJobs.ts';
import type { WorkerMetrics } from './metrics.ts';
import type { Work } from './tasks.ts';
import { inTurn } from './turn.ts';

export interface SweepOptions {
  pool: pg.Pool;
  engine: Engine;
  calendar: LiveCalendar;
  clock: { now(): Date };
  work: Work;
  metrics: WorkerMetrics;
}

/** A launch that nobody has finished after this was left by a process that ended. */
const LAUNCH_LEFT_MS = 30_000;
/** Answers kept for repeated requests, and how long. */
const REPEAT_DAYS = 7;

/**
 * Puts right whatever the jobs missed, on one node at a time: everything that the engine waits for is a row, so a lost job
 * only means that it happens here, a little later.
 */
export async function sweep(options: SweepOptions): Promise<void> {
  await inTurn(options.pool, 'sweep', 0, () => sweepAll(options));
}

async function sweepAll({ pool, engine, calendar, clock, work, metrics }: SweepOptions): Promise<void> {
  const now = clock.now();
  await wakeNearTimers(pool, now);
  await recordDeadJobs(pool, now);
  await work.sendMails();
  await engine.fillVacancies();
  await remindFollowUps(pool, now);
  await judgeSilent(pool, now, calendar.current());
  await askOwners(pool, now, calendar.current());
  await lapseWarnings(pool, now, calendar.current());
  await raiseOverdue(pool, now, calendar.current());
  const launching = await pool.query<{ id: string }>(
    `SELECT id FROM cycles WHERE status = 'launching' AND launched_at < $1`,
    [new Date(now.getTime() - LAUNCH_LEFT_MS)],
  );
  for (const { id } of launching.rows) await engine.launchCycle(id);
  const running = await pool.query<{ id: string }>(`SELECT id FROM cycles WHERE status IN ('running', 'launching')`);
  for (const { id } of running.rows) await work.checkGates(id);
  await pool.query('DELETE FROM idempotency WHERE at < $1', [new Date(now.getTime() - REPEAT_DAYS * 86_400_000)]);
  await pool.query('DELETE FROM sessions WHERE expires_at < $1', [now]);
  const queued = await pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM graphile_worker.jobs WHERE run_at <= $1 AND attempts < max_attempts',
    [now],
  );
  metrics.queued = queued.rows[0]?.n ?? 0;
  metrics.sweptAt = Date.now();
}

/** How far ahead a sweep looks for timers: well beyond the next sweep. */
const NEAR_MS = 3 * 60_000;

/** Gives timers that were set long ago their job, so that they fire to the second and not at the next sweep. */
async function wakeNearTimers(pool: pg.Pool, now: Date): Promise<void> {
  await pool.query(
    `SELECT graphile_worker.add_job('timers.fire', json_build_object('at', due_at), run_at := due_at, max_attempts := $3,
       job_key := 'timers.fire/' || extract(epoch FROM due_at), job_key_mode := 'unsafe_dedupe')
     FROM (SELECT DISTINCT due_at FROM timers WHERE due_at > $1 AND due_at <= $2 AND NOT parked AND frozen_at IS NULL ORDER BY due_at LIMIT 500) AS near`,
    [now, new Date(now.getTime() + NEAR_MS), JOB_ATTEMPTS],
  );
}
