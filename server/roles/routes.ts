import { importQuery, importResult } from '../http/csvImport.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { readPerson } from '../people/read.ts';
import { personSchema } from '../people/schema.ts';
import { importRoles } from './import.ts';
import { rolesBody } from './schema.ts';
import { grantRoles } from './write.ts';

/** Who may do what: granted by the security administrator, who makes no accounts. */
export const roleRoutes: Route[] = [
  route({
    id: 'roles.grant',
    method: 'put',
    path: '/people/:id/roles',
    summary: { zh: '授予角色', en: 'say which roles a person holds' },
    can: 'roles.write',
    changesDirectory: true,
    ifMatch: true,
    input: { params: idParams, body: rolesBody },
    output: { status: 200, body: personSchema },
    problems: ['person.unknown', 'person.lastAdministrator', 'role.own', 'role.separate'],
    handler: async ({ db, params, body, me, ifMatch }) => {
      await grantRoles(db, params.id, ifMatch, body, me);
      const person = await readPerson(db, params.id, me);
      return { body: person, version: person.version };
    },
  }),
  route({
    id: 'roles.import',
    method: 'post',
    path: '/roles/import',
    summary: { zh: '导入角色（CSV）', en: 'import who holds which roles from CSV' },
    can: 'roles.write',
    changesDirectory: true,
    input: { query: importQuery, kind: 'csv' },
    output: { status: 200, body: importResult },
    problems: [
      'csv.encoding',
      'csv.malformed',
      'csv.columns',
      'csv.rows',
      'csv.tooManyRows',
      'person.lastAdministrator',
    ],
    handler: async ({ db, query, body, me }) => ({
      body: await importRoles(db, body as Buffer, query.dryRun === 'true', me),
    }),
  }),
];
