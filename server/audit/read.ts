import type pg from 'pg';
import { problem } from '../http/problem.ts';
import type { AuditRow } from './chain.ts';
import { checkpointHash, readBody } from './checkpoint.ts';
import type { AuditFilter, AuditView } from './schema.ts';
import { lastCheckpoint, presentRow, readHeads, readStarts, type StoredRow } from './stored.ts';

type Queryable = Pick<pg.Pool, 'query'>;

/** So many rows that pass a filter are counted. */
const COUNTED = 10_001;
const ROWS_AT_ONCE = 1_000;

/** The conditions of a filter on `audit a`, with their values. */
const conditions = (filter: AuditFilter, now: Date, values: unknown[]): string => {
  const parts: string[] = [];
  const add = (sql: (place: string) => string, value: unknown) => {
    if (value === undefined || value === '') return;
    values.push(value);
    parts.push(sql(`$${values.length}`));
  };
  add((p) => `(a.actor = ${p}::uuid OR a.on_behalf_of = ${p}::uuid)`, filter.actor);
  add((p) => `starts_with(a.action, ${p})`, filter.action);
  add((p) => `starts_with(a.object, ${p})`, filter.object);
  add((p) => `a.ok = ${p}::bool`, filter.ok);
  add((p) => `a.at >= ${p}::timestamptz`, filter.from);
  add((p) => `a.at < ${p}::timestamptz`, filter.to);
  add((p) => `a.request = ${p}`, filter.request);
  add((p) => `a.at >= ${p}::timestamptz - interval '1 day' * ${filter.days}`, filter.days && now.toISOString());
  add(
    (p) => `(strpos(a.action, ${p}) > 0 OR strpos(a.object, ${p}) > 0 OR a.address = ${p}
      OR a.actor IN (SELECT id FROM people WHERE strpos(name, ${p}) > 0 OR strpos(username, ${p}) > 0))`,
    filter.q,
  );
  return parts.length > 0 ? parts.join(' AND ') : 'true';
};

/**
 * A page of the audit, the newest first. Each stripe is read backwards from where the page before left it, so a deep page costs as
 * much as the first, and rows that come meanwhile shift nothing.
 */
export const listAudit = async (
  db: Queryable,
  { limit, after, ...filter }: AuditFilter & { limit: number; after?: string | undefined },
  now: Date,
): Promise<{ items: AuditView[]; total: number; next: string | null }> => {
  const heads = await readHeads(db);
  const from = after === undefined ? new Map(heads.map(({ stripe, seq }) => [stripe, seq + 1])) : readCursor(after);
  const values: unknown[] = [[...from.keys()], [...from.values()], limit + 1];
  const { rows } = await db.query<StoredRow>(
    `SELECT r.* FROM unnest($1::int2[], $2::int8[]) AS k(stripe, seq)
     CROSS JOIN LATERAL (SELECT * FROM audit a WHERE a.stripe = k.stripe AND a.seq < k.seq AND ${conditions(filter, now, values)} ORDER BY a.seq DESC LIMIT $3) r
     ORDER BY r.at DESC, r.stripe, r.seq DESC`,
    values,
  );
  const page = take(rows.map(presentRow), limit);
  for (const { stripe, seq } of page) from.set(stripe, seq);
  return {
    items: await present(db, page),
    total: await count(db, filter, now),
    next: rows.length > page.length ? [...from].map((pair) => pair.join('.')).join('_') : null,
  };
};

/** The first rows; of a stripe whose times do not fall with its rows, never one before the rows that come after it. */
const take = (rows: readonly AuditRow[], limit: number): AuditRow[] => {
  const queues = new Map<number, AuditRow[]>();
  for (const row of rows) queues.set(row.stripe, [...(queues.get(row.stripe) ?? []), row]);
  for (const queue of queues.values()) queue.sort((a, b) => b.seq - a.seq);
  const page: AuditRow[] = [];
  while (page.length < limit) {
    const newest = [...queues.values()].reduce<AuditRow[] | undefined>(
      (best, queue) => (queue[0] && (!best?.[0] || queue[0].at > best[0].at) ? queue : best),
      undefined,
    );
    const row = newest?.shift();
    if (!row) return page;
    page.push(row);
  }
  return page;
};

