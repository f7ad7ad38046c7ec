import type pg from 'pg';
import { JOB_ATTEMPTS } from '../engine/jobs.ts';
import { isAddress, oneLine, plainText } from './line.ts';

export interface NewMail {
  /** Follows from what it tells whom, so that telling again queues nothing. */
  id: string;
  to: string;
  subject: string;
  body: string;
}

/** Queues mails in the caller's transaction, with the job that sends them. What is no address is left out. */
export async function queueMails(db: { query: pg.Pool['query'] }, mails: readonly NewMail[], now: Date): Promise<void> {
  const good = mails.filter((mail) => isAddress(mail.to));
  if (good.length === 0) return;
  await db.query(
    `WITH queued AS (
       INSERT INTO mails (id, to_address, subject, body, state, due_at, at)
       SELECT m.id, m.to_address, m.subject, m.body, 'queued', $5, $5 FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS m(id, to_address, subject, body)
       ON CONFLICT (id) DO NOTHING RETURNING id
     ) SELECT graphile_worker.add_job('mail.send', run_at := $5, max_attempts := $6) FROM queued LIMIT 1`,
    [
      good.map(({ id }) => id),
      good.map(({ to }) => to),
      good.map(({ subject }) => oneLine(subject)),
      good.map(({ body }) => plainText(body)),
      now,
      JOB_ATTEMPTS,
    ],
  );
}
