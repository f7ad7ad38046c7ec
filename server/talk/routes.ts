import type { Definitions } from '../cases/definitions.ts';
import { readCaseRow } from '../cases/list.ts';
import { caseRowSchema } from '../cases/schema.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { taskParams } from '../tasks/schema.ts';
import { addComment, listComments, withdrawComment } from './comments.ts';
import { listCopies, readCopies, sendCopies } from './copies.ts';
import { dropFollowUp, setFollowUp } from './followUps.ts';
import { addPhrase, changePhrase, dropPhrase, listPhrases, orderPhrases } from './phrases.ts';
import { setPriority } from './priority.ts';
import {
  commentBody,
  commentPage,
  commentQuery,
  commentSchema,
  copyBody,
  copyList,
  followUpBody,
  followUpSchema,
  phraseBody,
  phraseList,
  phraseOrder,
  phraseSchema,
  priorityBody,
  urgeBody,
  urgedSchema,
} from './schema.ts';
import { urge } from './urges.ts';

/** What people say around a task: comments, copies, urging, phrases, follow-ups, priority. */
export const makeTalkRoutes = ({ definitions }: { definitions: Definitions }): Route[] => [
  route({
    id: 'comments.list',
    method: 'get',
    path: '/cases/:id/comments',
    summary: { zh: '流程的评论', en: 'comments on a case' },
    can: 'business',
    input: { params: idParams, query: commentQuery },
    output: { status: 200, body: commentPage },
    problems: ['case.unknown', 'cursor.invalid', 'sort.unknown'],
    handler: async (call) => ({ body: await listComments(call, call.params.id, call.query) }),
  }),
  route({
    id: 'comments.add',
    method: 'post',
    path: '/cases/:id/comments',
    summary: { zh: '发表评论，可 @ 他人', en: 'comment on a case and mention people' },
    can: 'business',
    input: { params: idParams, body: commentBody },
    output: { status: 201, body: commentSchema },
    problems: ['case.unknown', 'mention.unseen'],
    handler: async (call) => ({ body: await addComment(call, call.params.id, call.body) }),
  }),
  route({
    id: 'comments.withdraw',
    method: 'post',
    path: '/comments/:id/withdraw',
    summary: { zh: '撤回自己的评论', en: 'withdraw an own comment' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: commentSchema },
    problems: ['comment.unknown', 'comment.notYours', 'comment.late', 'comment.withdrawn'],
    handler: async (call) => ({ body: await withdrawComment(call, call.params.id) }),
  }),
  route({
    id: 'copies.list',
    method: 'get',
    path: '/cases/:id/copies',
    summary: { zh: '抄送及阅读情况', en: 'copies of decisions, and who has read them' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: copyList },
    problems: ['case.unknown'],
    handler: async (call) => ({ body: { items: await listCopies(call, call.params.id, definitions) } }),
  }),
  route({
    id: 'copies.send',
    method: 'post',
    path: '/tasks/:id/copies',
    summary: { zh: '抄送办理结果', en: 'send a decision to people' },
    can: 'business',
    input: { params: taskParams, body: copyBody },
    output: { status: 201, body: copyList },
    problems: ['task.unknown', 'copy.notAllowed', 'copy.undecided'],
    handler: async (call) => ({
      body: { items: await sendCopies(call, call.params.id, call.body.to, definitions) },
    }),
  }),
  route({
    id: 'copies.read',
    method: 'post',
    path: '/tasks/:id/read',
    summary: { zh: '抄送标为已读', en: 'a decision that was sent to me is read' },
    can: 'business',
    input: { params: taskParams },
    output: { status: 204 },
    problems: ['copy.unknown'],
    handler: async (call) => {
      await readCopies(call, call.params.id);
      return {};
    },
  }),
  route({
    id: 'tasks.urge',
    method: 'post',
    path: '/tasks/:id/urge',
    summary: { zh: '催办', en: 'urge the holders of a task' },
    can: 'business',
    input: { params: taskParams, body: urgeBody },
    output: { status: 200, body: urgedSchema },
    problems: ['task.unknown', 'task.closed', 'case.suspended', 'urge.notAllowed', 'urge.nobody', 'urge.tooSoon'],
    handler: async (call) => ({ body: await urge(call, call.params.id, call.body.note, definitions) }),
  }),
  route({
    id: 'followUps.set',
    method: 'put',
    path: '/tasks/:id/follow-up',
    summary: { zh: '设置自己的跟进日期', en: 'be reminded of a task on a day' },
    can: 'business',
    input: { params: taskParams, body: followUpBody },
    output: { status: 200, body: followUpSchema },
    problems: ['task.unknown', 'task.closed', 'followUp.past', 'calendar.outside'],
    handler: async (call) => ({ body: await setFollowUp(call, call.params.id, call.body) }),
  }),
  route({
    id: 'followUps.drop',
    method: 'delete',
    path: '/tasks/:id/follow-up',
    summary: { zh: '取消跟进日期', en: 'drop the reminder of a task' },
    can: 'business',
    input: { params: taskParams },
    output: { status: 204 },
    problems: ['task.unknown'],
    handler: async (call) => {
      await dropFollowUp(call, call.params.id);
      return {};
    },
  }),
  route({
    id: 'cases.prioritise',
    method: 'put',
    path: '/cases/:id/priority',
    summary: { zh: '加急或取消加急', en: 'make a case urgent or normal' },
    can: 'business',
    input: { params: idParams, body: priorityBody },
    output: { status: 200, body: caseRowSchema },
    problems: ['case.unknown', 'case.finished', 'priority.notAllowed', 'priority.same'],
    handler: async (call) => {
      await setPriority(call, call.params.id, call.body);
      const { db, params, me, now } = call;
      return { body: await readCaseRow(db, params.id, me, now, definitions) };
    },
  }),
  route({
    id: 'phrases.list',
    method: 'get',
    path: '/me/phrases',
    summary: { zh: '我的常用意见', en: 'my phrases' },
    can: 'business',
    output: { status: 200, body: phraseList },
    handler: async (call) => ({ body: { items: await listPhrases(call) } }),
  }),
  route({
    id: 'phrases.add',
    method: 'post',
    path: '/me/phrases',
    summary: { zh: '新增常用意见', en: 'add a phrase' },
    can: 'business',
    input: { body: phraseBody },
    output: { status: 201, body: phraseSchema },
    problems: ['phrase.full', 'phrase.taken'],
    handler: async (call) => ({ body: await addPhrase(call, call.body.text) }),
  }),
  route({
    id: 'phrases.order',
    method: 'put',
    path: '/me/phrases',
    summary: { zh: '调整常用意见的顺序', en: 'put the phrases in order' },
    can: 'business',
    input: { body: phraseOrder },
    output: { status: 200, body: phraseList },
    problems: ['phrase.order'],
    handler: async (call) => ({ body: { items: await orderPhrases(call, call.body.ids) } }),
  }),
  route({
    id: 'phrases.change',
    method: 'put',
    path: '/me/phrases/:id',
    summary: { zh: '修改常用意见', en: 'change a phrase' },
    can: 'business',
    input: { params: idParams, body: phraseBody },
    output: { status: 200, body: phraseSchema },
    problems: ['phrase.unknown', 'phrase.taken'],
    handler: async (call) => ({ body: await changePhrase(call, call.params.id, call.body.text) }),
  }),
  route({
    id: 'phrases.drop',
    method: 'delete',
    path: '/me/phrases/:id',
    summary: { zh: '删除常用意见', en: 'drop a phrase' },
    can: 'business',
    input: { params: idParams },
    output: { status: 204 },
    problems: ['phrase.unknown'],
    handler: async (call) => {
      await dropPhrase(call, call.params.id);
      return {};
    },
  }),
];
