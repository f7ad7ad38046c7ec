import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { JsonObject } from '../../workflows/json.ts';
import { transaction } from '../db/transaction.ts';

/** Whoever else records the same failure waits until this transaction ends, and then finds it. */
export async function oneIncidentAtATime(client: pg.PoolClient, cause: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('incidents/' || $1, 0))`, [cause]);
}

interface Failure {
  caseId: string | null;
  event: JsonObject;
  key: string | null;
  fired: { scope: string; rung: number } | null;
  error: unknown;
  at: string;
}

/**
 * Puts a failure on record: what was to happen, why it could not, and what to retry. The case itself has not moved. A timer is
 * parked in the same transaction, so that it does not fail again and again. The same failure of the same event is one incident.
 */
export async function recordIncident(
  pool: pg.Pool,
  { caseId, event, key, fired, error, at }: Failure,
): Promise<string> {
  const cause = error instanceof Error ? error.message : String(error);
  const detail = { event, key, fired, stack: error instanceof Error ? (error.stack ?? '') : '' };
  const { rows } = await transaction(pool, async (client) => {
    await oneIncidentAtATime(client, cause);
    return client.query<{ id: string }>(
      `WITH parked AS (
       UPDATE timers SET parked = true WHERE case_id = $2 AND scope = $7 AND rung = $8
     ), again AS (
       UPDATE incidents SET retries = retries + 1, at = $4 WHERE state = 'open' AND case_id IS NOT DISTINCT FROM $2::uuid AND cause = $5
           AND detail->>'event' = $6::json->>'event' RETURNING id
     ), fresh AS (
       INSERT INTO incidents (id, case_id, kind, at, cause, detail, state)
       SELECT $1::uuid, $2::uuid, $3, $4::timestamptz, $5, $6::json, 'open' WHERE NOT EXISTS (SELECT FROM again) RETURNING id
     ) SELECT id FROM again UNION ALL SELECT id FROM fresh`,
      [
        uuidv7(),
        caseId,
        fired ? 'timer' : 'event',
        at,
        cause,
        JSON.stringify(detail),
        fired?.scope ?? null,
        fired?.rung ?? null,
      ],
    );
  });
  return (rows[0] as { id: string }).id;
}
