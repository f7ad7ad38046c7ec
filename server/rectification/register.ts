import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import type { PlannedItem } from './rows.ts';

/** Whose register, and when. */
export interface Register {
  cycleId: string;
  orgId: string;
  /** The unit's case. */
  caseId: string;
  at: string;
}

/**
 * Enters the rows of an approved plan: each is tied to the finding that it answers, or to the item of an earlier cycle that it
 * carries on. May be repeated; what is no longer planned leaves the register again, unless it was carried over.
 *
 * @param missing only what is not there yet: what was entered has moved on meanwhile
 */
export const enterItems = async (
  client: pg.ClientBase,
  { cycleId, orgId, caseId, at }: Register,
  block: string | null,
  items: readonly PlannedItem[],
  { missing = false } = {},
): Promise<void> => {
  if (!missing)
    await client.query(
      `DELETE FROM rectification_items WHERE cycle_id = $1 AND org_id = $2 AND case_id = $3 AND block IS NOT DISTINCT FROM $4
       AND state = 'open' AND carried_from IS NULL AND code <> ALL ($5)`,
      [cycleId, orgId, caseId, block, items.map(({ code }) => code)],
    );
  const given = JSON.stringify(items.map((item) => ({ id: uuidv7(), ...item })));
  await client.query(
    `WITH given AS (
       SELECT * FROM json_to_recordset($5::json) AS t(id uuid, code text, problem text, measure text, owner text, due date)
     ), former AS (${FORMER_ITEMS}), joined AS (
       SELECT g.*, f.id AS finding_id, f.source AS found_by, coalesce(f.indicator_code, old.indicator_code, substring(g.code FROM '^I-(.+)$')) AS indicator,
         old.id AS carried_from, coalesce(f.id, old.finding_id) AS finding
       FROM given g
       LEFT JOIN findings f ON f.cycle_id = $1 AND f.org_id = $2 AND 'F' || f.number = g.code
       LEFT JOIN former old ON old.as_code = g.code AND f.id IS NULL
     )
     INSERT INTO rectification_items AS r
       (id, cycle_id, org_id, code, source, finding_id, indicator_code, problem, measure, owner, due, state, case_id, block, carried_from, opened_at)
     SELECT id, $1, $2, code,
       CASE WHEN found_by IS NOT NULL THEN found_by WHEN carried_from IS NOT NULL THEN 'mustCheck' WHEN code LIKE 'I-%' THEN 'result' ELSE 'unit' END,
       finding, indicator, problem, measure, owner, due, 'open', $3, $4, carried_from, $6 FROM joined
     ON CONFLICT (cycle_id, org_id, code) ${missing ? 'DO NOTHING' : RENEW}`,
    [cycleId, orgId, caseId, block, given, at],
  );
  // A finding is being rectified as long as it has an item; one that left the plan is open again.
  await client.query(
    `UPDATE findings f SET state = CASE WHEN i.id IS NULL THEN 'open' ELSE 'rectifying' END
     FROM findings g LEFT JOIN rectification_items i ON i.finding_id = g.id AND i.cycle_id = g.cycle_id
     WHERE f.id = g.id AND f.cycle_id = $1 AND f.org_id = $2 AND f.state <> 'closed'`,
    [cycleId, orgId],
  );
};

/**
 * What earlier cycles of the same system left at a unit ($1 the cycle, $2 the unit): carried over, open where the case has ended (what
 * is still being worked on is not left), or closed and to be looked at again, and in no later cycle's register. `as_code` has the year in which it first came up.
 */
export const FORMER_ITEMS = `
  SELECT old.*, y.name AS cycle_name, y.year, CASE WHEN old.code ~ '^[0-9]{4}-' THEN old.code ELSE y.year || '-' || old.code END AS as_code
  FROM rectification_items old JOIN cycles y ON y.id = old.cycle_id JOIN cycles now ON now.id = $1
  WHERE old.org_id = $2 AND y.template_key = now.template_key AND y.year < now.year AND y.status <> 'cancelled'
    AND (old.state = 'carried' OR (old.state = 'closed' AND old.recheck) OR (old.state = 'open'
      AND NOT EXISTS (SELECT FROM cases k WHERE k.id = old.case_id AND k.status IN ('active', 'suspended'))))
    AND NOT EXISTS (SELECT FROM rectification_items later WHERE later.carried_from = old.id AND later.cycle_id <> $1)`;

const RENEW = `DO UPDATE SET problem = excluded.problem, measure = coalesce(excluded.measure, r.measure),
  owner = coalesce(excluded.owner, r.owner), due = coalesce(excluded.due, r.due), block = coalesce(excluded.block, r.block),
  state = CASE WHEN r.state = 'carried' THEN 'open' ELSE r.state END, ended_at = CASE WHEN r.state = 'carried' THEN NULL ELSE r.ended_at END`;

/** How an item ended. */
export interface Ending {
  code: string;
  closed: boolean;
  answer: string | null;
  /** The item's own case. */
  itemCaseId: string | null;
  by: string | null;
}

/** Closes items, with their findings, or marks them as left open. One that has ended stays as it is. */
export const endItems = async (
  client: pg.ClientBase,
  { cycleId, orgId, at }: Register,
  endings: readonly Ending[],
  recheck: boolean,
): Promise<void> => {
  await client.query(
    `WITH given AS (
       SELECT * FROM json_to_recordset($3::json) AS t(code text, closed boolean, answer text, "itemCaseId" uuid, by uuid)
     ), ended AS (
       UPDATE rectification_items r SET state = CASE WHEN g.closed THEN 'closed' ELSE 'carried' END, ended_at = $4,
         -- What was closed before and is closed again has been checked: it is not checked for ever.
         recheck = $5 AND NOT EXISTS (SELECT FROM rectification_items o WHERE o.id = r.carried_from AND o.state = 'closed'),
         item_case_id = g."itemCaseId", public_answer = g.answer, published_at = CASE WHEN g.closed AND g.answer IS NOT NULL THEN $4::timestamptz END
       FROM given g WHERE r.cycle_id = $1 AND r.org_id = $2 AND r.code = g.code AND r.state = 'open'
       RETURNING r.finding_id, g.closed, g.by
     )
     UPDATE findings f SET state = 'closed', closed_at = $4, closed_by = e.by FROM ended e
     WHERE f.id = e.finding_id AND e.closed AND f.state <> 'closed'`,
    [cycleId, orgId, JSON.stringify(endings), at, recheck],
  );
};
