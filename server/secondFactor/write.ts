import { hashPaperCode, newPaperCode } from '../auth/paperCode.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import type { Secrets } from '../secrets/index.ts';
import { factorPurpose } from './take.ts';
import { newSecret } from './totp.ts';

const RECOVERY_CODES = 10;

/** Begins with a second factor: a secret that counts once a code of it was shown. */
export const beginFactor = async (db: Database, secrets: Secrets, personId: string, now: Date): Promise<string> => {
  const secret = newSecret();
  const fresh = { secret: secrets.seal(secret, factorPurpose(personId)), lastStep: null, at: now };
  await refuseIfPresent(db, personId);
  await db.secondFactor.upsert({ where: { personId }, create: { personId, ...fresh }, update: fresh });
  return secret;
};

/** Refuses when there is a second factor already: it is removed first, by whoever can show it. */
export const refuseIfPresent = async (db: Database, personId: string): Promise<void> => {
  const there = await db.secondFactor.findUnique({ where: { personId } });
  if (there?.confirmedAt) throw problem('secondFactor.present');
};

/** The app was shown to work: from now on its codes are asked for. Gives the recovery codes, for the only time. */
export const confirmFactor = async (db: Database, personId: string, now: Date): Promise<string[]> => {
  const { count } = await db.secondFactor.updateMany({
    where: { personId, confirmedAt: null },
    data: { confirmedAt: now },
  });
  if (count === 0) throw problem('secondFactor.present');
  return renewRecoveryCodes(db, personId);
};

/** Draws new recovery codes; the old ones are worth nothing from now on. */
export const renewRecoveryCodes = async (db: Database, personId: string): Promise<string[]> => {
  const codes = Array.from({ length: RECOVERY_CODES }, newPaperCode);
  await db.recoveryCode.deleteMany({ where: { personId } });
  await db.recoveryCode.createMany({ data: codes.map((code) => ({ personId, hash: hashPaperCode(code) })) });
  return codes;
};

/** Takes a person's second factor away; false when there was none. */
export const removeFactor = async (db: Database, personId: string): Promise<boolean> => {
  await db.recoveryCode.deleteMany({ where: { personId } });
  const { count } = await db.secondFactor.deleteMany({ where: { personId, confirmedAt: { not: null } } });
  await db.secondFactor.deleteMany({ where: { personId } });
  return count > 0;
};
