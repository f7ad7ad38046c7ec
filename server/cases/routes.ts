import type { CaseEvent } from '../../workflows/machine/context.ts';
import { defined } from '../http/defined.ts';
import type { ProblemId } from '../http/problem.ts';
import { type Call, type Route, route } from '../http/route.ts';
import { idParams, reasonBody } from '../http/schema.ts';
import { engineKey } from '../tasks/act.ts';
import type { Definitions } from './definitions.ts';
import { readFlow } from './flow.ts';
import { readForecast } from './forecast.ts';
import { readCaseRow } from './list.ts';
import { readCase } from './read.ts';
import {
  caseRowSchema,
  caseSchema,
  flowSchema,
  forecastSchema,
  jumpBody,
  retrieveBody,
  timelineQuery,
  timelineSchema,
  withdrawBody,
} from './schema.ts';
import { readTimeline } from './timeline.ts';
import { checkCaseSeen, hiddenOf } from './visibility.ts';

export const makeCaseRoutes = ({ definitions }: { definitions: Definitions }): Route[] => [
  route({
    id: 'cases.read',
    method: 'get',
    path: '/cases/:id',
    summary: { zh: '流程', en: 'a case' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: caseSchema },
    problems: ['case.unknown'],
    handler: async (call) => {
      const body = await readCase(call, call.params.id, definitions);
      return { body, version: body.revision };
    },
  }),
  route({
    id: 'cases.timeline',
    method: 'get',
    path: '/cases/:id/timeline',
    summary: { zh: '流程的经过', en: 'what happened to a case' },
    can: 'business',
    input: { params: idParams, query: timelineQuery },
    output: { status: 200, body: timelineSchema },
    problems: ['case.unknown'],
    handler: async ({ db, deps, me, now, params, query }) => {
      const { phase } = await readCaseRow(db, params.id, me, now, definitions);
      const state = await deps.engine.read(params.id);
      const hidden = hiddenOf(state, phase, me);
      const { template } = state.definition;
      const after = Number(query.after ?? 0);
      return { body: await readTimeline(db, { caseId: params.id, template, hidden, after, limit: query.limit }) };
    },
  }),
  route({
    id: 'cases.flow',
    method: 'get',
    path: '/cases/:id/flow',
    summary: { zh: '流程图', en: 'the picture of a case' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: flowSchema },
    problems: ['case.unknown'],
    handler: async ({ db, deps, me, params }) => {
      await checkCaseSeen(db, params.id, me);
      return { body: await readFlow(db, deps.engine, await deps.engine.read(params.id)) };
    },
  }),
  route({
    id: 'cases.forecast',
    method: 'get',
    path: '/cases/:id/forecast',
    summary: { zh: '后续步骤预测：谁、哪一步、何时前', en: 'who will act next, in which block, by when' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: forecastSchema },
    problems: ['case.unknown'],
    handler: async ({ db, deps, me, now, params }) => {
      await checkCaseSeen(db, params.id, me);
      return { body: await readForecast(db, deps, await deps.engine.read(params.id), now) };
    },
  }),
  ...(['suspend', 'resume', 'cancel'] as const).map((verb) =>
    route({
      id: `cases.${verb}`,
      method: 'post',
      path: `/cases/:id/${verb}`,
      summary: { zh: { suspend: '挂起流程', resume: '恢复流程', cancel: '取消流程' }[verb], en: `${verb} a case` },
      can: 'cases.control',
      change: 'engine',
      input: { params: idParams, body: reasonBody },
      output: { status: 200, body: caseRowSchema },
      problems: ['case.unknown', 'case.finished', 'case.suspended', 'event.refused', 'engine.unavailable'],
      handler: async ({ db, deps, me, now, params, body, key }) => {
        await checkCaseSeen(db, params.id, me);
        const by = { actor: me.id, reason: body.reason, ...(key !== undefined && { key: `${me.id}/${key}` }) };
        const { revision } = await deps.engine[verb](params.id, by);
        return { body: await readCaseRow(db, params.id, me, now, definitions), version: revision };
      },
    }),
  ),
  route({
    id: 'cases.jump',
    method: 'post',
    path: '/cases/:id/jump',
    summary: { zh: '将流程转到某一环节，或从该环节重新开始', en: 'put a case at a block, or begin there again' },
    can: 'cases.control',
    change: 'engine',
    input: { params: idParams, body: jumpBody },
    output: { status: 200, body: caseRowSchema },
    problems: [...MOVED, 'jump.target'],
    handler: (call) => moveCase(call, { type: 'jump', ...call.body, actor: call.me.id }, definitions),
  }),
  route({
    id: 'cases.retrieve',
    method: 'post',
    path: '/cases/:id/retrieve',
    summary: { zh: '取回自己刚办理的环节', en: 'take back what one has just decided' },
    can: 'business',
    change: 'engine',
    input: { params: idParams, body: retrieveBody },
    output: { status: 200, body: caseRowSchema },
    problems: [...MOVED, 'retrieve.late'],
    handler: (call) =>
      moveCase(
        call,
        { type: 'retrieve', ...defined(call.body), block: call.body.block, actor: call.me.id },
        definitions,
      ),
  }),
  route({
    id: 'cases.withdraw',
    method: 'post',
    path: '/cases/:id/withdraw',
    summary: { zh: '发起人撤销', en: 'withdraw what one has begun' },
    can: 'business',
    change: 'engine',
    input: { params: idParams, body: withdrawBody },
    output: { status: 200, body: caseRowSchema },
    problems: [...MOVED, 'withdraw.late'],
    handler: (call) => moveCase(call, { type: 'withdraw', ...defined(call.body), actor: call.me.id }, definitions),
  }),
];

const MOVED = [
  'case.unknown',
  'case.finished',
  'case.suspended',
  'engine.unavailable',
  'engine.incident',
] as const satisfies readonly ProblemId[];

/** Applies an event of people to a case that the caller may see. */
const moveCase = async (
  { db, deps, me, now, params, key }: Call<{ id: string }, unknown, unknown>,
  event: CaseEvent,
  definitions: Definitions,
) => {
  await checkCaseSeen(db, params.id, me);
  const { revision } = await deps.engine.apply({
    caseId: params.id,
    event,
    ...(key !== undefined && { key: engineKey(me.id, key) }),
  });
  return { body: await readCaseRow(db, params.id, me, now, definitions), version: revision };
};
