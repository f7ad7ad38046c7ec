import type pg from 'pg';
import type { Logger } from 'pino';
import { transaction } from '../db/transaction.ts';
import type { Secrets } from '../secrets/index.ts';
import { patiently } from '../worker/away.ts';
import { recordJobIncident } from '../worker/deadJobs.ts';
import { makeBreaker } from './breaker.ts';
import { mailPurpose } from './queue.ts';
import type { MailTransport, OutgoingMail } from './transport.ts';
import { backOff, GIVE_UP_MS, verdictOf } from './verdict.ts';

export interface OutboxOptions {
  pool: pg.Pool;
  transport: MailTransport;
  secrets: Pick<Secrets, 'open'>;
  clock: { now(): Date };
  logger: Logger;
}

export interface Drained {
  sent: number;
  /** To be tried again later. */
  deferred: number;
  /** Given up; an incident each. */
  failed: number;
}

export interface Outbox {
  /** Sends what is due, until there is nothing more or the server does not work. */
  drain(): Promise<Drained>;
  /** Queues again what was given up for an address. */
  retry(to: string): Promise<void>;
  close(): void;
}

interface Row {
  id: string;
  to_address: string;
  subject: string;
  body: string;
  sealed: boolean;
  attempts: number;
  at: Date;
}

/** A claimed mail may be claimed again after this: whoever claimed it is gone. Longer than any delivery takes. */
const CLAIM_MS = 5 * 60_000;
const AT_ONCE = 10;

/**
 * Sends the mails of the table. Each is claimed, in a transaction of its own, before it is sent: whatever happens between, a
 * crash repeats at most the mails in flight, and a database that cannot write sends nothing at all.
 */
export function makeOutbox({ pool, transport, secrets, clock, logger }: OutboxOptions): Outbox {
  const breaker = makeBreaker();
  const stopping = new AbortController();

  const claim = async (limit: number): Promise<Row[]> => {
    const now = clock.now();
    const { rows } = await pool.query<Row>(
      `UPDATE mails SET state = 'claimed', attempts = attempts + 1, due_at = $2 WHERE id IN (
         SELECT id FROM mails WHERE state IN ('queued', 'claimed') AND due_at <= $1 ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED
       ) RETURNING id, to_address, subject, body, sealed, attempts, at`,
      [now, new Date(now.getTime() + CLAIM_MS), limit],
    );
    return rows;
  };

  // Patient: what has been sent is only forgotten, and so sent again, if this process ends meanwhile.
  const settle = (id: string, state: string, dueAt: Date | null, error: string | null) =>
    patiently(
      () =>
        pool.query(
          `UPDATE mails SET state = $2, due_at = coalesce($3, due_at), error = $4, sent_at = CASE WHEN $2 = 'sent' THEN $5::timestamptz END WHERE id = $1`,
          [id, state, dueAt, error, clock.now()],
        ),
      stopping.signal,
    );

  const sendOne = async (row: Row, drained: Drained): Promise<void> => {
    try {
      const body = row.sealed ? secrets.open(row.body, mailPurpose(row.id)) : row.body;
      const mail: OutgoingMail = { id: row.id, to: row.to_address, subject: row.subject, body };
      await transport.send(mail);
    } catch (error) {
      await refused(row, error, drained);
      return;
    }
    breaker.worked();
    drained.sent += 1;
    await settle(row.id, 'sent', null, null);
  };

  const refused = async (row: Row, error: unknown, drained: Drained): Promise<void> => {
    const verdict = verdictOf(error);
    const cause = error instanceof Error ? error.message : String(error);
    const now = clock.now();
    if (verdict === 'down') breaker.failed(now);
    else breaker.worked();
    logger.warn({ mail: row.id, verdict, cause }, 'a mail was not delivered');
    if (verdict !== 'never' && now.getTime() - row.at.getTime() < GIVE_UP_MS) {
      drained.deferred += 1;
      await settle(row.id, 'queued', new Date(now.getTime() + backOff(row.attempts)), cause);
      return;
    }
    drained.failed += 1;
    await settle(row.id, 'failed', null, cause);
    const job = { task: 'mail.retry', payload: { to: row.to_address } };
    await transaction(pool, (client) =>
      recordJobIncident(client, { caseId: null, job, attempts: row.attempts, cause: `mail: ${cause}` }, now),
    );
  };

  return {
    drain: async () => {
      const drained: Drained = { sent: 0, deferred: 0, failed: 0 };
      for (;;) {
        const allowed = breaker.allows(clock.now());
        if (allowed === 'none') return drained;
        const rows = await claim(allowed === 'one' ? 1 : AT_ONCE);
        if (rows.length === 0) return drained;
        await Promise.all(rows.map((row) => sendOne(row, drained)));
      }
    },
    retry: async (to) => {
      const now = clock.now();
      await pool.query(
        `UPDATE mails SET state = 'queued', attempts = 0, due_at = $2, at = $2 WHERE state = 'failed' AND to_address = $1`,
        [to, now],
      );
    },
    close: () => {
      stopping.abort();
      transport.close();
    },
  };
}
