import { record } from '../audit/record.ts';
import { overPrisma } from '../db/sql.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { oidcOf } from '../oidc/provider.ts';
import { choosePassword } from './choosePassword.ts';
import { ADDRESS_MINUTES, countKeys, forgive, forgiveOne, mayTry, mayTryFrom } from './lockout.ts';
import { presentMe } from './present.ts';
import { isPasswordRight, noteFailure, proveFactor, provePassword } from './prove.ts';
import { refuseEvenly } from './refusal.ts';
import {
  codeBody,
  demoAccountsSchema,
  languageBody,
  meSchema,
  passwordBody,
  preferencesSchema,
  signInAnswer,
  signInBody,
  signInOffersSchema,
} from './schema.ts';
import { clearCookie, closeSession, endSessions, renewSession, setCookie } from './session.ts';
import { closeChallenge, completeSignIn, readChallenge } from './signIn.ts';

/** Signing in and out, and who one is. */
export const authRoutes: Route[] = [
  route({
    id: 'session.offers',
    method: 'get',
    path: '/sign-in',
    summary: { zh: '登录页面可提供的方式', en: 'what the page for signing in may offer' },
    can: 'public',
    output: { status: 200, body: signInOffersSchema },
    handler: async ({ deps }) => ({
      body: {
        resetByMail: deps.settings.smtpUrl !== undefined,
        ...(oidcOf(deps.settings) && { oidc: { label: deps.settings.oidcLabel } }),
        setup: (await deps.prisma.person.findFirst({ select: { id: true } })) === null,
      },
    }),
  }),
  route({
    id: 'session.open',
    method: 'post',
    path: '/session',
    summary: { zh: '登录', en: 'sign in' },
    can: 'public',
    input: { body: signInBody },
    output: { status: 200, body: signInAnswer },
    problems: ['signin.failed', 'signin.limited', 'ldap.unreachable'],
    handler: async ({ body: { username, password }, deps, now, request, response }) => {
      const { prisma } = deps;
      const began = performance.now();
      const from = countKeys.address(request.ip ?? '');
      if (!(await mayTryFrom(prisma, from, now))) throw problem('signin.limited', { minutes: ADDRESS_MINUTES });
      const person = await prisma.person.findUnique({ where: { username } });
      const key = person ? countKeys.person(person.id) : countKeys.name(username);
      const allowed = await mayTry(prisma, key, now);
      const right = await isPasswordRight(deps, { person: allowed ? person : null, password, key });
      if (!person || !right) {
        const reason = allowed ? 'password' : 'locked';
        await noteFailure(deps, key, { action: 'session.open', personId: person?.id, reason }, now);
        await refuseEvenly(began, deps.settings);
        throw problem('signin.failed');
      }
      await forgive(prisma, [key], now);
      await forgiveOne(prisma, from);
      return {
        body: await completeSignIn(
          person,
          { by: 'password', action: 'session.open' },
          { deps, request, response, now },
        ),
      };
    },
  }),
  route({
    id: 'session.secondFactor',
    method: 'post',
    path: '/session/second-factor',
    summary: { zh: '登录的第二步：验证码', en: 'the second step of signing in: a code' },
    can: 'public',
    input: { body: codeBody },
    output: { status: 200, body: signInAnswer },
    problems: ['signin.expired', 'secondFactor.wrong'],
    handler: async ({ body, deps, now, request, response }) => {
      const signingIn = { deps, request, response, now };
      const { personId, hash } = await readChallenge(signingIn);
      const by = await proveFactor(deps, { personId, code: body.code, action: 'session.secondFactor' }, now);
      await closeChallenge(signingIn, hash);
      return {
        body: await completeSignIn(
          { id: personId },
          { by, action: 'session.secondFactor', secondFactor: true },
          signingIn,
        ),
      };
    },
  }),
  route({
    id: 'session.read',
    method: 'get',
    path: '/session',
    summary: { zh: '当前会话', en: 'the current session' },
    can: 'signedIn',
    onDuty: true,
    output: { status: 200, body: meSchema },
    handler: ({ me, deps, now }) => ({ body: presentMe(me, deps, now) }),
  }),
  route({
    id: 'session.close',
    method: 'delete',
    path: '/session',
    summary: { zh: '退出登录', en: 'sign out' },
    can: 'signedIn',
    onDuty: true,
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
    onDuty: true,
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
    onDuty: true,
    secret: true,
    change: 'own',
    input: { body: passwordBody },
    output: { status: 204 },
    problems: ['signin.failed', 'password.weak'],
    handler: async ({ me, body, deps, now, response }) => {
      const { prisma, settings } = deps;
      await provePassword(deps, { personId: me.id, password: body.current, action: 'session.password' }, now);
      const token = await prisma.$transaction(async (db) => {
        await choosePassword(db, me.id, body.password, { settings, now });
        const ended = await endSessions(db, me.id, me.session.idHash);
        const renewed = await renewSession(db, me);
        await record(overPrisma(db), { action: 'session.password', object: `people/${me.id}`, detail: { ended } });
        return renewed;
      });
      setCookie(response, token, settings.secureCookies, me.session.expiresAt);
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
