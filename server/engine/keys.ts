import type pg from 'pg';
import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import { problem } from '../http/problem.ts';
import type { Applied, CaseStatus } from './types.ts';

/** JSON with sorted keys, so that equal requests are equal texts. */
function canonical(value: Json | undefined): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value ?? null);
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join()}}`;
}

/** What was asked, without what is added when it is recorded. */
const asAsked = ({ at: _at, before: _before, ...rest }: JsonObject): JsonObject => rest;

/**
 * The first answer to a request with this key, if there was one.
 * @throws `idempotency.mismatch` when that request asked for something else
 */
export async function answeredBefore(
  pool: pg.Pool,
  caseId: string,
  key: string,
  asked: JsonObject,
): Promise<Applied | null> {
  const { rows } = await pool.query<{ seq: number; body: JsonObject; status: CaseStatus }>(
    'SELECT e.seq, e.body, c.status FROM case_events e JOIN cases c ON c.id = e.case_id WHERE e.case_id = $1 AND e.key = $2',
    [caseId, key],
  );
  const first = rows[0];
  if (!first) return null;
  const was = (first.body.asked ?? (first.body.events as JsonObject[])[0] ?? {}) as JsonObject;
  if (canonical(asAsked(was)) !== canonical(asAsked(asked))) throw problem('idempotency.mismatch', { key });
  return { caseId, revision: first.seq, status: first.status, repeated: true, opened: [], closed: [] };
}
