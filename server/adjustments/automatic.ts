import type { JsonObject } from '../../workflows/json.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';

/** Points that a rule asks for: of a deadline's ladder, or of a light. */
export interface Automatic {
  /** The entry's id, and that of its first change. */
  id: string;
  changeId: string;
  cycleId: string;
  orgId: string;
  cause: 'ladder' | 'light';
  kind: 'bonus' | 'deduction';
  points: string;
  reason: string;
  source: JsonObject;
  /** Names the cause within the cycle: what is there is not entered again. */
  key: string;
  at: string;
}

const FALLBACK = { ladder: 'overdue', light: 'light' } as const;

/** The statement that enters such a proposal once; nobody has proposed it, so anybody who approves may decide. */
export function automaticEntry(
  { adjustments }: Pick<CycleTemplate, 'adjustments'>,
  { id, changeId, cycleId, orgId, cause, kind, points, reason, source, key, at }: Automatic,
): { text: string; values: unknown[] } {
  const item = adjustments?.automatic?.[cause] ?? FALLBACK[cause];
  const group = adjustments?.items.find((one) => one.key === item)?.group ?? null;
  const after = { kind, item, points, reason };
  return {
    text: `WITH entry AS (
        INSERT INTO adjustments (id, cycle_id, case_id, org_id, kind, item, item_group, points, reason, evidence, source, source_key, state, proposed_at)
        SELECT $1::uuid, c.cycle_id, c.id, c.org_id, $5::text, $6::text, $7::text, $8::text::numeric, $9::text, '{}', $10::json, $11::text, 'proposed', $12::timestamptz
        FROM cases c WHERE c.cycle_id = $3::uuid AND c.org_id = $4::uuid AND c.kind = 'participant'
        ON CONFLICT DO NOTHING RETURNING id
      )
      INSERT INTO adjustment_changes (id, adjustment_id, at, what, after) SELECT $2::uuid, id, $12::timestamptz, 'proposed', $13::json FROM entry`,
    values: [
      id,
      changeId,
      cycleId,
      orgId,
      kind,
      item,
      group,
      points,
      reason,
      JSON.stringify(source),
      key,
      at,
      JSON.stringify(after),
    ],
  };
}
