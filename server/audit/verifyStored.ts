import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import type { Head } from './chain.ts';
import type { Checkpoint } from './checkpoint.ts';
import { checkCoverage, makeEventCheck } from './events.ts';
import { readCheckpoints, readHeads, readStarts, storedRows } from './stored.ts';
import { type AuditVerification, type Findings, makeFindings, verifyChain } from './verify.ts';

export interface StoredVerification extends AuditVerification {
  /** Events of cases, each of which has one row. */
  events: number;
}

export interface VerifyStoredOptions {
  /** What checkpoints may have been signed with. */
  keys?: readonly KeyObject[] | undefined;
  /** Checkpoints kept outside the database, which count for more than those inside. */
  outside?: readonly Checkpoint[] | undefined;
  /** Where the archives end: there the rows that are here must begin. */
  archived?: readonly Head[] | undefined;
  onProgress?: (rows: number) => void;
}

/** Verifies the audit of a database: chains, checkpoints, and that every event of a case has its row. The system may run meanwhile. */
export const verifyStored = async (
  pool: pg.Pool,
  { keys, outside, archived, onProgress }: VerifyStoredOptions = {},
  findings: Findings = makeFindings(),
): Promise<StoredVerification> => {
  const client = await pool.connect();
  let broken = true;
  try {
    // One snapshot of the database, so that what is written meanwhile is not missed here and found there.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query('SET LOCAL statement_timeout = 0');
    const heads = await readHeads(client);
    const starts = await readStarts(client);
    if (archived) compareStarts(starts, archived, findings);
    const inside = await readCheckpoints(client);
    if (outside) compareCheckpoints(inside, outside, findings);
    const check = makeEventCheck(client, findings);
    let rows = 0;
    const onRow: typeof check.onRow = async (row) => {
      rows += 1;
      if (rows % 1000 === 0) onProgress?.(rows);
      await check.onRow(row);
    };
    const result = await verifyChain(
      { rows: storedRows(client), heads, starts, checkpoints: outside ?? inside, keys, onRow },
      findings,
    );
    await check.flush();
    const events = await checkCoverage(client, findings);
    await client.query('COMMIT');
    broken = false;
    return { ...result, ok: findings.broken.length === 0, more: findings.more(), events };
  } finally {
    client.release(broken);
  }
};

const compareCheckpoints = (
  inside: readonly Checkpoint[],
  outside: readonly Checkpoint[],
  findings: Findings,
): void => {
  const kept = new Map(outside.map((one) => [one.n, one]));
  const last = outside.reduce((most, { n }) => Math.max(most, n), 0);
  const wrong = (n: number, detail: string) =>
    findings.add({ stripe: null, seq: n, what: 'checkpoint', detail: `checkpoint ${n} ${detail}` });
  for (const { n, body, signature } of inside) {
    const other = kept.get(n);
    if (other ? other.body !== body || other.signature !== signature : n <= last)
      wrong(n, other ? 'is another one in the file' : 'is missing in the file');
  }
  const known = new Set(inside.map(({ n }) => n));
  for (const { n } of outside) if (!known.has(n)) wrong(n, 'is missing in the database');
};

const compareStarts = (starts: readonly Head[], archived: readonly Head[], findings: Findings): void => {
  for (const end of archived) {
    const start = starts.find(({ stripe }) => stripe === end.stripe);
    if (start?.seq !== end.seq || start.hash !== end.hash)
      findings.add({
        stripe: end.stripe,
        seq: end.seq,
        what: 'changed',
        detail: `the archive ends at row ${end.seq}, the database begins after row ${start?.seq ?? 0}`,
      });
  }
};
