import { record } from '../audit/record.ts';
import { countKeys, mayTry } from '../auth/lockout.ts';
import { noteFailure, proveFactor, provePassword } from '../auth/prove.ts';
import { codeBody } from '../auth/schema.ts';
import { endSessions, renewSession, setCookie } from '../auth/session.ts';
import { overPrisma } from '../db/sql.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { enrolBody, enrolmentSchema, factorSchema, recoveryCodesSchema, removalBody } from './schema.ts';
import { takeAppCode } from './take.ts';
import { uriOf } from './totp.ts';
import { beginFactor, confirmFactor, refuseIfPresent, removeFactor, renewRecoveryCodes } from './write.ts';

/** One's own second factor: an authenticator app, and codes on paper. */
export const secondFactorRoutes: Route[] = [
  route({
    id: 'secondFactor.read',
    method: 'get',
    path: '/second-factor',
    summary: { zh: '自己的第二因子', en: 'the own second factor' },
    can: 'signedIn',
    onDuty: true,
    output: { status: 200, body: factorSchema },
    handler: async ({ me, db }) => {
      const factor = await db.secondFactor.findUnique({ where: { personId: me.id } });
      const recoveryLeft = await db.recoveryCode.count({ where: { personId: me.id, usedAt: null } });
      return {
        body: { ...(factor?.confirmedAt && { confirmedAt: factor.confirmedAt.toISOString() }), recoveryLeft },
      };
    },
  }),
  route({
    id: 'secondFactor.begin',
    method: 'post',
    path: '/second-factor',
    summary: { zh: '开始设置第二因子', en: 'begin with a second factor' },
    can: 'signedIn',
    onDuty: true,
    secret: true,
    change: 'own',
    input: { body: enrolBody },
    output: { status: 201, body: enrolmentSchema },
    problems: ['signin.failed', 'secondFactor.present'],
    handler: async ({ me, body, deps, now }) => {
      await refuseIfPresent(deps.prisma, me.id);
      await provePassword(deps, { personId: me.id, password: body.password, action: 'secondFactor.begin' }, now);
      const secret = await deps.prisma.$transaction(async (db) => {
        const fresh = await beginFactor(db, deps.secrets, me.id, now);
        await record(overPrisma(db), { action: 'secondFactor.begin', object: `people/${me.id}` });
        return fresh;
      });
      return { body: { secret, uri: uriOf(secret, me.username) } };
    },
  }),
  route({
    id: 'secondFactor.confirm',
    method: 'post',
    path: '/second-factor/confirm',
    summary: {
      zh: '用第一个验证码启用第二因子（其他会话随即退出）',
      en: 'switch the second factor on by its first code; the other sessions end',
    },
    can: 'signedIn',
    onDuty: true,
    secret: true,
    change: 'own',
    input: { body: codeBody },
    output: { status: 200, body: recoveryCodesSchema },
    problems: ['secondFactor.wrong', 'secondFactor.present', 'secondFactor.absent'],
    handler: async ({ me, body, deps, now, response }) => {
      const { prisma, secrets, settings } = deps;
      await refuseIfPresent(prisma, me.id);
      if ((await prisma.secondFactor.count({ where: { personId: me.id } })) === 0) throw problem('secondFactor.absent');
      const key = countKeys.factor(me.id);
      const allowed = await mayTry(prisma, key, now);
      if (!allowed || !(await takeAppCode(prisma, secrets, me.id, body.code, now))) {
        const reason = allowed ? 'code' : 'locked';
        await noteFailure(deps, key, { action: 'secondFactor.confirm', personId: me.id, reason }, now);
        throw problem('secondFactor.wrong');
      }
      const { codes, token } = await prisma.$transaction(async (db) => {
        const drawn = await confirmFactor(db, me.id, now);
        const ended = await endSessions(db, me.id, me.session.idHash);
        const renewed = await renewSession(db, me, { secondFactor: true });
        await record(overPrisma(db), { action: 'secondFactor.confirm', object: `people/${me.id}`, detail: { ended } });
        return { codes: drawn, token: renewed };
      });
      setCookie(response, token, settings.secureCookies, me.session.expiresAt);
      return { body: { codes } };
    },
  }),
  route({
    id: 'secondFactor.recovery',
    method: 'post',
    path: '/second-factor/recovery-codes',
    summary: { zh: '换发恢复码（旧的作废）', en: 'draw new recovery codes; the old ones end' },
    can: 'signedIn',
    secret: true,
    change: 'own',
    input: { body: removalBody },
    output: { status: 200, body: recoveryCodesSchema },
    problems: ['signin.failed', 'secondFactor.wrong', 'secondFactor.absent'],
    handler: async ({ me, body, deps, now }) => {
      if (!me.secondFactor) throw problem('secondFactor.absent');
      const action = 'secondFactor.recovery';
      await provePassword(deps, { personId: me.id, password: body.password, action }, now);
      await proveFactor(deps, { personId: me.id, code: body.code, action }, now);
      const codes = await deps.prisma.$transaction(async (db) => {
        const drawn = await renewRecoveryCodes(db, me.id);
        await record(overPrisma(db), { action, object: `people/${me.id}` });
        return drawn;
      });
      return { body: { codes } };
    },
  }),
  route({
    id: 'secondFactor.remove',
    method: 'post',
    path: '/second-factor/removal',
    summary: { zh: '停用第二因子', en: 'remove the second factor' },
    can: 'signedIn',
    secret: true,
    change: 'own',
    input: { body: removalBody },
    output: { status: 204 },
    problems: ['signin.failed', 'secondFactor.wrong', 'secondFactor.absent'],
    handler: async ({ me, body, deps, now }) => {
      if (!me.secondFactor) throw problem('secondFactor.absent');
      const action = 'secondFactor.remove';
      await provePassword(deps, { personId: me.id, password: body.password, action }, now);
      await proveFactor(deps, { personId: me.id, code: body.code, action }, now);
      await deps.prisma.$transaction(async (db) => {
        await removeFactor(db, me.id);
        await record(overPrisma(db), { action, object: `people/${me.id}` });
      });
      return {};
    },
  }),
];
