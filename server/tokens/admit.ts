import type { Request } from 'express';
import type { ApiToken } from '../../prisma/client/client.ts';
import type { Deps } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import type { PushLimit } from './limit.ts';
import type { TokenScope } from './schema.ts';
import { hashOf } from './write.ts';

/**
 * What tells business systems by the token of an `Authorization: Bearer` header, while it lives, within what it is for and how
 * often it may be used: the `bearer` of a route.
 * @throws token.invalid, token.scope, token.limited
 */
export const bearerOf =
  (scope: TokenScope, limit: PushLimit) =>
  async (request: Request, { prisma, clock }: Deps): Promise<ApiToken> => {
    const now = clock.now();
    const address = request.ip ?? '';
    await limit.attempt(address);
    const [, text] = /^Bearer (bh_[\w-]{43})$/.exec(request.headers.authorization ?? '') ?? [];
    const found = text === undefined ? null : await prisma.apiToken.findUnique({ where: { hash: hashOf(text) } });
    if (!found || found.revokedAt !== null || found.expiresAt <= now) throw problem('token.invalid');
    if (found.scope !== scope) throw problem('token.scope', { scope: found.scope });
    await limit.admit(found.id, address);
    await prisma.apiToken.update({ where: { id: found.id }, data: { usedAt: now } });
    return found;
  };
