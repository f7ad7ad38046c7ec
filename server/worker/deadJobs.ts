import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { JsonObject } from '../../workflows/json.ts';
import { transaction } from '../db/transaction.ts';
import { oneIncidentAtATime } from '../engine/incidents.ts';

interface DeadJob {
  id: string;
  task: string;
  payload: JsonObject;
  attempts: number;
  last_error: string | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Makes every job that failed for good an incident, from which it can be retried. Returns how many there were. */
export async function recordDeadJobs(pool: pg.Pool, now: Date): Promise<number> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<DeadJob>(
      `DELETE FROM graphile_worker._private_jobs j USING graphile_worker._private_tasks t
       WHERE t.id = j.task_id AND j.attempts >= j.max_attempts AND j.locked_at IS NULL
       RETURNING j.id::text, t.identifier AS task, j.payload, j.attempts, j.last_error`,
    );
    for (const { task, payload, attempts, last_error } of rows) {
      const caseId = typeof payload.caseId === 'string' && UUID.test(payload.caseId) ? payload.caseId : null;
      const cause = last_error ?? 'the process ended each time while it ran';
      await recordJobIncident(client, { caseId, job: { task, payload }, attempts, cause }, now);
    }
    return rows.length;
  });
}

export interface JobFailure {
  caseId: string | null;
  /** What a retry puts back into the queue. */
  job: { task: string; payload: JsonObject };
  attempts: number;
  cause: string;
}

/** One open incident for each job and cause, however often it fails, and however many fail at once. */
export async function recordJobIncident(
  client: pg.PoolClient,
  { caseId, job, attempts, cause }: JobFailure,
  now: Date,
): Promise<void> {
  await oneIncidentAtATime(client, cause);
  await client.query(
    `WITH again AS (
       UPDATE incidents SET retries = retries + 1, at = $3 WHERE state = 'open' AND kind = 'job' AND cause = $4 AND detail->>'job' = $5::json->>'job' RETURNING id
     ) INSERT INTO incidents (id, case_id, kind, at, cause, detail, state)
       SELECT $1::uuid, $2::uuid, 'job', $3::timestamptz, $4, $5::json, 'open' WHERE NOT EXISTS (SELECT FROM again)`,
    [uuidv7(), caseId, now, cause, JSON.stringify({ job, attempts })],
  );
}
