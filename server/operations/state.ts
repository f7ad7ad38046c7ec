import { Prisma } from '../../prisma/client/client.ts';
import type { Database } from '../http/deps.ts';
import type { Operations } from './schema.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

interface JobRow {
  task: string;
  waiting: number;
  running: number;
  later: number;
  failing: number;
  oldest: Date | null;
}

/** What runs in the background and what of it is held up, for whoever keeps the instance running. */
export const readOperations = async (db: Database, now: Date): Promise<Operations> => {
  const jobs = await db.$queryRaw<JobRow[]>(Prisma.sql`
    SELECT task_identifier AS task,
      count(*) FILTER (WHERE locked_at IS NULL AND run_at <= ${now})::int AS waiting,
      count(*) FILTER (WHERE locked_at IS NOT NULL)::int AS running,
      count(*) FILTER (WHERE locked_at IS NULL AND run_at > ${now})::int AS later,
      count(*) FILTER (WHERE attempts > 0 AND last_error IS NOT NULL)::int AS failing,
      min(run_at) FILTER (WHERE locked_at IS NULL AND run_at <= ${now}) AS oldest
    FROM graphile_worker.jobs GROUP BY 1 ORDER BY 1`);
  const [rest] = await db.$queryRaw<
    {
      timers_waiting: number;
      timers_due: number;
      timers_parked: number;
      timers_latest: Date | null;
      timers_next: Date | null;
      mails_queued: number;
      mails_failed: number;
      mails_oldest: Date | null;
      incidents_open: number;
      incidents_day: number;
      steps_hour: number;
      steps_day: number;
      tasks_open: number;
      tasks_overdue: number;
    }[]
  >(Prisma.sql`
    SELECT t.*, m.*, i.*, s.*, k.* FROM (
      SELECT count(*) FILTER (WHERE NOT parked AND frozen_at IS NULL AND due_at > ${now})::int AS timers_waiting,
        count(*) FILTER (WHERE NOT parked AND frozen_at IS NULL AND due_at <= ${now})::int AS timers_due,
        count(*) FILTER (WHERE parked)::int AS timers_parked,
        min(due_at) FILTER (WHERE NOT parked AND frozen_at IS NULL AND due_at <= ${now}) AS timers_latest,
        min(due_at) FILTER (WHERE NOT parked AND frozen_at IS NULL AND due_at > ${now}) AS timers_next FROM timers
    ) t, (
      SELECT count(*) FILTER (WHERE state IN ('queued', 'claimed'))::int AS mails_queued, count(*) FILTER (WHERE state = 'failed')::int AS mails_failed,
        min(at) FILTER (WHERE state IN ('queued', 'claimed')) AS mails_oldest FROM mails
    ) m, (
      SELECT count(*) FILTER (WHERE state = 'open')::int AS incidents_open, count(*) FILTER (WHERE at > ${before(now, DAY_MS)})::int AS incidents_day FROM incidents
    ) i, (
      SELECT count(*) FILTER (WHERE at > ${before(now, HOUR_MS)})::int AS steps_hour, count(*)::int AS steps_day FROM case_events WHERE at > ${before(now, DAY_MS)}
    ) s, (
      SELECT count(*)::int AS tasks_open, count(*) FILTER (WHERE due_at < ${now})::int AS tasks_overdue FROM tasks WHERE state = 'open'
    ) k`);
  if (!rest) throw new Error('a query of aggregates answers one row');
  const workers = await db.$queryRaw<{ node: string; workers: number; alive: boolean }[]>(Prisma.sql`
    SELECT node, sum(cardinality(workers))::int AS workers, bool_or(expires_at > now()) AS alive FROM worker_leases GROUP BY node ORDER BY node`);
  const sum = (key: 'waiting' | 'running' | 'later' | 'failing') => jobs.reduce((all, row) => all + row[key], 0);
  const oldest = jobs.flatMap((row) => (row.oldest ? [row.oldest.getTime()] : []));
  return {
    at: now.toISOString(),
    jobs: {
      waiting: sum('waiting'),
      running: sum('running'),
      later: sum('later'),
      failing: sum('failing'),
      oldestSeconds: oldest.length > 0 ? since(new Date(Math.min(...oldest)), now) : null,
      kinds: jobs
        .filter(({ waiting, failing }) => waiting + failing > 0)
        .map(({ task, waiting, failing }) => ({ task, waiting, failing })),
    },
    timers: {
      waiting: rest.timers_waiting,
      due: rest.timers_due,
      parked: rest.timers_parked,
      latestSeconds: since(rest.timers_latest, now),
      next: rest.timers_next?.toISOString() ?? null,
    },
    mails: { queued: rest.mails_queued, failed: rest.mails_failed, oldestSeconds: since(rest.mails_oldest, now) },
    incidents: { open: rest.incidents_open, lastDay: rest.incidents_day },
    steps: { lastHour: rest.steps_hour, lastDay: rest.steps_day },
    tasks: { open: rest.tasks_open, overdue: rest.tasks_overdue },
    workers,
  };
};

const before = (now: Date, ms: number): Date => new Date(now.getTime() - ms);
const since = (then: Date | null, now: Date): number | null =>
  then === null ? null : Math.max(0, Math.round((now.getTime() - then.getTime()) / 1000));
