import type pg from 'pg';

/** A participant's case that waits, for whom, and where. */
export interface Waiting {
  caseId: string;
  title: string;
  block: string;
  person: string;
}

/**
 * For whom the participants' cases wait: whoever holds an open task of theirs or of one of their items, or, where they wait for
 * a meeting, of anybody who is still to come to it. `stuck` are those that wait for nobody.
 */
export async function readWaiting(pool: pg.Pool): Promise<{ waiting: Waiting[]; stuck: string[] }> {
  const { rows } = await pool.query<Waiting & { person: string | null }>(
    `WITH held AS (
       SELECT DISTINCT ON (coalesce(c.parent_id, c.id)) coalesce(c.parent_id, c.id) AS root, c.cycle_id, t.block, p.name
       FROM tasks t JOIN cases c ON c.id = t.case_id JOIN task_candidates k USING (case_id, seat) JOIN people p ON p.id = k.person_id
       WHERE t.state = 'open' AND p.active ORDER BY coalesce(c.parent_id, c.id), t.seat, p.username
     )
     SELECT c.id AS "caseId", c.title, coalesce(own.block, other.block, '') AS block, coalesce(own.name, other.name) AS person
     FROM cases c LEFT JOIN held own ON own.root = c.id
       LEFT JOIN LATERAL (SELECT block, name FROM held h WHERE h.cycle_id = c.cycle_id AND cardinality(c.waits) > 0 ORDER BY root LIMIT 1) other ON true
     WHERE c.kind = 'participant' AND c.status IN ('active', 'suspended') ORDER BY c.id`,
  );
  return {
    waiting: rows.filter(({ person }) => person !== null),
    stuck: rows.filter(({ person }) => person === null).map(({ caseId }) => caseId),
  };
}
