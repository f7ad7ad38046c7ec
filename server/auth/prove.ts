import { record } from '../audit/record.ts';
import { overPrisma } from '../db/sql.ts';
import type { Deps } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { takeCode } from '../secondFactor/take.ts';
import { countKeys, forgive, mayTry, noteWrong } from './lockout.ts';
import { verifyPassword } from './password.ts';

type Proving = Pick<Deps, 'prisma' | 'secrets'>;

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
  const { passwordHash } = await deps.prisma.person.findUniqueOrThrow({ where: { id: personId } });
  if (!(await verifyPassword(password, allowed ? passwordHash : null))) {
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
