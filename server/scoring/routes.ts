import { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { allowed } from '../auth/sql.ts';
import { problem } from '../http/problem.ts';
import { type Call, type Route, route } from '../http/route.ts';
import { idParams, reasonBody } from '../http/schema.ts';
import { readRuns, readScore } from './read.ts';
import { acceptRun, discardRun, recompute } from './recompute.ts';
import { recomputeBody, runListSchema, runSchema, scoreSchema } from './schema.ts';

const DECIDED = ['scoreRun.unknown', 'scoreRun.state'] as const;

/** Scores with their explanation, and computing them again. */
export const scoringRoutes: Route[] = [
  route({
    id: 'scores.read',
    method: 'get',
    path: '/cases/:id/score',
    summary: { zh: '得分及其说明', en: "a unit's score and how it came about" },
    can: 'business',
    input: { params: idParams, query: z.strictObject({ block: z.string().min(1).max(64).optional() }) },
    output: { status: 200, body: scoreSchema },
    problems: ['case.unknown', 'score.none'],
    handler: async ({ db, deps, params, query, me, language }) => {
      const seen = await db.$queryRaw<{ seen: boolean }[]>(
        Prisma.sql`SELECT ${allowed(me, 'know', 'Case')} AS seen FROM cases c WHERE c.id = ${params.id}::uuid AND c.kind = 'participant'`,
      );
      if (!seen[0]?.seen) throw problem('case.unknown');
      return { body: await readScore(deps.pool, params.id, language, query.block) };
    },
  }),
  route({
    id: 'scores.recompute',
    method: 'post',
    path: '/cycles/:id/scores/recompute',
    summary: { zh: '重新计分（草稿，列出变化）', en: 'compute the scores again, as a draft with what would change' },
    can: 'cases.control',
    change: 'own',
    input: { params: idParams, body: recomputeBody },
    output: { status: 201, body: runSchema },
    problems: ['cycle.unknown', 'score.none', 'score.block'],
    handler: async (call) => {
      const { deps, params, body, me, now } = call;
      const id = await recompute(deps.pool, { cycleId: params.id, ...body, by: me.id, at: now.toISOString() });
      return { body: await oneRun(call, id) };
    },
  }),
  route({
    id: 'scores.runs',
    method: 'get',
    path: '/cycles/:id/score-runs',
    summary: { zh: '历次计分', en: 'the computations of a cycle’s scores' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: runListSchema },
    handler: async ({ deps, params, me }) => ({
      body: { items: await readRuns(deps.pool, { cycleId: params.id }, me) },
    }),
  }),
  route({
    id: 'scores.run',
    method: 'get',
    path: '/score-runs/:id',
    summary: { zh: '一次计分及其变化', en: 'one computation and what it changes' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: runSchema },
    problems: ['scoreRun.unknown'],
    handler: async (call) => ({ body: await oneRun(call, call.params.id) }),
  }),
  route({
    id: 'scores.accept',
    method: 'post',
    path: '/score-runs/:id/accept',
    summary: { zh: '采纳重算结果', en: 'make a recomputation count' },
    can: 'cases.control',
    change: 'own',
    input: { params: idParams, body: reasonBody },
    output: { status: 200, body: runSchema },
    problems: [...DECIDED, 'scoreRun.stale', 'scoreRun.handed'],
    handler: async (call) => {
      const { deps, params, body, me, now } = call;
      await acceptRun(deps.pool, { runId: params.id, by: me.id, reason: body.reason, at: now.toISOString() });
      return { body: await oneRun(call, params.id) };
    },
  }),
  route({
    id: 'scores.discard',
    method: 'post',
    path: '/score-runs/:id/discard',
    summary: { zh: '放弃重算结果', en: 'drop a recomputation' },
    can: 'cases.control',
    change: 'own',
    input: { params: idParams, body: reasonBody },
    output: { status: 200, body: runSchema },
    problems: DECIDED,
    handler: async (call) => {
      const { deps, params, body, me, now } = call;
      await discardRun(deps.pool, { runId: params.id, by: me.id, reason: body.reason, at: now.toISOString() });
      return { body: await oneRun(call, params.id) };
    },
  }),
];

const oneRun = async ({ deps, me }: Pick<Call<unknown, unknown, unknown>, 'deps' | 'me'>, id: string) => {
  const [run] = await readRuns(deps.pool, { id }, me);
  if (!run) throw problem('scoreRun.unknown');
  return run;
};
