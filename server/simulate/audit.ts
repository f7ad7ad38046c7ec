import type pg from 'pg';
import { type Mismatch, verify } from '../verify/verify.ts';
import type { Ran } from './world.ts';

export interface Audit {
  /** Everything below together. */
  lost: number;
  /** Answered for, but not in the record where it was said to be. */
  missing: number;
  /** Requests that were sent twice and took effect twice. */
  doubled: number;
  /** Timers that were due and did not fire. */
  timersLeft: number;
  /** Where the record does not give the state of the tables. */
  mismatches: Mismatch[];
}

/** Looks for every step that the engine answered for, and replays the whole record. */
export async function audit(pool: pg.Pool, ran: Ran, now: Date): Promise<Audit> {
  const { rows } = await pool.query<{ id: string; key: string; seq: number }>(
    `SELECT case_id AS id, key, seq FROM case_events WHERE key LIKE 'simulate/%'`,
  );
  const recorded = new Map(rows.map(({ id, key, seq }) => [`${id}/${key}`, seq]));
  const missing = ran.acknowledged.filter(({ caseId, key, revision }) => recorded.get(`${caseId}/${key}`) !== revision);
  const left = await pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM timers WHERE due_at <= $1 AND NOT parked AND frozen_at IS NULL',
    [now],
  );
  const { mismatches } = await verify(pool);
  const timersLeft = left.rows[0]?.n ?? 0;
  return {
    lost: missing.length + ran.doubled + timersLeft + mismatches.length,
    missing: missing.length,
    doubled: ran.doubled,
    timersLeft,
    mismatches,
  };
}
