import type pg from 'pg';
import type { OpenTask } from './habits.ts';

interface Row {
  caseId: string;
  seat: number;
  block: string;
  round: number;
  openedAt: Date;
  dueAt: Date | null;
  people: string[];
  orgId: string | null;
}

const OPEN = {
  name: 'bihuan_sim_open',
  text: `SELECT t.case_id AS "caseId", t.seat, t.block, t.round, t.opened_at AS "openedAt", t.due_at AS "dueAt", c.org_id AS "orgId",
      array_remove(array_agg(k.person_id::text ORDER BY k.person_id), NULL) AS people
    FROM tasks t JOIN cases c ON c.id = t.case_id LEFT JOIN task_candidates k USING (case_id, seat)
    WHERE t.state = 'open' AND t.opened_at >= $1 GROUP BY t.case_id, t.seat, c.org_id ORDER BY t.case_id, t.seat`,
};

/** The open tasks that were opened at an instant or later, with who may take them. */
export async function readOpenTasks(pool: pg.Pool, since: Date): Promise<OpenTask[]> {
  const { rows } = await pool.query<Row>({ ...OPEN, values: [since] });
  return rows.map(({ openedAt, dueAt, ...row }) => ({
    ...row,
    openedAt: openedAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
  }));
}

/** The open tasks of every case that has moved since an instant, with the case that each belongs to in the end. */
export async function readOpenTasksOfMoved(pool: pg.Pool, since: Date): Promise<(OpenTask & { root: string })[]> {
  const { rows } = await pool.query<Row & { root: string }>({
    name: 'bihuan_sim_moved',
    text: `SELECT t.case_id AS "caseId", t.seat, t.block, t.round, t.opened_at AS "openedAt", t.due_at AS "dueAt", c.org_id AS "orgId",
        coalesce(c.parent_id, c.id) AS root, array_remove(array_agg(k.person_id::text ORDER BY k.person_id), NULL) AS people
      FROM cases c JOIN tasks t ON t.case_id = c.id LEFT JOIN task_candidates k USING (case_id, seat)
      WHERE c.updated_at >= $1 AND c.status = 'active' AND t.state = 'open' GROUP BY t.case_id, t.seat, c.id ORDER BY t.case_id, t.seat`,
    values: [since],
  });
  return rows.map(({ openedAt, dueAt, ...row }) => ({
    ...row,
    openedAt: openedAt.toISOString(),
    dueAt: dueAt?.toISOString() ?? null,
  }));
}

/** Who holds one open task now; null when it is closed. */
export async function readHolders(pool: pg.Pool, caseId: string, seat: number): Promise<string[] | null> {
  const { rows } = await pool.query<{ people: string[] }>({
    name: 'bihuan_sim_holders',
    text: `SELECT array_remove(array_agg(k.person_id::text ORDER BY k.person_id), NULL) AS people
      FROM tasks t LEFT JOIN task_candidates k USING (case_id, seat)
      WHERE t.case_id = $1 AND t.seat = $2 AND t.state = 'open' GROUP BY t.case_id, t.seat`,
    values: [caseId, seat],
  });
  return rows[0]?.people ?? null;
}

/** When the next timer comes due; null when none is set. */
export async function readNextTimer(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ due: Date | null }>({
    name: 'bihuan_sim_next',
    text: 'SELECT min(due_at) AS due FROM timers WHERE NOT parked AND frozen_at IS NULL',
  });
  return rows[0]?.due?.getTime() ?? null;
}
