import { overPrisma } from '../db/sql.ts';
import { problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { erasePerson } from './erase.ts';
import { readHoldings } from './read.ts';
import { eraseBody, holdingsSchema, pseudonymSchema } from './schema.ts';

/** What is held about a person, and taking a person out. */
export const privacyRoutes: Route[] = [
  route({
    id: 'session.data',
    method: 'get',
    path: '/session/data',
    summary: { zh: '导出系统保存的本人数据', en: 'everything that is held about oneself' },
    can: 'signedIn',
    audits: true,
    output: { status: 200, body: holdingsSchema },
    handler: async ({ db, me }) => ({ body: await readHoldings(overPrisma(db), me.id) }),
  }),
  route({
    id: 'people.data',
    method: 'get',
    path: '/people/:id/data',
    summary: { zh: '导出某人的账号数据', en: "what is held about a person's account" },
    can: 'accounts.write',
    audits: true,
    input: { params: idParams },
    output: { status: 200, body: holdingsSchema },
    problems: ['person.unknown'],
    handler: async ({ db, params: { id } }) => {
      if ((await db.person.count({ where: { id } })) === 0) throw problem('person.unknown');
      return { body: await readHoldings(overPrisma(db), id, { accountOnly: true }) };
    },
  }),
  route({
    id: 'people.erase',
    method: 'post',
    path: '/people/:id/erase',
    summary: {
      zh: '注销人员：抹去姓名等个人信息，办理记录保留',
      en: 'take a person out: name and address go, the record of the work stays',
    },
    can: 'accounts.write',
    changesDirectory: true,
    input: { params: idParams, body: eraseBody },
    output: { status: 200, body: pseudonymSchema },
    problems: ['person.unknown', 'person.erased', 'person.self', 'person.lastAdministrator'],
    handler: async ({ db, params: { id }, me, now }) => {
      if (id === me.id) throw problem('person.self');
      return { body: await erasePerson(db, id, now) };
    },
  }),
];
