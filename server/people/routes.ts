import { importQuery, importResult } from '../http/csvImport.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { givenLinkSchema } from '../passwordLinks/schema.ts';
import { importPeople } from './import.ts';
import { inviteEverybody, inviteIfReachable, invitePerson } from './invite.ts';
import { listPeople, readPerson } from './read.ts';
import { invitedSchema, newPersonBody, personPage, personPatchBody, personQuery, personSchema } from './schema.ts';
import { changePerson, createPerson } from './write.ts';

export const peopleRoutes: Route[] = [
  route({
    id: 'people.list',
    method: 'get',
    path: '/people',
    summary: { zh: '人员列表', en: 'people' },
    can: 'signedIn',
    input: { query: personQuery },
    output: { status: 200, body: personPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me }) => ({ body: await listPeople(db, query, me) }),
  }),
  route({
    id: 'people.read',
    method: 'get',
    path: '/people/:id',
    summary: { zh: '人员', en: 'a person' },
    can: 'signedIn',
    input: { params: idParams },
    output: { status: 200, body: personSchema },
    problems: ['person.unknown'],
    handler: async ({ db, params, me }) => {
      const body = await readPerson(db, params.id, me);
      return { body, version: body.version };
    },
  }),
  route({
    id: 'people.create',
    method: 'post',
    path: '/people',
    summary: { zh: '新增人员', en: 'add a person' },
    can: 'people.write',
    changesDirectory: true,
    input: { body: newPersonBody },
    output: { status: 201, body: personSchema },
    problems: ['person.usernameTaken'],
    handler: async ({ db, body, me, deps }) => {
      const id = await createPerson(db, body);
      await inviteIfReachable(db, id, deps);
      const person = await readPerson(db, id, me);
      return { body: person, version: person.version };
    },
  }),
  route({
    id: 'people.change',
    method: 'patch',
    path: '/people/:id',
    summary: { zh: '修改人员', en: 'change a person' },
    can: 'people.write',
    changesDirectory: true,
    ifMatch: true,
    input: { params: idParams, body: personPatchBody },
    output: { status: 200, body: personSchema },
    problems: ['person.unknown', 'person.usernameTaken', 'person.lastAdministrator'],
    handler: async ({ db, params, body, me, ifMatch }) => {
      await changePerson(db, params.id, ifMatch, body);
      const person = await readPerson(db, params.id, me);
      return { body: person, version: person.version };
    },
  }),
  route({
    id: 'people.invite',
    method: 'post',
    path: '/people/:id/invitation',
    summary: {
      zh: '邀请尚无密码的人员设置密码（没有邮件时给出链接，由管理员转交）',
      en: 'invite a person without a password to choose one; where there is no mail the link is shown, to be handed over',
    },
    can: 'people.write',
    secret: true,
    change: 'own',
    input: { params: idParams },
    output: { status: 200, body: givenLinkSchema },
    problems: ['person.unknown', 'account.hasPassword'],
    handler: async ({ deps, params, now }) => ({ body: await invitePerson(deps, params.id, now) }),
  }),
  route({
    id: 'people.inviteAll',
    method: 'post',
    path: '/people/invitations',
    summary: {
      zh: '邀请所有尚无密码、也没有有效邀请的人员',
      en: 'invite everybody who has neither a password nor an invitation that is still good',
    },
    can: 'people.write',
    output: { status: 200, body: invitedSchema },
    handler: async ({ db, now, deps }) => ({ body: await inviteEverybody(db, now, deps) }),
  }),
  route({
    id: 'people.import',
    method: 'post',
    path: '/people/import',
    summary: { zh: '导入人员（CSV）', en: 'import people from CSV' },
    can: 'people.write',
    changesDirectory: true,
    input: { query: importQuery, kind: 'csv' },
    output: { status: 200, body: importResult },
    problems: ['csv.encoding', 'csv.malformed', 'csv.columns', 'csv.rows', 'csv.tooManyRows'],
    handler: async ({ db, query, body }) => ({ body: await importPeople(db, body as Buffer, query.dryRun === 'true') }),
  }),
];
