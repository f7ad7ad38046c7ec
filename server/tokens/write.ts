import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '../http/deps.ts';
import { type FieldError, problem } from '../http/problem.ts';
import type { NewToken } from './schema.ts';

const DAY_MS = 86_400_000;

/** The database keeps this instead of the token. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Makes a token and gives its id and its text, which is never given again. */
export const createToken = async (
  db: Database,
  body: NewToken,
  { by, at, mostDays }: { by: string; at: Date; mostDays: number },
): Promise<{ id: string; token: string }> => {
  const expiresAt = new Date(body.expiresAt);
  const errors = [...checkLife(expiresAt, at, mostDays), ...checkLimits(body), ...(await checkUnits(db, body.orgIds))];
  if (errors.length > 0) throw problem('input.invalid', { errors });
  const token = `bh_${randomBytes(32).toString('base64url')}`;
  const id = randomUUID();
  await db.apiToken.create({ data: { ...body, id, hash: hashOf(token), expiresAt, madeBy: by, madeAt: at } });
  return { id, token };
};

/** Ends a token at once. @throws token.unknown when there is none that is not revoked yet */
export const revokeToken = async (db: Database, id: string, at: Date): Promise<void> => {
  const { count } = await db.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
  if (count === 0) throw problem('token.unknown');
};

const checkLife = (expiresAt: Date, at: Date, mostDays: number): FieldError[] => {
  const refuse = (zh: string, en: string): FieldError[] => [{ path: 'expiresAt', message: { zh, en } }];
  if (expiresAt <= at) return refuse('应在将来', 'must lie in the future');
  if (expiresAt.getTime() > at.getTime() + mostDays * DAY_MS)
    return refuse(`最长 ${mostDays} 天`, `at most ${mostDays} days ahead`);
  return [];
};

/** What narrows one use says nothing for another: it would look like a limit and be none. */
const checkLimits = ({ scope, codes, orgIds, channels }: NewToken): FieldError[] => {
  const foreign = scope === 'values' ? { channels } : { codes, orgIds };
  return Object.entries(foreign).flatMap(([path, { length }]) =>
    length === 0 ? [] : [{ path, message: { zh: '此用途的令牌没有这项限制', en: 'not a limit of tokens for this' } }],
  );
};

const checkUnits = async (db: Database, ids: readonly string[]): Promise<FieldError[]> => {
  const found = await db.orgUnit.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  const known = new Set(found.map(({ id }) => id));
  return ids.flatMap((id, i) =>
    known.has(id) ? [] : [{ path: `orgIds[${i}]`, message: { zh: '没有这个单位', en: 'no such organisation' } }],
  );
};
