import type { Definitions } from '../cases/definitions.ts';
import { findPrincipal } from '../delegations/principal.ts';
import { type Route, route } from '../http/route.ts';
import { applyAct, prepareAct, saveDraft } from './act.ts';
import { approveAll } from './batch.ts';
import { readTask } from './detail.ts';
import { findTask } from './find.ts';
import { countTasks, listTasks, nextTask } from './list.ts';
import { presentTasks } from './rows.ts';
import {
  actBody,
  actResult,
  batchBody,
  batchResult,
  countsSchema,
  draftBody,
  taskDetailSchema,
  taskPage,
  taskParams,
  taskQuery,
} from './schema.ts';

export const makeTaskRoutes = ({ definitions }: { definitions: Definitions }): Route[] => [
  route({
    id: 'tasks.list',
    method: 'get',
    path: '/tasks',
    summary: { zh: '我的待办、已办、我发起、抄送', en: 'my boxes: to do, done, started, told' },
    can: 'business',
    input: { query: taskQuery },
    output: { status: 200, body: taskPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async (call) => ({ body: await listTasks(call, call.query, definitions) }),
  }),
  route({
    id: 'tasks.counts',
    method: 'get',
    path: '/tasks/counts',
    summary: { zh: '各类任务数', en: 'how many tasks in each box' },
    can: 'business',
    output: { status: 200, body: countsSchema },
    handler: async (call) => ({ body: await countTasks(call) }),
  }),
  route({
    id: 'tasks.read',
    method: 'get',
    path: '/tasks/:id',
    summary: { zh: '任务', en: 'a task with its form' },
    can: 'business',
    input: { params: taskParams },
    output: { status: 200, body: taskDetailSchema },
    problems: ['task.unknown'],
    handler: async (call) => {
      const body = await readTask(call, call.params.id, definitions);
      return { body, version: body.revision };
    },
  }),
  route({
    id: 'tasks.act',
    method: 'post',
    path: '/tasks/:id/act',
    summary: { zh: '办理任务', en: 'act on a task' },
    can: 'business',
    change: 'engine',
    input: { params: taskParams, body: actBody },
    output: { status: 200, body: actResult },
    problems: [
      'task.unknown',
      'task.closed',
      'task.notYours',
      'case.finished',
      'case.suspended',
      'revision.stale',
      'event.refused',
      'form.invalid',
      'reason.required',
      'delegation.none',
      'delegation.own',
      'transfer.to.missing',
      'transfer.to.same',
      'approver.there',
      'approver.gone',
      'claim.alone',
      'return.target',
      'retrieve.late',
      'engine.unavailable',
      'engine.incident',
    ],
    handler: async ({ db, deps, me, now, params: { id }, body, key }) => {
      const preparing = { db, engine: deps.engine, definitions, calendar: deps.calendar(), now };
      const found = await findTask(db, id, me);
      const principal = await findPrincipal({ db, deps, me, key }, found, body);
      const event = await prepareAct(preparing, found, body, { actor: me.id, principal });
      const { revision, opened } = await applyAct(deps, id, event, { key, revision: body.revision });
      const [task] = await presentTasks([await findTask(db, id, me)], { definitions, calendar: deps.calendar(), now });
      if (!task) throw new Error('the task of an applied step is gone');
      // What was taken back is what one goes on with.
      const again = opened.find(({ block, people }) => block === task.block && people.includes(principal ?? me.id));
      const back = again ? `${task.caseId}.${again.seat}` : task.can.length > 0 ? id : undefined;
      const next = (body.action === 'retrieve' ? back : undefined) ?? (await nextTask(db, me, id));
      return { body: { task, revision, ...(next && { next }) }, version: revision };
    },
  }),
  route({
    id: 'tasks.batch',
    method: 'post',
    path: '/tasks/batch',
    summary: { zh: '成批同意任务，或预览', en: 'approve several tasks, or see what that would do' },
    can: 'business',
    change: 'engine',
    input: { body: batchBody },
    output: { status: 200, body: batchResult },
    handler: async (call) => ({ body: await approveAll(call, definitions) }),
  }),
  route({
    id: 'tasks.draft',
    method: 'put',
    path: '/tasks/:id/draft',
    summary: { zh: '保存草稿', en: 'keep what is half filled in' },
    can: 'business',
    input: { params: taskParams, body: draftBody },
    output: { status: 204 },
    problems: ['task.unknown', 'task.closed', 'task.notYours', 'form.invalid'],
    handler: async ({ db, me, params, body }) => {
      await saveDraft(db, await findTask(db, params.id, me), body.values, definitions);
      return {};
    },
  }),
];
