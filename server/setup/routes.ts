import { ADDRESS_MINUTES, countKeys, mayTryFrom } from '../auth/lockout.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { setupBody } from './schema.ts';
import { setUp } from './write.ts';

/** The first steps on an empty instance. */
export const setupRoutes: Route[] = [
  route({
    id: 'setup',
    method: 'post',
    path: '/setup',
    summary: {
      zh: '首次设置：建立系统、安全、审计三名管理员',
      en: 'the first steps: make the system, the security and the audit administrator',
    },
    can: 'public',
    input: { body: setupBody },
    output: { status: 204 },
    problems: ['setup.done', 'setup.code', 'password.weak', 'signin.limited'],
    handler: async ({ body, deps, request, now }) => {
      const { prisma, settings, directory } = deps;
      const from = countKeys.address(request.ip ?? '');
      if (!(await mayTryFrom(prisma, from, now))) throw problem('signin.limited', { minutes: ADDRESS_MINUTES });
      await prisma.$transaction((db) => setUp(db, body, { settings, now }), { timeout: 30_000 });
      await directory.reload();
      return {};
    },
  }),
];
