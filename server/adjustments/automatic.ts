import type pg from 'pg';
import type { JsonObject } from '../../workflows/json.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';

/** A deduction that a rule asks for: of a deadline's ladder, or of a light. */
export interface Automatic {
  /** The entry's id; the same cause gives the same one. */
  id: string;
  /** Of its record. */
  changeId: string;
  cycleId: string;
  orgId: string;
  cause: 'ladder' | 'light';
  points: string;
  reason: string;
  source: JsonObject;
  /** Names the cause within the cycle: what is there is not entered again. */
  key: string;
  at: string;
}

const FALLBACK = { ladder: 'overdue', light: 'light' } as const;

/** The statement that enters a proposed deduction once; nobody has proposed it, so anybody who approves may decide. */
export function automaticEntry(
  template: CycleTemplate,
  { id, changeId, cycleId, orgId, cause, points, reason, source, key, at }: Automatic,
): { text: string; values: unknown[] } {
  const item = template.adjustments?.automatic?.[cause] ?? FALLBACK[cause];
  const group = template.adjustments?.items.find((one) => one.key === item)?.group ?? null;
  return {
    text: `WITH entry AS (
        INSERT INTO adjustments (id, cycle_id, case_id, org_id, kind, item, item_group, points, reason, evidence, source, source_key, state, proposed_at)
        SELECT $1, $3, c.id, c.org_id, 'deduction', $5, $6, $7::numeric, $8, '{}', $9::json, $10, 'proposed', $11::timestamptz
        FROM cases c WHERE c.cycle_id = $3 AND c.org_id = $4 AND c.kind = 'participant'
        ON CONFLICT DO NOTHING RETURNING id
      )
      INSERT INTO adjustment_changes (id, adjustment_id, at, what, after)
      SELECT $2, id, $11::timestamptz, 'proposed', json_build_object('points', $7::text, 'reason', $8::text) FROM entry`,
    values: [id, changeId, cycleId, orgId, item, group, points, reason, JSON.stringify(source), key, at],
  };
}

/** Enters a deduction that a rule asks for, such as one of a light. May be repeated. */
export const proposeByRule = async (
  db: Pick<pg.Pool, 'query'>,
  template: CycleTemplate,
  entry: Automatic,
): Promise<void> => {
  const { text, values } = automaticEntry(template, entry);
  await db.query(text, values);
};