const readCursor = (text: string): Map<number, number> => {
  const pairs = text.split('_').map((pair) => pair.split('.').map(Number));
  if (
    pairs.length > 64 ||
    pairs.some((pair) => pair.length !== 2 || !pair.every((n) => Number.isSafeInteger(n) && n >= 0))
  )
    throw problem('cursor.invalid');
  return new Map(pairs as [number, number][]);
};

const count = async (db: Queryable, filter: AuditFilter, now: Date): Promise<number> => {
  const values: unknown[] = [];
  const where = conditions(filter, now, values);
  if (where === 'true') return (await readCounts(db)).rows;
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM (SELECT FROM audit a WHERE ${where} LIMIT ${COUNTED}) found`,
    values,
  );
  return rows[0]?.n ?? 0;
};

const readCounts = async (db: Queryable): Promise<{ rows: number; archived: number; written: number }> => {
  const [heads, starts] = await Promise.all([readHeads(db), readStarts(db)]);
  const sum = (places: readonly { seq: number }[]) => places.reduce((all, { seq }) => all + seq, 0);
  return { rows: sum(heads) - sum(starts), archived: sum(starts), written: sum(heads) };
};

/** One row by `<stripe>-<row>`. */
export const readAuditRow = async (db: Queryable, id: string): Promise<AuditView> => {
  const { rows } = await db.query<StoredRow>(
    'SELECT * FROM audit WHERE stripe = $1::int2 AND seq = $2::int8',
    id.split('-'),
  );
  const [row] = await present(db, rows.map(presentRow));
  if (!row) throw problem('audit.unknown');
  return row;
};

/** The rows that pass a filter, the oldest first within each stripe, a batch at a time. */
export async function* filteredRows(db: Queryable, filter: AuditFilter, now: Date): AsyncGenerator<AuditRow[]> {
  let [stripe, seq] = [-1, 0];
  for (;;) {
    const values: unknown[] = [stripe, seq, ROWS_AT_ONCE];
    const { rows } = await db.query<StoredRow>(
      `SELECT * FROM audit a WHERE (a.stripe, a.seq) > ($1::int2, $2::int8) AND ${conditions(filter, now, values)} ORDER BY a.stripe, a.seq LIMIT $3`,
      values,
    );
    const found = rows.map(presentRow);
    if (found.length > 0) yield found;
    const end = found.at(-1);
    if (!end || found.length < ROWS_AT_ONCE) return;
    [stripe, seq] = [end.stripe, end.seq];
  }
}

/** What the people in some rows are called. */
export const namesIn = async (db: Queryable, rows: readonly AuditRow[]): Promise<Map<string, string>> => {
  const ids = [...new Set(rows.flatMap(({ actor, onBehalfOf }) => [actor, onBehalfOf]).filter((id) => id !== null))];
  const { rows: people } = await db.query<{ id: string; name: string }>(
    'SELECT id::text, name FROM people WHERE id = ANY($1::uuid[])',
    [ids],
  );
  return new Map(people.map(({ id, name }) => [id, name]));
};

const present = async (db: Queryable, rows: readonly AuditRow[]): Promise<AuditView[]> => {
  const names = await namesIn(db, rows);
  const ref = (id: string | null) => id && { id, name: names.get(id) ?? id };
  return rows.map((row) => ({
    id: `${row.stripe}-${row.seq}`,
    at: row.at,
    actor: ref(row.actor) || null,
    onBehalfOf: ref(row.onBehalfOf) || null,
    action: row.action,
    object: row.object,
    ok: row.ok,
    detail: row.detail === null ? null : JSON.parse(row.detail),
    request: row.request,
    address: row.address,
    hash: row.hash,
  }));
};

/** How many rows there are, and up to where they are signed for. */
export const readAuditState = async (db: Queryable) => {
  const [counts, checkpoint, role] = await Promise.all([
    readCounts(db),
    lastCheckpoint(db),
    db.query<{ open: boolean }>("SELECT has_table_privilege('audit', 'UPDATE, DELETE, TRUNCATE') AS open"),
  ]);
  const body = checkpoint && readBody(checkpoint.body);
  const covered = body?.heads.reduce((all, [, seq]) => all + seq, 0) ?? 0;
  return {
    rows: counts.rows,
    archived: counts.archived,
    checkpoint: checkpoint && body ? { n: body.n, at: body.at, hash: checkpointHash(checkpoint), rows: covered } : null,
    sinceCheckpoint: counts.written - covered,
    restricted: role.rows[0]?.open === false,
  };
};
