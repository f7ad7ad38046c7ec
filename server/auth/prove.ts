import type { Person } from '../../prisma/client/client.ts';
import { record } from '../audit/record.ts';
import { overPrisma } from '../db/sql.ts';
import type { Deps } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { isDirectoryPassword, signsInThere } from '../ldap/signIn.ts';
import { takeCode } from '../secondFactor/take.ts';
import { countKeys, forgive, forgiveOne, mayTry, noteWrong } from './lockout.ts';
import { verifyPassword } from './password.ts';

type Proving = Pick<Deps, 'prisma' | 'secrets' | 'settings'>;

interface Asked {
  /** Null: nobody of that name, or nobody who may try now. */
  person: Pick<Person, 'username' | 'active' | 'passwordHash' | 'directoryId'> | null;
  password: string;
  /** Where the attempt was counted. */
  key: string;
}

/** Whether a password is somebody's: the one that is kept here, or the one of the directory that keeps the person. */
export const isPasswordRight = async (
  { prisma, settings }: Pick<Deps, 'prisma' | 'settings'>,
  { person, password, key }: Asked,
): Promise<boolean> => {
  if (!person?.active || !signsInThere(person, settings))
    return verifyPassword(password, person?.active ? person.passwordHash : null);
  try {
    return await isDirectoryPassword(settings, person, password);
  } catch (error) {
    // Nothing is held against somebody whose directory is away.
    await forgiveOne(prisma, key);
    throw error;
  }
};

/** Puts a wrong password or code on record, and locks what it was tried on when it was one too many. */
export const noteFailure = async (
  { prisma }: Pick<Deps, 'prisma'>,
  key: string,
  failure: { action: string; personId: string | undefined; reason: string },
  now: Date,
): Promise<void> => {
  await prisma.$transaction(async (db) => {
    const until = await noteWrong(db, key, now);
    const sql = overPrisma(db);
    const { action, personId, reason } = failure;
    const object = personId ? `people/${personId}` : null;
    await record(sql, { action, object, ok: false, detail: { reason } });
    if (until) await record(sql, { action: 'account.lock', object, detail: { until: until.toISOString() } });
  });
};

/** Makes sure that whoever is signed in knows the password of the account. */
export const provePassword = async (
  deps: Proving,
  { personId, password, action }: { personId: string; password: string; action: string },
  now: Date,
): Promise<void> => {
  const key = countKeys.person(personId);
  const allowed = await mayTry(deps.prisma, key, now);
  const person = await deps.prisma.person.findUniqueOrThrow({ where: { id: personId } });
  if (!(await isPasswordRight(deps, { person: allowed ? person : null, password, key }))) {
    await noteFailure(deps, key, { action, personId, reason: allowed ? 'password' : 'locked' }, now);
    throw problem('signin.failed');
  }
  await forgive(deps.prisma, [key], now);
};

/** Takes a code of somebody's second factor. Too many wrong ones and no code is right for a while. */
export const proveFactor = async (
  deps: Proving,
  { personId, code, action }: { personId: string; code: string; action: string },
  now: Date,
): Promise<'app' | 'recovery'> => {
  const key = countKeys.factor(personId);
  const allowed = await mayTry(deps.prisma, key, now);
  const by = allowed ? await takeCode(deps.prisma, deps.secrets, personId, code, now) : undefined;
  if (!by) {
    await noteFailure(deps, key, { action, personId, reason: allowed ? 'code' : 'locked' }, now);
    throw problem('secondFactor.wrong');
  }
  await forgive(deps.prisma, [key], now);
  return by;
};
