import type { z } from 'zod';
import type { ApiToken } from '../../prisma/client/client.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import type { tokenSchema } from './schema.ts';

type Token = z.infer<typeof tokenSchema>;

/** So many are listed, the newest first. */
const MOST = 500;

/** All tokens, never their text. */
export const listTokens = async (db: Database, now: Date): Promise<Token[]> =>
  present(db, await db.apiToken.findMany({ orderBy: { madeAt: 'desc' }, take: MOST }), now);

/** One token. @throws token.unknown */
export const readToken = async (db: Database, id: string, now: Date): Promise<Token> => {
  const row = await db.apiToken.findUnique({ where: { id } });
  const [token] = row ? await present(db, [row], now) : [];
  if (!token) throw problem('token.unknown');
  return token;
};

const present = async (db: Database, rows: ApiToken[], now: Date): Promise<Token[]> => {
  const select = { id: true, name: true } as const;
  const [orgs, people] = await Promise.all([
    db.orgUnit.findMany({ where: { id: { in: rows.flatMap(({ orgIds }) => orgIds) } }, select }),
    db.person.findMany({ where: { id: { in: rows.map(({ madeBy }) => madeBy) } }, select }),
  ]);
  return rows.map((row) => {
    const madeBy = people.find(({ id }) => id === row.madeBy);
    return {
      id: row.id,
      name: row.name,
      scope: row.scope as Token['scope'],
      codes: row.codes,
      orgs: orgs.filter(({ id }) => row.orgIds.includes(id)),
      channels: row.channels,
      state: row.revokedAt ? 'revoked' : row.expiresAt <= now ? 'expired' : 'live',
      madeAt: row.madeAt.toISOString(),
      ...(madeBy && { madeBy }),
      expiresAt: row.expiresAt.toISOString(),
      ...(row.revokedAt && { revokedAt: row.revokedAt.toISOString() }),
      ...(row.usedAt && { usedAt: row.usedAt.toISOString() }),
    };
  });
};
