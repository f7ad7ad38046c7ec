import type { Text } from '../../workflows/text.ts';
import type { Sql } from '../db/sql.ts';
import { JOB_ATTEMPTS } from '../engine/jobs.ts';
import { toldOf } from '../talk/tell.ts';

interface About {
  /** The same word is told once. */
  id: string;
  kind: string;
  orgId: string;
  /** The unit's case; without one there is nowhere that a notice could lead to, and nobody is told. */
  caseId: string | null;
  to: readonly ('unit' | 'office')[];
  at: string;
  message: { subject: Text; body: Text };
}

/** Tells the head and the staff of a unit, or the office, once the caller's transaction is committed. */
export async function tellAbout(sql: Sql, { id, kind, orgId, caseId, to, at, message }: About): Promise<void> {
  if (caseId === null) return;
  const people = await sql.query<{ id: string }>(
    `SELECT DISTINCT p.id::text FROM people p
     WHERE p.active AND (
       ($2 AND (p.id = (SELECT head_id FROM org_units WHERE id = $1::uuid) OR EXISTS (SELECT FROM roles r WHERE r.person_id = p.id AND r.role = 'staff' AND r.org_id = $1::uuid)))
       OR ($3 AND EXISTS (SELECT FROM roles r WHERE r.person_id = p.id AND r.role = 'performanceOffice' AND r.org_id IS NULL)))`,
    [orgId, to.includes('unit'), to.includes('office')],
  );
  if (people.length === 0) return;
  const telling = { caseId, seat: null, people: people.map((person) => person.id), kind, message };
  await sql.query(
    `SELECT (graphile_worker.add_job('tell', $1::json, run_at := $2::timestamptz, max_attempts := $3::int)).id::text`,
    [JSON.stringify({ ...toldOf(telling, new Date(at)), id }), at, JOB_ATTEMPTS],
  );
}
