import { createHash, type KeyObject, sign } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type pg from 'pg';
import { z } from 'zod';
import { overPg } from '../db/sql.ts';
import { transaction } from '../db/transaction.ts';
import { toldError } from '../toldError.ts';
import { type AuditRow, GENESIS, type Head, STRIPES } from './chain.ts';
import { isSigned } from './checkpoint.ts';
import { linesOf, parseRow } from './file.ts';
import { record } from './record.ts';
import { readStarts, storedRows } from './stored.ts';
import { type AuditVerification, verifyChain } from './verify.ts';

/** Rows stay at least so long where they are. */
export const KEPT_DAYS = 180;

const placeSchema = z.tuple([z.int(), z.int(), z.string()]);
const headSchema = z.object({
  archive: z.literal('bihuan-audit'),
  before: z.iso.datetime(),
  from: z.array(placeSchema),
  to: z.array(placeSchema),
});
const footSchema = z.object({ rows: z.int(), sha256: z.string(), signature: z.string() });

const tuples = (heads: readonly Head[]) =>
  heads.map(({ stripe, seq, hash }): [number, number, string] => [stripe, seq, hash]);

const heads = (places: readonly [number, number, string][]): Head[] =>
  places.map(([stripe, seq, hash]) => ({ stripe, seq, hash }));

/**
 * Moves the rows from before a day into a signed file, and removes them once the file is on disk. Of each stripe a stretch from its
 * beginning goes, so that the chain stays whole across both.
 *
 * @param pool the owner's: the application's role may not remove a row
 * @throws `audit.tooNew` for rows of the last 180 days
 */
export const archive = async (
  pool: pg.Pool,
  { before, path, key, now }: { before: Date; path: string; key: KeyObject; now: Date },
): Promise<{ rows: number; path: string }> => {
  if (before.getTime() > now.getTime() - KEPT_DAYS * 86_400_000)
    throw toldError('audit.tooNew', {
      zh: `最近 ${KEPT_DAYS} 天的审计记录不能移出`,
      en: `rows of the last ${KEPT_DAYS} days stay where they are`,
    });
  return transaction(pool, async (client) => {
    await client.query('SET LOCAL statement_timeout = 0');
    const to = await cuts(client, before);
    if (to.length === 0) return { rows: 0, path };
    const from = (await readStarts(client)).filter(({ stripe }) => to.some((cut) => cut.stripe === stripe));
    const rows = await write(path, { from, to, before }, storedRows(client, to), key);
    const { rows: done } = await client.query<{ removed: number }>(
      'SELECT audit_archive($1, $2::int2[], $3::int8[])::int AS removed',
      [before, to.map(({ stripe }) => stripe), to.map(({ seq }) => seq)],
    );
    if (done[0]?.removed !== rows) throw new Error(`${done[0]?.removed} rows removed, ${rows} written`);
    await record(overPg(client), { action: 'audit.archive', detail: { before: before.toISOString(), rows } });
    return { rows, path };
  });
};

/** The last row of each stripe that goes: the one before the first that is too new. */
const cuts = async (client: pg.PoolClient, before: Date): Promise<Head[]> => {
  const { rows } = await client.query<{ stripe: number; seq: string; hash: Buffer }>(
    `SELECT a.stripe, a.seq, a.hash FROM audit_heads h
     CROSS JOIN LATERAL (SELECT coalesce((SELECT min(n.seq) FROM audit n WHERE n.stripe = h.stripe AND n.at >= $1) - 1, h.seq) AS seq) c
     JOIN audit a ON a.stripe = h.stripe AND a.seq = c.seq ORDER BY a.stripe`,
    [before],
  );
  return rows.map(({ stripe, seq, hash }) => ({ stripe, seq: Number(seq), hash: hash.toString('hex') }));
};

