import type pg from 'pg';
import { verify } from '../verify/verify.ts';
import type { Acknowledged } from './load.ts';

/** What a fault run left behind. Everything but `verified` should be 0. */
export interface Judgement {
  lost: number;
  doubled: number;
  timersLost: number;
  timersDoubled: number;
  jobsLost: number;
  mismatches: string[];
  verified: boolean;
}

/** How many timers are due and jobs may run: 0 when everything that the steps asked for has been done. */
export async function pending(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT ((SELECT count(*) FROM timers WHERE due_at <= now()) + (${JOBS_LEFT}))::int AS n`,
  );
  return rows[0]?.n ?? 0;
}

const JOBS_LEFT = `SELECT count(*)::int AS n FROM graphile_worker._private_jobs WHERE attempts < max_attempts AND run_at <= now()`;

/** Compares what was acknowledged with what is there. */
export async function judge(pool: pg.Pool, acknowledged: readonly Acknowledged[]): Promise<Judgement> {
  const number = async (text: string, values: unknown[] = []) => {
    const { rows } = await pool.query<{ n: number }>(text, values);
    return rows[0]?.n ?? 0;
  };
  // The API's key is kept with the name of whoever sent it before it.
  const there = await number(
    `SELECT count(*)::int AS n FROM unnest($1::uuid[], $2::text[], $3::int[]) AS a(case_id, key, seat)
     JOIN case_events e ON e.case_id = a.case_id AND e.key LIKE '%/' || a.key AND (e.body->'events'->0->>'seat')::int = a.seat`,
    [acknowledged.map((one) => one.caseId), acknowledged.map((one) => one.key), acknowledged.map((one) => one.seat)],
  );
  const doubled = await number(
    `SELECT coalesce(sum(n - 1), 0)::int AS n FROM (SELECT count(*) AS n FROM case_events WHERE type = 'act' GROUP BY case_id, body->'events'->0->>'seat') x`,
  );
  // Each act sets one timer and, when that has fired, one notice.
  const rounds = `SELECT case_id, count(*) FILTER (WHERE type = 'act') AS acts, count(*) FILTER (WHERE type = 'timer') AS fired FROM case_events GROUP BY case_id`;
  const timersLost = await number(`SELECT coalesce(sum(greatest(acts - fired, 0)), 0)::int AS n FROM (${rounds}) x`);
  const timersDoubled = await number(`SELECT coalesce(sum(greatest(fired - acts, 0)), 0)::int AS n FROM (${rounds}) x`);
  const untold = await number(
    `SELECT coalesce(sum(abs(fired - told)), 0)::int AS n FROM (SELECT x.fired, (SELECT count(*) FROM notices t WHERE t.case_id = x.case_id AND t.kind = 'notify') AS told FROM (${rounds}) x) y`,
  );
  // A job left in the queue is lost too, even if another has done its work.
  const jobsLost = Math.max(untold, await number(JOBS_LEFT));
  const { ok, mismatches } = await verify(pool);
  return {
    lost: acknowledged.length - there,
    doubled,
    timersLost,
    timersDoubled,
    jobsLost,
    mismatches: mismatches.slice(0, 20).map(({ caseId, what, detail }) => `${caseId} ${what}: ${detail}`),
    verified: ok,
  };
}
