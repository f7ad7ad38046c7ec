import type { JsonObject } from '../../workflows/json.ts';
import type { Sql } from '../db/sql.ts';
import { noteRow, type Origin, origin, takeOwed } from './origin.ts';

/** One row of the audit. Who and from where come from the origin unless they are given. */
export interface AuditEntry {
  /** What was done, or tried: the id of the route, or a name such as `account.lock`. */
  action: string;
  /** What it was done to, e.g. `people/<id>`. */
  object?: string | null;
  /** False: it was refused. */
  ok?: boolean;
  /** What else is to be known of it; never a secret. What changed in governed tables is added by the database. */
  detail?: JsonObject | null;
  actor?: string | null;
  onBehalfOf?: string | null;
  /** Neither who nor from where. */
  anonymous?: boolean | undefined;
}

/**
 * Appends a row to the audit, in the transaction of `sql`: no row without the change, no change without the row.
 *
 * @example await record(overPrisma(db), { action: 'account.lock', object: `people/${id}`, detail: { minutes: 15 } });
 */
export const record = async (sql: Sql, entry: AuditEntry): Promise<void> => {
  const from: Origin = entry.anonymous ? { now: origin().now } : origin();
  const { action, object = null, ok = true, detail = null } = entry;
  const actor = entry.actor === undefined ? (from.actor ?? null) : entry.actor;
  const onBehalfOf = entry.onBehalfOf === undefined ? (from.onBehalfOf ?? null) : entry.onBehalfOf;
  await sql.query(
    `SELECT audit_append($1::timestamptz, $2::uuid, $3::uuid, $4::text, $5::text, $6::bool, $7::text, $8::text, $9::text)::text`,
    [
      from.now?.().toISOString() ?? null,
      actor,
      onBehalfOf,
      action,
      object,
      ok,
      detail && JSON.stringify(detail),
      from.requestId ?? null,
      from.address ?? null,
    ],
  );
  noteRow(action);
};

/**
 * Writes the row that a route owes, as the last thing in the transaction of its change: for routes that say `change: 'own'`, and
 * before a download is sent. Outside of such a request it does nothing.
 */
export const settle = async (sql: Sql, detail?: JsonObject): Promise<void> => {
  const owed = takeOwed();
  if (owed) await record(sql, { ...owed, ...(detail && { detail: { ...owed.detail, ...detail } }) });
};
