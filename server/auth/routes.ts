import { record } from '../audit/record.ts';
import { overPrisma } from '../db/sql.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { isStrongPassword } from './common.ts';
import type { SignInLimit } from './limit.ts';
import { readMe } from './me.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { presentMe } from './present.ts';
import { demoAccountsSchema, languageBody, meSchema, passwordBody, preferencesSchema, signInBody } from './schema.ts';
import { clearCookie, closeSession, hashToken, openSession, readToken, setCookie } from './session.ts';

/** Signing in and out, and who one is. */
export const makeAuthRoutes = ({ limit }: { limit: SignInLimit }): Route[] => [
  route({
    id: 'session.open',
    method: 'post',
    path: '/session',
    summary: { zh: '登录', en: 'sign in' },
    can: 'public',
    input: { body: signInBody },
    output: { status: 200, body: meSchema },
    problems: ['signin.failed', 'signin.limited'],
    handler: async ({ body: { username, password }, deps, now, request, response }) => {
      const { prisma, settings } = deps;
      const address = request.ip ?? '';
      await limit.attempt(username, address);
      const person = await prisma.person.findUnique({ where: { username } });
      const right = await verifyPassword(password, person?.active ? person.passwordHash : null);
      if (!person || !right) {
        const object = person && `people/${person.id}`;
        await record(overPrisma(prisma), { action: 'session.open', object, ok: false });
        throw problem('signin.failed');
      }
      await limit.forgive(username, address);
      const old = readToken(request, settings.secureCookies);
      const session = await prisma.$transaction(async (db) => {
        if (old) await closeSession(db, hashToken(old));
        const object = `people/${person.id}`;
        await record(overPrisma(db), { action: 'session.open', object, actor: person.id });
        return openSession(db, person.id, now, settings.sessionHours);
      });
      const me = await readMe(prisma, session.idHash, now, new Date(now.getTime() - 1));
      if (!me) throw problem('signin.failed');
      setCookie(response, session.token, settings.secureCookies, session.expiresAt);
      return { body: presentMe(me, deps.demo !== undefined) };
    },
  }),
  route({
    id: 'session.read',
    method: 'get',
    path: '/session',
    summary: { zh: '当前会话', en: 'the current session' },
    can: 'signedIn',
    output: { status: 200, body: meSchema },
    handler: ({ me, deps }) => ({ body: presentMe(me, deps.demo !== undefined) }),
  }),
  route({
    id: 'session.close',
    method: 'delete',
    path: '/session',
    summary: { zh: '退出登录', en: 'sign out' },
    can: 'signedIn',
    output: { status: 204 },
    handler: async ({ me, db, deps, response }) => {
      await closeSession(db, me.session.idHash);
      clearCookie(response, deps.settings.secureCookies);
      return { headers: { 'Clear-Site-Data': '"cache", "storage"' } };
    },
  }),
  route({
    id: 'session.language',
    method: 'put',
    path: '/session/language',
    summary: { zh: '设置界面语言', en: 'choose the language' },
    can: 'signedIn',
    input: { body: languageBody },
    output: { status: 204 },
    handler: async ({ me, db, body }) => {
      await db.person.update({ where: { id: me.id }, data: { language: body.language } });
      return {};
    },
  }),
  route({
    id: 'session.preferences',
    method: 'put',
    path: '/session/preferences',
    summary: { zh: '保存个人设置（筛选等）', en: 'keep the own preferences' },
    can: 'signedIn',
    input: { body: preferencesSchema },
    output: { status: 204 },
    handler: async ({ me, db, body }) => {
      await db.person.update({ where: { id: me.id }, data: { preferences: body } });
      return {};
    },
  }),
  route({
    id: 'session.password',
    method: 'put',
    path: '/session/password',
    summary: { zh: '修改自己的密码（其他会话随即退出）', en: 'change the own password; the other sessions end' },
    can: 'signedIn',
    input: { body: passwordBody },
    output: { status: 204 },
    problems: ['signin.failed', 'signin.limited', 'password.weak'],
    handler: async ({ me, db, body, request }) => {
      const address = request.ip ?? '';
      await limit.attempt(me.username, address);
      const { passwordHash } = await db.person.findUniqueOrThrow({ where: { id: me.id } });
      if (!(await verifyPassword(body.current, passwordHash))) throw problem('signin.failed');
      await limit.forgive(me.username, address);
      if (!isStrongPassword(body.password, me.username)) throw problem('password.weak');
      await db.person.update({ where: { id: me.id }, data: { passwordHash: await hashPassword(body.password) } });
      await db.session.deleteMany({ where: { personId: me.id, idHash: { not: me.session.idHash } } });
      return {};
    },
  }),
  route({
    id: 'session.demoAccounts',
    method: 'get',
    path: '/demo-accounts',
    summary: { zh: '示例市的演示账号', en: 'accounts of the demo city' },
    can: 'public',
    output: { status: 200, body: demoAccountsSchema },
    problems: ['route.unknown'],
    handler: ({ deps }) => {
      if (!deps.demo) throw problem('route.unknown');
      return { body: deps.demo };
    },
  }),
];
