import { Prisma } from '../../prisma/client/client.ts';
import { hashPaperCode } from '../auth/paperCode.ts';
import type { Database } from '../http/deps.ts';
import type { Secrets } from '../secrets/index.ts';

import { stepOf } from './totp.ts';

/** A sealed secret opens for its own person only. */
export const factorPurpose = (personId: string): string => `totp:${personId}`;

/**
 * Takes a code of a person's app, or a recovery code: true when it was good. It is used up by that, and so is every older code
 * of the app.
 */
export const takeCode = async (
  db: Database,
  secrets: Secrets,
  personId: string,
  code: string,
  now: Date,
): Promise<'app' | 'recovery' | undefined> => {
  if (/^\d{6}$/.test(code)) return (await takeAppCode(db, secrets, personId, code, now)) ? 'app' : undefined;
  const used = await db.$executeRaw(Prisma.sql`
    UPDATE recovery_codes SET used_at = ${now}
    WHERE person_id = ${personId}::uuid AND hash = ${hashPaperCode(code)} AND used_at IS NULL`);
  return used === 1 ? 'recovery' : undefined;
};

/** The same for codes of the app alone, also before it is confirmed. */
export const takeAppCode = async (
  db: Database,
  secrets: Secrets,
  personId: string,
  code: string,
  now: Date,
): Promise<boolean> => {
  const factor = await db.secondFactor.findUnique({ where: { personId } });
  if (!factor) return false;
  const step = stepOf(code, secrets.open(factor.secret, factorPurpose(personId)), now);
  if (step === undefined) return false;
  // Two who send the same code at once: one of them finds the step taken.
  const taken = await db.$executeRaw(Prisma.sql`
    UPDATE second_factors SET last_step = ${step} WHERE person_id = ${personId}::uuid AND coalesce(last_step < ${step}, true)`);
  return taken === 1;
};
