import type { CaseContext } from '../../workflows/machine/context.ts';
import type { Queryable } from '../engine/rows.ts';

/** A participant of a cycle, as ballots and scores know it. */
export interface Participant {
  caseId: string;
  orgId: string;
  code: string;
  name: string;
  category: string;
  /** The codes of its indicators, in order. */
  indicators: string[];
}

const PARTICIPANTS = `SELECT c.id AS "caseId", c.org_id AS "orgId", o.code, o.name, p.category,
    coalesce((SELECT array_agg(i.code ORDER BY i.position, i.code) FROM cycle_indicators i
              WHERE i.cycle_id = c.cycle_id AND i.org_id = c.org_id AND i.parent_id IS NULL AND i.applies), '{}') AS indicators
  FROM cases c JOIN cycle_participants p ON p.case_id = c.id JOIN org_units o ON o.id = c.org_id
  WHERE c.cycle_id = $1 AND c.kind = 'participant' AND c.status <> 'cancelled'
    AND c.snapshot->'context'->>'outcome' IS DISTINCT FROM 'rejected' ORDER BY o.code`;

/** Everyone who takes part in a cycle, by code: neither cancelled nor rejected, as by an ex-ante gate. */
export const readParticipants = async (db: Queryable, cycleId: string): Promise<Participant[]> =>
  (await db.query<Participant>(PARTICIPANTS, [cycleId])).rows;

/** The contexts of cases, a batch at a time. */
export async function* contextsOf(
  db: Queryable,
  caseIds: readonly string[],
  size = 200,
): AsyncGenerator<Map<string, CaseContext>> {
  for (let i = 0; i < caseIds.length; i += size) {
    const { rows } = await db.query<{ id: string; context: CaseContext }>(
      `SELECT id, snapshot->'context' AS context FROM cases WHERE id = ANY($1::uuid[])`,
      [caseIds.slice(i, i + size)],
    );
    yield new Map(rows.map(({ id, context }) => [id, context]));
  }
}
