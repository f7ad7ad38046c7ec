import { Prisma } from '../../prisma/client/client.ts';
import { record } from '../audit/record.ts';
import { ADDRESS_MINUTES, countKeys, mayTryFrom } from '../auth/lockout.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { askForLink } from './ask.ts';
import { linkBody, linkSchema, resetBody, useBody } from './schema.ts';
import { readLink, usePasswordLink } from './use.ts';

/** So many mails may be asked for from one address in a while. */
const ASKED_PER_ADDRESS = 20;
/** Nobody gets a second mail within these minutes, however often one is asked for. */
const NOT_WITHIN = 2;

/** Forgotten passwords, and the links of mails. */
export const passwordLinkRoutes: Route[] = [
  route({
    id: 'passwordLink.ask',
    method: 'post',
    path: '/password-resets',
    summary: {
      zh: '忘记密码：发重置链接到本人邮箱；不透露账号是否存在',
      en: 'a forgotten password: a link goes to the mail address of the account, if there is one; nothing tells whether',
    },
    can: 'public',
    input: { body: resetBody },
    output: { status: 204 },
    problems: ['signin.limited'],
    handler: async ({ body, deps: { prisma }, request, now }) => {
      const from = countKeys.resets(request.ip ?? '');
      if (!(await mayTryFrom(prisma, from, now, ASKED_PER_ADDRESS)))
        throw problem('signin.limited', { minutes: ADDRESS_MINUTES });
      await prisma.$transaction(async (db) => {
        const personId = (await whoIs(db, body.who)) ?? null;
        await askForLink(db, { personId, kind: 'reset', notWithin: NOT_WITHIN });
        await record(overPrisma(db), { action: 'passwordLink.ask', object: personId && `people/${personId}` });
      });
      return {};
    },
  }),
  route({
    id: 'passwordLink.read',
    method: 'post',
    path: '/password-links/check',
    summary: { zh: '查看一次性链接', en: 'look at a one-time link' },
    can: 'public',
    change: 'none',
    input: { body: linkBody },
    output: { status: 200, body: linkSchema },
    problems: ['link.invalid'],
    handler: async ({ body, deps, now }) => ({ body: await readLink(deps.prisma, body.token, now) }),
  }),
  route({
    id: 'passwordLink.use',
    method: 'post',
    path: '/password-links/use',
    summary: { zh: '用一次性链接设置密码', en: 'choose a password by a one-time link' },
    can: 'public',
    input: { body: useBody },
    output: { status: 204 },
    problems: ['link.invalid', 'password.weak'],
    handler: async ({ body, deps: { prisma, settings }, now }) => {
      await prisma.$transaction(async (db) => {
        const { personId, kind, ended } = await usePasswordLink(db, body, { settings, now });
        const object = `people/${personId}`;
        await record(overPrisma(db), {
          action: 'passwordLink.use',
          object,
          actor: personId,
          detail: { kind, ended },
        });
      });
      return {};
    },
  }),
];

/** Whose user name it is, or whose mail address if it is one person's only. */
const whoIs = async (db: Database, who: string): Promise<string | undefined> => {
  const rows = await db.$queryRaw<{ id: string; named: boolean }[]>(Prisma.sql`
    SELECT id::text, username = ${who} AS named FROM people
    WHERE active AND (username = ${who} OR lower(email) = lower(${who})) ORDER BY named DESC LIMIT 2`);
  const [first] = rows;
  return first?.named || rows.length === 1 ? first?.id : undefined;
};
