import type pg from 'pg';

/** An open task with what the rehearsal must know of its case. */
export interface OpenTask {
  caseId: string;
  cycleId: string;
  kind: string;
  /** The unit that it is about; null for the cycle's own. */
  orgId: string | null;
  seat: number;
  block: string;
  round: number;
  /** The item of the repeat that the block is in. */
  item: string | null;
  people: string[];
  dueAt: Date | null;
}

/** The key of the item that a block of a case `c` is in now. */
const ITEM = (block: string) =>
  `coalesce(c.snapshot->'context'->'live'->${block}->'item'->>'key', c.snapshot->'context'->'facts'->'item'->>'key')`;

/** The tasks that were opened at an instant or later. */
export async function readOpened(pool: pg.Pool, since: Date): Promise<OpenTask[]> {
  const { rows } = await pool.query<OpenTask>({
    name: 'bihuan_rehearse_open',
    text: `SELECT t.case_id AS "caseId", c.cycle_id AS "cycleId", c.kind, c.org_id AS "orgId", t.seat, t.block, t.round, t.due_at AS "dueAt",
        ${ITEM('t.block')} AS item,
        ARRAY(SELECT person_id::text FROM task_candidates k WHERE k.case_id = t.case_id AND k.seat = t.seat ORDER BY 1) AS people
      FROM tasks t JOIN cases c ON c.id = t.case_id
      WHERE t.state = 'open' AND t.opened_at >= $1 AND c.status = 'active' ORDER BY t.case_id, t.seat`,
    values: [since],
  });
  return rows;
}

/** A timer that is set. */
export interface SetTimer {
  caseId: string;
  cycleId: string;
  orgId: string | null;
  /** The live block and its round. */
  block: string;
  round: number;
  rung: number;
  dueAt: Date;
  provisional: boolean;
  item: string | null;
}

/** Every timer of a live block that is set now in the cycles' own cases and in those of the units that are watched. */
export async function readTimers(pool: pg.Pool, watched: readonly string[]): Promise<Omit<SetTimer, 'item'>[]> {
  const { rows } = await pool.query<Omit<SetTimer, 'item'>>({
    name: 'bihuan_rehearse_timers',
    text: `SELECT t.case_id AS "caseId", c.cycle_id AS "cycleId", c.org_id AS "orgId", t.event->>'block' AS block, (t.event->>'round')::int AS round,
        t.rung, t.due_at AS "dueAt", t.provisional
      FROM timers t JOIN cases c ON c.id = t.case_id
      WHERE NOT t.parked AND t.frozen_at IS NULL AND t.event->>'type' = 'timer' AND (c.org_id IS NULL OR c.org_id = ANY($1))`,
    values: [watched],
  });
  return rows;
}

/** The items of the repeats that live blocks are in, by `case/block`. */
export async function readItems(
  pool: pg.Pool,
  places: readonly Pick<SetTimer, 'caseId' | 'block'>[],
): Promise<ReadonlyMap<string, string | null>> {
  if (places.length === 0) return new Map();
  const { rows } = await pool.query<{ caseId: string; block: string; item: string | null }>({
    name: 'bihuan_rehearse_items',
    text: `SELECT k.id AS "caseId", k.block, ${ITEM('k.block')} AS item FROM unnest($1::uuid[], $2::text[]) AS k(id, block) JOIN cases c USING (id)`,
    values: [places.map(({ caseId }) => caseId), places.map(({ block }) => block)],
  });
  return new Map(rows.map(({ caseId, block, item }) => [`${caseId}/${block}`, item]));
}

/** When the next timer of any kind comes due; null when none is set. */
export async function readNextDue(pool: pg.Pool): Promise<number | null> {
  const { rows } = await pool.query<{ due: Date | null }>({
    name: 'bihuan_rehearse_next',
    text: 'SELECT min(due_at) AS due FROM timers WHERE NOT parked AND frozen_at IS NULL',
  });
  return rows[0]?.due?.getTime() ?? null;
}

/** Cases that moved at an instant or later, and what they stand at. */
export async function readMoved(pool: pg.Pool, since: Date): Promise<{ id: string; blocks: string[] }[]> {
  const { rows } = await pool.query<{ id: string; blocks: string[] }>(
    `SELECT id, blocks FROM cases WHERE status = 'active' AND updated_at >= $1 ORDER BY id`,
    [since],
  );
  return rows;
}

/** A timer's firing, as the record of the case has it. */
export interface Firing {
  caseId: string;
  revision: number;
  at: Date;
  block: string;
  round: number;
  rung: number;
  do: string;
  /** Whom a task was handed to. */
  to: string[] | null;
}

/** Every firing in the record of these cycles. */
export async function readFirings(pool: pg.Pool, cycles: readonly string[]): Promise<Firing[]> {
  const { rows } = await pool.query<
    Omit<Firing, 'block'> & { event: { block: string; round: number; rung: number; do: string; to?: string[] } }
  >(
    `SELECT e.case_id AS "caseId", e.seq AS revision, e.at, e.body->'events'->0 AS event FROM case_events e JOIN cases c ON c.id = e.case_id
     WHERE e.type = 'timer' AND c.cycle_id = ANY($1) ORDER BY e.case_id, e.seq`,
    [cycles],
  );
  return rows.map(({ event, caseId, revision, at }) => {
    const { block, round, rung, to = null } = event;
    return { caseId, revision, at, block, round, rung, do: event.do, to };
  });
}
