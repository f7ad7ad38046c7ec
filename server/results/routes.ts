import { readCycleTemplate } from '../cycles/read.ts';
import { type Route, route } from '../http/route.ts';
import { idParams, reasonBody } from '../http/schema.ts';
import { decideGrade, raiseQuota, readDecisions, revokeDecision } from './decide.ts';
import { readDimensions } from './dimensions.ts';
import { readResults } from './read.ts';
import { readAppeals, readInterviews } from './register.ts';
import {
  appealsSchema,
  decisionsSchema,
  dimensionsSchema,
  exceptionBody,
  interviewsSchema,
  raiseBody,
  resultsSchema,
  whatIfBody,
  whatIfSchema,
  yearsSchema,
} from './schema.ts';
import { whatIf } from './whatIf.ts';
import { readYears } from './years.ts';

const REFUSED = ['cycle.unknown', 'cycle.state', 'grade.none', 'grade.late'] as const;

/** Results of a cycle: as they stand and stood, over the years, by other weights, and decisions about grades. */
export const resultRoutes: Route[] = [
  route({
    id: 'results.read',
    method: 'get',
    path: '/cycles/:id/results',
    summary: {
      zh: '得分、排名与等次（含申诉前后）',
      en: 'scores, ranks and grades, and what they were before appeals',
    },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: resultsSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, params, me }) => ({ body: await readResults(db, params.id, me) }),
  }),
  route({
    id: 'results.years',
    method: 'get',
    path: '/cycles/:id/results/years',
    summary: { zh: '历年结果与进步最大的单位', en: 'results over the years, and the biggest climb' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: yearsSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, deps, params }) => {
      await readCycleTemplate(db, params.id);
      return { body: await readYears(deps.pool, params.id) };
    },
  }),
  route({
    id: 'results.dimensions',
    method: 'get',
    path: '/cycles/:id/results/dimensions',
    summary: { zh: '各单位得分构成对比', en: 'the parts of the scores across units' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: dimensionsSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, deps, params }) => ({
      body: await readDimensions(deps.pool, params.id, await readCycleTemplate(db, params.id)),
    }),
  }),
  route({
    id: 'results.appeals',
    method: 'get',
    path: '/cycles/:id/appeals',
    summary: { zh: '申诉与复核台账', en: 'appeals against the results, and what was decided' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: appealsSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, params }) => ({ body: await readAppeals(db, params.id) }),
  }),
  route({
    id: 'results.interviews',
    method: 'get',
    path: '/cycles/:id/interviews',
    summary: { zh: '绩效面谈台账', en: 'talks about the results, and who signed their records' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: interviewsSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, params }) => ({ body: await readInterviews(db, params.id) }),
  }),
  route({
    id: 'results.whatIf',
    method: 'post',
    path: '/cycles/:id/results/what-if',
    summary: { zh: '按其他权重试算（不保存）', en: 'what other weights would give; nothing is kept' },
    can: 'cycles.watch',
    change: 'none',
    input: { params: idParams, body: whatIfBody },
    output: { status: 200, body: whatIfSchema },
    problems: ['cycle.unknown', 'results.none'],
    handler: async ({ db, deps, params, body }) => {
      const template = await readCycleTemplate(db, params.id);
      return { body: await whatIf(deps.pool, params.id, template, body) };
    },
  }),
  route({
    id: 'grades.decisions',
    method: 'get',
    path: '/cycles/:id/grade-decisions',
    summary: { zh: '等次的决定与名额使用情况', en: 'decisions about grades, and how quotas are used' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: decisionsSchema },
    problems: ['cycle.unknown', 'grade.none'],
    handler: async ({ deps, params }) => ({ body: await readDecisions(deps.pool, params.id) }),
  }),
  route({
    id: 'grades.except',
    method: 'post',
    path: '/cycles/:id/grade-exceptions',
    summary: { zh: '依决定调整一个单位的等次', en: 'decide a unit’s grade otherwise than the rule gives it' },
    can: 'results.decide',
    change: 'own',
    input: { params: idParams, body: exceptionBody },
    output: { status: 201, body: decisionsSchema },
    problems: [...REFUSED, 'grade.decided'],
    handler: async ({ deps, params, body, me, now }) => {
      await decideGrade(deps.pool, params.id, body, { by: me.id, now });
      return { body: await readDecisions(deps.pool, params.id) };
    },
  }),
  route({
    id: 'grades.raise',
    method: 'post',
    path: '/cycles/:id/quota-raises',
    summary: { zh: '依决定提高名额', en: 'raise a quota by decision' },
    can: 'results.decide',
    change: 'own',
    input: { params: idParams, body: raiseBody },
    output: { status: 201, body: decisionsSchema },
    problems: [...REFUSED, 'grade.decided', 'grade.raise'],
    handler: async ({ deps, params, body, me, now }) => {
      await raiseQuota(deps.pool, params.id, body, { by: me.id, now });
      return { body: await readDecisions(deps.pool, params.id) };
    },
  }),
  ...(['exception', 'raise'] as const).map((what) =>
    route({
      id: `grades.${what === 'raise' ? 'revokeRaise' : 'revokeException'}`,
      method: 'post',
      path: what === 'raise' ? '/quota-raises/:id/revoke' : '/grade-exceptions/:id/revoke',
      summary: { zh: '撤销该决定', en: 'revoke that decision' },
      can: 'results.decide',
      change: 'own',
      input: { params: idParams, body: reasonBody },
      output: { status: 200, body: decisionsSchema },
      problems: [...REFUSED, 'grade.unknown'],
      handler: async ({ deps, params, body, me, now }) => {
        const cycleId = await revokeDecision(deps.pool, what, params.id, body.reason, { by: me.id, now });
        return { body: await readDecisions(deps.pool, cycleId) };
      },
    }),
  ),
];
