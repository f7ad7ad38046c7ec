import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import type { Text } from '../../workflows/text.ts';
import { JOB_ATTEMPTS } from '../engine/jobs.ts';
import type { Job } from '../engine/types.ts';
import type { Database } from '../http/deps.ts';

type Told = Extract<Job, { task: 'tell' }>['payload'];

/** What people are to be told: a notice each, and a mail to those who have an address. */
export interface Telling extends Pick<Told, 'caseId' | 'seat' | 'people' | 'kind'> {
  message: { subject: Text; body: Text };
}

/** The payload of the job that tells. */
export const toldOf = (telling: Telling, at: Date): Told => ({
  id: `${telling.kind}/${randomUUID()}`,
  block: '',
  at: at.toISOString(),
  ...telling,
});

/** Has people told once the caller's transaction is committed. */
export const tellPeople = async (db: Database, telling: Telling, at: Date): Promise<void> => {
  if (telling.people.length === 0) return;
  const payload = JSON.stringify(toldOf(telling, at));
  await db.$executeRaw(
    Prisma.sql`SELECT graphile_worker.add_job('tell', ${payload}::json, run_at := ${at}, max_attempts := ${JOB_ATTEMPTS}::int)`,
  );
};

/** Has the pages that show a case read it again, once the caller's transaction is committed. */
export const touchCase = async (db: Database, caseId: string): Promise<void> => {
  await db.$executeRaw(Prisma.sql`
    SELECT pg_notify('bihuan', json_build_object('caseId', id, 'revision', revision, 'people', '[]'::json)::text)
    FROM cases WHERE id = ${caseId}::uuid`);
};

/** Lets those who change the same thing go one after the other, until the end of the transaction. */
export const inTurn = async (db: Database, what: string): Promise<void> => {
  await db.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${what}, 0))`);
};