/** Writes the file whole or not at all. */
const write = async (
  path: string,
  { from, to, before }: { from: readonly Head[]; to: readonly Head[]; before: Date },
  rows: AsyncIterable<AuditRow>,
  key: KeyObject,
): Promise<number> => {
  const draft = `${path}.part`;
  const file = await open(draft, 'wx', 0o600);
  const hash = createHash('sha256');
  let n = 0;
  try {
    const put = async (line: string) => {
      hash.update(`${line}\n`);
      await file.write(`${line}\n`);
    };
    await put(
      JSON.stringify({ archive: 'bihuan-audit', before: before.toISOString(), from: tuples(from), to: tuples(to) }),
    );
    for await (const row of rows) {
      await put(JSON.stringify(row));
      n += 1;
    }
    const sha256 = hash.digest('hex');
    const signature = sign(null, Buffer.from(`${n} ${sha256}`), key).toString('base64');
    await file.write(`${JSON.stringify({ rows: n, sha256, signature })}\n`);
    await file.sync();
    await file.close();
    await rename(draft, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
  return n;
};

export interface ArchiveVerification extends AuditVerification {
  /** Where it ends, and the rows in the database begin. */
  to: Head[];
}

/** Verifies an archive: its signature, its chain, and that it goes on where the one before it ended. */
export const verifyArchive = async (
  path: string,
  { keys, after }: { keys: readonly KeyObject[]; after?: readonly Head[] | undefined },
): Promise<ArchiveVerification> => {
  const hash = createHash('sha256');
  let foot: z.infer<typeof footSchema> | undefined;
  let n = 0;
  const lines = linesOf(path)[Symbol.asyncIterator]();
  const first = await lines.next();
  const head = headSchema.safeParse(parsed(first.value)).data;
  const broken: AuditVerification['broken'] = [];
  const wrong = (detail: string) =>
    broken.push({ stripe: null, seq: null, what: 'checkpoint', detail: `${path}: ${detail}` });
  if (!head) {
    wrong('is no archive of the audit');
    return { ok: false, rows: 0, broken, more: 0, checkpoints: 0, anchor: null, unanchored: 0, to: [] };
  }
  hash.update(`${first.value}\n`);
  const rows = async function* (): AsyncGenerator<AuditRow> {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      foot = footSchema.safeParse(parsed(line.value)).data;
      if (foot) return;
      hash.update(`${line.value}\n`);
      n += 1;
      yield parseRow(line.value, path, n + 1);
    }
  };
  const to = heads(head.to);
  const starts = heads(head.from);
  const ends = Array.from(
    { length: STRIPES },
    (_, stripe): Head => [...to, ...starts].find((one) => one.stripe === stripe) ?? { stripe, seq: 0, hash: GENESIS },
  );
  const result = await verifyChain({ rows: rows(), heads: ends, starts });
  const sha256 = hash.digest('hex');
  if (!foot) wrong('ends early');
  else if (foot.sha256 !== sha256 || foot.rows !== n) wrong('was changed after it was signed');
  else {
    const signed = { body: `${n} ${sha256}`, signature: foot.signature };
    if (keys.length > 0 && !keys.some((key) => isSigned(signed, key))) wrong('is not signed by the key');
  }
  for (const end of after ?? []) {
    const start = starts.find(({ stripe }) => stripe === end.stripe);
    if (to.some(({ stripe }) => stripe === end.stripe) && (start?.seq !== end.seq || start.hash !== end.hash))
      wrong(`stripe ${end.stripe} begins after row ${start?.seq ?? 0}, the archive before it ends at row ${end.seq}`);
  }
  const merged = new Map([...(after ?? []), ...to].map((one) => [one.stripe, one]));
  broken.push(...result.broken);
  return { ...result, ok: broken.length === 0, broken, unanchored: 0, to: [...merged.values()] };
};

const parsed = (line: unknown): unknown => {
  try {
    return JSON.parse(String(line));
  } catch {
    return undefined;
  }
};
