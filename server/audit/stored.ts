import type pg from 'pg';
import type { AuditRow, Head } from './chain.ts';
import type { Checkpoint } from './checkpoint.ts';

type Queryable = Pick<pg.Pool | pg.PoolClient, 'query'>;

/** A row as the database has it. */
export interface StoredRow {
  stripe: number;
  seq: string;
  at: Date;
  actor: string | null;
  on_behalf_of: string | null;
  action: string;
  object: string | null;
  ok: boolean;
  detail: string | null;
  request: string | null;
  address: string | null;
  prev: Buffer;
  hash: Buffer;
  alg: string;
}

export const presentRow = (row: StoredRow): AuditRow => ({
  stripe: row.stripe,
  seq: Number(row.seq),
  at: row.at.toISOString(),
  actor: row.actor,
  onBehalfOf: row.on_behalf_of,
  action: row.action,
  object: row.object,
  ok: row.ok,
  detail: row.detail,
  request: row.request,
  address: row.address,
  prev: row.prev.toString('hex'),
  hash: row.hash.toString('hex'),
  alg: row.alg,
});

/** So many rows are in memory at a time. */
const BATCH = 5_000;

/** The rows of the audit in the order of stripe and row, a batch at a time; `upTo`: of these stripes up to there. */
export async function* storedRows(db: Queryable, upTo?: readonly Head[]): AsyncGenerator<AuditRow> {
  const within = upTo
    ? 'AND EXISTS (SELECT FROM unnest($4::int2[], $5::int8[]) AS u(stripe, seq) WHERE u.stripe = a.stripe AND a.seq <= u.seq)'
    : '';
  const bounds = upTo ? [upTo.map(({ stripe }) => stripe), upTo.map(({ seq }) => seq)] : [];
  let [stripe, seq] = [-32_768, 0];
  for (;;) {
    const { rows } = await db.query<StoredRow>(
      `SELECT a.* FROM audit a WHERE (a.stripe, a.seq) > ($1::int2, $2::int8) ${within} ORDER BY a.stripe, a.seq LIMIT $3`,
      [stripe, seq, BATCH, ...bounds],
    );
    for (const row of rows) yield presentRow(row);
    const end = rows.at(-1);
    if (!end || rows.length < BATCH) return;
    [stripe, seq] = [end.stripe, Number(end.seq)];
  }
}

const readPlaces = async (db: Queryable, table: 'audit_heads' | 'audit_starts'): Promise<Head[]> => {
  const { rows } = await db.query<{ stripe: number; seq: string; hash: Buffer }>(
    `SELECT stripe, seq, hash FROM ${table} ORDER BY stripe`,
  );
  return rows.map(({ stripe, seq, hash }) => ({ stripe, seq: Number(seq), hash: hash.toString('hex') }));
};

/** Where each stripe ends, at one moment. */
export const readHeads = (db: Queryable): Promise<Head[]> => readPlaces(db, 'audit_heads');

/** Where the stripes begin whose older rows are in an archive. */
export const readStarts = (db: Queryable): Promise<Head[]> => readPlaces(db, 'audit_starts');

const CHECKPOINT = 'SELECT n, body, signature FROM audit_checkpoints';
type CheckpointRow = { n: string; body: string; signature: string };
const presentCheckpoint = ({ n, body, signature }: CheckpointRow): Checkpoint => ({ n: Number(n), body, signature });

/** The checkpoints after one, in their order. */
export const readCheckpoints = async (db: Queryable, after = 0): Promise<Checkpoint[]> =>
  (await db.query<CheckpointRow>(`${CHECKPOINT} WHERE n > $1 ORDER BY n`, [after])).rows.map(presentCheckpoint);

export const lastCheckpoint = async (db: Queryable): Promise<Checkpoint | undefined> =>
  (await db.query<CheckpointRow>(`${CHECKPOINT} ORDER BY n DESC LIMIT 1`)).rows.map(presentCheckpoint)[0];
