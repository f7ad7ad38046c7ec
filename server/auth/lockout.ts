import { createHash } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import type { Database } from '../http/deps.ts';

/** Wrong passwords or codes in a row that lock an account, and for how long at first: twice as long each further time. */
export const TRIES = 5;
const FIRST_LOCK_MINUTES = 15;
const LONGEST_LOCK_MINUTES = 24 * 60;
/** After so long without a wrong one nothing is held against an account. */
const FORGET_MINUTES = 3 * 24 * 60;

/** Failures that one address may have in a while, whatever the names. */
const PER_ADDRESS = 100;
export const ADDRESS_MINUTES = 15;

const MINUTE = 60_000;
const before = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * MINUTE);

/** Where failures are counted. Unknown names are counted like known ones, but nobody can read them: some are passwords. */
export const countKeys = {
  person: (id: string): string => `person:${id}`,
  name: (username: string): string => `name:${createHash('sha256').update(username.toLowerCase()).digest('hex')}`,
  factor: (id: string): string => `factor:${id}`,
  address: (address: string): string => `address:${address}`,
  resets: (address: string): string => `resets:${address}`,
};

/**
 * Counts an attempt, before it is known whether it is right, so that many at once cannot slip through.
 * False when there were too many: whatever is sent now is wrong.
 */
export const mayTry = async (db: Database, key: string, now: Date): Promise<boolean> => {
  const [count] = await countOne(db, key, now, FORGET_MINUTES);
  return count !== undefined && !count.locked && count.hits <= TRIES;
};

/** The same for an address, which is not locked but waits for its minutes to pass. */
export const mayTryFrom = async (db: Database, key: string, now: Date, most = PER_ADDRESS): Promise<boolean> => {
  const [count] = await countOne(db, key, now, ADDRESS_MINUTES);
  return count !== undefined && count.hits <= most;
};

const countOne = (db: Database, key: string, now: Date, minutes: number) =>
  db.$queryRaw<{ hits: number; locked: boolean }[]>(Prisma.sql`
    INSERT INTO sign_in_counts AS c (key, hits, since) VALUES (${key}, 1, ${now})
    ON CONFLICT (key) DO UPDATE SET
      hits = CASE WHEN c.locked_until > ${now} THEN c.hits WHEN c.since < ${before(now, minutes)} THEN 1 ELSE c.hits + 1 END,
      locks = CASE WHEN c.since < ${before(now, minutes)} THEN 0 ELSE c.locks END,
      since = CASE WHEN c.since < ${before(now, minutes)} THEN ${now} ELSE c.since END
    RETURNING hits, coalesce(locked_until > ${now}, false) AS locked`);

/** An attempt was wrong. Gives until when the account is locked, if it is so from now on. */
export const noteWrong = async (db: Database, key: string, now: Date): Promise<Date | undefined> => {
  const [locked] = await db.$queryRaw<{ until: Date }[]>(Prisma.sql`
    UPDATE sign_in_counts SET hits = 0, locks = locks + 1, since = ${now}, locked_until =
      ${now}::timestamptz + least(${FIRST_LOCK_MINUTES} * power(2, least(locks, 20)), ${LONGEST_LOCK_MINUTES}) * interval '1 minute'
    WHERE key = ${key} AND hits >= ${TRIES} AND coalesce(locked_until <= ${now}, true)
    RETURNING locked_until AS until`);
  return locked?.until;
};

/** An attempt was right, or somebody has unlocked the account: nothing is held against it. True when it was locked. */
export const forgive = async (db: Database, keys: readonly string[], now: Date): Promise<boolean> => {
  const rows = await db.$queryRaw<{ locked: boolean }[]>(Prisma.sql`
    DELETE FROM sign_in_counts WHERE key = ANY(${[...keys]}::text[]) RETURNING coalesce(locked_until > ${now}, false) AS locked`);
  return rows.some(({ locked }) => locked);
};

/** What an address sent was right. */
export const forgiveOne = async (db: Database, key: string): Promise<void> => {
  await db.$executeRaw(Prisma.sql`UPDATE sign_in_counts SET hits = hits - 1 WHERE key = ${key} AND hits > 0`);
};

/** Throws away counts that say nothing any more. */
export const forgetCounts = async (db: Database, now: Date): Promise<void> => {
  await db.signInCount.deleteMany({
    where: {
      since: { lt: before(now, FORGET_MINUTES) },
      OR: [{ lockedUntil: null }, { lockedUntil: { lt: now } }],
    },
  });
};
