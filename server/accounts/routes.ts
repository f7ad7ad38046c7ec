import { record } from '../audit/record.ts';
import { countKeys, forgive } from '../auth/lockout.ts';
import { endedSchema } from '../auth/schema.ts';
import { endSessions } from '../auth/session.ts';
import { endSession, listSessions } from '../auth/sessions.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { giveLink } from '../passwordLinks/ask.ts';
import { givenLinkSchema } from '../passwordLinks/schema.ts';
import { removeFactor } from '../secondFactor/write.ts';
import { listAccounts, readAccount } from './read.ts';
import { accountPage, accountQuery, accountWithSessions, sessionParams } from './schema.ts';

/** What the security administrator looks after: locked accounts, second factors, sessions, links for a new password. */
export const accountRoutes: Route[] = [
  route({
    id: 'accounts.list',
    method: 'get',
    path: '/accounts',
    summary: { zh: '账号列表', en: 'accounts' },
    can: 'accounts.write',
    input: { query: accountQuery },
    output: { status: 200, body: accountPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, now, deps: { settings } }) => ({
      body: await listAccounts(db, query, { settings, now }),
    }),
  }),
  route({
    id: 'accounts.read',
    method: 'get',
    path: '/accounts/:id',
    summary: { zh: '账号与其会话', en: 'an account with its sessions' },
    can: 'accounts.write',
    input: { params: idParams },
    output: { status: 200, body: accountWithSessions },
    problems: ['person.unknown'],
    handler: async ({ db, params, me, now, deps: { settings } }) => ({
      body: {
        ...(await readAccount(db, params.id, { settings, now })),
        open: await listSessions(db, params.id, me.session.id, now, settings),
      },
    }),
  }),
  route({
    id: 'accounts.unlock',
    method: 'post',
    path: '/accounts/:id/unlock',
    summary: { zh: '解锁账号', en: 'unlock an account' },
    can: 'accounts.write',
    input: { params: idParams },
    output: { status: 204 },
    problems: ['person.unknown'],
    handler: async ({ db, params, now }) => {
      await mustExist(db, params.id);
      await forgive(db, [countKeys.person(params.id), countKeys.factor(params.id)], now);
      return {};
    },
  }),
  route({
    id: 'accounts.passwordLink',
    method: 'post',
    path: '/accounts/:id/password-link',
    summary: {
      zh: '发重置密码的一次性链接（没有邮件时给出链接，由管理员转交）',
      en: 'send a one-time link for a new password; where there is no mail it is shown, to be handed over',
    },
    can: 'accounts.write',
    secret: true,
    change: 'own',
    input: { params: idParams },
    output: { status: 200, body: givenLinkSchema },
    problems: ['person.unknown', 'account.own'],
    handler: async ({ deps, params, me, now }) => {
      if (params.id === me.id) throw problem('account.own');
      const body = await deps.prisma.$transaction(async (db) => {
        const person = await mustExist(db, params.id);
        if (!person.active) throw problem('person.unknown');
        const given = await giveLink(db, person, 'reset', now, deps);
        const how = given.sentTo === undefined ? 'shown' : 'mail';
        await record(overPrisma(db), {
          action: 'accounts.passwordLink',
          object: `people/${params.id}`,
          detail: { how },
        });
        return given;
      });
      return { body };
    },
  }),
  route({
    id: 'accounts.resetSecondFactor',
    method: 'delete',
    path: '/accounts/:id/second-factor',
    summary: { zh: '取消其第二因子（会话随即退出）', en: 'take the second factor away; the sessions end' },
    can: 'accounts.write',
    input: { params: idParams },
    output: { status: 204 },
    problems: ['person.unknown', 'account.own', 'secondFactor.absent'],
    handler: async ({ db, params, me, now }) => {
      if (params.id === me.id) throw problem('account.own');
      await mustExist(db, params.id);
      if (!(await removeFactor(db, params.id))) throw problem('secondFactor.absent');
      await endSessions(db, params.id);
      await forgive(db, [countKeys.factor(params.id)], now);
      return {};
    },
  }),
  route({
    id: 'accounts.endSessions',
    method: 'delete',
    path: '/accounts/:id/sessions',
    summary: { zh: '结束其全部会话', en: 'end all sessions of an account' },
    can: 'accounts.write',
    input: { params: idParams },
    output: { status: 200, body: endedSchema },
    problems: ['person.unknown'],
    handler: async ({ db, params, me }) => {
      await mustExist(db, params.id);
      const but = params.id === me.id ? me.session.idHash : undefined;
      return { body: { ended: await endSessions(db, params.id, but) } };
    },
  }),
  route({
    id: 'accounts.endSession',
    method: 'delete',
    path: '/accounts/:id/sessions/:sessionId',
    summary: { zh: '结束其一个会话', en: 'end one session of an account' },
    can: 'accounts.write',
    input: { params: sessionParams },
    output: { status: 204 },
    problems: ['session.unknown'],
    handler: async ({ db, params }) => {
      if (!(await endSession(db, params.id, params.sessionId))) throw problem('session.unknown');
      return {};
    },
  }),
];

const mustExist = async (db: Database, id: string) => {
  const person = await db.person.findUnique({ where: { id }, select: { id: true, email: true, active: true } });
  if (!person) throw problem('person.unknown');
  return person;
};
