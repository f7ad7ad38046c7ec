import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { endedSchema, sessionsSchema } from './schema.ts';
import { endSessions } from './session.ts';
import { endSession, listSessions } from './sessions.ts';

/** One's own sessions: where one is signed in, and ending that. */
export const sessionRoutes: Route[] = [
  route({
    id: 'sessions.list',
    method: 'get',
    path: '/sessions',
    summary: { zh: '自己的会话', en: 'the own sessions' },
    can: 'signedIn',
    output: { status: 200, body: sessionsSchema },
    handler: async ({ me, db, deps, now }) => ({
      body: { items: await listSessions(db, me.id, me.session.id, now, deps.settings) },
    }),
  }),
  route({
    id: 'sessions.end',
    method: 'delete',
    path: '/sessions/:id',
    summary: { zh: '结束自己的一个会话', en: 'end one of the own sessions' },
    can: 'signedIn',
    input: { params: idParams },
    output: { status: 204 },
    problems: ['session.unknown'],
    handler: async ({ me, db, params }) => {
      if (!(await endSession(db, me.id, params.id))) throw problem('session.unknown');
      return {};
    },
  }),
  route({
    id: 'sessions.endOthers',
    method: 'delete',
    path: '/sessions',
    summary: { zh: '结束自己的其他会话', en: 'end all other own sessions' },
    can: 'signedIn',
    output: { status: 200, body: endedSchema },
    handler: async ({ me, db }) => ({ body: { ended: await endSessions(db, me.id, me.session.idHash) } }),
  }),
];
