import type pg from 'pg';
import { JOB_ATTEMPTS } from '../engine/jobs.ts';
import type { Secrets } from '../secrets/index.ts';
import { isAddress, oneLine, plainText } from './line.ts';

export interface NewMail {
  /** Follows from what it tells whom, so that telling again queues nothing. */
  id: string;
  to: string;
  subject: string;
  body: string;
  /** The body holds what only its reader may know, such as a one-time link: it is kept sealed. */
  sealWith?: Pick<Secrets, 'seal'>;
}

/** A sealed body opens in its own mail only. */
export const mailPurpose = (id: string): string => `mail:${id}`;

/** Queues mails in the caller's transaction, with the job that sends them. What is no address is left out. */
export async function queueMails(db: { query: pg.Pool['query'] }, mails: readonly NewMail[], now: Date): Promise<void> {
  const good = mails.filter((mail) => isAddress(mail.to));
  if (good.length === 0) return;
  await db.query(
    `WITH queued AS (
       INSERT INTO mails (id, to_address, subject, body, sealed, state, due_at, at)
       SELECT m.id, m.to_address, m.subject, m.body, m.sealed, 'queued', $5, $5
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $7::bool[]) AS m(id, to_address, subject, body, sealed)
       ON CONFLICT (id) DO NOTHING RETURNING id
     ) SELECT graphile_worker.add_job('mail.send', run_at := $5, max_attempts := $6) FROM queued LIMIT 1`,
    [
      good.map(({ id }) => id),
      good.map(({ to }) => to),
      good.map(({ subject }) => oneLine(subject)),
      good.map(({ id, body, sealWith }) => sealWith?.seal(plainText(body), mailPurpose(id)) ?? plainText(body)),
      now,
      JOB_ATTEMPTS,
      good.map(({ sealWith }) => sealWith !== undefined),
    ],
  );
}
