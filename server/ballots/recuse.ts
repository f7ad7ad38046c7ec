import type { Queryable } from '../engine/rows.ts';
import { problem } from '../http/problem.ts';
import { readSheet, type SheetKey } from './sheet.ts';

/**
 * Takes units off somebody's sheet, or all of it: the assessor recuses themselves, or the office excludes them. What they have
 * said of those units stays on record and is not counted. Only while the round takes ballots.
 */
export async function recuse(
  db: Queryable,
  options: (SheetKey | { id: string }) & {
    /** All without it. */
    participants?: readonly string[] | undefined;
    as: 'recused' | 'excluded';
    reason: string;
    by: string;
    at: string;
  },
): Promise<{ left: number; roundId: string; caseId: string; block: string; round: number }> {
  const { participants, as, reason, by, at } = options;
  const sheet = await readSheet(db, options, at);
  if (!sheet.open) throw problem('ballot.closed');
  const due = new Set(sheet.targets.map(({ participant }) => participant));
  const wrong = (participants ?? []).flatMap((one, i) => (due.has(one) ? [] : [`participants[${i}]`]));
  if (wrong.length > 0 || due.size === 0)
    throw problem('ballot.notOnSheet', {
      errors: wrong.map((path) => ({ path, message: { zh: '不在评价表上', en: 'not on the sheet' } })),
    });
  const { rows } = await db.query<{ left: number }>(
    `WITH mine AS (
       UPDATE ballot_sheets s SET version = version + 1, reason = $4, decided_by = $5,
         state = CASE WHEN $7 THEN $3 ELSE state END, expected = CASE WHEN $7 THEN 0 ELSE expected - (
           SELECT coalesce(sum(items), 0) FROM ballot_targets t WHERE t.sheet_id = s.id AND t.state = 'due' AND t.case_id = ANY($2::uuid[])) END
       WHERE id = $1 AND version = $8 AND NOT closed RETURNING id, expected
     ), taken AS (
       UPDATE ballot_targets t SET state = $3, reason = $4, decided_by = $5, decided_at = $6
       FROM mine WHERE t.sheet_id = mine.id AND t.state = 'due' AND t.case_id = ANY($2::uuid[])
     ) SELECT expected AS left FROM mine`,
    [
      sheet.id,
      participants ?? [...due],
      as,
      reason,
      by,
      at,
      participants === undefined || new Set(participants).size === due.size,
      sheet.version,
    ],
  );
  const row = rows[0];
  if (!row) throw problem('ballot.stale');
  const { roundId, caseId, block, round } = sheet;
  return { left: row.left, roundId, caseId, block, round };
}
