import { settle } from '../audit/record.ts';
import { overPrisma } from '../db/sql.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { listTokens, readToken } from './read.ts';
import { madeTokenSchema, newTokenBody, tokenList } from './schema.ts';
import { createToken, revokeToken } from './write.ts';

export const tokenRoutes: Route[] = [
  route({
    id: 'tokens.list',
    method: 'get',
    path: '/push-tokens',
    summary: { zh: '业务系统令牌', en: 'tokens of business systems' },
    can: 'tokens.write',
    output: { status: 200, body: tokenList },
    handler: async ({ db, now, deps }) => ({
      body: { items: await listTokens(db, now), mostDays: deps.settings.tokenDays },
    }),
  }),
  route({
    id: 'tokens.create',
    method: 'post',
    path: '/push-tokens',
    summary: { zh: '签发业务系统令牌', en: 'make a token; its text is shown once' },
    can: 'tokens.write',
    change: 'own',
    input: { body: newTokenBody },
    output: { status: 201, body: madeTokenSchema },
    // Its text must not be kept among the answers for repeats: not by the pipeline.
    handler: ({ deps, body, me, now }) =>
      deps.prisma.$transaction(async (db) => {
        const { id, token } = await createToken(db, body, { by: me.id, at: now, mostDays: deps.settings.tokenDays });
        const made = await readToken(db, id, now);
        await settle(overPrisma(db), { made: id });
        return { body: { ...made, token } };
      }),
  }),
  route({
    id: 'tokens.revoke',
    method: 'delete',
    path: '/push-tokens/:id',
    summary: { zh: '撤销业务系统令牌', en: 'revoke a token' },
    can: 'tokens.write',
    input: { params: idParams },
    output: { status: 204 },
    problems: ['token.unknown'],
    handler: async ({ db, params: { id }, now }) => {
      await revokeToken(db, id, now);
      return {};
    },
  }),
];
