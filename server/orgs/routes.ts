import { importQuery, importResult } from '../http/csvImport.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { importOrgs } from './import.ts';
import { listOrgs, readOrg } from './read.ts';
import { loadSample } from './sample.ts';
import { newOrgBody, orgPage, orgPatchBody, orgQuery, orgSchema, sampleBody, sampleSchema } from './schema.ts';
import { changeOrg, createOrg } from './write.ts';

export const orgRoutes: Route[] = [
  route({
    id: 'orgs.list',
    method: 'get',
    path: '/orgs',
    summary: { zh: '单位列表', en: 'organisations' },
    can: 'signedIn',
    input: { query: orgQuery },
    output: { status: 200, body: orgPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me }) => ({ body: await listOrgs(db, query, me) }),
  }),
  route({
    id: 'orgs.read',
    method: 'get',
    path: '/orgs/:id',
    summary: { zh: '单位', en: 'an organisation' },
    can: 'signedIn',
    input: { params: idParams },
    output: { status: 200, body: orgSchema },
    problems: ['org.unknown'],
    handler: async ({ db, params, me }) => {
      const body = await readOrg(db, params.id, me);
      return { body, version: body.version };
    },
  }),
  route({
    id: 'orgs.create',
    method: 'post',
    path: '/orgs',
    summary: { zh: '新增单位', en: 'add an organisation' },
    can: 'orgs.write',
    changesDirectory: true,
    input: { body: newOrgBody },
    output: { status: 201, body: orgSchema },
    problems: ['org.codeTaken'],
    handler: async ({ db, body, me }) => {
      const org = await readOrg(db, await createOrg(db, body), me);
      return { body: org, version: org.version };
    },
  }),
  route({
    id: 'orgs.change',
    method: 'patch',
    path: '/orgs/:id',
    summary: { zh: '修改单位', en: 'change an organisation' },
    can: 'orgs.write',
    changesDirectory: true,
    ifMatch: true,
    input: { params: idParams, body: orgPatchBody },
    output: { status: 200, body: orgSchema },
    problems: ['org.unknown', 'org.codeTaken', 'org.loop'],
    handler: async ({ db, params, body, me, ifMatch }) => {
      await changeOrg(db, params.id, ifMatch, body);
      const org = await readOrg(db, params.id, me);
      return { body: org, version: org.version };
    },
  }),
  route({
    id: 'orgs.sample',
    method: 'post',
    path: '/orgs/sample',
    summary: {
      zh: '载入示例市的单位与人员（仅限尚无单位时）',
      en: 'load the units and people of the sample city (only where there are none yet)',
    },
    can: 'people.write',
    changesDirectory: true,
    input: { body: sampleBody },
    output: { status: 201, body: sampleSchema },
    problems: ['password.weak', 'sample.notEmpty'],
    handler: async ({ db, deps, body: { password } }) => ({ body: await loadSample(db, password, deps.settings) }),
  }),
  route({
    id: 'orgs.import',
    method: 'post',
    path: '/orgs/import',
    summary: { zh: '导入单位（CSV）', en: 'import organisations from CSV' },
    can: 'orgs.write',
    changesDirectory: true,
    input: { query: importQuery, kind: 'csv' },
    output: { status: 200, body: importResult },
    problems: ['csv.encoding', 'csv.malformed', 'csv.columns', 'csv.rows', 'csv.tooManyRows', 'org.loop'],
    handler: async ({ db, query, body }) => ({ body: await importOrgs(db, body as Buffer, query.dryRun === 'true') }),
  }),
];
