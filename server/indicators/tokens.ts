import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { z } from 'zod';
import type { ApiToken } from '../../prisma/client/client.ts';
import type { PushLimit } from '../auth/limit.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import type { newTokenBody, TokenScope } from './schema.ts';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Makes a token; its text is given once and never again. */
export const createToken = async (
  db: Database,
  { name, scope, codes, orgIds, expiresAt }: z.infer<typeof newTokenBody>,
  { by, at }: { by: string; at: Date },
) => {
  if (new Date(expiresAt) <= at)
    throw problem('input.invalid', {
      errors: [{ path: 'expiresAt', message: { zh: '应在将来', en: 'must lie in the future' } }],
    });
  if (scope !== 'values' && codes.length + orgIds.length > 0)
    throw problem('input.invalid', {
      errors: [
        {
          path: codes.length > 0 ? 'codes' : 'orgIds',
          message: { zh: '只用于推送数据的令牌', en: 'only for tokens that push values' },
        },
      ],
    });
  const known = await db.orgUnit.findMany({ where: { id: { in: orgIds } }, select: { id: true } });
  const errors = orgIds.flatMap((id, i) =>
    known.some((org) => org.id === id)
      ? []
      : [{ path: `orgIds[${i}]`, message: { zh: '没有这个单位', en: 'no such organisation' } }],
  );
  if (errors.length > 0) throw problem('input.invalid', { errors });
  const token = `bh_${randomBytes(32).toString('base64url')}`;
  const row = await db.apiToken.create({
    data: {
      id: randomUUID(),
      name,
      scope,
      hash: hashOf(token),
      codes,
      orgIds,
      expiresAt: new Date(expiresAt),
      madeBy: by,
      madeAt: at,
    },
  });
  return { ...row, token };
};

/**
 * The token of an `Authorization: Bearer` header, while it lives, within what it is for and how often it may be used.
 * @throws token.invalid, token.scope, token.limited
 */
export const admitToken = async (
  { db, limit, now }: { db: Database; limit: PushLimit; now: Date },
  request: Request,
  scope: TokenScope,
): Promise<ApiToken> => {
  const address = request.ip ?? '';
  await limit.attempt(address);
  const [, text] = /^Bearer (bh_[\w-]{43})$/.exec(request.headers.authorization ?? '') ?? [];
  const found = text === undefined ? null : await db.apiToken.findUnique({ where: { hash: hashOf(text) } });
  if (!found || found.revokedAt !== null || found.expiresAt <= now) throw problem('token.invalid');
  if (found.scope !== scope) throw problem('token.scope', { scope: found.scope });
  await limit.admit(found.id, address);
  await db.apiToken.update({ where: { id: found.id }, data: { usedAt: now } });
  return found;
};
