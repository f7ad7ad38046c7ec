import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { Prisma } from '../../prisma/client/client.ts';
import { forgo } from '../audit/origin.ts';
import type { Database, Deps } from './deps.ts';
import { problem } from './problem.ts';
import type { Answer } from './route.ts';

/** The caller's Idempotency-Key, if any. */
export const readKey = (request: Request): string | undefined => {
  const key = request.get('idempotency-key');
  if (key !== undefined && !/^[\x21-\x7e]{1,200}$/.test(key)) throw problem('idempotency.key');
  return key;
};

/** What makes two requests the same: route, address and body. */
export const hashRequest = (url: string, body: unknown): string => {
  const bytes = Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null);
  return createHash('sha256').update(url).update('\0').update(bytes).digest('hex');
};

/** A change that may be repeated by its key. */
export interface Repeatable {
  actor: string;
  key: string | undefined;
  route: string;
  hash: string;
}

/**
 * Makes a change in one transaction. With a key the row that keeps the answer is claimed first, in the same transaction:
 * a repeat waits for the first one and then gets its answer; a change that failed leaves no row, so it may be tried again.
 */
export const changeOnce = async (
  { prisma, clock }: Pick<Deps, 'prisma' | 'clock'>,
  repeat: Repeatable,
  change: (db: Database) => Promise<Answer> | Answer,
): Promise<Answer> =>
  prisma.$transaction(
    async (db) => {
      const { key } = repeat;
      if (key === undefined) return change(db);
      if (!(await claim(db, { ...repeat, key }, clock.now()))) {
        forgo();
        return firstAnswer(db, { ...repeat, key });
      }
      const answer = await change(db);
      await db.idempotency.update({
        where: { actor_key: { actor: repeat.actor, key } },
        data: { status: answer.status ?? 0, response: JSON.parse(JSON.stringify(answer)) },
      });
      return answer;
    },
    { timeout: 60_000, maxWait: 10_000 },
  );

type Keyed = Repeatable & { key: string };

const claim = async (db: Database, { actor, key, route, hash }: Keyed, now: Date): Promise<boolean> => {
  const inserted = await db.$executeRaw(Prisma.sql`
    INSERT INTO idempotency (actor, key, route, body_hash, status, response, at)
    VALUES (${actor}::uuid, ${key}, ${route}, ${hash}, 0, 'null', ${now})
    ON CONFLICT (actor, key) DO NOTHING`);
  return inserted === 1;
};

const firstAnswer = async (db: Database, { actor, key, route, hash }: Keyed): Promise<Answer> => {
  const first = await db.idempotency.findUniqueOrThrow({ where: { actor_key: { actor, key } } });
  if (first.route !== route || first.bodyHash !== hash) throw problem('idempotency.mismatch');
  return first.response as unknown as Answer;
};
