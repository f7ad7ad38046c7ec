import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import type { Settings } from '../settings/index.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { type Weakness, weaknessesOf, weaknessTexts } from './passwordPolicy.ts';

export type PasswordRules = Pick<Settings, 'passwordLength' | 'passwordHistory'>;

/** Refuses a weak password with every reason at once. */
export const refuseWeak = (reasons: readonly (Weakness | 'reused')[], path = 'password'): void => {
  if (reasons.length === 0) return;
  throw problem('password.weak', {
    reasons,
    errors: reasons.map((reason) => ({ path, message: weaknessTexts[reason] })),
  });
};

/** Gives a person a new password, if it keeps the rules and is none of the last ones. */
export const choosePassword = async (
  db: Database,
  personId: string,
  password: string,
  { settings, now, path }: { settings: PasswordRules; now: Date; path?: string },
): Promise<void> => {
  const person = await db.person.findUniqueOrThrow({
    where: { id: personId },
    include: { org: true, passwords: { orderBy: [{ at: 'desc' }, { id: 'desc' }] } },
  });
  const { username, name, org, passwordHash } = person;
  const own = [username, name, org.name, org.code, ...(org.nameEn ? [org.nameEn] : [])];
  refuseWeak(weaknessesOf(password, own, settings.passwordLength), path);
  const last = [passwordHash, ...person.passwords.map(({ hash }) => hash)]
    .filter((hash) => hash !== null)
    .slice(0, settings.passwordHistory);
  const same = await Promise.all(last.map((hash) => verifyPassword(password, hash)));
  if (same.includes(true)) refuseWeak(['reused'], path);

  if (passwordHash) {
    const forgotten = person.passwords.slice(Math.max(0, settings.passwordHistory - 1)).map(({ id }) => id);
    await db.passwordHistory.deleteMany({ where: { id: { in: forgotten } } });
    await db.passwordHistory.create({ data: { id: uuidv7(), personId, hash: passwordHash, at: now } });
  }
  await db.person.update({
    where: { id: personId },
    data: { passwordHash: await hashPassword(password), passwordChangedAt: now },
  });
};
