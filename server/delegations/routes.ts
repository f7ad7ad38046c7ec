import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { listDelegations, readDelegation } from './read.ts';
import { delegationPage, delegationQuery, delegationSchema, newDelegationBody } from './schema.ts';
import { createDelegation, revokeDelegation, tellDelegation } from './write.ts';

export const delegationRoutes: Route[] = [
  route({
    id: 'delegations.list',
    method: 'get',
    path: '/delegations',
    summary: { zh: '授权代理列表', en: 'delegations: who stands in for whom' },
    can: 'signedIn',
    input: { query: delegationQuery },
    output: { status: 200, body: delegationPage },
    problems: ['cursor.invalid', 'sort.unknown', 'permission.denied'],
    handler: async ({ db, query, me, now }) => ({ body: await listDelegations(db, query, me, now) }),
  }),
  route({
    id: 'delegations.read',
    method: 'get',
    path: '/delegations/:id',
    summary: { zh: '授权代理', en: 'a delegation' },
    can: 'signedIn',
    input: { params: idParams },
    output: { status: 200, body: delegationSchema },
    problems: ['delegation.unknown'],
    handler: async ({ db, params, me, now }) => ({ body: await readDelegation(db, params.id, me, now) }),
  }),
  route({
    id: 'delegations.create',
    method: 'post',
    path: '/delegations',
    summary: { zh: '授权他人代理', en: 'let somebody stand in, for oneself or, as the office, for another' },
    can: 'signedIn',
    input: { body: newDelegationBody },
    output: { status: 201, body: delegationSchema },
    problems: [
      'permission.denied',
      'person.unknown',
      'delegation.self',
      'delegation.window',
      'delegation.inactive',
      'delegation.overlap',
      'delegation.loop',
    ],
    handler: async ({ db, body, me, now }) => {
      const made = await readDelegation(db, await createDelegation(db, body, me, now), me, now);
      await tellDelegation(db, made, 'made', me, now);
      return { body: made };
    },
  }),
  route({
    id: 'delegations.revoke',
    method: 'post',
    path: '/delegations/:id/revoke',
    summary: { zh: '终止授权', en: 'end a delegation now' },
    can: 'signedIn',
    input: { params: idParams },
    output: { status: 200, body: delegationSchema },
    problems: ['delegation.unknown', 'delegation.ended'],
    handler: async ({ db, params, me, now }) => {
      await readDelegation(db, params.id, me, now);
      await revokeDelegation(db, params.id, me, now);
      const revoked = await readDelegation(db, params.id, me, now);
      await tellDelegation(db, revoked, 'revoked', me, now);
      return { body: revoked };
    },
  }),
];
