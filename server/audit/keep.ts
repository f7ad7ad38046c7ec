import { appendFile, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type pg from 'pg';
import { ifThere } from '../db/error.ts';
import { transaction } from '../db/transaction.ts';
import { queueMails } from '../mail/queue.ts';
import type { Settings } from '../settings/index.ts';
import type { Head } from './chain.ts';
import { type Checkpoint, checkpointHash, makeCheckpoint, readBody } from './checkpoint.ts';
import { signingKey } from './key.ts';
import { composeCheckpoint } from './mail.ts';
import { lastCheckpoint, readCheckpoints, readHeads } from './stored.ts';

/** A checkpoint is made when so many rows have been written since the last one, or so long ago one was. */
const ROWS = 1_000;
const MS = 60_000;

export interface KeepOptions {
  pool: pg.Pool;
  settings: Pick<Settings, 'data' | 'auditKeyFile' | 'auditFile'>;
  clock: { now(): Date };
  /** The city's day of an instant. */
  dayOf: (instant: string) => string;
  /** Whether mail leaves the house. */
  mail: boolean;
  /** Make one although neither is the case, as long as there is something new. */
  now?: boolean;
}

/** Where checkpoints are kept outside the database. */
export const checkpointFile = ({ data, auditFile }: Pick<Settings, 'data' | 'auditFile'>): string =>
  auditFile ?? join(data, 'audit-checkpoints.jsonl');

/** Signs where the stripes stand, when it is time; keeps it in the database and in a file beside it. True: one was made. */
export const keepCheckpoint = async (options: KeepOptions): Promise<boolean> => {
  const { pool, settings, clock } = options;
  const made = await makeOne(options);
  // Also those of other nodes, and one that was cut off between the database and the file.
  await appendMissing(pool, checkpointFile(settings));
  if (made && options.mail) await mailOnce(options, made, clock.now());
  return made !== undefined;
};

const makeOne = async ({ pool, settings, clock, now = false }: KeepOptions): Promise<Checkpoint | undefined> => {
  const [previous, heads] = await Promise.all([lastCheckpoint(pool), readHeads(pool)]);
  const at = clock.now();
  const before = previous && readBody(previous.body);
  const fresh = rowsOf(heads) - (before?.heads.reduce((sum, [, seq]) => sum + seq, 0) ?? 0);
  const due = now || fresh >= ROWS || at.getTime() - Date.parse(before?.at ?? '1970-01-01') >= MS;
  if (fresh <= 0 || !due) return undefined;
  const checkpoint = makeCheckpoint(heads, { previous, at, key: await signingKey(settings) });
  const { rows } = await pool.query<{ made: boolean }>('SELECT audit_checkpoint($1, $2, $3, $4) AS made', [
    checkpoint.n,
    at,
    checkpoint.body,
    checkpoint.signature,
  ]);
  return rows[0]?.made ? checkpoint : undefined;
};

const rowsOf = (heads: readonly Head[]): number => heads.reduce((sum, { seq }) => sum + seq, 0);

const appendMissing = async (pool: pg.Pool, path: string): Promise<void> => {
  const missing = await readCheckpoints(pool, await lastInFile(path));
  if (missing.length === 0) return;
  await mkdir(dirname(path), { recursive: true });
  await appendFile(path, missing.map((one) => `${JSON.stringify(one)}\n`).join(''), { mode: 0o640, flush: true });
};

/** More than a checkpoint takes. */
const TAIL = 16_384;

/** The number of the last checkpoint in the file. */
const lastInFile = async (path: string): Promise<number> => {
  const file = await open(path, 'r').catch(ifThere);
  if (!file) return 0;
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL);
    const { buffer } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const line = buffer.toString('utf8').trimEnd().split('\n').at(-1) ?? '';
    return line === '' ? 0 : (JSON.parse(line) as Checkpoint).n;
  } finally {
    await file.close();
  }
};

/** Mails the day's first checkpoint to the auditors: what they hold nobody can rewrite. */
const mailOnce = ({ pool, dayOf }: KeepOptions, checkpoint: Checkpoint, now: Date): Promise<void> =>
  transaction(pool, async (client) => {
    const day = dayOf(now.toISOString());
    const { rows } = await client.query<{ id: string; email: string; language: string }>(
      `SELECT DISTINCT p.id::text, p.email, p.language FROM roles r JOIN people p ON p.id = r.person_id
       WHERE r.role = 'auditAdministrator' AND p.active AND p.email IS NOT NULL`,
    );
    await queueMails(
      client,
      rows.map(({ id, email, language }) => ({
        id: `audit:${day}:${id}`,
        to: email,
        ...composeCheckpoint(checkpoint, checkpointHash(checkpoint), language === 'en' ? 'en' : 'zh'),
      })),
      now,
    );
  });
