import type { Definitions } from '../cases/definitions.ts';
import { defined } from '../http/defined.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { engineKey } from '../tasks/act.ts';
import { findTask } from '../tasks/find.ts';
import { presentTasks } from '../tasks/rows.ts';
import { taskParams, taskSchema } from '../tasks/schema.ts';
import { handOver } from './handover.ts';
import { listDelegations, readDelegation } from './read.ts';
import {
  delegationPage,
  delegationQuery,
  delegationSchema,
  handoverBody,
  handoverSchema,
  newDelegationBody,
  reassignBody,
} from './schema.ts';
import { checkStandIn, createDelegation, revokeDelegation, tellDelegation } from './write.ts';

/** What the office does with the work of others, and everyone with their own. */
export const makeDelegationRoutes = ({ definitions }: { definitions: Definitions }): Route[] => [
  route({
    id: 'tasks.reassign',
    method: 'post',
    path: '/tasks/:id/reassign',
    summary: { zh: '改派任务', en: 'give a task to somebody else' },
    can: 'cases.control',
    change: 'engine',
    input: { params: taskParams, body: reassignBody },
    output: { status: 200, body: taskSchema },
    problems: [
      'task.unknown',
      'task.closed',
      'person.unknown',
      'delegation.inactive',
      'transfer.to.same',
      'approver.there',
      'reassign.from',
      'case.finished',
      'case.suspended',
      'engine.unavailable',
    ],
    handler: async ({ db, deps, me, now, params: { id }, body, key }) => {
      const { case_id: caseId, seat, block } = await findTask(db, id, me);
      await checkStandIn(db, body.to);
      const event = {
        type: 'reassign' as const,
        block,
        seat,
        ...defined(body),
        to: body.to,
        reason: body.reason,
        actor: me.id,
      };
      const { revision } = await deps.engine.apply({
        caseId,
        event,
        ...(key !== undefined && { key: engineKey(me.id, key) }),
      });
      const rows = [await findTask(db, id, me)];
      const [task] = await presentTasks(rows, { definitions, calendar: deps.calendar(), now });
      return task ? { body: task, version: revision } : {};
    },
  }),
  route({
    id: 'people.handover',
    method: 'post',
    path: '/people/:id/handover',
    summary: { zh: '离岗移交：把某人的全部任务转给他人', en: 'move all tasks of somebody who leaves to somebody else' },
    can: 'cases.control',
    change: 'engine',
    input: { params: idParams, body: handoverBody },
    output: { status: 200, body: handoverSchema },
    problems: ['person.unknown', 'delegation.inactive', 'transfer.to.same', 'engine.unavailable'],
    handler: async (call) => ({ body: await handOver(call, call.params.id, call.body) }),
  }),
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
